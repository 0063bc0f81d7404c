"""A changed row that would break records on file is refused in the changed cell; one that breaks nothing is accepted.

The valid workbook is on file. What is imported then holds the changed rows alone, so that nothing else could be named.
"""

import pytest

from aid.models import AidCase, Child, Contribution, Disbursement, Entry, Household
from employment.models import Assistance
from employment.workbook import CASE_WORKBOOK
from portal.enums import UnionKind
from portal.models import Union
from portal.workbook.importing.service import import_workbook
from tests.factories import make_union
from tests.workbook.sheets import (
    CASE,
    CHILD,
    ENTRY,
    EVENT,
    FUNDS,
    GRADUATE,
    HELP,
    HONG,
    HOUSEHOLD,
    HUA,
    LEI,
    MING,
    PAYMENT,
    POST,
    TAO,
    VISIT,
    WANG,
    CaseBook,
    day,
    valid_book,
    write,
)

# One cell that changes; the cells that may be named (the changed one, or two where the specification leaves a choice).
BREAKING = {
    "household filed after an application": (HOUSEHOLD, "D002", "建档日期", day("2014-06-03"), {"建档日期"}),
    "household closed before an application": (HOUSEHOLD, "D002", "注销日期", day("2014-06-01"), {"注销日期"}),
    "household closed before it was filed": (HOUSEHOLD, "D004", "注销日期", day("2014-01-09"), {"注销日期"}),
    "household filed after it was closed": (HOUSEHOLD, "D003", "建档日期", day("2014-07-01"), {"建档日期", "注销日期"}),
    "worker who has an open file": (HOUSEHOLD, "D004", "身份证号", WANG, {"身份证号"}),
    "child of a household filed after its application": (CHILD, MING, "档案编号", "D004", {"档案编号"}),
    "child of a household closed before its application": (CHILD, HONG, "档案编号", "D003", {"档案编号"}),
    "entry raised above a later one": (ENTRY, "S001", "升入学段", "高中", {"升入学段"}),
    "entry lowered below an earlier one": (ENTRY, "S002", "升入学段", "小学", {"升入学段"}),
    "entry moved to the day of another": (ENTRY, "S001", "升学日期", day("2013-09-01"), {"升学日期", "升入学段"}),
    "entry moved past a higher one": (ENTRY, "S001", "升学日期", day("2013-09-02"), {"升学日期", "升入学段"}),
    "entry given to a child with one that day": (ENTRY, "S004", "子女身份证号", MING, {"子女身份证号", "升入学段"}),
    "approval withdrawn after a payment": (CASE, "A001", "审批结果", "不通过", {"审批结果"}),
    "approval dated after a payment": (CASE, "A001", "审批日期", day("2014-07-02"), {"审批日期"}),
    "approval dated before the notice ended": (CASE, "A001", "审批日期", day("2014-06-11"), {"审批日期"}),
    "notice that ends after the approval": (
        CASE,
        "A001",
        "公示结束日期",
        day("2014-06-16"),
        {"公示结束日期", "审批日期"},
    ),
    "notice that begins after it ends": (
        CASE,
        "A006",
        "公示开始日期",
        day("2014-06-25"),
        {"公示开始日期", "公示结束日期"},
    ),
    "notice date of an approval cleared": (CASE, "A002", "公示开始日期", None, {"公示开始日期"}),
    "date of an approval cleared": (CASE, "A002", "审批日期", None, {"审批日期"}),
    "decision of an approval cleared": (CASE, "A002", "审批结果", None, {"审批结果"}),
    "application dated before the household": (CASE, "A002", "申请日期", day("2013-05-05"), {"申请日期"}),
    "campaign in which the child has a case": (CASE, "A005", "活动年度", 2014, {"活动年度"}),
    "child that has a case in the campaign": (CASE, "A004", "子女身份证号", HUA, {"活动年度", "子女身份证号"}),
    "less raised than was paid": (FUNDS, "Z001", "金额(元)", 2299.99, {"金额(元)"}),
    "raised the day after it was paid": (FUNDS, "Z001", "收款日期", day("2013-07-16"), {"收款日期"}),
    "raised from another source": (FUNDS, "Z001", "来源", "社会捐助", {"来源"}),
    "more paid than was raised": (PAYMENT, "F002", "金额(元)", 3000.51, {"金额(元)"}),
    "more paid so that a later payment overdraws": (PAYMENT, "F004", "金额(元)", 3000.01, {"金额(元)"}),
    "paid before it was raised": (PAYMENT, "F002", "发放日期", day("2014-06-19"), {"发放日期"}),
    "paid on a case not approved": (PAYMENT, "F001", "助学申请编号", "A003", {"助学申请编号"}),
    "paid from a source with less": (PAYMENT, "F001", "资金来源", "各级工会投入", {"资金来源", "金额(元)"}),
    "paid in the future": (PAYMENT, "F002", "发放日期", day("2099-01-01"), {"发放日期"}),
    "offer without a channel": (EVENT, "E002", "渠道", None, {"渠道"}),
    "event that becomes an offer": (EVENT, "E001", "类型", "岗位提供", {"渠道"}),
    "help that becomes a loan": (HELP, "J002", "类别", "小额担保贷款", {"金额(元)"}),
    "amount of a loan cleared": (HELP, "J001", "金额(元)", None, {"金额(元)"}),
}
KEEPING = {
    "household filed on the day of an application": (HOUSEHOLD, "D002", "建档日期", day("2014-06-02")),
    "household closed on the day of the last application": (HOUSEHOLD, "D002", "注销日期", day("2014-06-10")),
    "household reopened": (HOUSEHOLD, "D003", "注销日期", None),
    "household handed to the grassroots union": (HOUSEHOLD, "D001", "工会编码", "310001001"),
    "child of another household that was on file": (CHILD, LEI, "档案编号", "D001"),
    "entry moved to the day before another": (ENTRY, "S001", "升学日期", day("2013-08-31")),
    "entry lowered to just above an earlier one": (ENTRY, "S002", "升学日期", day("2007-09-02")),
    "approval dated on the day of the payment": (CASE, "A001", "审批日期", day("2014-07-01")),
    "approval dated on the last day of the notice": (CASE, "A001", "审批日期", day("2014-06-12")),
    "rejected case": (CASE, "A003", "审批日期", day("2014-12-31")),
    "campaign in which the child has no case": (CASE, "A005", "活动年度", 2012),
    "as much raised as was paid": (FUNDS, "Z001", "金额(元)", 2300),
    "raised on the day of the first payment": (FUNDS, "Z001", "收款日期", day("2013-07-15")),
    "raised from another source that nobody needs": (FUNDS, "Z003", "来源", "社会捐助"),
    "as much paid as was raised": (PAYMENT, "F002", "金额(元)", 3000.5),
    "paid on the day of the approval": (PAYMENT, "F002", "发放日期", day("2014-06-20")),
    "not paid after all": (PAYMENT, "F001", "状态", "发放失败"),
    "paid now": (PAYMENT, "F003", "状态", "已发放"),
    "due the day before the approval": (PAYMENT, "F003", "发放日期", day("2014-06-19")),
    "loan that becomes training": (HELP, "J001", "类别", "技能培训"),
    "another practice post": (POST, "P001", "岗位数", 0),
    "another visitor": (VISIT, "V001", "走访人", "另一位"),
    "another intention": (GRADUATE, TAO, "就业意向", "升学及其他"),
}


