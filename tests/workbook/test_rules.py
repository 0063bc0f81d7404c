"""Rules across cells, on an empty database: the cell that is named, and the near miss that is accepted.

Each row of the tables is one sentence of the specification: the cells that are changed in the valid workbook, and the
one cell (or the few) that must be listed, and no other.
"""

import pytest

from tests.workbook.sheets import (
    CASE,
    CHILD,
    ENTRY,
    EVENT,
    FUNDS,
    GRADUATE,
    HELP,
    HOUSEHOLD,
    HUA,
    JUN,
    LEI,
    LI_MEI,
    MING,
    PAYMENT,
    QIAN,
    TAO,
    VISIT,
    WANG,
    day,
    id_number,
)

UNKNOWN = id_number(2, "19491231", "110105")
NO_APPROVAL = [(PAYMENT, "F002", "状态", "待发放")]  # so that A002 may be anything


def case_of(title, *changes, also=()):
    """Changes of one record's cells, and others beside."""
    key, *cells = changes
    return [(title, key, heading, value) for heading, value in cells] + list(also)


REFUSED = {
    # Dates of the household and of the application, in order.
    "closed the day before it was filed": (
        case_of(HOUSEHOLD, "D004", ("注销日期", day("2014-01-09"))),
        [(HOUSEHOLD, "D004", "注销日期")],
    ),
    "applied the day before the household was filed": (
        case_of(CASE, "A002", ("申请日期", day("2013-05-05"))),
        [(CASE, "A002", "申请日期")],
    ),
    "household filed the day after the application": (
        case_of(HOUSEHOLD, "D002", ("建档日期", day("2014-06-03"))),
        [(CASE, "A002", "申请日期")],
    ),
    "applied the day after the household was closed": (
        case_of(CASE, "A003", ("申请日期", day("2014-07-01"))),
        [(CASE, "A003", "申请日期")],
    ),
    "household closed before both applications": (
        case_of(HOUSEHOLD, "D001", ("注销日期", day("2013-05-31"))),
        [(CASE, "A001", "申请日期"), (CASE, "A004", "申请日期"), (CASE, "A005", "申请日期")],
    ),
    # Dates of the notice and of the decision, in order.
    "notice ends the day before it begins": (
        case_of(CASE, "A006", ("公示开始日期", day("2014-06-25"))),
        [(CASE, "A006", "公示结束日期")],
    ),
    "decided the day before the notice ended": (
        case_of(CASE, "A001", ("审批日期", day("2014-06-11"))),
        [(CASE, "A001", "审批日期")],
    ),
    "rejected the day before the notice ended": (
        case_of(CASE, "A006", ("审批日期", day("2014-06-23")), ("审批结果", "不通过")),
        [(CASE, "A006", "审批日期")],
    ),
    "notice dates in the future of a decided case": (
        case_of(CASE, "A001", ("公示结束日期", day("2099-01-01"))),
        [(CASE, "A001", "审批日期")],
    ),
    # 审批 <= 发放 of a paid disbursement
    "paid the day before the approval": (
        case_of(PAYMENT, "F001", ("发放日期", day("2014-06-14"))),
        [(PAYMENT, "F001", "发放日期")],
    ),
    "approved the day after the payment": (
        case_of(CASE, "A001", ("审批日期", day("2014-07-02"))),
        [(PAYMENT, "F001", "发放日期")],
    ),
    "paid in the future": (
        case_of(PAYMENT, "F001", ("发放日期", day("2099-07-01"))),
        [(PAYMENT, "F001", "发放日期")],
    ),
    # 审批日期 and 审批结果 come together; 通过 needs its public-notice dates
    "a date of decision without a decision": (
        case_of(CASE, "A004", ("审批日期", day("2014-08-01"))),
        [(CASE, "A004", "审批结果")],
    ),
    "a decision without its date": (
        case_of(CASE, "A004", ("审批结果", "不通过")),
        [(CASE, "A004", "审批日期")],
    ),
    "an approval without its date": (
        case_of(CASE, "A006", ("审批结果", "通过")),
        [(CASE, "A006", "审批日期")],
    ),
    "approved without notice dates": (
        case_of(CASE, "A001", ("公示开始日期", None), ("公示结束日期", None)),
        [(CASE, "A001", "公示开始日期"), (CASE, "A001", "公示结束日期")],
    ),
    "approved without the first day of the notice": (
        case_of(CASE, "A001", ("公示开始日期", None)),
        [(CASE, "A001", "公示开始日期")],
    ),
    "approved without the last day of the notice": (
        case_of(CASE, "A001", ("公示结束日期", None)),
        [(CASE, "A001", "公示结束日期")],
    ),
    # a paid disbursement needs an approved case
    "paid on a rejected case": (
        case_of(PAYMENT, "F001", ("助学申请编号", "A003")),
        [(PAYMENT, "F001", "助学申请编号")],
    ),
    "paid on a submitted case": (
        case_of(PAYMENT, "F001", ("助学申请编号", "A004")),
        [(PAYMENT, "F001", "助学申请编号")],
    ),
    "paid on a case on public notice": (
        case_of(PAYMENT, "F001", ("助学申请编号", "A006")),
        [(PAYMENT, "F001", "助学申请编号")],
    ),
    "paid and then not approved": (
        case_of(CASE, "A001", ("审批日期", None), ("审批结果", None)),
        [(PAYMENT, "F001", "助学申请编号")],
    ),
    # 升学
    "the same stage again": (
        case_of(ENTRY, "S002", ("升入学段", "小学")),
        [(ENTRY, "S002", "升入学段")],
    ),
    "a lower stage later": (
        case_of(ENTRY, "S001", ("升入学段", "高中")),
        [(ENTRY, "S002", "升入学段")],
    ),
    "a lower stage later, in the row above": (
        case_of(ENTRY, "S001", ("升学日期", day("2013-09-02"))),
        [(ENTRY, "S001", "升入学段")],
    ),
    "senior and vocational school are one level": (
        case_of(ENTRY, "S002", ("升入学段", "中职"), also=[(ENTRY, "S001", "升入学段", "高中")]),
        [(ENTRY, "S002", "升入学段")],
    ),
    "vocational and senior school are one level": (
        case_of(ENTRY, "S002", ("升入学段", "高中"), also=[(ENTRY, "S001", "升入学段", "中职")]),
        [(ENTRY, "S002", "升入学段")],
    ),
    "two entries on one day": (
        case_of(ENTRY, "S002", ("升学日期", day("2007-09-01"))),
        [(ENTRY, "S002", "升入学段")],
    ),
    "two entries on one day, the higher one in the row above": (
        case_of(ENTRY, "S001", ("升入学段", "初中"), also=[
            (ENTRY, "S002", "升入学段", "小学"), (ENTRY, "S002", "升学日期", day("2007-09-01"))]),
        [(ENTRY, "S002", "升入学段")],
    ),
    "not higher than one before the last": (
        case_of(ENTRY, "S003", ("子女身份证号", MING), ("升入学段", "初中"), also=[
            (ENTRY, "S001", "升入学段", "高中"), (ENTRY, "S002", "升入学段", "本科")]),
        [(ENTRY, "S003", "升入学段")],
    ),
    # a second case for the same child and campaign
    "a second case of the same year": (
        case_of(CASE, "A005", ("活动年度", 2014)),
        [(CASE, "A005", "活动年度")],
    ),
    "a second case, of which the first was rejected": (
        case_of(CASE, "A004", ("子女身份证号", JUN), ("申请日期", day("2014-06-01"))),
        [(CASE, "A004", "活动年度")],
    ),
    # what must be filled because of another cell
    "a loan without an amount": (case_of(HELP, "J001", ("金额(元)", None)), [(HELP, "J001", "金额(元)")]),
    "a job grant without an amount": (case_of(HELP, "J003", ("金额(元)", None)), [(HELP, "J003", "金额(元)")]),
    "offered posts without a channel": (case_of(EVENT, "E002", ("渠道", None)), [(EVENT, "E002", "渠道")]),
    # a number names one person: worker of at most one file that is not closed
    "a worker with two open files": (
        case_of(HOUSEHOLD, "D004", ("身份证号", WANG)),
        [(HOUSEHOLD, "D004", "身份证号")],
    ),
    # a reference to nothing
    "a child of no household": (
        case_of(CHILD, LEI, ("档案编号", "D999"), also=[
            (CASE, "A006", "公示开始日期", None), (CASE, "A006", "公示结束日期", None)]),
        [(CHILD, LEI, "档案编号")],
    ),
    "a graduate of no household": (case_of(GRADUATE, TAO, ("档案编号", "D999")), [(GRADUATE, TAO, "档案编号")]),
    "an entry of nobody": (case_of(ENTRY, "S004", ("子女身份证号", UNKNOWN)), [(ENTRY, "S004", "子女身份证号")]),
    "an entry of a worker": (case_of(ENTRY, "S004", ("子女身份证号", QIAN)), [(ENTRY, "S004", "子女身份证号")]),
    "a case of nobody": (case_of(CASE, "A004", ("子女身份证号", UNKNOWN)), [(CASE, "A004", "子女身份证号")]),
    "a case of a graduate": (case_of(CASE, "A004", ("子女身份证号", TAO)), [(CASE, "A004", "子女身份证号")]),
    "a payment of no case": (case_of(PAYMENT, "F001", ("助学申请编号", "A999")), [(PAYMENT, "F001", "助学申请编号")]),
    "a payment of another record": (
        case_of(PAYMENT, "F003", ("助学申请编号", "D001")),
        [(PAYMENT, "F003", "助学申请编号")],
    ),
    "a visit to nobody": (case_of(VISIT, "V001", ("走访对象身份证号", UNKNOWN)), [(VISIT, "V001", "走访对象身份证号")]),
    "help to a child": (case_of(HELP, "J002", ("毕业生身份证号", MING)), [(HELP, "J002", "毕业生身份证号")]),
}  # fmt: skip

