"""People whom the reports of several units count: told to the reviewer by name and unit, to units not at all."""

import pytest
from django.urls import reverse

from portal.audit import By
from reports.beside.counted_twice import counted_twice, handed_in
from reports.city.consolidation import consolidate
from reports.enums import ReportState
from reports.models import Report, Submission
from tests.reports import builders as make
from tests.reports.getting_ready import frozen
from tests.reports.submissions import set_state

pytestmark = pytest.mark.django_db


def hand_in(campaign, unit, state: ReportState = ReportState.SUBMITTED) -> Submission:
    report = Report.objects.open(campaign, unit)
    submission = frozen(report)
    Report.objects.filter(pk=report.pk).update(submission=submission, state=ReportState.SUBMITTED)
    set_state(report, state)
    return submission


@pytest.fixture
def moved(year_2014, district, foreign_district):
    """A graduate whom 东湖 handed in before the family moved to 西山, which hands it in as well; others of each."""
    stays, other = make.graduate(district, name="李留守"), make.graduate(foreign_district, name="赵西山")
    goes = make.graduate(district, name="欧阳小丽")
    hand_in(year_2014, district, ReportState.ACCEPTED)
    for record in (goes.household, goes):
        record.place_in(foreign_district)
        record.save()
    hand_in(year_2014, foreign_district, ReportState.ACCEPTED)
    return stays, goes, other


def test_whom_two_units_count_is_told_with_the_units_and_the_figures(year_2014, moved, district, foreign_district):
    (person,) = counted_twice(year_2014, handed_in(year_2014))
    assert person.name == "欧***"
    assert person.units == (district, foreign_district)
    assert "高校毕业生" in "".join(person.figures)


def test_family_that_moved_before_anybody_handed_in_is_counted_once(year_2014, district, foreign_district):
    make.graduate(foreign_district)
    for unit in (district, foreign_district):
        hand_in(year_2014, unit)
    assert counted_twice(year_2014, handed_in(year_2014)) == []


def test_reviewer_sees_them_and_units_do_not(client_of, reviewer, clerk, lead, moved, year_2014):
    address = f"{reverse('review_twice')}?campaign=2014"
    page = client_of(reviewer).get(address).text
    assert "欧***" in page
    assert "欧阳小丽" not in page
    assert "李**" not in page
    assert "东湖区总工会" in page
    assert "西山区总工会" in page
    assert client_of(reviewer).get(f"{address}&unit=310001").context["count"] == 1
    assert client_of(reviewer).get(f"{address}&unit=nobody").context["count"] == 0
    for person in (clerk, lead):
        assert client_of(person).get(address).status_code == 403


def test_consolidation_says_how_many(client_of, reviewer, moved, year_2014):
    made = consolidate(year_2014, by=By(reviewer))
    assert made.counted_twice == 1
    page = client_of(reviewer).get(reverse("consolidation_kept", args=[made.pk])).text
    assert "有 1 人在同一项数字里被两个以上单位统计" in page


def test_consolidation_of_units_that_share_nobody_says_so(client_of, reviewer, year_2014, district):
    make.graduate(district)
    hand_in(year_2014, district, ReportState.ACCEPTED)
    made = consolidate(year_2014, by=By(reviewer))
    assert made.counted_twice == 0
    assert "没有人在同一项数字里被两个以上单位统计" in client_of(reviewer).get(
        reverse("consolidation_kept", args=[made.pk])
    ).text  # fmt: skip
