"""A list of accounts: what becomes of each row, and that two people open what decides."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from portal.account_lists import services
from portal.account_lists.services import agree_to_batch, confirm_batch, refuse_batch, withdraw_batch
from portal.account_lists.sheet import MOST_ROWS
from portal.accounts.second_person import agree
from portal.audit import By
from portal.enums import Role
from portal.models import AccountBatch, AccountRequest, AuditEntry, User
from portal.models.personal.handover import InheritedHand
from portal.workbook.reading.reader import WorkbookRefused
from tests.factories import UserFactory
from tests.portal.account_lists.lists import CLERK, LEAD, bring_batch, workbook_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(city, security):
    return UserFactory(username="second", name="郑第二", role=Role.SECURITY, union=city)


@pytest.fixture
def brought(security, district):
    """What brings a list of these rows."""

    def bring(*rows, **how):
        return bring_batch(workbook_of(*rows, **how), name="名单.xlsx", by=By(security))

    return bring


def fates(batch):
    return [(row["number"], row["fate"]) for row in batch.rows]


def faults(batch):
    return [(row["number"], fault["heading"], fault["reason"]) for row in batch.rows for fault in row["faults"]]


def test_nothing_is_written_until_confirmed_and_then_just_what_was_shown(brought, security, district):
    UserFactory(username="there", name="早有", role=Role.CLERK, union=district, email="")
    batch = brought(CLERK, LEAD, ("there", "早有", "经办人", "310001", ""), ("bad", "", "经办人", "310001", ""))
    assert fates(batch) == [(2, "open"), (3, "second"), (4, "same"), (5, "refused")]
    assert faults(batch) == [(5, "姓名", "必须填写")]
    assert (User.objects.count(), AccountRequest.objects.count()) == (2, 0)
    confirm_batch(batch, by=By(security, "10.0.0.1"))
    user = User.objects.get(username="sunli")
    assert (user.name, user.role, user.union, user.email) == ("孙丽", "clerk", district, "sunli@example.org")
    assert (user.must_change_password, user.has_usable_password(), user.is_superuser) == (True, False, False)
    asked = AccountRequest.objects.get()
    assert (asked.username, asked.act, asked.union, asked.asked_by) == ("zhoujie", "open", district, security)
    assert asked.fields == {"name": "周杰", "role": "lead", "union": "310001", "email": ""}
    assert User.objects.count() == 3
    told = AuditEntry.objects.filter(action="account_changed").order_by("id")
    assert list(told.values_list("subject", "detail__act", "detail__role", "actor__username", "address")) == [
        ("sunli", "新建账号", "经办人", "secadmin", "10.0.0.1"),
        ("zhoujie", "申请：新建账号", "单位审核人", "secadmin", "10.0.0.1"),
    ]


def test_same_file_again_changes_nothing(brought, security, second):
    confirm_batch(brought(CLERK, LEAD), by=By(security))
    again = brought(CLERK, LEAD)
    assert fates(again) == [(2, "same"), (3, "asked")]
    with pytest.raises(ValidationError, match="没有可以开通的账号"):
        confirm_batch(again, by=By(security))
    agree_to_batch(AccountBatch.objects.last(), by=By(second))
    assert fates(brought(CLERK, LEAD)) == [(2, "same"), (3, "same")]
    assert (User.objects.count(), AccountRequest.objects.count()) == (4, 1)


TAKEN = (
    "用户名已有账号，姓名、岗位、所属工会、电子邮箱与名单不同。是同一个人，请在“账号”页修改；是另一个人，请换用户名。"
)
ROLES = "应为经办人、单位审核人、市总保障部审核员、监督审计、系统管理员、安全管理员之一。"


@pytest.mark.parametrize(
    ("place", "value", "heading", "reason"),
    [
        (0, "", "用户名", "必须填写"),
        (0, "孙 丽", "用户名", "请输入合法的用户名。只能包含英文字母、数字、特殊字符“@”、“.”、“-”和“_”。"),
        (0, "s" * 300, "用户名", "确保该变量包含不超过 150 字符 (目前字符数 300)。"),
        (0, "secadmin", "用户名", TAKEN),
        (1, "丽" * 300, "姓名", "确保该变量包含不超过 50 字符 (目前字符数 300)。"),
        (1, "=1+1", "姓名", "是公式，请粘贴为值。"),
        (1, True, "姓名", "不是文字，请重新填写。"),
        (1, "孙\u202e丽", "姓名", "含有改变文字显示方向的控制字符，请删除后重新输入"),
        (
            2,
            "主席",
            "岗位",
            ROLES,
        ),
        (2, "外部系统", "岗位", ROLES),
        (2, "安全管理员", "岗位", "“安全管理员”只能设在市总工会。"),
        (3, "火星总工会", "所属工会", "没有名称或编码为“火星总工会”的工会。"),
        (3, "310000", "岗位", "“经办人”要设在填报单位或其下级工会，不能设在市总工会。"),
        (4, "sunli", "电子邮箱", "输入一个有效的 Email 地址。"),
    ],
)  # fmt: skip
def test_bad_cell_is_named_with_its_reason_and_other_rows_come_in(brought, security, place, value, heading, reason):
    bad = ("other", *CLERK[1:])
    bad = (*bad[:place], value, *bad[place + 1 :])
    batch = brought(bad, CLERK)
    assert faults(batch) == [(2, heading, reason)]
    assert fates(batch) == [(2, "refused"), (3, "open")]
    confirm_batch(batch, by=By(security))
    assert User.objects.count() == 2
    assert faults(AccountBatch.objects.get()) == [(2, heading, reason)]


def test_two_unions_of_one_name_are_told_apart_by_code(brought, district, foreign_district):
    type(district).objects.filter(pk=foreign_district.pk).update(name=district.name)
    by_code = ("other", "何人", "经办人", f"{foreign_district.code} {district.name}", "")
    batch = brought(("sunli", "孙丽", "经办人", district.name, ""), by_code)
    assert faults(batch) == [(2, "所属工会", f"有几个工会都叫“{district.name}”，请填编码。")]
    assert fates(batch)[1] == (3, "open")


def test_user_name_twice_in_the_file_is_refused_in_every_row(brought):
    batch = brought(CLERK, ("other", "何人", "经办人", "310001", ""), CLERK)
    assert faults(batch) == [(row, "用户名", "第 2、4 行的用户名相同，请各用一个。") for row in (2, 4)]


def test_stopped_account_and_one_that_something_else_waits_for_are_refused(brought, security, lead, district):
    UserFactory(username="gone", name="走了", role=Role.CLERK, union=district, email="", is_active=False)
    AccountRequest.objects.create(act="open", username="sunli", union=district, asked_by=security)
    batch = brought(("gone", "走了", "经办人", "310001", ""), CLERK)
    assert faults(batch) == [
        (2, "用户名", "用户名已有账号，已停用。要重新启用，请在“账号”页办理。"),
        (3, "用户名", "这个账号已有一项申请在等待办理，请先办完或撤回。"),
    ]


def test_what_changed_since_the_preview_is_judged_again(brought, security, district):
    batch = brought(CLERK, ("other", "何人", "经办人", "310001", ""))
    UserFactory(username="sunli", name="别人", role=Role.CLERK, union=district)
    batch = confirm_batch(batch, by=By(security))
    assert fates(batch) == [(2, "refused"), (3, "open")]
    assert User.objects.get(username="sunli").name == "别人"


def test_confirmed_twice_acts_once_and_only_by_who_brought_it(brought, security, second):
    batch = brought(CLERK, LEAD)
    with pytest.raises(ValidationError, match="由上传名单的人确认"):
        confirm_batch(batch, by=By(second))
    assert confirm_batch(confirm_batch(batch, by=By(security)), by=By(security)).is_confirmed
    assert (User.objects.count(), AccountRequest.objects.count()) == (3, 1)


def test_name_taken_in_the_same_moment_writes_nothing(brought, security, district, monkeypatch):
    batch = brought(CLERK, LEAD)

    def taken(*given, **how):
        UserFactory(username="zhoujie", union=district)
        raise IntegrityError

    monkeypatch.setattr(services, "ask_to_open", taken)
    with pytest.raises(ValidationError, match="请再确认一次"):
        confirm_batch(batch, by=By(security))
    assert User.objects.filter(username="sunli").count() == 0
    assert not AccountBatch.objects.get().is_confirmed


def test_second_person_opens_all_that_decide_and_nobody_else_does(brought, security, second, lead, district):
    confirm_batch(brought(CLERK, LEAD, ("li4", "李四", "单位审核人", "310001", "")), by=By(security))
    batch = AccountBatch.objects.get()
    with pytest.raises(ValidationError, match="没有等您办理的申请"):
        agree_to_batch(batch, by=By(security))
    assert agree_to_batch(batch, by=By(second)) == 0
    opened = User.objects.filter(username__in=("zhoujie", "li4"))
    assert [(user.role, user.union, user.has_usable_password()) for user in opened] == [("lead", district, False)] * 2
    assert list(AccountRequest.objects.values_list("outcome", "decided_by__username")) == [("agreed", "second")] * 2
    told = AuditEntry.objects.filter(subject="zhoujie").order_by("id").values_list("actor__username", "detail__act")
    assert list(told) == [
        ("secadmin", "申请：新建账号"),
        ("second", "同意：新建账号"),
        ("second", "新建账号"),
    ]
    with pytest.raises(ValidationError, match="没有等您办理的申请"):
        agree_to_batch(batch, by=By(second))


def test_who_took_the_desk_over_is_no_second_person(brought, security, second, city):
    confirm_batch(brought(LEAD), by=By(security))
    InheritedHand.objects.create(heir=second, predecessor=security)
    with pytest.raises(ValidationError, match="没有等您办理的申请"):
        agree_to_batch(AccountBatch.objects.get(), by=By(second))


def test_lead_of_the_unit_still_agrees_to_one(brought, security, second, lead):
    confirm_batch(brought(LEAD, ("li4", "李四", "单位审核人", "310001", "")), by=By(security))
    agree(AccountRequest.objects.get(username="li4"), by=By(lead))
    assert agree_to_batch(AccountBatch.objects.get(), by=By(second)) == 0
    assert User.objects.filter(role=Role.LEAD, username__in=("zhoujie", "li4")).count() == 2


def test_what_is_possible_no_more_waits_on_and_the_rest_is_opened(brought, security, second, district):
    confirm_batch(brought(LEAD, ("li4", "李四", "单位审核人", "310001", "")), by=By(security))
    UserFactory(username="li4", union=district)
    assert agree_to_batch(AccountBatch.objects.get(), by=By(second)) == 1
    assert User.objects.get(username="zhoujie").role == "lead"
    assert list(AccountRequest.objects.waiting().values_list("username", flat=True)) == ["li4"]


def test_refusal_and_withdrawal_of_a_list_need_a_reason(brought, security, second):
    confirm_batch(brought(LEAD), by=By(security))
    confirm_batch(brought(("li4", "李四", "单位审核人", "310001", "")), by=By(security))
    later, first = AccountBatch.objects.all()
    for act, by in ((refuse_batch, second), (withdraw_batch, security)):
        with pytest.raises(ValidationError, match="请写明原因"):
            act(first, reason=" ", by=By(by))
    with pytest.raises(ValidationError, match="没有等您办理的申请"):
        withdraw_batch(first, reason="不是我的", by=By(second))
    refuse_batch(first, reason="没有核实", by=By(second))
    withdraw_batch(later, reason="名单错了", by=By(security))
    outcomes = AccountRequest.objects.order_by("id").values_list("outcome", "reason", "decided_by__username")
    assert list(outcomes) == [("refused", "没有核实", "second"), ("withdrawn", "名单错了", "secadmin")]
    assert not User.objects.filter(role=Role.LEAD).exists()


def test_database_refuses_one_person_as_both(brought, security):
    confirm_batch(brought(LEAD), by=By(security))
    with pytest.raises(IntegrityError, match="accountrequest_four_eyes"), transaction.atomic():
        AccountRequest.objects.update(outcome="agreed", decided_by=security)


def test_list_is_encrypted_and_its_file_wiped_when_confirmed(brought, security):
    batch = brought(CLERK)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content, outcome FROM portal_accountbatch")
        content, outcome = map(bytes, (cell.encode() if isinstance(cell, str) else cell for cell in cursor.fetchone()))
    assert b"PK\x03\x04" not in content
    assert b"sunli" not in outcome
    assert bytes(AccountBatch.objects.get().content).startswith(b"PK")
    confirm_batch(batch, by=By(security))
    assert bytes(AccountBatch.objects.get().content) == b""


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (("甲", "乙"), "前 20 行中没有认识的列标题"),
        (("用户名", "姓名"), "缺少列：岗位、所属工会。"),
        (("用户名", "登录名", "姓名", "岗位", "工会"), "有两列都是“用户名”，请只留一列。"),
    ],
)
def test_file_that_is_no_list_is_refused_in_words(brought, headings, words):
    with pytest.raises(WorkbookRefused, match=words):
        brought(CLERK, headings=headings)
    assert not AccountBatch.objects.exists()


def test_empty_and_too_long_lists_are_refused(brought):
    with pytest.raises(WorkbookRefused, match="表中没有账号"):
        brought(("", "", "", "", ""))
    with pytest.raises(WorkbookRefused, match="一份名单最多 10000 行"):
        brought(*[CLERK] * (MOST_ROWS + 1))


def test_headings_are_known_by_other_words_and_in_csv(security, district):
    content = "登录名,姓名,角色,单位\nsunli,孙丽,经办人,东湖区总工会\n".encode("gb18030")
    batch = bring_batch(content, name="名单.csv", by=By(security))
    assert fates(batch) == [(2, "open")]


def test_number_of_queries_does_not_grow_with_the_rows(brought, security):
    def asked(count, start):
        rows = [(f"person-{start + each}", "何人", role, "310001", "") for each in range(count) for role in ("经办人",)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            confirm_batch(brought(*rows), by=By(security))
        return len(queries)

    assert asked(3, 0) == asked(30, 100)
