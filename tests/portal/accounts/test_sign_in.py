import datetime
import re
import time

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.enums import AuditAction, Role
from portal.models import AuditEntry
from portal.models.operating.pace import SpentPace
from portal.web import middleware
from tests.factories import PASSWORD, UserFactory

HOME = "/"


def post_sign_in(client, username="clerk", password=PASSWORD, **extra):
    return client.post("/sign-in/", {"username": username, "password": password, **extra})


def actions():
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def body_of(response):
    return re.sub(r'value="[^"]*"', "", response.text)


def test_page_without_sign_in_leads_to_sign_in_and_back(client, clerk):
    response = client.get("/unions/?text=1")
    assert response.status_code == 302
    assert response.url == "/sign-in/?next=/unions/%3Ftext%3D1"
    form = client.get(response.url)
    assert '<input type="hidden" name="next" value="/unions/?text=1">' in form.text
    assert post_sign_in(client, next="/unions/?text=1").url == "/unions/?text=1"


def test_sign_in_renews_the_session_id_and_is_logged(client, clerk):
    client.get("/sign-in/")
    session = client.session
    session["before"] = 1
    session.save()
    old = client.cookies["sessionid"] = session.session_key
    response = post_sign_in(client)
    assert (response.status_code, response.url) == (302, HOME)
    assert client.session.session_key != old
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.union_path, entry.address) == (
        AuditAction.LOGIN,
        clerk,
        clerk.union.path,
        "127.0.0.1",
    )


def test_unknown_name_wrong_password_and_disabled_account_get_the_same_answer(client, clerk, foreign_clerk):
    foreign_clerk.is_active = False
    foreign_clerk.save()
    answers = {
        (response.status_code, body_of(response))
        for response in (
            post_sign_in(client, "nobody", "Wrong-Word-99"),
            post_sign_in(client, "clerk", "Wrong-Word-99"),
            post_sign_in(client, "foreign_clerk", PASSWORD),
        )
    }
    assert len(answers) == 1
    assert "用户名或密码不正确，或者账号已停用。" in answers.pop()[1]


def test_failed_sign_in_is_logged_without_password_and_without_unknown_name(client, clerk):
    post_sign_in(client, "clerk", "Secret-Typo-1")
    post_sign_in(client, "My-Password-In-Wrong-Field-1", "x")
    rows = list(AuditEntry.objects.order_by("id").values("action", "actor", "subject", "union_path", "detail"))
    assert rows == [
        {
            "action": "login_failed",
            "actor": None,
            "subject": "clerk",
            "union_path": clerk.union.path,
            "detail": {"locked": False},
        },
        {"action": "login_failed", "actor": None, "subject": "", "union_path": "", "detail": {"locked": False}},
    ]
    assert "Secret-Typo-1" not in str(list(AccessAttempt.objects.values()))


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example/",
        "\\\\evil.example",
        "/\\evil.example",
        "javascript:evil()",
        "///evil.x",
    ],
)
def test_next_leads_to_this_portal_only(client, clerk, target):
    assert "evil" not in client.get("/sign-in/", {"next": target}).text
    assert post_sign_in(client, next=target).url == HOME


def test_five_failures_lock_for_fifteen_minutes(client, clerk):
    for _attempt in range(4):
        assert post_sign_in(client, password="Wrong-Word-99").status_code == 200
    fifth = post_sign_in(client, password="Wrong-Word-99")
    assert fifth.status_code == 429
    assert "请 15 分钟后再试。" in fifth.text
    assert post_sign_in(client).status_code == 429
    assert HOME not in client.session
    assert client.get(HOME).status_code == 302
    passed = datetime.timedelta(minutes=16)
    AccessAttempt.objects.update(attempt_time=datetime.datetime.now(datetime.UTC) - passed)
    SpentPace.objects.update(spent_until=F("spent_until") - passed.total_seconds())
    assert post_sign_in(client).url == HOME


def test_guessing_while_locked_does_not_prolong_the_lock(client, clerk):
    for _attempt in range(5):
        post_sign_in(client, password="Wrong-Word-99")
    past = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=14)
    AccessAttempt.objects.update(attempt_time=past)
    assert post_sign_in(client, password="Wrong-Word-99").status_code == 429
    assert AccessAttempt.objects.get().attempt_time == past


