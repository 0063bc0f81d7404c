import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.second_person import agree, ask, refuse, withdraw
from portal.audit import By
from portal.desk.todos import waiting_for
from portal.desk.upkeep import account_requests
from portal.enums import AccountAct, Role
from portal.models import AccountRequest, AuditEntry, User
from tests.factories import PASSWORD, UserFactory, device_of

LIST = "/accounts/requests/"


@pytest.fixture
def second(city, security):
    return UserFactory(username="second", name="郑第二", role=Role.SECURITY, union=city)


def new_account(client, **fields):
    return client.post(
        "/accounts/new/", {"username": "sunli", "name": "孙丽", "role": "lead", "union": "310001"} | fields
    )


def reset(client, user):
    return client.post(f"/accounts/{user.pk}/reset-password/")


def answer(client, asked, given, reason=""):
    return client.post(reverse("accountrequest_show", args=[asked.pk]), {"answer": given, "reason": reason})


def fetched(client, asked):
    return shown_password(answer(client, asked, "fetch").text)


def shown_password(page):
    found = re.search(r'portal-secret">([^<]+)<', page)
    return found and found[1]


@pytest.mark.parametrize(
    ("role", "union"), [("lead", "310001"), ("reviewer", "310000"), ("auditor", "310000"), ("security", "310000")]
)
def test_account_that_decides_is_opened_by_two(client_of, security, second, district, client, role, union):
    response = new_account(client_of(security), role=role, union=union)
    assert response.url == LIST
    assert not User.objects.filter(username="sunli").exists()
    asked = AccountRequest.objects.get()
    assert answer(client_of(second), asked, "agree").url == LIST
    user = User.objects.get(username="sunli")
    assert (user.role, user.union.code, user.name, user.must_change_password) == (role, union, "孙丽", True)
    password = fetched(client_of(security), asked)
    user.refresh_from_db()
    assert user.check_password(password)
    told = AuditEntry.objects.filter(subject="sunli").order_by("id").values_list("actor__username", "detail__act")
    assert list(told) == [
        ("secadmin", "申请：新建账号"),
        ("second", "同意：新建账号"),
        ("second", "新建账号"),
        ("secadmin", "取得：新建账号"),
    ]


def test_clerk_is_opened_by_one(client_of, security, district):
    assert shown_password(new_account(client_of(security), role="clerk").text)
    assert not AccountRequest.objects.exists()


@pytest.mark.parametrize("person", ["lead", "reviewer", "auditor"])
def test_reset_of_who_decides_leaves_password_and_device_until_another_agrees(
    request, client_of, security, second, person
):
    user = request.getfixturevalue(person)
    device = device_of(user)
    assert reset(client_of(security), user).url == LIST
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert type(device).objects.filter(pk=device.pk).exists()
    asked = AccountRequest.objects.get()
    answer(client_of(second), asked, "agree")
    user.refresh_from_db()
    assert not user.check_password(PASSWORD)
    password = fetched(client_of(security), asked)
    user.refresh_from_db()
    assert user.check_password(password)
    assert not type(device).objects.filter(pk=device.pk).exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"role": "lead"},
        {"role": "auditor", "union": "310000"},
        {"role": "lead", "name": "陈新名"},
    ],
)
def test_deciding_role_is_given_by_two(client_of, security, second, clerk, changes):
    fields = {"name": clerk.name, "role": "clerk", "union": clerk.union.code, "is_active": "on"} | changes
    assert client_of(security).post(f"/accounts/{clerk.pk}/", fields).url == LIST
    clerk.refresh_from_db()
    assert (clerk.role, clerk.name) == ("clerk", "陈经办")
    assert answer(client_of(second), AccountRequest.objects.get(), "agree").url == LIST
    clerk.refresh_from_db()
    assert (clerk.role, clerk.union.code, clerk.name) == (changes["role"], fields["union"], fields["name"])


def test_lead_is_moved_and_let_in_again_by_two_and_put_out_by_one(client_of, security, lead, foreign_district):
    browser = client_of(security)
    fields = {"name": lead.name, "role": "lead", "union": lead.union.code}
    assert browser.post(f"/accounts/{lead.pk}/", fields).url == "/accounts/"
    lead.refresh_from_db()
    assert not lead.is_active
    assert browser.post(f"/accounts/{lead.pk}/", fields | {"is_active": "on"}).url == LIST
    AccountRequest.objects.all().delete()
    assert browser.post(f"/accounts/{lead.pk}/", fields | {"union": "310002"}).url == LIST
    lead.refresh_from_db()
    assert (lead.is_active, lead.union.code) == (False, "310001")


def test_name_of_a_lead_is_corrected_by_one(client_of, security, lead):
    fields = {"name": "李新名", "role": "lead", "union": lead.union.code, "is_active": "on"}
    assert client_of(security).post(f"/accounts/{lead.pk}/", fields).url == "/accounts/"


def test_who_asked_cannot_agree(client_of, security, lead):
    browser = client_of(security)
    reset(browser, lead)
    asked = AccountRequest.objects.get()
    assert "同意</button>" not in browser.get(reverse("accountrequest_show", args=[asked.pk])).text
    assert "须由申请人和账号本人以外的人同意。" in answer(browser, asked, "agree").text
    lead.refresh_from_db()
    assert lead.check_password(PASSWORD)


def test_nobody_agrees_to_what_is_about_themselves(client_of, security, second, lead):
    browser = client_of(security)
    for user in (second, lead):
        reset(browser, user)
        asked = AccountRequest.objects.get(username=user.username)
        assert answer(client_of(user), asked, "agree").status_code == 404
        with pytest.raises(ValidationError, match="账号本人以外"):
            agree(asked, by=By(user))


