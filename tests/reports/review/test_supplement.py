"""Supplementary reports: the accepted one stays until the supplement is accepted itself."""

from decimal import Decimal

import pytest
from django.urls import reverse

from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.city.consolidation import accepted_city
from reports.enums import ReportState
from reports.handed_in import submission as services
from reports.models import Adjustment, Explanation, Report
from reports.review.supplementing import open_supplement
from tests.reports import builders as make
from tests.reports.getting_ready import ready
from tests.reports.submissions import hand_in, report, set_state


@pytest.fixture
def accepted(year_2014, district, lead, reviewer):
    """A report with a job event, an adjustment and an explanation, handed in and accepted as people do it."""
    make.event(district)
    of = ready(year_2014, district)
    Adjustment.objects.create(report=of, slug="job_events", difference=3, reason="另有三场未登记", made_by=lead)
    for code in ("x-first", "x-second"):
        Explanation.objects.create(report=of, check_code=code, text=f"情况属实{code}", made_by=lead)
    ready(year_2014, district)
    services.submit_report(of, by=By(lead))
    of.refresh_from_db()
    services.accept_report(of, by=By(reviewer))
    return of


def figure(of: Report, slug: str) -> Decimal:
    return of.submission.figures.get(slug=slug).reported


def test_supplement_starts_with_what_the_unit_had_added(accepted, reviewer):
    opened = open_supplement(accepted, reason=" 漏报三人 ", by=By(reviewer, "10.0.0.7"))
    assert (opened.number, opened.state, opened.union, opened.campaign) == (
        1,
        ReportState.DRAFT,
        accepted.union,
        accepted.campaign,
    )
    assert (opened.contact_name, opened.contact_telephone, opened.supplement_reason) == (
        "陈经办",
        "021-63211939",
        "漏报三人",
    )
    assert list(opened.adjustments.values_list("slug", "difference", "reason")) == [("job_events", 3, "另有三场未登记")]
    codes = {given.check_code: given.text for given in accepted.explanations.all()}
    assert {given.check_code: given.text for given in opened.explanations.all()} == codes
    assert bytes(opened.summary.content) == bytes(accepted.summary.content)
    assert accepted.adjustments.count() == 1  # copied, not moved
    event = accepted.events.first()
    assert (event.move, event.state, event.comment) == ("supplement", "accepted", "漏报三人")
    entry = AuditEntry.objects.get(action=AuditAction.SUPPLEMENT_OPENED)
    assert (entry.actor, entry.union_path, entry.address) == (reviewer, accepted.union.path, "10.0.0.7")


def test_latest_accepted_counts_in_the_city(accepted, year_2014, district, lead, reviewer):
    """One event and three adjusted make 4; with another event the supplement says 5."""
    assert accepted_city(year_2014).figures.total["job_events"] == 4
    opened = open_supplement(accepted, reason="漏报", by=By(reviewer))
    make.event(district)
    for found in services.standing(opened).unexplained:
        Explanation.objects.create(report=opened, check_code=found.check.code, text="情况属实", made_by=lead)
    assert accepted_city(year_2014).figures.total["job_events"] == 4
    services.submit_report(opened, by=By(lead))
    opened.refresh_from_db()
    city = accepted_city(year_2014)
    assert (city.figures.total["job_events"], city.submissions[district]) == (4, accepted.submission)
    services.return_report(opened, figures=[], comment="请核对", by=By(reviewer))
    services.submit_report(opened, by=By(lead))
    opened.refresh_from_db()
    assert accepted_city(year_2014).figures.total["job_events"] == 4
    services.accept_report(opened, by=By(reviewer))
    city = accepted_city(year_2014)
    assert (city.figures.total["job_events"], city.submissions[district]) == (5, opened.submission)
    accepted.refresh_from_db()
    assert (accepted.state, figure(accepted, "job_events")) == (ReportState.ACCEPTED, 4)


def test_only_one_is_open_at_a_time_and_pressing_twice_opens_one(accepted, reviewer):
    opened = open_supplement(accepted, reason="漏报", by=By(reviewer))
    with pytest.raises(MoveRefused, match="已有“补报 1”"):
        open_supplement(accepted, reason="漏报", by=By(reviewer))
    with pytest.raises(MoveRefused, match="填报中"):
        open_supplement(opened, reason="漏报", by=By(reviewer))
    assert Report.objects.count() == 2
    hand_in(opened)
    set_state(opened, ReportState.ACCEPTED)
    assert open_supplement(opened, reason="又漏报", by=By(reviewer)).number == 2


@pytest.mark.parametrize("reason", ["", " \n"])
def test_reason_is_required(accepted, reviewer, reason):
    with pytest.raises(MoveRefused, match="必须写明原因"):
        open_supplement(accepted, reason=reason, by=By(reviewer))
    assert Report.objects.count() == 1


def test_unit_cannot_open_it_itself(accepted, lead):
    with pytest.raises(MoveRefused, match="您的岗位"):
        open_supplement(accepted, reason="漏报", by=By(lead))


def test_page_opens_it_and_keeps_what_was_typed_when_it_cannot(client_of, accepted, reviewer):
    browser, url = client_of(reviewer), reverse("review_supplement", args=[accepted.pk])
    assert url in browser.get(reverse("review_show", args=[accepted.pk])).content.decode()
    assert "请填写补报原因" in browser.post(url, {"reason": " "}).content.decode()
    assert browser.post(url, {"reason": "漏报三人"}).status_code == 302
    page = browser.post(url, {"reason": "再开一份"}).content.decode()
    assert "已有“补报 1”" in page
    assert "再开一份" in page
    assert Report.objects.count() == 2


def test_pages_say_which_is_which(client_of, accepted, lead, reviewer):
    opened = open_supplement(accepted, reason="漏报三人", by=By(reviewer))
    unit = client_of(lead)
    assert "补报 1" in unit.get(reverse("report_list")).content.decode()
    page = unit.get(reverse("report_show", args=[opened.pk])).content.decode()
    assert "补报原因：漏报三人" in page
    assert reverse("report_show", args=[accepted.pk]) in page
    assert "逾期" not in page  # the due date was that of the report itself
    services.submit_report(opened, by=By(lead))
    opened.refresh_from_db()
    assert "补报 1" in client_of(reviewer).get(reverse("review_show", args=[opened.pk])).content.decode()
    assert "补报 1" in client_of(reviewer).get(reverse("review_board"), {"campaign": 2014}).content.decode()
    code = accepted.submission.code
    assert "补报 1" in unit.get(reverse("verify"), {"code": code}).content.decode()


def test_first_submission_of_a_supplement_is_compared_with_the_accepted_one(client_of, year_2014, district, lead):
    of = report(year_2014, district, ReportState.ACCEPTED, aided=4)
    supplement = Report(campaign=year_2014, number=1, supplement_reason="漏报")
    supplement.place_in(district)
    supplement.save()
    hand_in(supplement, aided=9)
    url = reverse("submission_diff", args=[supplement.submission.pk])
    page = client_of(lead).get(url).content.decode()
    assert of.submission.code in page
    assert "+5" in page
    first = reverse("submission_diff", args=[of.submission.pk])
    assert client_of(lead).get(first).status_code == 404
