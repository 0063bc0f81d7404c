"""Return reasons counted over the city: hints for the unit, a table for the reviewers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.audit import By
from reports.enums import ReportState, ReturnReason
from reports.handed_in.submission import Returned, return_report
from reports.models import Report
from reports.review.hints import FREQUENT, hints_for, returns
from tests.factories import make_union
from tests.reports import builders as make
from tests.reports.submissions import hand_in, report


def give_back(year, unit, reviewer, *figures) -> None:
    of = report(make.campaign(year), unit, ReportState.SUBMITTED)
    return_report(of, figures=[Returned(*figure) for figure in figures], comment="请核对", by=By(reviewer))


@pytest.fixture
def units(city, district):
    return [district, *(make_union(city, f"31002{n}", f"甪里{n}区总工会", "district") for n in range(3))]


@pytest.fixture
def returned(units, reviewer):
    """Last year `paid` was returned to three units as a mismatch, to two as an outlier; `aided` two years before."""
    paid, far = ("paid", ReturnReason.MISMATCH), ("aided", ReturnReason.ADJUSTMENT)
    for unit in units[1:]:
        give_back(2013, unit, reviewer, paid)
        give_back(2011, unit, reviewer, far)
    for unit in units[1:3]:
        give_back(2012, unit, reviewer, ("raised", ReturnReason.OUTLIER))


def test_hint_counts_units_and_names_none(client_of, year_2014, returned, units, lead):
    of = report(year_2014, units[0])
    (hint,) = hints_for(of)  # two units are no pattern; 2011 is too long ago
    assert hint.words == "去年有 3 个单位的“发放助学款”因“与记录不符”被退回。"
    page = client_of(lead).get(reverse("report_submit", args=[of.pk])).content.decode()
    assert hint.words in page
    assert "甪里" not in page


def test_unit_returned_twice_counts_once(units, reviewer):
    for _turn in range(2):
        give_back(2013, units[1], reviewer, ("paid", ReturnReason.MISMATCH))
    (found,) = returns([2013])
    assert (found.units, found.times) == (1, 2)


def test_below_the_limit_nothing_is_said(year_2014, units, reviewer):
    assert FREQUENT == 3
    for unit in units[1:3]:
        give_back(2014, unit, reviewer, ("paid", ReturnReason.MISMATCH))
    of = report(year_2014, units[0])
    assert hints_for(of) == []
    give_back(2014, units[3], reviewer, ("paid", ReturnReason.MISMATCH))
    assert [hint.words[:2] for hint in hints_for(of)] == ["今年"]


def test_hints_are_one_query(year_2014, returned, units):
    of = Report.objects.select_related("campaign").get(pk=report(year_2014, units[0]).pk)
    with CaptureQueriesContext(connection) as queries:
        assert hints_for(of)
    assert len(queries) == 1


def test_reviewers_table_has_units_and_times_by_figure_and_reason(client_of, returned, units, reviewer):
    hand_in(Report.objects.get(campaign=make.campaign(2013), union=units[1]))
    give_back(2013, units[1], reviewer, ("paid", ReturnReason.MISMATCH), ("aided", ReturnReason.OTHER))
    response = client_of(reviewer).get(reverse("review_reasons"), {"campaign": 2013})
    rows = {str(row.figure): row for row in response.context["rows"]}
    cells = {name: [(cell.units, cell.times) if cell else None for cell in row.cells] for name, row in rows.items()}
    reasons = [reason.value for reason in ReturnReason]
    paid = cells["发放助学款"]
    assert paid[reasons.index("mismatch")] == (3, 4)
    assert sum(cell is not None for cell in paid) == 1
    assert rows["发放助学款"].times == 4
    assert "3（4）" in "".join(response.content.decode().split())
