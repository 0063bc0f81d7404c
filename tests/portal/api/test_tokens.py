"""Who is let in: every operation asks for a live token, for its own resource, and counts the calls."""

import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from portal.access import ROLE_PERMISSIONS
from portal.api.resource import all_resources
from portal.api.tokens import TokenAuth
from portal.audit import By
from portal.enums import AuditAction, Role
from portal.models import ApiToken, AuditEntry, User
from portal.outside.systems import end_system, end_token
from portal.urls import SITE
from tests.factories import sign_in
from tests.portal.api.calling import Outside

pytestmark = pytest.mark.django_db

OPERATIONS = [
    pytest.param(resource, operation, id=f"{operation.method} {operation.path}")
    for resource in all_resources().values()
    for operation in resource.operations
]


def ask(client: Client, operation, token: str | None):
    """The operation at a record that is not there, with nothing in it: who gets so far has been let in."""
    address = "/api/v1" + operation.path.replace("{id}", "987654321")
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    if operation.writes:
        return client.post(address, b"{}", content_type="application/json", headers=headers)
    return client.get(address, headers=headers)


def code_of(response) -> str:
    return response.json()["error"]["code"]


def refusals() -> list[tuple]:
    rows = AuditEntry.objects.filter(action=AuditAction.REFUSED).order_by("pk")
    return [(row.actor and row.actor.username, row.detail.get("token"), row.detail["reason"]) for row in rows]


@pytest.fixture
def outside(district, admin):
    return Outside(district, admin)


@pytest.mark.parametrize(("resource", "operation"), OPERATIONS)
def test_operation_lets_in_whom_it_should(resource, operation, district, admin):
    everything = Outside(district, admin)
    client = everything.client
    others = tuple(set(all_resources()) - {resource.name})
    reader = Outside(district, admin, may_write=False)
    elsewhere = Outside(district, admin, resources=others)
    assert ask(client, operation, None).status_code == 401
    assert ask(client, operation, "gat_" + "x" * 43).status_code == 401
    assert ask(client, operation, everything.token.upper()).status_code == 401
    assert ask(client, operation, elsewhere.token).status_code == 403
    assert ask(client, operation, reader.token).status_code == (403 if operation.writes else LET_IN(operation))
    assert ask(client, operation, everything.token).status_code == (400 if operation.writes else LET_IN(operation))


def LET_IN(operation) -> int:  # noqa: N802  reads as the code it stands for
    """What a reader gets: nothing is on file, and what must be asked for was not."""
    if "{id}" in operation.path:
        return 404
    return 422 if operation.act == "count" else 200


def test_every_address_of_the_interface_asks_for_a_token():
    found = [
        operation
        for _prefix, router in SITE._routers
        for path in router.path_operations.values()
        for operation in path.operations
    ]
    assert len(found) == len(OPERATIONS) + 1  # and the description of them
    assert all(isinstance(callback, TokenAuth) for operation in found for callback in operation.auth_callbacks)
    assert all(len(operation.auth_callbacks) == 1 for operation in found)


def test_what_resources_ask_for_is_the_role_of_systems_and_no_more():
    asked = {operation.permission for resource in all_resources().values() for operation in resource.operations}
    assert asked == ROLE_PERMISSIONS[Role.SYSTEM]


def test_a_person_who_is_signed_in_is_nobody_here(client_of, clerk):
    assert client_of(clerk).get("/api/v1/households").status_code == 401


def test_a_token_opens_no_page(outside):
    assert outside.client.get(reverse("household_list"), headers=outside.headers).status_code == 302


def test_a_system_has_no_session(outside):
    client = Client()
    sign_in(client, outside.system)
    assert client.get(reverse("household_list")).status_code == 302
    assert "/sign-in/" in client.get(reverse("home")).url


def test_nobody_signs_in_as_a_system(outside, client):
    assert not outside.system.has_usable_password()
    client.post(reverse("sign_in"), {"username": outside.system.username, "password": outside.token})
    assert client.get(reverse("home")).status_code == 302


def test_a_token_is_kept_as_a_digest_only(outside):
    kept = ApiToken.objects.get()
    assert kept.digest == hashlib.sha256(outside.token.encode()).hexdigest()
    for model in (ApiToken, User, AuditEntry):
        assert outside.token not in repr(list(model.objects.values()))
    assert len(outside.token) >= 40


def test_a_token_in_the_address_opens_nothing(outside):
    assert outside.client.get("/api/v1/households", {"token": outside.token}).status_code == 401


def test_an_ended_token(outside, admin):
    assert outside.get("households").status_code == 200
    end_token(ApiToken.objects.get(), by=By(admin))
    response = outside.get("households")
    assert (response.status_code, code_of(response)) == (401, "token_ended")
    assert refusals() == [(outside.system.username, "正式", "已停用")]


def test_a_system_that_was_ended(outside, admin):
    end_system(outside.system, by=By(admin))
    assert outside.get("households").status_code == 401


def test_an_expired_token(district, admin):
    last_day = Outside(district, admin, expires_in=0)
    assert last_day.get("households").status_code == 200
    ApiToken.objects.update(expires_on=localdate() - timedelta(days=1))
    response = last_day.get("households")
    assert (response.status_code, response.json()["error"]["message"]) == (401, "令牌已过期")


def test_calls_over_the_rate(district, admin, monkeypatch):
    now = timezone.now().replace(second=20)
    monkeypatch.setattr(timezone, "now", lambda: now)
    outside = Outside(district, admin, per_minute=3)
    codes = [outside.get("households").status_code for _call in range(6)]
    assert codes == [200, 200, 200, 429, 429, 429]
    response = outside.get("households")
    assert (response["Retry-After"], code_of(response)) == ("40", "too_many")
    assert refusals() == [(outside.system.username, "正式", "调用过于频繁")]
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=1))
    assert outside.get("households").status_code == 200


def test_calls_and_refusals_are_audited(outside, district, admin):
    outside.get("households")
    Outside(district, admin, resources=("visits",)).get("households")
    outside.send("households", {"rows": []})
    outside.client.get("/api/v1/households")
    called = AuditEntry.objects.get(action=AuditAction.API_CALLED)
    assert (called.actor, called.subject, called.union_path) == (outside.system, "接口 困难职工家庭", district.path)
    assert called.detail == {"act": "GET /households", "token": "正式"}
    assert called.address == "127.0.0.1"
    assert [(token, reason) for _who, token, reason in refusals()] == [
        ("正式", "令牌不能使用“households”"),
        ("正式", "内容有错误，没有写入任何数据"),
        (None, "没有可用的令牌"),
    ]
