"""Workbooks and the browser side by side: same figures both ways, and no decision past the four eyes."""

from datetime import date

import pytest
from openpyxl import Workbook

from aid.casework.moving import Why, move_case
from aid.lists.kinds import CASE_PART
from aid.models import AidCase
from aid.workbook import CaseSheet
from employment.workbook import CASE_WORKBOOK
from portal.audit import By
from portal.models import Campaign
from portal.workbook.importing.service import import_workbook
from reports.counting.derive import derive
from tests.aid import cases as casework
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
HEADINGS = ["业务编号", "子女身份证号", "活动年度", "学段", "助学方式", "帮扶标准(元)", "申请日期",
            "公示开始日期", "公示结束日期", "审批日期", "审批结果"]  # fmt: skip


@pytest.fixture
def bring(tmp_path, district):
    def bring(*rows, **asked):
        book = Workbook()
        book.active.title = "助学申请"
        for row in (HEADINGS, *rows):
            book.active.append(row)
        book.save(tmp_path / "book.xlsx")
        return import_workbook(tmp_path / "book.xlsx", workbook=CASE_WORKBOOK, unit=district, **asked)

    return bring


def row_of(case: AidCase, **changes) -> list:
    days = (case.applied_on, case.notice_from, case.notice_to, case.decided_on)
    values = [case.number, case.person.id_number, case.campaign.year, "高中", "政策助学", case.standard, *days, ""]
    return [changes.get(heading, value) for heading, value in zip(HEADINGS, values, strict=True)]


DECIDED = {
    "公示开始日期": date(2014, 3, 3),
    "公示结束日期": date(2014, 3, 12),
    "审批日期": date(2014, 3, 13),
    "审批结果": "通过",
}


def test_a_draft_is_not_decided_by_a_workbook(bring, district):
    of = casework.case(district)
    outcome = bring(row_of(of, **DECIDED))
    assert ["不能用工作簿修改此项" in error.reason for error in outcome.errors] == [True]
    assert AidCase.objects.get().status == "draft"
    assert bring(row_of(of, **{"帮扶标准(元)": 1500})).ok
    assert (AidCase.objects.get().standard, AidCase.objects.get().status) == (1500, "draft")


def test_a_case_moved_in_the_browser_is_not_changed_by_a_workbook(bring, district, clerk):
    of = casework.answered(casework.case(district))
    of = move_case(of, "submit", by=By(clerk))
    assert bring(row_of(of)).ok
    outcome = bring(row_of(of, **{"帮扶标准(元)": 9000}))
    assert len(outcome.errors) == 1
    assert AidCase.objects.get().standard == 1000


def test_a_case_that_workbooks_brought_is_decided_by_the_next_one(bring, district):
    of = casework.case(district, "submitted")
    assert bring(row_of(of, **DECIDED)).ok
    assert AidCase.objects.get().status == "approved"


def test_the_same_case_by_hand_and_by_workbook_gives_the_same_figures(bring, district, lead, clerk):
    """Two families alike, one case decided here, one brought in decided: aided 2, and each is counted the same."""
    by_hand, by_workbook = (
        casework.case(
            district, "submitted",
            child=make.child(district, household=make.household(district, sex="female", single_parent=True)),
        )
        for _turn in range(2)
    )  # fmt: skip
    casework.notice(district, by_hand)
    move_case(by_hand, "approve", by=By(lead))
    AidCase.objects.filter(pk=by_hand.pk).update(decided_on=date(2014, 3, 13))
    assert bring(row_of(by_workbook, **DECIDED)).ok
    counted = [
        (case.status, case.counted_stage, case.counted_category, case.counted_single_mother)
        for case in AidCase.objects.all()
    ]
    assert counted == [("approved", "senior", "worker", True)] * 2
    for case in AidCase.objects.all():
        make.payment(district, case=case)
    figures = derive(Campaign.objects.get(year=2014), district, make.AS_OF)
    assert (figures["aided"], figures["aided_secondary"], figures["single_mother_aided"]) == (2, 2, 2)
    move_case(AidCase.objects.get(pk=by_hand.pk), "follow_up", by=By(clerk), why=Why(comment="已电话回访"))
    assert derive(Campaign.objects.get(year=2014), district, make.AS_OF)["aided"] == 2