ACCEPTED = {
    "closed on the day it was filed": case_of(HOUSEHOLD, "D004", ("注销日期", day("2014-01-10"))),
    "applied on the day the household was filed": case_of(CASE, "A002", ("申请日期", day("2013-05-06"))),
    "applied on the day the household was closed": case_of(CASE, "A003", ("申请日期", day("2014-06-30"))),
    "applied after the notice and the decision": case_of(CASE, "A001", ("申请日期", day("2014-12-31"))),
    "applied in another year than the campaign's": case_of(CASE, "A004", ("申请日期", day("2013-12-31"))),
    "notice of one day": case_of(CASE, "A006", ("公示开始日期", day("2014-06-24"))),
    "decided on the last day of the notice": case_of(CASE, "A001", ("审批日期", day("2014-06-12"))),
    "applied, noticed, approved and paid on one day": case_of(
        CASE, "A001", ("申请日期", day("2014-07-01")), ("公示开始日期", day("2014-07-01")),
        ("公示结束日期", day("2014-07-01")), ("审批日期", day("2014-07-01")),
    ),
    "paid on the day of the approval": case_of(PAYMENT, "F001", ("发放日期", day("2014-06-15"))),
    "due before the approval, not yet paid": case_of(PAYMENT, "F003", ("发放日期", day("2014-06-19"))),
    "failed before the approval": case_of(PAYMENT, "F003", ("发放日期", day("2014-01-01")), ("状态", "发放失败")),
    "due in the future": case_of(PAYMENT, "F003", ("发放日期", day("2099-09-01"))),
    "paid after the household was closed": case_of(HOUSEHOLD, "D002", ("注销日期", day("2014-06-30"))),
    "due on a submitted case": case_of(PAYMENT, "F003", ("助学申请编号", "A004")),
    "due on a rejected case": case_of(PAYMENT, "F003", ("助学申请编号", "A003")),
    "failed on a case on public notice": case_of(PAYMENT, "F003", ("助学申请编号", "A006"), ("状态", "发放失败")),
    "rejected with notice dates": case_of(
        CASE, "A006", ("审批日期", day("2014-06-24")), ("审批结果", "不通过")
    ),
    "a place of the notice without dates": case_of(CASE, "A004", ("公示地点", "社区")),
    "the first day of a notice that has no last day yet": case_of(CASE, "A006", ("公示结束日期", None)),
    "a notice in the future": case_of(
        CASE, "A006", ("公示开始日期", day("2099-01-01")), ("公示结束日期", day("2099-01-10"))
    ),
    "paid more than the standard": case_of(CASE, "A001", ("帮扶标准(元)", 0.01)),
    "a stage that is left out": case_of(ENTRY, "S002", ("升入学段", "研究生")),
    "the higher stage in the row above": case_of(
        ENTRY, "S001", ("升入学段", "初中"), ("升学日期", day("2013-09-01")), also=[
            (ENTRY, "S002", "升入学段", "小学"), (ENTRY, "S002", "升学日期", day("2007-09-01"))]),
    "stages on following days": case_of(ENTRY, "S002", ("升学日期", day("2007-09-02"))),
    "two children on one day": case_of(ENTRY, "S003", ("升学日期", day("2007-09-01"))),
    "an entry on a stage other than the child's": case_of(ENTRY, "S004", ("升入学段", "小学")),
    "an entry before the household was filed": case_of(ENTRY, "S004", ("升学日期", day("1999-09-01"))),
    "a case on a stage other than the child's": case_of(CASE, "A004", ("学段", "研究生")),
    "a second case in another year": case_of(CASE, "A005", ("活动年度", 2012)),
    "help without an amount where none is asked": case_of(HELP, "J002", ("类别", "实现就业")),
    "help with an amount where none is asked": case_of(HELP, "J002", ("金额(元)", 12.5)),
    "an event with a channel": case_of(EVENT, "E001", ("渠道", "劳模企业")),
    "a graduate whose dates are in any order": case_of(
        GRADUATE, TAO, ("签约日期", day("2013-01-01")), ("结束跟踪日期", day("2012-01-01"))
    ),
    "a worker with two files of which one is closed": case_of(
        HOUSEHOLD, "D004", ("身份证号", WANG), ("注销日期", day("2014-02-01"))
    ),
    "a reason for closing without a date": case_of(HOUSEHOLD, "D004", ("注销原因", "脱困")),
    "closed without a reason": case_of(HOUSEHOLD, "D003", ("注销原因", None)),
    "a worker who is a child of another household": case_of(HOUSEHOLD, "D004", ("身份证号", MING)),
    "a visit to a worker whose file is closed": case_of(
        VISIT, "V001", ("走访对象身份证号", id_number(33, "19680101"))
    ),
    "a visit to a child before the household was filed": case_of(VISIT, "V001", ("走访日期", day("2001-01-01"))),
    "funds received by the grassroots union": case_of(FUNDS, "Z001", ("工会编码", "310001001")),
}  # fmt: skip


