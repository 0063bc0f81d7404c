"""Years before the portal: opened afterwards, reported without a case, shown as reported then."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from employment.enums import Intention
from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry, Campaign
from portal.models.campaign import FIRST_YEAR
from portal.workflow import MoveRefused
from reports.beside.funnel import by_year
from reports.beside.last_year import last_year
from reports.beside.movement import movement
from reports.beside.years import years_until
from reports.campaign.campaigns import earlier_years, open_earlier
from reports.enums import ReportState
from reports.handed_in.submission import accept_report, start_review, submit_report
from reports.models import Report, SummaryFile
from reports.preparing.annex_upload import take_figures
from reports.preparing.preparation import set_contact
from reports.preparing.standing import standing
from reports.todos import owed
from tests.reports import builders as make
from tests.reports.getting_ready import attached
from tests.reports.submissions import report as report_of

THEN = {
    "raised": Decimal(30_000),
    "raised_social": Decimal(30_000),
    "paid": Decimal(12_500),
    "paid_basic": Decimal(12_500),
    "aided": 25,
    "aided_basic": 25,
}


def test_earlier_year_is_opened_once_and_nobody_is_late(campaign, reviewer):
    made = open_earlier(2011, by=By(reviewer))
    assert (made.starts_on, made.ends_on, made.forms) == (date(2011, 1, 1), date(2011, 12, 31), {})
    assert made.due_on == timezone.localdate() + timedelta(90)
    entry = AuditEntry.objects.get(action=AuditAction.FORM_CHANGED, subject="2011")
    assert (entry.actor, entry.detail["change"]) == (reviewer, "补建以前年度的活动")
    with pytest.raises(MoveRefused, match="2011 年不能补建"):
        open_earlier(2011, by=By(reviewer))
    assert earlier_years() == [2013, 2012, *range(2010, FIRST_YEAR - 1, -1)]


@pytest.mark.parametrize("year", [0, FIRST_YEAR - 1, 2014, 2015, 3000])
def test_other_years_are_not_opened_so(campaign, reviewer, year):
    with pytest.raises(MoveRefused, match="不能补建"):
        open_earlier(year, by=By(reviewer))


def test_only_the_department_opens_a_year(campaign, lead):
    with pytest.raises(MoveRefused, match="岗位"):
        open_earlier(2012, by=By(lead))


def test_year_is_opened_in_the_browser(campaign, reviewer, client_of):
    client, url = client_of(reviewer), reverse("campaign_earlier")
    assert '<option value="2013">2013</option>' in client.get(reverse("campaign_list")).content.decode()
    assert client.post(url, {"year": "2012"})["Location"] == reverse("campaign_edit", args=[2012])
    for typed in ("", "x", "20120"):
        assert client.post(url, {"year": typed})["Location"] == reverse("campaign_list")
    assert sorted(Campaign.objects.values_list("year", flat=True)) == [2012, 2014]


@pytest.fixture
def reported(campaign, district, clerk, lead, reviewer) -> Report:
    """The year 2013 of the district: its form of then, taken in without a case, handed in and accepted."""
    then = open_earlier(2013, by=By(reviewer))
    report = Report.objects.open(then, district)
    report = set_contact(report, name="陈经办", telephone="02155500000", version=report.version, by=By(clerk))
    take_figures(report, values=THEN, reason="2013 年的统计表", by=By(clerk))
    attached(report)
    report.refresh_from_db()
    submit_report(report, by=By(lead))
    report.refresh_from_db()
    start_review(report, by=By(reviewer))
    accept_report(report, by=By(reviewer))
    return Report.objects.get(pk=report.pk)


def blanks(response) -> dict[str, str]:
    return {
        piece.url: piece.text
        for row in response.context["rows"]
        for piece in row.pieces
        if piece.kind == "figure" and piece.text not in {"0", "0.00"}
    }


def test_year_without_cases_shows_what_was_reported_then(reported, district, client_of, clerk):
    page = client_of(clerk).get(reverse("annex"), {"campaign": 2013})
    sent = reported.submission_id
    shown = {"raised": "3.00", "raised_social": "3.00", "paid": "1.25", "paid_basic": "1.25"}
    shown |= {"aided": "25", "aided_basic": "25"}
    assert blanks(page) == {reverse("submission_records", args=[sent, slug]): text for slug, text in shown.items()}
    body = page.content.decode()
    assert "这一年没有个案记录，表中是当时报送、已经接收的数字。" in body
    assert reverse("submission_show", args=[sent]) in body
    assert reverse("annex_download", args=[2013, district.code, 1, "xlsx"]) not in body


def test_city_of_that_year_is_the_sum_of_what_was_reported(reported, client_of, reviewer, foreign_district):
    report_of(reported.campaign, foreign_district, ReportState.ACCEPTED, aided=5, aided_tertiary=5)
    page = client_of(reviewer).get(reverse("annex"), {"campaign": 2013})
    assert list(blanks(page)) == [""]  # the city has no list
    texts = [piece.text for row in page.context["rows"] for piece in row.pieces if piece.kind == "figure"]
    assert "30" in texts
    assert f"{reverse('consolidation')}?campaign=2013" in page.content.decode()


def test_year_with_cases_shows_them(reported, district, client_of, clerk):
    make.payment(district, year=2013, paid_on=date(2013, 5, 1))
    page = client_of(clerk).get(reverse("annex"), {"campaign": 2013})
    assert "reported_url" not in page.context
    assert page.context["filled"].text("aided") == "1"


def test_year_after_it_has_last_years_numbers(reported, campaign, district):
    report = Report.objects.open(campaign, district)
    assert standing(report).rows["aided"].texts["last"] == "25"
    assert last_year(report).accepted["paid"] == Decimal(12_500)
    years = years_until(campaign, district)
    assert [cell.text for cell in years.row(years.figures["aided"])] == ["25", "—"]


def test_nobody_came_or_went_since_a_year_without_records(reported, campaign, district):
    make.payment(district)
    moved = movement(Report.objects.open(campaign, district))
    assert moved.before is None
    assert moved.count("children", "new") == 1


def test_way_to_work_leaves_years_without_graduates_out(reported, campaign, district):
    make.graduate(district, intention=Intention.NEEDS_HELP)
    assert [row.campaign.year for row in by_year(campaign, district)] == [2014]


def test_earlier_year_is_nobodys_duty(reported, clerk, foreign_clerk):
    assert owed(foreign_clerk) == owed(clerk)
    assert 2013 not in [each.year for each in owed(foreign_clerk)]
    assert SummaryFile.objects.count() == 1