def test_lead_of_the_unit_is_the_second_person_and_of_another_is_not(
    client_of, security, lead, grassroots, foreign_district
):
    other = UserFactory(role=Role.LEAD, union=foreign_district)
    theirs = UserFactory(username="theirs", role=Role.LEAD, union=grassroots)
    reset(client_of(security), theirs)
    asked = AccountRequest.objects.get()
    assert (account_requests(lead).count(), account_requests(other).count()) == (1, 0)
    assert answer(client_of(other), asked, "agree").status_code == 404
    assert "theirs" in client_of(lead).get(LIST).text
    assert answer(client_of(lead), asked, "agree").url == LIST
    assert account_requests(lead).count() == 0
    assert fetched(client_of(lead), asked) is None
    page = answer(client_of(security), asked, "fetch").text
    assert shown_password(page)
    assert f'href="{LIST}">返回列表' in page


@pytest.mark.parametrize("person", ["clerk", "reviewer", "auditor"])
def test_others_are_no_second_person(request, client_of, security, lead, person):
    reset(client_of(security), lead)
    user = request.getfixturevalue(person)
    assert answer(client_of(user), AccountRequest.objects.get(), "agree").status_code == 403
    assert not AccountRequest.objects.visible_to(user).exists()


def test_refusal_and_withdrawal_need_a_reason_and_are_final(client_of, security, second, lead, reviewer):
    browser, other = client_of(security), client_of(second)
    reset(browser, lead)
    refused = AccountRequest.objects.get()
    assert "请写明原因。" in answer(other, refused, "refuse").text
    answer(other, refused, "refuse", "本人没有要求")
    assert "这项申请已经办理过了。" in answer(other, refused, "agree").text
    reset(browser, reviewer)
    own = AccountRequest.objects.get(username="reviewer")
    assert "只有申请人可以撤回。" in answer(other, own, "withdraw", "不是我的").text
    answer(browser, own, "withdraw", "电话找到了")
    outcomes = AccountRequest.objects.order_by("id").values_list("outcome", "reason", "decided_by__username")
    assert list(outcomes) == [("refused", "本人没有要求", "second"), ("withdrawn", "电话找到了", "secadmin")]
    for user in (lead, reviewer):
        user.refresh_from_db()
        assert user.check_password(PASSWORD)


def test_one_request_of_a_name_waits_at_a_time(client_of, security, lead):
    browser = client_of(security)
    reset(browser, lead)
    reset(browser, lead)
    assert "已有一项申请在等待办理" in browser.get(LIST).text
    assert AccountRequest.objects.count() == 1


def test_what_is_no_longer_possible_is_refused_when_agreed_to_and_waits_on(
    security, second, district, foreign_district
):
    fields = {"name": "孙丽", "role": "lead", "union": district, "email": ""}
    asked = ask(AccountAct.OPEN, username="sunli", union=district, fields=fields, by=By(security))
    UserFactory(username="sunli", union=foreign_district)
    with pytest.raises(ValidationError, match="已存在"):
        agree(asked, by=By(second))
    asked.refresh_from_db()
    assert asked.outcome == ""


def test_database_refuses_one_person_as_both(security, second, lead):
    asked = ask(AccountAct.RESET, username="lead", union=lead.union, fields={}, by=By(security))
    with pytest.raises(IntegrityError, match="accountrequest_four_eyes"), transaction.atomic():
        AccountRequest.objects.filter(pk=asked.pk).update(outcome="agreed", decided_by=security)
    with pytest.raises(IntegrityError, match="accountrequest_decided_by_somebody"), transaction.atomic():
        AccountRequest.objects.filter(pk=asked.pk).update(outcome="agreed")
    withdraw(asked, reason="误点", by=By(security))
    with pytest.raises(ValidationError, match="已经办理过"):
        refuse(asked, reason="晚了", by=By(second))


def test_secret_is_fetched_once_by_who_asked_and_within_a_week(client_of, security, second, lead, reviewer):
    browser, other = client_of(security), client_of(second)
    for user in (lead, reviewer):
        reset(browser, user)
        answer(other, AccountRequest.objects.get(username=user.username), "agree")
    of_lead, of_reviewer = AccountRequest.objects.order_by("id")
    assert [todo.count for todo in waiting_for(security) if "等您取" in str(todo.label)] == [2]
    assert "只有申请人可以取" in answer(other, of_lead, "fetch").text
    assert fetched(browser, of_lead)
    lead.refresh_from_db()
    password = lead.password
    assert "只能取一次" in answer(browser, of_lead, "fetch").text
    AccountRequest.objects.filter(pk=of_reviewer.pk).update(decided_at=timezone.now() - timedelta(days=7))
    assert fetched(browser, of_reviewer) is None
    lead.refresh_from_db()
    assert lead.password == password


def test_who_has_a_password_of_the_own_keeps_it(client_of, security, second, lead):
    reset(client_of(security), lead)
    asked = AccountRequest.objects.get()
    answer(client_of(second), asked, "agree")
    User.objects.filter(pk=lead.pk).update(must_change_password=False)
    assert "本人已经设了自己的密码" in answer(client_of(security), asked, "fetch").text
    with pytest.raises(IntegrityError, match="accountrequest_handed"), transaction.atomic():
        AccountRequest.objects.update(outcome="refused", handed_at=timezone.now())