@pytest.fixture(scope="module")
def imported(module_db, tmp_path_factory) -> None:
    """The valid workbook on file, once for all that follows."""
    city = make_union(None, "310000", "示例市总工会", UnionKind.CITY)
    district = make_union(city, "310001", "东湖区总工会", UnionKind.DISTRICT)
    make_union(district, "310001001", "东湖纺织厂工会", UnionKind.GRASSROOTS)
    make_union(district, "310001002", "东湖机床厂工会", UnionKind.GRASSROOTS)
    path = write(valid_book(), tmp_path_factory.mktemp("imported") / "valid.xlsx")
    assert import_workbook(path, workbook=CASE_WORKBOOK, unit=district).ok


@pytest.fixture
def on_file(imported, db) -> CaseBook:
    """A copy of it to change."""
    return valid_book()


@pytest.fixture
def district(imported, db) -> Union:
    return Union.objects.get(code="310001")


@pytest.fixture
def grassroots(imported, db) -> Union:
    return Union.objects.get(code="310001001")


@pytest.fixture
def sibling(imported, db) -> Union:
    return Union.objects.get(code="310001002")


def changed_alone(book: CaseBook, title, key, heading, value) -> CaseBook:
    book.put(title, key, heading, value)
    return book.only(title, key)


@pytest.mark.parametrize(("title", "key", "heading", "value", "named"), BREAKING.values(), ids=BREAKING)
def test_change_that_breaks_records_names_the_changed_cell(refused, on_file, title, key, heading, value, named):
    found = refused(changed_alone(on_file, title, key, heading, value))
    assert found
    assert set(found) <= {(title, 2, column) for column in named}


