"""Figures composed for this year show what last year's records say of them; numbers worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aid.enums import Stage
from portal.audit import By
from portal.models import Campaign
from reports.annex.wording import WORDINGS
from reports.beside.comparison import compared
from reports.beside.last_year import last_year
from reports.campaign.form_editing import add_figure, save_wording
from reports.enums import ReportState
from reports.figures.choosing import Choice
from reports.figures.own import OwnFigure
from reports.handed_in.submission import submit_report
from reports.models import Report
from reports.preparing.standing import standing
from tests.reports import builders as make
from tests.reports.getting_ready import ready
from tests.reports.submissions import report as report_of

SINCE_MAY = Choice("paid_on", least="2014-05-01", most="2014-06-30")
MONEY = {"fact": "disbursements", "measure": "sum", "field": "amount"}
MAY_PAID = OwnFigure("may_paid", "五六月发放", "yuan", "composed", **MONEY, choices=(SINCE_MAY,))


def aided(slug: str, label: str, stage: str) -> OwnFigure:
    choices = (Choice("counted_stage", codes=(stage,)),)
    return OwnFigure(slug, label, "persons", "composed", fact="cases", choices=choices)


COLLEGE, PRIMARY = aided("college", "资助大专生", "college"), aided("primary_aided", "资助小学生", "primary")
BOTH = OwnFigure("ends", "两头", "persons", "total", parts=("college", "primary_aided"))
FIRMS = OwnFigure("raised_firms", "企业捐助", "wan_yuan", "typed")
OWN = (MAY_PAID, COLLEGE, PRIMARY, FIRMS, BOTH)


@pytest.fixture
def composed(campaign, reviewer) -> Campaign:
    for own in OWN:
        campaign = add_figure(campaign, own=own, by=By(reviewer))
    lines = "".join(f"{8 + n}. {own.label}{{{own.slug}}}。\n" for n, own in enumerate(OWN))
    return save_wording(campaign, number=1, wording=WORDINGS[1] + lines, version=campaign.version, by=By(reviewer))


@pytest.fixture
def last_records(district, foreign_district):
    """Of 2013: 300.50 yuan in May and June, 70 in July; two college students, one child of primary school."""
    year = {"year": 2013}
    make.payment(district, amount=Decimal("300.00"), paid_on=date(2013, 5, 1), stage=Stage.COLLEGE, **year)
    make.payment(district, amount=Decimal("0.50"), paid_on=date(2013, 6, 30), stage=Stage.COLLEGE, **year)
    make.payment(district, amount=Decimal("70.00"), paid_on=date(2013, 7, 1), stage=Stage.PRIMARY, **year)
    make.payment(foreign_district, amount=Decimal("900.00"), paid_on=date(2013, 5, 2), stage=Stage.COLLEGE, **year)


def last_of(rows) -> dict[str, tuple[str, bool]]:
    return {own.slug: (rows[own.slug].texts["last"], rows[own.slug].last_is_counted) for own in OWN}


COUNTED = {
    "may_paid": ("300.50", True),
    "college": ("2", True),
    "primary_aided": ("1", True),
    "ends": ("3", True),
    "raised_firms": ("", False),
}


def test_composed_figures_are_asked_of_last_years_records(composed, district, last_records):
    rows = standing(Report.objects.open(composed, district)).rows
    assert last_of(rows) == COUNTED
    assert rows["aided"].texts["last"] == ""  # nothing was accepted


def test_what_was_handed_in_shows_them_too(composed, district, last_records, lead, client_of, reviewer, clerk):
    report = ready(composed, district)
    report.typed.create(slug="raised_firms", value=Decimal(0), made_by=lead)
    page = client_of(clerk).get(reverse("report_show", args=[report.pk])).content.decode()
    assert "按当年记录统计" in page
    submission = submit_report(report, by=By(lead))
    assert last_of({each.figure.slug: each.row for each in compared(submission)}) == COUNTED
    shown = client_of(reviewer).get(reverse("review_show", args=[report.pk])).content.decode()
    assert "300.50" in shown
    assert "按当年记录统计" in shown


def test_what_was_accepted_goes_before_what_is_counted(composed, district, last_records, reviewer):
    last = Campaign.objects.get(year=2013)
    wording = WORDINGS[1] + "8. 大专{college}（人）。\n"
    add_figure(last, own=COLLEGE, by=By(reviewer))
    last = Campaign.objects.get(year=2013)
    last = save_wording(last, number=1, wording=wording, version=last.version, by=By(reviewer))
    accepted = report_of(last, district, ReportState.ACCEPTED, aided=7)
    assert accepted.submission.content.get("figures") is None  # handed in without the figure
    rows = standing(Report.objects.open(composed, district)).rows
    assert (rows["aided"].texts["last"], rows["aided"].last_is_counted) == ("7", False)
    assert last_of(rows)["college"] == ("2", True)


def test_days_of_last_year_end_with_what_was_handed_in_then(composed, district, last_records):
    accepted = report_of(Campaign.objects.get(year=2013), district, ReportState.ACCEPTED)
    assert accepted.submission.cut_off == date(2013, 12, 31)
    assert last_year(Report.objects.open(composed, district)).counted["may_paid"] == Decimal("300.50")


def test_change_is_checked_against_what_was_accepted_alone(composed, district, last_records):
    for _turn in range(20):
        make.payment(district, stage=Stage.COLLEGE)
    codes = {found.check.code for found in standing(Report.objects.open(composed, district)).findings}
    assert "change_college" not in codes


def test_queries_do_not_grow_with_the_figures(composed, district, last_records):
    report = Report.objects.open(composed, district)
    with CaptureQueriesContext(connection) as queries:
        last_year(report)
    assert len(queries) == 4  # the campaign before, what was accepted, payments, cases


def test_year_without_a_year_before_counts_nothing(composed, district):
    assert last_year(Report.objects.open(composed, district)).counted == {}