def test_lock_holds_for_one_name_at_one_address(client, clerk, foreign_clerk):
    """The owner gets in from where they signed in before, whatever a stranger guesses elsewhere."""
    assert post_sign_in(Client(REMOTE_ADDR="10.0.0.9")).url == HOME
    for _attempt in range(5):
        post_sign_in(client, password="Wrong-Word-99")
    assert post_sign_in(Client(REMOTE_ADDR="10.0.0.9")).url == HOME
    assert post_sign_in(client, "foreign_clerk").url == HOME


def test_sign_out_ends_the_session_and_is_logged(client_of, clerk):
    client = client_of(clerk)
    cookie = client.cookies["sessionid"].value
    response = client.post("/sign-out/")
    assert response.url == "/sign-in/"
    client.cookies["sessionid"] = cookie
    assert client.get(HOME).url == "/sign-in/?next=/"
    assert actions() == ["logout"]


def test_sign_out_by_get_is_refused(client_of, clerk):
    client = client_of(clerk)
    assert client.get("/sign-out/").status_code == 405
    assert client.get(HOME).status_code == 200


def test_disabled_account_is_out_at_the_next_request(client_of, clerk):
    client = client_of(clerk)
    assert client.get(HOME).status_code == 200
    clerk.is_active = False
    clerk.save()
    assert client.get(HOME).url == "/sign-in/?next=/"


def test_changed_role_holds_at_the_next_request(client_of, auditor):
    client = client_of(auditor)
    assert client.get("/audit/").status_code == 200
    auditor.role = Role.CLERK
    auditor.save()
    response = client.get("/audit/")
    assert response.status_code == 403
    assert "您的岗位（经办人）不能查看审计日志。" in response.text


def test_changed_union_holds_at_the_next_request(client_of, clerk, grassroots, foreign_district):
    client = client_of(clerk)
    assert "东湖纺织厂工会" in client.get("/unions/").text
    clerk.union = foreign_district
    clerk.save()
    page = client.get("/unions/").text
    assert "东湖" not in page
    assert "西山区总工会" in page


def test_session_ends_after_a_working_day_however_busy(client_of, clerk, settings):
    client = client_of(clerk)
    client.get(HOME)
    session = client.session
    session["signed_in_at"] = time.time() - settings.SESSION_MAX_AGE - 1
    session.save()
    assert client.get(HOME).url == "/sign-in/?next=/"


def test_idle_time_out_is_fifteen_minutes_and_put_off_once_a_minute(client_of, clerk, settings, monkeypatch):
    assert settings.SESSION_COOKIE_AGE == 900
    client, clock = client_of(clerk), [time.time()]
    monkeypatch.setattr(middleware.time, "time", lambda: clock[0])
    ages = []
    for seconds in (60, 59, 1, 59, 1):
        clock[0] += seconds
        cookie = client.get(HOME).cookies.get("sessionid")
        ages.append(cookie and cookie["max-age"])
    assert ages == [900, None, 900, None, 900]


def test_page_that_only_shows_writes_nothing(client_of, clerk):
    client = client_of(clerk)
    client.get(HOME)
    with CaptureQueriesContext(connection) as queries:
        client.get(HOME)
    assert [each["sql"] for each in queries if not each["sql"].lstrip("( ").startswith("SELECT")] == []


def test_signed_in_person_is_led_past_the_sign_in_page(client_of, clerk):
    assert client_of(clerk).get("/sign-in/").url == HOME


def test_first_password_opens_nothing_but_its_change(client, district):
    UserFactory(username="newcomer", union=district, must_change_password=True)
    assert post_sign_in(client, "newcomer").url == HOME
    for address in ("/", "/unions/", "/audit/", "/second-factor/", "/second-factor/setup/"):
        assert (client.get(address).status_code, client.get(address).url) == (302, "/password/")
    page = client.get("/password/")
    assert page.status_code == 200
    assert "请先修改密码" in page.text
    assert "portal-areas" not in page.text
    assert client.post("/sign-out/").url == "/sign-in/"


def test_post_without_csrf_token_gets_a_page_in_words(clerk, client_of):
    client = client_of(clerk, enforce_csrf_checks=True)
    response = client.post("/sign-out/")
    assert response.status_code == 403
    assert "页面已过期" in response.text
    assert client.get(HOME).status_code == 200
