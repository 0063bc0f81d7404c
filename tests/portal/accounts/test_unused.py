import datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.second_person import agree
from portal.accounts.services import change_account
from portal.accounts.unused import suspend_unused
from portal.audit import By
from portal.desk.todos import waiting_for
from portal.desk.upkeep_cards import accounts_at_rest
from portal.enums import AuditAction
from portal.models import AccountRequest, AuditEntry, SignInSession, User
from tests.factories import PASSWORD, UserFactory

DAY = datetime.timedelta(days=1)


def days_ago(days: float):
    return timezone.now() - days * DAY


def opened(union, role="clerk", *, days=100, **fields):
    return UserFactory(role=role, union=union, date_joined=days_ago(days), **fields)


def suspended() -> set:
    return set(User.objects.filter(is_active=False, suspended_at__isnull=False))


def test_who_did_not_sign_in_for_90_days_is_suspended_and_new_accounts_count_from_their_making(district):
    idle = opened(district, last_login=days_ago(90.01))
    never = opened(district, days=90.01, last_login=None)
    opened(district, last_login=days_ago(89.9))
    opened(district, days=89.9, last_login=None)
    given_back = opened(district, last_login=days_ago(200), restored_at=days_ago(89.9))
    closed = opened(district, last_login=days_ago(200), is_active=False)
    system = opened(district, role="system")
    assert suspend_unused() == 2
    assert suspended() == {idle, never}
    for account in (given_back, closed, system):
        account.refresh_from_db()
        assert account.suspended_at is None
    told = AuditEntry.objects.order_by("id").values_list("action", "actor", "subject", "union_path", "detail")
    assert sorted(told) == sorted(
        (AuditAction.ACCOUNT_CHANGED, None, each.username, district.path, {"act": "暂停不用的账号", "days": 90})
        for each in (idle, never)
    )
    assert suspend_unused() == 0


def test_setting_says_after_how_many_days(district, settings):
    opened(district, last_login=days_ago(31))
    settings.ACCOUNT_UNUSED_DAYS = 0
    assert suspend_unused() == 0
    settings.ACCOUNT_UNUSED_DAYS = 30
    assert suspend_unused() == 1


@pytest.mark.parametrize(("role", "left"), [("admin", 1), ("auditor", 1), ("security", 2)])
def test_last_accounts_that_administer_stay_in_use_those_used_last(city, role, left):
    accounts = [opened(city, role, days=400, last_login=days_ago(100 + number)) for number in range(4)]
    suspend_unused()
    assert suspended() == set(accounts[left:])


def test_one_that_is_used_lets_the_others_of_its_role_be_suspended(city):
    opened(city, "admin", last_login=days_ago(1))
    idle = opened(city, "admin", last_login=days_ago(100))
    suspend_unused()
    assert suspended() == {idle}


def test_sweep_does_it_and_ends_sessions(district, client_of, capsys):
    idle = opened(district, last_login=days_ago(100))
    client_of(idle)
    User.objects.filter(pk=idle.pk).update(last_login=days_ago(100))
    call_command("sweep_jobs")
    assert "暂停不用的账号 1 个" in capsys.readouterr().out
    assert not SignInSession.objects.filter(account=idle).exists()


def test_owner_is_told_whom_to_ask_and_only_with_the_right_password(client, district, city):
    opened(district, username="idle", last_login=days_ago(100))
    for name in ("沈安", "高全"):
        UserFactory(role="security", union=city, name=name)
    suspend_unused()
    told = client.post("/sign-in/", {"username": "idle", "password": PASSWORD})
    assert "您的账号超过 90 天没有登录，已经暂停。要恢复使用，请找安全管理员：沈安、高全。" in told.text
    assert "_auth_user_id" not in client.session
    wrong = client.post("/sign-in/", {"username": "idle", "password": "Wrong-Word-99"})
    assert "用户名或密码不正确，或者账号已停用。" in wrong.text
    assert "暂停" not in wrong.text
    failed = AuditEntry.objects.filter(action=AuditAction.LOGIN_FAILED)
    assert list(failed.values_list("subject", flat=True)) == ["idle"]  # the second within a minute is counted


def test_suspended_account_costs_one_hash_as_every_other(client, district, monkeypatch):
    opened(district, username="idle", last_login=days_ago(100))
    suspend_unused()
    hashed = []
    monkeypatch.setattr(User, "check_password", lambda user, _raw: hashed.append(user.username))
    client.post("/sign-in/", {"username": "idle", "password": PASSWORD})
    assert hashed == ["idle"]


def save(client, account, **fields):
    kept = {"name": account.name, "role": account.role, "union": account.union.code, "email": account.email}
    return client.post(f"/accounts/{account.pk}/", kept | fields)


def test_given_back_it_signs_in_and_is_not_suspended_the_next_night(client, client_of, security, district):
    idle = opened(district, username="idle", last_login=days_ago(100))
    suspend_unused()
    idle.refresh_from_db()
    assert "因长期不用已暂停" in client_of(security).get(f"/accounts/{idle.pk}/").text
    save(client_of(security), idle, is_active="on")
    idle.refresh_from_db()
    assert (idle.is_active, idle.suspended_at) == (True, None)
    assert suspend_unused() == 0
    assert client.post("/sign-in/", {"username": "idle", "password": PASSWORD}).status_code == 302


def test_one_that_decides_is_given_back_by_two(client_of, security, city, district):
    lead = opened(district, "lead", last_login=days_ago(100))
    suspend_unused()
    lead.refresh_from_db()
    save(client_of(security), lead, is_active="on")
    assert suspended() == {lead}
    agree(AccountRequest.objects.get(), by=By(UserFactory(role="security", union=city)))
    lead.refresh_from_db()
    assert (lead.is_active, lead.suspended_at) == (True, None)


def test_saved_without_a_tick_it_is_closed_for_good_and_waits_no_longer(client_of, security, district):
    idle = opened(district, last_login=days_ago(100))
    suspend_unused()
    idle.refresh_from_db()
    save(client_of(security), idle)
    idle.refresh_from_db()
    assert (idle.is_active, idle.suspended_at) == (False, None)


def test_home_of_the_security_administrator_names_them_and_expired_passwords(client_of, security, district):
    idle = opened(district, name="孙久", last_login=days_ago(100))
    old = opened(district, name="钱旧", last_login=days_ago(3), password_set_at=days_ago(90))
    opened(district, name="周新", last_login=days_ago(3), password_set_at=days_ago(89.9))
    suspend_unused()
    waiting = {str(each.label): (each.count, each.url) for each in waiting_for(security)}
    assert waiting["因长期不用暂停的账号，等您恢复或停用"] == (1, "/accounts/?state=suspended")
    assert waiting["密码已过期的账号"] == (1, "/accounts/?state=expired")
    rows = [[cell.text for cell in row][:4] for row in accounts_at_rest(security)["table"].rows]
    assert rows == [
        ["孙久", "经办人", district.name, "已暂停"],
        ["钱旧", "经办人", district.name, "密码已过期"],
    ]
    client = client_of(security)
    assert "孙久" in client.get("/").text
    assert set(client.get("/accounts/?state=suspended").context["rows"]) == {idle}
    assert set(client.get("/accounts/?state=expired").context["rows"]) == {old}


def test_database_knows_no_suspended_account_in_use(district, security):
    idle = opened(district, last_login=days_ago(100))
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=idle.pk).update(suspended_at=timezone.now())
    suspend_unused()
    idle.refresh_from_db()
    change_account(idle, changes={"is_active": True}, by=By(security))
