import io
import re

import pytest
from django.core.management import CommandError, call_command

from portal.accounts.services import create_account, place_fault, reset_password
from portal.audit import By
from portal.enums import Role
from portal.models import AuditEntry, User
from tests.factories import PASSWORD, UserFactory, device_of


@pytest.fixture
def browser(client_of, security):
    return client_of(security)


def new_account(browser, **fields):
    return browser.post(
        "/accounts/new/", {"username": "sunli", "name": "孙丽", "role": "clerk", "union": "310001"} | fields
    )


def shown_password(page):
    return re.search(r'portal-secret">([^<]+)<', page)[1]


def test_created_account_shows_a_password_that_signs_in_once_changed(browser, client, district, security):
    response = new_account(browser)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    password = shown_password(response.text)
    user = User.objects.get(username="sunli")
    assert (user.name, user.role, user.union, user.must_change_password) == ("孙丽", "clerk", district, True)
    client.post("/sign-in/", {"username": "sunli", "password": password})
    assert client.get("/").url == "/password/"
    entry = AuditEntry.objects.order_by("id").first()
    assert (entry.action, entry.actor, entry.subject, entry.union_path, entry.address) == (
        "account_changed",
        security,
        "sunli",
        district.path,
        "127.0.0.1",
    )
    assert entry.detail == {"act": "新建账号", "role": "经办人"}
    assert password not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"role": "reviewer"}, "“市总保障部审核员”只能设在市总工会。"),
        ({"role": "auditor"}, "“监督审计”只能设在市总工会。"),
        ({"role": "security"}, "“安全管理员”只能设在市总工会。"),
        ({"union": "310000"}, "“经办人”要设在填报单位或其下级工会，不能设在市总工会。"),
        ({"union": "999999"}, "您的工会范围内没有名称或编码为“999999”的工会。"),
        ({"username": "secadmin"}, "已存在"),
    ],
)
def test_impossible_account_is_refused_in_words(browser, district, fields, words):
    response = new_account(browser, **fields)
    assert response.status_code == 200
    assert words in response.text
    assert User.objects.count() == 1


def test_extra_fields_of_a_post_are_ignored(browser, district):
    new_account(browser, is_superuser="on", must_change_password="", password="Known-Word-12")
    user = User.objects.get(username="sunli")
    assert (user.is_superuser, user.must_change_password, user.check_password("Known-Word-12")) == (False, True, False)


@pytest.mark.parametrize("role", Role.values)
def test_place_of_each_role(role, city, district):
    city_role, is_person = role in {"reviewer", "auditor", "admin", "security"}, role != "system"
    possible = (city_role, not city_role and is_person)
    assert (place_fault(role, city) is None, place_fault(role, district) is None) == possible


def test_change_of_account_is_logged_with_old_and_new(browser, clerk, grassroots):
    response = browser.post(
        f"/accounts/{clerk.pk}/", {"name": "陈新名", "role": "clerk", "union": grassroots.code, "is_active": "on"}
    )
    assert response.url == "/accounts/"
    clerk.refresh_from_db()
    assert (clerk.name, clerk.union, clerk.is_active) == ("陈新名", grassroots, True)
    assert AuditEntry.objects.get().detail == {
        "act": "修改账号",
        "before": {"姓名": "陈经办", "所属工会": "东湖区总工会"},
        "after": {"姓名": "陈新名", "所属工会": "东湖纺织厂工会"},
    }


def test_unchanged_account_leaves_no_audit_row(browser, clerk):
    fields = {"name": clerk.name, "role": "clerk", "union": clerk.union.code, "is_active": "on"}
    assert browser.post(f"/accounts/{clerk.pk}/", fields).url == "/accounts/"
    assert not AuditEntry.objects.exists()


def test_disabled_account_is_out_at_once(browser, client_of, clerk):
    theirs = client_of(clerk)
    browser.post(f"/accounts/{clerk.pk}/", {"name": clerk.name, "role": "clerk", "union": clerk.union.code})
    assert theirs.get("/").url == "/sign-in/?next=/"


