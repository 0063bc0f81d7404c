import re
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.fields import decrypt
from portal.models import AuditEntry, Authenticator
from tests.factories import PASSWORD, device_of


def with_password(client, user):
    client.post("/sign-in/", {"username": user.username, "password": PASSWORD})
    return client


def code_for(device):
    return f"{totp(device.bin_key):06d}"


def wrong_code_for(device):
    return f"{(totp(device.bin_key) + 500_000) % 1_000_000:06d}"


@pytest.mark.parametrize("person", ["lead", "reviewer", "admin"])
def test_without_a_device_nothing_opens_but_its_setup(request, client, person):
    with_password(client, request.getfixturevalue(person))
    for address in ("/", "/unions/", "/accounts/", "/password/", "/second-factor/"):
        assert client.get(address).url == "/second-factor/setup/"
    assert client.get("/second-factor/setup/").status_code == 200


@pytest.mark.parametrize("person", ["clerk", "auditor"])
def test_other_roles_need_none(request, client, person):
    with_password(client, request.getfixturevalue(person))
    assert client.get("/").status_code == 200
    response = client.get("/second-factor/setup/")
    assert response.status_code == 403
    assert "您的岗位不使用动态口令。" in response.text


def test_first_password_is_changed_before_the_device_is_set_up(client, lead):
    lead.must_change_password = True
    lead.save()
    with_password(client, lead)
    assert client.get("/second-factor/setup/").url == "/password/"


def test_device_is_asked_for_before_a_reset_password_may_be_changed(client, lead):
    device_of(lead)
    lead.must_change_password = True
    lead.save()
    with_password(client, lead)
    assert client.get("/password/").url == "/second-factor/"
    assert client.get("/second-factor/setup/").url == "/second-factor/"


def test_setup_shows_the_secret_and_binds_it_by_a_code(client, lead):
    with_password(client, lead)
    page = client.get("/second-factor/setup/").text
    device = Authenticator.objects.get(user=lead)
    secret = re.search(r'portal-secret">([A-Z2-7=]+)<', page)[1]
    assert secret == device.config_url.split("secret=")[1].split("&")[0]
    assert 'src="data:image/svg+xml;base64,' in page
    assert client.get("/second-factor/setup/").text.count(secret) == 1
    assert "恢复码只显示这一次" in client.post("/second-factor/setup/", {"code": code_for(device)}).text
    assert client.get("/").status_code == 200
    assert AuditEntry.objects.latest("id").action == "second_factor_set"


def test_setup_with_a_wrong_code_binds_nothing(client, lead):
    with_password(client, lead)
    client.get("/second-factor/setup/")
    device = Authenticator.objects.get(user=lead)
    response = client.post("/second-factor/setup/", {"code": wrong_code_for(device)})
    assert "动态口令不正确或已用过。" in response.text
    assert not Authenticator.objects.filter(confirmed=True).exists()
    assert client.get("/").url == "/second-factor/setup/"


def test_code_after_the_password_opens_the_portal(client, lead):
    device = device_of(lead)
    with_password(client, lead)
    assert client.get("/").url == "/second-factor/"
    assert client.get("/second-factor/").status_code == 200
    assert client.post("/second-factor/", {"code": code_for(device)}).url == "/"
    assert client.get("/").status_code == 200
    assert list(AuditEntry.objects.order_by("id").values_list("action", "detail")) == [
        ("login", {}),
        ("login", {"step": "动态口令"}),
    ]


def test_wrong_code_opens_nothing_and_is_logged(client, lead):
    device = device_of(lead)
    with_password(client, lead)
    response = client.post("/second-factor/", {"code": wrong_code_for(device)})
    assert response.status_code == 200
    assert client.get("/").url == "/second-factor/"
    entry = AuditEntry.objects.latest("id")
    assert (entry.action, entry.actor, entry.detail) == ("login_failed", lead, {"step": "动态口令"})


def test_guesses_are_slowed_down(client, lead):
    device = device_of(lead)
    with_password(client, lead)
    client.post("/second-factor/", {"code": wrong_code_for(device)})
    assert client.post("/second-factor/", {"code": code_for(device)}).status_code == 200


def test_code_opens_one_session_only(client_of, lead, client):
    device = device_of(lead)
    code = code_for(device)
    with_password(client, lead)
    client.post("/second-factor/", {"code": code})
    client.post("/sign-out/")
    with_password(client, lead)
    assert client.post("/second-factor/", {"code": code}).status_code == 200


def test_code_of_another_persons_device_opens_nothing(client, lead, reviewer):
    device_of(lead)
    other = device_of(reviewer)
    with_password(client, lead)
    assert client.post("/second-factor/", {"code": code_for(other)}).status_code == 200
    assert client.get("/").url == "/second-factor/"


@pytest.mark.parametrize("code", ["12345", "1234567", "１２３４５６", "12 456", ""])
def test_code_that_is_not_six_digits_is_refused_in_words(client, lead, code):
    device_of(lead)
    with_password(client, lead)
    assert client.post("/second-factor/", {"code": code}).status_code == 200


def test_new_device_replaces_the_old_one(client_of, lead):
    client = client_of(lead)
    old = device_of(lead)
    client.get("/second-factor/setup/")
    new = Authenticator.objects.get(user=lead, confirmed=False)
    assert client.post("/second-factor/setup/", {"code": code_for(new)}).status_code == 200
    assert not Authenticator.objects.filter(pk=old.pk).exists()
    assert client.get("/").status_code == 200


def test_second_factor_can_be_switched_off_for_a_demo(client, lead, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    with_password(client, lead)
    assert client.get("/").status_code == 200


def test_verify_page_without_a_device_is_not_there(client_of, clerk):
    assert client_of(clerk).get("/second-factor/").status_code == 404


def test_secret_is_encrypted_at_rest(lead):
    device = device_of(lead)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM portal_authenticator WHERE id = %s", [device.pk])
        (stored,) = cursor.fetchone()
    assert stored.startswith("t2:")
    assert device.key not in stored
    assert decrypt(stored, "portal_authenticator.key") == device.key == Authenticator.objects.get().key


def test_devices_of_the_librarys_table_are_carried_over_and_still_open(client, lead):
    old = TOTPDevice.objects.create(user=lead, name="totp", confirmed=True, drift=1)
    moving = import_module("portal.migrations.0006_authenticator_encrypted")
    moving.encrypt(apps, None)
    assert not TOTPDevice.objects.exists()
    device = Authenticator.objects.get()
    assert (device.user, device.key, device.confirmed, device.drift) == (lead, old.key, True, 1)
    with_password(client, lead)
    assert client.post("/second-factor/", {"code": code_for(old)}).url == "/"
    moving.take_back(apps, None)
    assert (TOTPDevice.objects.get().key, Authenticator.objects.count()) == (old.key, 0)
