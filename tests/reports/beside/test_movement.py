"""变动情况: who came, stayed and went, told apart by hand."""

import io
from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from aid.enums import CaseState, Stage
from aid.models import AidCase, Child, Household
from portal.enums import AuditAction
from portal.models import AuditEntry
from reports.beside.movement import CONTINUING, ENDED, NEW, movement
from reports.enums import ReportState
from reports.models import Report
from tests.reports import builders as make
from tests.reports.getting_ready import frozen
from tests.reports.submissions import set_state

LAST, THIS = date(2013, 7, 1), date(2014, 7, 1)


def aided(union, year: int, **fields):
    """A child of the year's campaign with a paid case."""
    on = {2013: LAST, 2014: THIS}[year]
    return make.payment(union, year=year, paid_on=on, **fields).case.child


@pytest.fixture
def accept_last(district):
    def accept() -> None:
        report = Report.objects.open(make.campaign(2013), district)
        report.submission = frozen(report)
        report.save()
        set_state(report, ReportState.ACCEPTED)

    return accept


@pytest.fixture
def report(year_2014, district):
    return Report.objects.open(year_2014, district)


def told(of, subject: str, direction: str) -> dict[str, int]:
    return dict(of.reasons(subject, direction))


@pytest.fixture
def children(district, foreign_district, year_2014):
    """Nine children who were aided last year, and one of another unit."""
    names = ("留下", "升学", "脱困", "毕业", "没有", "未付", "拒绝", "迁出", "升而未申")
    last = {name: aided(district, 2013, stage=Stage.JUNIOR, child=make.child(district, name=name)) for name in names}
    aided(foreign_district, 2013)
    return last


@pytest.fixture
def this_year(children, district, accept_last, foreign_district):
    accept_last()
    aided(district, 2014, child=children["留下"], stage=Stage.JUNIOR)
    aided(district, 2014, child=children["升学"], stage=Stage.SENIOR)
    home = children["脱困"].household
    Household.objects.filter(pk=home.pk).update(closed_on=date(2014, 6, 30), closed_reason="脱困")
    make.graduate(district, person=children["毕业"].person, household=children["毕业"].household)
    make.case(district, child=children["未付"])
    rejected = make.case(district, child=children["拒绝"])
    AidCase.objects.filter(pk=rejected.pk).update(status=CaseState.REJECTED)
    for record in (children["迁出"], children["迁出"].household):
        record.place_in(foreign_district)
        record.save()
    make.entry(district, child=children["升而未申"], stage=Stage.SENIOR, entered_on=date(2014, 9, 1))
    aided(district, 2014)
    new_home = make.household(district, filed_on=date(2014, 3, 1))
    aided(district, 2014, child=make.child(district, household=new_home, name="新来"))
    return children


def test_children_come_stay_and_go_for_the_reasons_in_the_records(this_year, report):
    found = movement(report)
    assert told(found, "children", NEW) == {"新建档家庭": 1, "原在档家庭": 1}
    assert told(found, "children", CONTINUING) == {"学段未变": 1, "学段由初中变为高中": 1}
    assert told(found, "children", ENDED) == {
        "家庭已注销：脱困": 1,
        "已毕业": 1,
        "今年没有助学申请": 1,
        "今年助学款未发放": 1,
        "今年的申请：审批不通过": 1,
        "家庭已迁出本单位": 1,
        "升入高中，今年没有助学申请": 1,
    }
    assert (found.count("children", CONTINUING, ENDED), found.count("children", CONTINUING, NEW)) == (9, 4)


def test_families_and_graduates_are_counted_beside_the_children(this_year, report):
    found = movement(report)
    assert told(found, "households", ENDED) == {"今年没有受助子女": 5, "家庭已注销：脱困": 1, "家庭已迁出本单位": 1}
    assert (found.count("households", NEW), found.count("households", CONTINUING)) == (2, 2)
    assert told(found, "graduates", NEW) == {"新登记": 1}


def test_name_of_who_left_the_unit_is_the_frozen_one_and_opens_nothing(this_year, report):
    gone = [mover for mover in movement(report).movers["children"][ENDED] if mover.why == "家庭已迁出本单位"]
    assert [(mover.name, mover.file_number, mover.record) for mover in gone] == [("迁出", "", None)]
    gone = [mover for mover in movement(report).movers["households"][ENDED] if mover.why == "家庭已迁出本单位"]
    assert [(mover.name, mover.record) for mover in gone] == [("（不在本单位）", None)]


