"""What is accepted with a notice, and the near misses that have none."""

from datetime import timedelta

import pytest

from portal.models import Campaign
from tests.workbook.sheets import (
    CASE,
    CHILD,
    GRADUATE,
    HOUSEHOLD,
    HUA,
    PAYMENT,
    POST,
    TAO,
    CaseBook,
    day,
    fresh_id,
    id_number,
    valid_book,
)


@pytest.fixture
def noticed(accepted):
    """The notices of a workbook beyond those of the valid one."""

    def noticed(book: CaseBook, **options) -> list[str]:
        plain = accepted(valid_book(), dry_run=True).notices
        found = list(accepted(book, **options).notices)
        for notice in plain:
            found.remove(notice)
        return found

    return noticed


# The cells that are changed, the sheet and row that the notice must name, and a word of it.
NOTICED = {
    "paid after the campaign": ([(PAYMENT, "F002", "发放日期", day("2015-01-01"))], PAYMENT, 3, "活动年度"),
    "paid before the campaign": (
        [
            (CASE, "A002", "公示开始日期", day("2013-12-01")),
            (CASE, "A002", "公示结束日期", day("2013-12-10")),
            (CASE, "A002", "审批日期", day("2013-12-31")),
            (PAYMENT, "F002", "发放日期", day("2013-12-31")),
            (PAYMENT, "F002", "资金来源", "各级党委政府资助"),
        ],
        PAYMENT,
        3,
        "活动年度",
    ),
    "graduate registered before the household was filed": (
        [(GRADUATE, TAO, "登记日期", day("2012-02-29"))],
        GRADUATE,
        3,
        "建档",
    ),
    "notice of four days": ([(CASE, "A006", "公示结束日期", day("2014-06-19"))], CASE, 7, "公示"),
    "notice of one day": ([(CASE, "A006", "公示结束日期", day("2014-06-16"))], CASE, 7, "公示"),
    "notice of four working days and a weekend": (
        [(CASE, "A006", "公示开始日期", day("2014-06-19"))],
        CASE,
        7,
        "公示",
    ),
    "two spellings of a name": ([(GRADUATE, HUA, "姓名", "李晓花")], GRADUATE, 2, "李晓花"),
}
SILENT = {
    "paid on the last day of the campaign": [(PAYMENT, "F002", "发放日期", day("2014-12-31"))],
    "due after the campaign": [(PAYMENT, "F003", "发放日期", day("2015-02-01"))],
    "failed after the campaign": [
        (PAYMENT, "F003", "发放日期", day("2015-02-01")),
        (PAYMENT, "F003", "状态", "发放失败"),
    ],
    "graduate registered on the day the household was filed": [(GRADUATE, TAO, "登记日期", day("2012-03-01"))],
    "notice of five working days": [(CASE, "A006", "公示结束日期", day("2014-06-20"))],
    "no notice yet": [
        (CASE, "A006", "公示开始日期", None),
        (CASE, "A006", "公示结束日期", None),
    ],
    "two spellings of blanks": [(GRADUATE, HUA, "姓名", " 李小\u200b花\u3000")],
}


@pytest.mark.parametrize(("changes", "title", "row", "word"), NOTICED.values(), ids=NOTICED)
def test_accepted_with_a_notice(noticed, book, changes, title, row, word):
    for change in changes:
        book.put(*change)
    [notice] = noticed(book)
    assert title in notice
    assert str(row) in notice
    assert word in notice


@pytest.mark.parametrize("changes", SILENT.values(), ids=SILENT)
def test_near_miss_has_no_notice(noticed, book, changes):
    for change in changes:
        book.put(*change)
    assert noticed(book) == []


def test_region_code_that_is_unknown(noticed, book):
    book.put(HOUSEHOLD, "D004", "身份证号", id_number(44, "19751231", "999999"))
    [notice] = noticed(book)
    assert HOUSEHOLD in notice
    assert "地区" in notice


def test_region_code_of_history_is_known(noticed, book):
    book.put(HOUSEHOLD, "D004", "身份证号", id_number(44, "19751231", "310230"))  # 崇明县, a district since 2016
    assert noticed(book) == []


def test_campaign_that_asks_for_more_days(accepted, book):
    Campaign.objects.open(2013)
    Campaign.objects.open(2014)
    Campaign.objects.filter(year=2014).update(notice_days=9)
    short = [notice for notice in accepted(book).notices if "公示" in notice]
    assert short == [  # A001 and A002 had six working days, A006 seven
        "“助学申请”第 2–3 行：公示只有 6 个工作日，少于活动要求的 9 个工作日",
        "“助学申请”第 7 行：公示只有 7 个工作日，少于活动要求的 9 个工作日",
    ]


def test_campaign_that_is_opened(accepted, book):
    Campaign.objects.open(2013)
    [notice] = accepted(book).notices
    assert "2014" in notice
    campaign = Campaign.objects.get(year=2014)
    assert (campaign.starts_on, campaign.ends_on) == (day("2014-01-01"), day("2014-12-31"))


def test_campaign_is_opened_once(accepted, on_file):
    assert accepted(on_file).notices == []


def test_window_of_a_campaign_that_has_other_dates(accepted, book):
    Campaign.objects.open(2013)
    Campaign.objects.open(2014)
    Campaign.objects.filter(year=2014).update(ends_on=day("2014-07-01"))
    [notice] = accepted(book).notices
    assert PAYMENT in notice
    assert "3" in notice


def test_spelling_that_differs_from_the_one_on_file(accepted, on_file):
    """The child is on file under one name; the graduate comes in under another."""
    alone = CaseBook({GRADUATE: [on_file.row(GRADUATE, TAO) | {"身份证号": fresh_id()}]})
    accepted(alone)
    alone[GRADUATE][0] |= {"身份证号": on_file[CHILD][0]["身份证号"], "姓名": "王晓明"}
    [notice] = accepted(alone).notices
    assert "王晓明" in notice


def test_several_notices_of_one_workbook_are_all_listed(noticed, book):
    book.put(GRADUATE, TAO, "登记日期", day("2012-02-29"))
    book.put(GRADUATE, HUA, "姓名", "李晓花")
    book.put(PAYMENT, "F002", "发放日期", day("2015-01-01") + timedelta(days=3))
    for row in book[POST]:
        row["备用"] = None
    assert len(noticed(book)) == 4


def test_dry_run_lists_the_same_notices(accepted, book):
    book.put(GRADUATE, TAO, "登记日期", day("2012-02-29"))
    assert accepted(book, dry_run=True).notices == accepted(book).notices


def test_daughter_with_a_mans_number_is_brought_in_with_a_notice(noticed):
    book = valid_book()
    number = id_number(101, "20050315")
    assert number[16] == "1"
    child = {"档案编号": "D001", "姓名": "曾小丽", "学段": "小学"}
    book[CHILD] += [
        child | {"身份证号": number, "与职工关系": "女儿"},
        child | {"身份证号": id_number(102, "20050315")},
    ]
    row = len(book[CHILD])
    words = "与职工关系是“女儿”，证件号码是男性的号码，请核对"
    assert noticed(book) == [f"“子女”第 {row} 行：{words}"]