def apply(book, changes):
    for title, key, heading, value in changes:
        book.put(title, key, heading, value)


@pytest.mark.parametrize(("changes", "named"), REFUSED.values(), ids=REFUSED)
def test_broken_rule_names_its_cell(refused, book, changes, named):
    cells = [book.place(*cell) for cell in named]
    apply(book, changes)
    assert refused(book) == sorted(cells)


@pytest.mark.parametrize("changes", ACCEPTED.values(), ids=ACCEPTED)
def test_near_miss_is_accepted(accepted, book, changes):
    apply(book, changes)
    assert accepted(book).ok


def test_each_of_several_entries_out_of_order_is_named(refused, book):
    book.put(ENTRY, "S001", "升入学段", "研究生")
    for stage, on in (("高中", "2014-09-01"), ("大专", "2015-09-01")):
        book.add(ENTRY, "S002", {"升入学段": stage, "升学日期": day(on)})
    assert refused(book) == [(ENTRY, row, "升入学段") for row in (3, 6, 7)]


def test_second_case_is_named_in_the_lower_row_whatever_its_number(refused, book):
    book[CASE].reverse()  # A005 of 2013 now stands above A001
    book.put(CASE, "A005", "活动年度", 2014)
    place = book.place(CASE, "A001", "活动年度")
    assert refused(book) == [place]


