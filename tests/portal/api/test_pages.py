"""The administrator lets systems in: what is made is shown once, and what is ended opens nothing."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from portal.enums import AuditAction, Role
from portal.models import AccountRequest, ApiToken, AuditEntry, User, Webhook
from portal.outside import posting
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client_of, security):
    return client_of(security)


@pytest.fixture
def system(browser, district) -> User:
    opened = browser.post("/systems/new/", {"username": "hotline", "name": "12351 热线", "union": district.code})
    system = User.objects.get(username="hotline")
    assert opened.url == f"/systems/{system.pk}/"
    return system


def token_form(**fields) -> dict:
    day = localdate() + timedelta(days=30)
    values = {"label": "正式", "resources": ["enquiries"], "may_write": "on", "expires_on": day, "per_minute": 60}
    return values | fields


@pytest.fixture
def made(browser, system, client_of, city):
    """Makes a token: one administrator asks, another agrees, the first fetches it."""
    other = client_of(UserFactory(role=Role.SECURITY, union=city))

    def make(**fields):
        browser.post(f"/systems/{system.pk}/tokens/new/", token_form(**fields))
        asked = AccountRequest.objects.latest("pk")
        agreed = other.post(f"/accounts/requests/{asked.pk}/", {"answer": "agree"}, follow=True)
        assert "portal-secret" not in agreed.text
        assert not ApiToken.objects.filter(label=asked.fields["label"]).exists()
        return browser.post(f"/accounts/requests/{asked.pk}/", {"answer": "fetch"})

    return make


def secret_in(page: str) -> str:
    return re.search(r'portal-secret">([^<]+)<', page)[1]


def test_a_system_is_no_account(browser, system):
    assert not system.has_usable_password()
    assert "hotline" not in browser.get("/accounts/").content.decode()
    assert browser.get(f"/accounts/{system.pk}/").status_code == 404
    assert browser.post(f"/accounts/{system.pk}/reset-password/").status_code == 404
    assert '"system"' not in browser.get("/accounts/new/").content.decode()
    fields = {"username": "x1", "name": "甲", "role": "system", "union": system.union.code}
    assert browser.post("/accounts/new/", fields).status_code == 200
    assert not User.objects.filter(username="x1").exists()


def test_a_token_is_shown_once_and_opens_what_it_was_given(browser, system, client, made):
    page = made()
    token = secret_in(page.content.decode())
    assert "no-store" in page["Cache-Control"]
    assert token not in browser.get(f"/systems/{system.pk}/").content.decode()
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/enquiries", headers=headers).status_code == 200
    assert client.get("/api/v1/households", headers=headers).status_code == 403
    browser.post(f"/systems/{system.pk}/tokens/{ApiToken.objects.get().pk}/end/")
    assert client.get("/api/v1/enquiries", headers=headers).status_code == 401
    acts = list(
        AuditEntry.objects.filter(action=AuditAction.SYSTEM_CHANGED).order_by("pk").values_list("detail", flat=True)
    )
    assert [detail["act"] for detail in acts] == ["设立外部系统", "生成令牌", "停用令牌"]
    assert token not in str(acts)


def test_sent_twice_one_token_is_made(browser, system, made):
    browser.post(f"/systems/{system.pk}/tokens/new/", token_form())
    again = browser.post(f"/systems/{system.pk}/tokens/new/", token_form())
    assert "已有一项申请在等待办理" in again.content.decode()
    AccountRequest.objects.all().delete()
    made()
    again = browser.post(f"/systems/{system.pk}/tokens/new/", token_form())
    assert "这个系统已有同名的令牌。" in again.content.decode()
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"expires_on": localdate() - timedelta(days=1)},
        {"expires_on": localdate() + timedelta(days=401)},
        {"expires_on": ""},
        {"resources": []},
        {"resources": ["nothing"]},
        {"per_minute": 0},
        {"per_minute": 6001},
        {"label": ""},
    ],
)
def test_no_token_without_an_end_or_a_purpose(browser, system, fields):
    assert browser.post(f"/systems/{system.pk}/tokens/new/", token_form(**fields)).status_code == 200
    assert not ApiToken.objects.exists()


def test_a_system_that_is_ended_has_nothing_left(browser, system, client, made):
    token = secret_in(made().content.decode())
    browser.post(f"/systems/{system.pk}/end/")
    assert client.get("/api/v1/enquiries", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    page = browser.get(f"/systems/{system.pk}/").content.decode()
    assert "tokens/new/" not in page
    again = browser.post(f"/systems/{system.pk}/tokens/new/", token_form(label="另一个"))
    assert (again.status_code, ApiToken.objects.count()) == (404, 1)


def test_a_webhook_and_its_secret(browser, system, monkeypatch):
    monkeypatch.setattr(posting.socket, "getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", ("198.51.100.7", 443))])
    address = f"/systems/{system.pk}/webhooks/new/"
    page = browser.post(address, {"address": "https://hooks.example/in", "events": ["paid"]})
    assert secret_in(page.content.decode()) == Webhook.objects.get().secret
    assert Webhook.objects.get().secret not in browser.get(f"/systems/{system.pk}/").content.decode()
    again = browser.post(address, {"address": "https://hooks.example/in", "events": ["paid"]})
    assert "这个地址已经设立。" in again.content.decode()
    plain = browser.post(address, {"address": "http://hooks.example/in", "events": ["paid"]})
    assert "接收地址须以 https:// 开头" in plain.content.decode()
    browser.post(f"/systems/{system.pk}/webhooks/{Webhook.objects.get().pk}/end/")
    assert Webhook.objects.get().ended_at is not None


def test_an_address_of_our_own_is_refused(browser, system):
    page = browser.post(f"/systems/{system.pk}/webhooks/new/", {"address": "https://127.0.0.1/x", "events": ["paid"]})
    assert "接收地址不能指向本机" in page.content.decode()
    assert not Webhook.objects.exists()


def test_the_reference_names_every_call_and_loads_nothing_from_elsewhere(browser):
    page = browser.get("/systems/reference/").content.decode()
    assert "POST /api/v1/households" in page
    assert "rows[].bank_card" in page
    assert not re.findall(r'(?:src|href)="https?://', page)


def test_a_person_is_no_system(browser, clerk):
    assert browser.get(f"/systems/{clerk.pk}/").status_code == 404
    assert browser.post(f"/systems/{clerk.pk}/end/").status_code == 404
    assert browser.post(f"/systems/{clerk.pk}/tokens/new/", token_form()).status_code == 404