def test_what_was_accepted_counts_whatever_happened_to_it_since(children, district, accept_last, report):
    accept_last()
    AidCase.objects.filter(child=children["留下"]).update(status=CaseState.WITHDRAWN)
    assert movement(report).count("children", ENDED) == 9


def test_without_an_accepted_report_last_years_records_are_compared_and_it_is_said(children, report, client_of, clerk):
    found = movement(report)
    assert (found.before.submission, found.before.window.year) == (None, 2013)
    assert found.count("children", ENDED) == 9
    page = client_of(clerk).get(reverse("report_movement", args=[report.pk])).content.decode()
    assert "2013 年没有已接收的报表，改与该年现在的记录" in page


def test_handed_in_report_is_compared_as_it_was(this_year, report, district):
    report.submission = frozen(report)
    report.state = ReportState.SUBMITTED
    report.save()
    aided(district, 2014)
    assert movement(Report.objects.get(pk=report.pk)).count("children", CONTINUING, NEW) == 4


def test_every_number_opens_its_list_and_the_lists_have_links_and_no_numbers_of_identity(
    this_year, report, client_of, clerk
):
    browser = client_of(clerk)
    page = browser.get(reverse("report_movement", args=[report.pk]))
    shown = Counter()
    for _subject, _last, _now, lines in page.context["tables"]:
        for line in lines:
            for reason in line.reasons:
                listed = browser.get(reason.url)
                assert listed.context["count"] == reason.count
                shown[listed.context["count"]] += 1
                for child in this_year.values():
                    assert child.person.id_number not in listed.content.decode()
    assert sum(shown.values()) > 12
    body = browser.get(reverse("report_movement_list", args=[report.pk, "children", NEW])).content.decode()
    assert "新来" in body
    assert "/children/" in body


def test_workbook_says_the_same_as_text_and_is_audited(this_year, report, client_of, clerk):
    Child.objects.filter(pk=this_year["留下"].pk).update(name="=1+1")
    content = client_of(clerk).get(reverse("report_movement_download", args=[report.pk])).content
    book = load_workbook(io.BytesIO(content))
    numbers, names = book.worksheets[0], book["受助子女"]
    rows = list(numbers.iter_rows(min_row=4, values_only=True))
    assert ("受助子女", "不再受助", "已毕业", 1) in rows
    assert ("受助子女", "上年", None, 9) in rows
    assert {cell.data_type for row in names.iter_rows() for cell in row if cell.value} == {"s"}
    assert "=1+1" in [row[3] for row in names.iter_rows(values_only=True)]
    assert AuditEntry.objects.filter(action=AuditAction.EXPORTED, detail__file="变动情况表.xlsx").count() == 1


def test_as_many_queries_for_three_children_as_for_one(district, report, accept_last):
    counts = []
    for more in (1, 2):
        for _turn in range(more):
            aided(district, 2013)
            aided(district, 2014)
        if more == 1:
            accept_last()
        with CaptureQueriesContext(connection) as queries:
            movement(report)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_strangers_find_none(report, client_of, foreign_clerk, grassroots_clerk):
    for stranger in (foreign_clerk, grassroots_clerk):
        browser = client_of(stranger)
        lists = ("report_movement_list", "report_movement_list_export")
        for name, args in (("report_movement", ()), *((each, ("children", NEW)) for each in lists)):
            assert browser.get(reverse(name, args=[report.pk, *args])).status_code == 404


def test_list_is_taken_away_as_it_is_shown(this_year, report, client_of, clerk):
    browser, args = client_of(clerk), [report.pk, "children", ENDED]
    page = browser.get(reverse("report_movement_list", args=args), {"why": "已毕业"})
    assert page.context["count"] == 1
    address = page.context["export_url"]
    assert address.replace("&", "&amp;") in page.content.decode()
    content = b"".join(browser.get(address).streaming_content)
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert [(row[0], row[2]) for row in rows] == [("姓名", "情况"), ("毕业", "已毕业")]
    entry = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (entry.detail["count"], entry.detail["filters"]) == (1, ["情况"])
    every = browser.get(reverse("report_movement_list_export", args=args))
    count = browser.get(reverse("report_movement_list", args=args)).context["count"]
    book = load_workbook(io.BytesIO(b"".join(every.streaming_content)))
    assert book.active.max_row == 1 + count
    assert browser.get(reverse("report_movement_list_export", args=[*args[:2], "sideways"])).status_code == 404
