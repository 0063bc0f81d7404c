"""The page of the look: every component that pages share is on it, and it is there in development only."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import NoReverseMatch, reverse

from tests.factories import sign_in

TEMPLATES = Path(settings.BASE_DIR) / "templates"
IN_DEVELOPMENT = override_settings(ROOT_URLCONF="reports.development.urls")


@pytest.mark.django_db
@IN_DEVELOPMENT
def test_every_component_is_drawn_by_its_own_template(client, clerk):
    sign_in(client, clerk)
    answer = client.get("/style/")
    assert answer.status_code == 200
    drawn = {template.name for template in answer.templates}
    shared = {path.relative_to(TEMPLATES).as_posix() for path in (TEMPLATES / "components").glob("*.html")}
    assert shared - drawn == set()


@pytest.mark.django_db
@IN_DEVELOPMENT
def test_every_token_of_type_space_and_colour_is_shown(client, clerk):
    sign_in(client, clerk)
    page = client.get("/style/").text
    for token in ("--portal-ground", "--portal-series-4-edge", "--portal-told-soft"):
        assert f'fill="var({token})"' in page
    sheet = (settings.BASE_DIR / "static" / "css" / "style.css").read_text()
    for name in ("type-title", "type-least", "space-1", "space-6"):
        assert f"style-{name}" in page
        assert f".style-{name} " in sheet


@pytest.mark.django_db
@IN_DEVELOPMENT
def test_nobody_sees_it_who_is_not_signed_in(client):
    assert client.get("/style/").url.startswith("/sign-in/")


def test_address_is_unknown_to_the_portal_itself():
    with pytest.raises(NoReverseMatch):
        reverse("style")


@pytest.mark.parametrize(("name", "urls"), [("dev", "reports.development.urls"), ("production", "portal.urls")])
def test_only_the_settings_of_development_have_it(name, urls, tmp_path):
    keys = dict.fromkeys(("SECRET_KEY", "BLIND_INDEX_KEY", "SEAL_KEYS"), "44" * 32)
    environment = {
        **{key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
        **keys,
        "FIELD_ENCRYPTION_KEYS": f"k1:{'55' * 32}",
        "ALLOWED_HOSTS": "portal.example",
        "PORTAL_VAR_DIR": str(tmp_path),
    }
    code = f"from portal.settings import {name}; print({name}.ROOT_URLCONF)"
    if name == "production":
        environment["DATABASE_URL"] = "postgres://portal:portal@127.0.0.1/portal"
    told = subprocess.run(  # noqa: S603  this Python, and a line of our own
        [sys.executable, "-c", code],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.stdout.strip(), told.returncode) == (urls, 0), told.stderr