ON_NOTICE = {"公示开始日期": date(2014, 3, 3), "公示结束日期": date(2014, 3, 12)}


def whys(bring, row: list) -> list[str]:
    """Why a row would wait for a second person; then it is brought in by the operator, who needs none."""
    tried = bring(row, dry_run=True)
    assert bring(row).ok, [error.reason for error in tried.errors]
    return [held.why for held in tried.held]


def rules(**given) -> None:
    Campaign.objects.filter(year=2014).update(**given)


def test_who_brings_a_case_on_notice_past_the_check_waits_for_a_second_person(bring, district):
    """Four eyes hold for every way in: a workbook that says a case is on notice says that somebody passed it."""
    of = casework.case(district, "submitted")
    assert whys(bring, row_of(of, **{"帮扶标准(元)": 1500})) == []
    of.refresh_from_db()
    assert whys(bring, row_of(of, **ON_NOTICE)) == ["不经初审公示助学申请"]
    assert AidCase.objects.get().status == "on_notice"
    other = casework.case(district, "submitted")
    rules(check_first=False)
    assert whys(bring, row_of(other, **ON_NOTICE)) == []


UNPOSTED = {"审批日期": date(2014, 3, 13), "审批结果": "通过"}


def test_an_approval_without_notice_comes_in_only_of_continued_cases_where_the_campaign_allows_it(bring, district):
    old, new = (casework.case(district, "submitted") for _turn in range(2))
    make.case(district, year=2013, child=old.child)
    days = [("公示开始日期", "必须填写公示开始日期"), ("公示结束日期", "必须填写公示结束日期")]
    for of in (old, new):
        faults = bring(row_of(of, **UNPOSTED)).errors
        assert [
            (fault.column, fault.reason[-len(words) :]) for fault, (_c, words) in zip(faults, days, strict=True)
        ] == days
    rules(renewed_without_notice=True)
    (fault,) = bring(row_of(old, **UNPOSTED), row_of(new, **UNPOSTED)).errors
    assert (fault.row, fault.column) == (3, "公示开始日期")
    half = bring(row_of(old, **UNPOSTED, 公示开始日期=date(2014, 3, 3))).errors
    assert [fault.column for fault in half] == ["公示结束日期"]
    assert whys(bring, row_of(old, **UNPOSTED)) == ["决定助学申请"]
    rules(renewed_without_notice=False)
    again = bring(row_of(AidCase.objects.get(pk=old.pk), **UNPOSTED))
    assert (again.ok, again.unchanged) == (True, {"助学申请": 1})


def test_last_years_case_may_come_in_the_same_workbook(bring, district):
    make.campaign(2013)
    of = casework.case(district, "submitted")
    rules(renewed_without_notice=True)
    decided = {heading: day.replace(year=2013) for heading, day in DECIDED.items() if heading != "审批结果"}
    last = row_of(of, **decided, 业务编号="A2013", 活动年度=2013, 审批结果="通过", 申请日期=date(2013, 3, 1))
    assert [error.column for error in bring(row_of(of, **UNPOSTED)).errors] == ["公示开始日期"]
    assert bring(last, row_of(of, **UNPOSTED)).ok


UNCHECKED = "没有公示日期的登记为“已提交”，公示前须由单位审核人初审；有公示或审批的登记到那一步，没有初审记录"


def test_template_and_list_say_what_becomes_of_the_check_of_the_cases_they_bring():
    assert str(CaseSheet().column("notice_from").note) == UNCHECKED
    assert "没有初审记录" in str(CASE_PART.comes_as)
