import json

import pytest
from django.urls import reverse

from tests import builders
from tests.factories import PASSWORD
from tests.portal.test_settings import PRODUCTION, manage

# The settings of cookies, and nothing else, as JSON.
TOLD = """
import json
from django.conf import settings
told = {name: getattr(settings, name) for name in dir(settings) if "_COOKIE_" in name}
print(json.dumps(told, default=str))
"""

POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.mark.parametrize(("address", "code"), [("/sign-in/", 200), ("/", 302), ("/nowhere/", 404), ("/sign-out/", 302)])
def test_headers_on_every_answer(client, db, address, code):
    response = client.get(address)
    assert response.status_code == code
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("address", "code"),
    [("/", 200), ("/unions/", 200), ("/password/", 200), ("/audit/", 403), ("/nowhere/", 404), ("/sign-out/", 405)],
)
def test_pages_and_refusals_are_not_stored(client_of, clerk, address, code):
    answer = client_of(clerk).get(address)
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (code, True)


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client, clerk):
    response = client.post("/sign-in/", {"username": "clerk", "password": PASSWORD})
    for name in ("sessionid", "csrftoken"):
        cookie = response.cookies[name]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_every_cookie_of_production_is_bound_to_its_host(client, clerk, district, settings):
    """Signing in, a page with a form, and one that says something on the next page set all there are."""
    said = manage("shell", "--no-imports", "-c", TOLD, **PRODUCTION)
    cookies = json.loads(said.stdout)
    for name, value in cookies.items():
        setattr(settings, name, value)
    home = builders.household(district)
    client.post("/sign-in/", {"username": "clerk", "password": PASSWORD}, secure=True)
    client.post(reverse("household_verify", args=[home.pk]), secure=True)
    asked = ("secure", "httponly", "samesite", "path", "domain")
    bound = {name: tuple(cookie[each] for each in asked) for name, cookie in client.cookies.items()}
    names = {value for name, value in cookies.items() if name.endswith("_NAME") and name != "LANGUAGE_COOKIE_NAME"}
    assert bound == dict.fromkeys(names, (True, True, "Lax", "/", ""))
    assert len(names) == 4
    assert [name for name in names if not name.startswith("__Host-")] == []


def test_page_that_is_not_there_says_so_in_words(client_of, clerk):
    response = client_of(clerk).get("/nowhere/")
    assert response.status_code == 404
    assert "没有这个页面或这条记录" in response.text
    assert "陈经办" in response.text


def test_forbidden_page_gives_the_reason_and_the_way_back(client_of, clerk):
    came_from = reverse("household_list")
    response = client_of(clerk).get("/audit/", headers={"Referer": f"http://testserver{came_from}"})
    assert response.status_code == 403
    assert "您的岗位（经办人）不能查看审计日志。" in response.text
    assert f'href="{came_from}">回到原来的页面</a>' in response.text