@pytest.mark.parametrize(("role", "active"), [("auditor", "on"), ("security", "")])
def test_administrators_keep_their_own_rights(browser, security, role, active):
    response = browser.post(
        f"/accounts/{security.pk}/", {"name": security.name, "role": role, "union": "310000", "is_active": active}
    )
    assert "不能修改自己的岗位和所属工会" in response.text
    security.refresh_from_db()
    assert (security.role, security.is_active) == ("security", True)


def test_reset_ends_sessions_unbinds_the_device_and_is_logged(client_of, security, lead):
    theirs = client_of(lead)
    device = device_of(lead)
    password = reset_password(lead, by=By(security))
    lead.refresh_from_db()
    assert (lead.check_password(password), lead.check_password(PASSWORD)) == (True, False)
    assert lead.must_change_password
    assert not type(device).objects.filter(pk=device.pk).exists()
    assert theirs.get("/").url == "/sign-in/?next=/"
    entry = AuditEntry.objects.get()
    assert (entry.subject, entry.detail) == ("lead", {"act": "重设密码"})


@pytest.mark.parametrize("person", ["clerk", "lead", "reviewer", "auditor"])
def test_only_the_administrator_keeps_accounts(request, client_of, person):
    user = request.getfixturevalue(person)
    client = client_of(user)
    for address in ("/accounts/", "/accounts/new/", f"/accounts/{user.pk}/"):
        response = client.get(address)
        assert response.status_code == 403
        assert "不能管理账号。" in response.text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["secadmin", "clerk", "lead", "foreign_clerk"]),
        ("?person=陈", ["clerk"]),
        ("?person=foreign", ["foreign_clerk"]),
        ("?union=西山", ["foreign_clerk"]),
        ("?union=310001", ["clerk", "lead"]),
        ("?person=nobody", []),
    ],
)
def test_list_filters_by_person_and_union(browser, clerk, lead, foreign_clerk, query, names):
    page = browser.get(f"/accounts/{query}").text
    assert re.findall(r'<a href="/accounts/\d+/">([^<]+)</a>', page) == names


def test_list_takes_the_same_queries_for_one_and_many_rows(browser, district, django_assert_num_queries):
    browser.get("/accounts/")
    with django_assert_num_queries(6):
        browser.get("/accounts/")
    UserFactory.create_batch(3, union=district)
    with django_assert_num_queries(6):
        browser.get("/accounts/")


def test_list_is_paged(browser, district):
    UserFactory.create_batch(60, union=district)
    first = browser.get("/accounts/")
    assert "共 61 条，第 1 / 2 页" in first.text
    assert 'href="?page=2"' in first.text
    assert len(re.findall(r'<a href="/accounts/\d+/">', browser.get("/accounts/?page=2").text)) == 11


def run(**options):
    output = io.StringIO()
    call_command("create_account", stdout=output, **({"username": "first", "name": "首位", "role": "admin"} | options))
    return output.getvalue()


def test_command_creates_the_first_administrator(client, city):
    output = run(union="310000")
    password = re.search(r"首次密码：(\S+)", output)[1]
    assert client.post("/sign-in/", {"username": "first", "password": password}).url == "/"
    assert client.get("/").url == "/password/"
    entry = AuditEntry.objects.order_by("id").first()
    assert (entry.actor, entry.address, entry.detail) == (None, None, {"act": "新建账号", "role": "系统管理员"})


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"union": "404"}, "没有编码为“404”的工会。"),
        ({"union": "310001"}, "“系统管理员”只能设在市总工会。"),
        ({"union": "310000", "username": "two words"}, "用户名"),
    ],
)
def test_command_refuses_in_words(district, options, words):
    with pytest.raises(CommandError, match=words):
        run(**options)
    assert not User.objects.exists()


def test_account_that_exists_is_not_created_again(city):
    create_account("first", name="首位", role=Role.ADMIN, union=city)
    with pytest.raises(CommandError, match="已存在"):
        run(union="310000")