@pytest.mark.parametrize("change", KEEPING.values(), ids=KEEPING)
def test_change_that_breaks_nothing_is_accepted_once(accepted, on_file, change):
    changed = changed_alone(on_file, *change)
    outcome = accepted(changed)
    assert outcome.updated == {change[0]: 1}
    assert (outcome.created, outcome.unchanged) == ({change[0]: 0}, {change[0]: 0})
    assert accepted(changed).unchanged == {change[0]: 1}


def test_change_in_the_whole_workbook_names_the_changed_cell_too(refused, on_file):
    """The rows that it breaks are in the workbook, unchanged: it is still the changed cell that is wrong."""
    named = on_file.put(CASE, "A001", "审批结果", "不通过")
    assert named in refused(on_file)


def test_reopened_household_whose_worker_has_another_open_file(accepted, refused, on_file):
    on_file.put(HOUSEHOLD, "D004", "身份证号", on_file.row(HOUSEHOLD, "D003")["身份证号"])
    accepted(on_file)
    assert refused(changed_alone(on_file, HOUSEHOLD, "D003", "注销日期", None)) == [(HOUSEHOLD, 2, "注销日期")]


def test_pending_payment_set_to_paid_overdraws_one_that_comes_after(accepted, refused, on_file):
    on_file.put(FUNDS, "Z003", "金额(元)", 700)
    on_file.add(PAYMENT, "F003", {"发放日期": day("2014-10-01"), "状态": "已发放"})
    accepted(on_file)
    assert refused(changed_alone(on_file, PAYMENT, "F003", "状态", "已发放")) in (
        [(PAYMENT, 2, "状态")],
        [(PAYMENT, 2, "金额(元)")],
    )


def test_changes_are_written(accepted, on_file):
    for change in (
        (HOUSEHOLD, "D001", "家庭月收入(元)", 0),
        (CHILD, MING, "学段", "高中"),
        (ENTRY, "S002", "升入学段", "高中"),
        (CASE, "A004", "帮扶标准(元)", 850.55),
        (FUNDS, "Z002", "出资方", "李先生"),
        (PAYMENT, "F003", "发放方式", "现金"),
        (HELP, "J002", "金额(元)", 99.9),
    ):
        on_file.put(*change)
    outcome = accepted(on_file)
    assert sum(outcome.updated.values()) == 7
    assert sum(outcome.created.values()) == 0
    assert str(Household.objects.get(number="D001").monthly_income) == "0.00"
    assert Child.objects.get(name="王小明").stage == "senior"
    assert Entry.objects.get(number="S002").stage == "senior"
    assert str(AidCase.objects.get(number="A004").standard) == "850.55"
    assert Contribution.objects.get(number="Z002").donor == "李先生"
    assert Disbursement.objects.get(number="F003").method == "cash"
    assert str(Assistance.objects.get(number="J002").amount) == "99.90"


def test_change_leaves_a_version_and_an_untouched_row_none(accepted, on_file):
    on_file.put(POST, "P001", "岗位数", 13)
    accepted(on_file)
    history = {row.number: row.history.count() for row in Contribution.objects.all()}
    assert history == {"Z001": 1, "Z002": 1, "Z003": 1}
    from_file = Household.objects.get(number="D001")
    assert (from_file.version, from_file.history.count()) == (1, 1)


def test_household_that_moves_takes_its_family_along(accepted, on_file, grassroots):
    accepted(changed_alone(on_file, HOUSEHOLD, "D001", "工会编码", "310001001"))
    assert {child.union_id for child in Child.objects.filter(household__number="D001")} == {grassroots.pk}
    assert {child.union_path for child in Child.objects.filter(household__number="D001")} == {grassroots.path}
