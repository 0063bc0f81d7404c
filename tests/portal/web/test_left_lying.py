"""What the portal answers to who looks for what is left lying about: files, folders, other methods, debugging."""

import pytest

from tests.portal.test_settings import PRODUCTION, manage

LOOKED_FOR = [
    "/.git/config",
    "/.git/HEAD",
    "/.env",
    "/.env.production",
    "/portal.sqlite3",
    "/var/portal.sqlite3",
    "/backup.zip",
    "/manage.py",
    "/manage.py~",
    "/manage.py.bak",
    "/requirements.txt",
    "/deploy/gunicorn.conf.py",
    "/media/",
    "/static/",
    "/static/css/",
    "/static/css/colours.css~",
    "/static/css/colours.css.bak",
    "/static/.env",
    "/static/../manage.py",
    "/static/%2e%2e/manage.py",
    "/static/..%2fmanage.py",
    "/static/..%252fmanage.py",
    "/static/..;/manage.py",
    "/static//../../../../etc/passwd",
    "/sign-in/..;/manage.py",
    "/..;/manage.py",
    "/;/audit/",
    "/__debug__/",
    "/admin/",
    "/silk/",
    "/docs",
    "/api/docs",
    "/api/v1/openapi.json",
    "/server-status",
    "/phpinfo.php",
]
# What stands in a page for developers, in a listing, or in the files that were asked for.
TELLING = (
    "Traceback",
    "URLconf",
    "DEBUG",
    "Index of",
    "Directory listing",
    "execute_from_command_line",
    "repositoryformat",
)
REFUSED = {401, 404, 405}  # the schema of what outside systems may ask asks for their key


@pytest.fixture(params=["anonymous", "clerk"])
def asking(request, client, client_of):
    """Whoever asks."""
    return client if request.param == "anonymous" else client_of(request.getfixturevalue("clerk"))


@pytest.mark.django_db
def test_nothing_is_left_lying(asking):
    answers = {path: asking.get(path) for path in LOOKED_FOR}
    assert {path: found.status_code for path, found in answers.items() if found.status_code not in REFUSED} == {}
    told = {path: word for path, found in answers.items() for word in TELLING if word in found.text}
    assert told == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/sign-in/", "/households/", "/nowhere/", "/static/css/colours.css", "/api/v1/cases"]
)
@pytest.mark.parametrize("method", ["TRACE", "TRACK", "DEBUG", "CONNECT", "PROPFIND"])
def test_other_methods_are_refused_and_nothing_of_them_comes_back(asking, path, method):
    found = asking.generic(method, path, headers={"x-told": "told-to-the-portal"})
    assert found.status_code == 405
    assert "told-to-the-portal" not in found.text
    assert found.content == b"" or path.startswith("/api/")  # other systems are told in JSON
    assert "TRACE" not in found["Allow"]


def test_production_is_never_for_developers():
    """Whatever the environment asks for."""
    said = manage(
        "shell",
        "--no-imports",
        "-c",
        "from django.conf import settings; print(settings.DEBUG)",
        **PRODUCTION,
        DEBUG="True",
    )
    assert said.stdout.strip() == "False", said.stderr