def test_three_cases_of_one_year_name_the_two_lower_rows(refused, book):
    book.put(CASE, "A005", "活动年度", 2014)
    book.add(CASE, "A004", {"子女身份证号": MING})
    assert refused(book) == [(CASE, row, "活动年度") for row in (6, 8)]


def test_worker_with_three_open_files_is_named_in_the_two_lower_rows(refused, book):
    book.put(HOUSEHOLD, "D004", "身份证号", WANG)
    book.fresh(HOUSEHOLD, {"身份证号": WANG})
    assert refused(book) == [(HOUSEHOLD, row, "身份证号") for row in (5, 6)]


def test_graduate_who_was_a_child_is_the_same_person(accepted, book):
    book.put(VISIT, "V001", "走访对象身份证号", HUA)
    assert accepted(book).created[GRADUATE] == 2


def test_two_rules_broken_by_one_row_are_both_listed(refused, book):
    named = [
        book.put(CASE, "A006", "公示结束日期", day("2014-06-01")),
        book.put(CASE, "A006", "申请日期", day("2013-01-01")),
    ]
    assert refused(book) == sorted(named)


def test_wrong_cell_without_a_key_brings_no_other(refused, book):
    """The worker's number is no key: neither the children nor their cases follow."""
    named = [book.put(HOUSEHOLD, "D001", "身份证号", "31010119700203011"), book.put(CASE, "A001", "审批结果", "同意")]
    assert refused(book) == sorted(named)


def test_receipt_that_cannot_be_read_does_not_make_payments_overdraw(refused, book):
    named = book.put(FUNDS, "Z001", "金额(元)", "五千")
    assert refused(book) == [named]


def test_worker_with_an_open_file_in_a_grassroots_union_is_named_too(refused, book):
    named = book.put(HOUSEHOLD, "D004", "身份证号", LI_MEI)
    assert refused(book) == [named]


def test_worker_is_nobodys_own_child(refused, book):
    worker = book.row(HOUSEHOLD, "D001")
    book[CHILD].append({"身份证号": worker["身份证号"], "档案编号": "D001", "姓名": "王建国", "学段": "小学"})
    assert refused(book) == [(CHILD, len(book[CHILD]) + 1, "身份证号")]
