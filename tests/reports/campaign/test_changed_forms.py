"""The forms of a campaign change while reports are on their way: every page opens, and shows what belongs to it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from portal.audit import By
from portal.models import Campaign
from reports.annex.wording import WORDINGS
from reports.beside.difference import figures_only_in
from reports.campaign.form_editing import add_figure, remove_figure, reset_wording, save_wording
from reports.city.consolidation import accepted_city, consolidate
from reports.enums import ReportState, ReturnReason
from reports.figures.own import OwnFigure
from reports.handed_in.submission import Returned, accept_report, return_report, start_review, submit_report
from reports.models import Adjustment, Report, TypedFigure
from reports.review.commenting import add_comment, thread
from tests.reports import builders as make
from tests.reports.getting_ready import ready

SOCIAL_LINE = "   社会捐助{raised_social}（万元），\n"
FIRMS = OwnFigure("raised_firms", "企业捐助", "wan_yuan", "typed")
ORPHANS = OwnFigure("orphans", "孤儿人数", "persons", "typed")


def with_own(campaign, reviewer) -> Campaign:
    """A line of firms in the first form, and one of orphans in the second."""
    for own in (FIRMS, ORPHANS):
        campaign = add_figure(campaign, own=own, by=By(reviewer))
    texts = {
        1: WORDINGS[1].replace(SOCIAL_LINE, SOCIAL_LINE + "   企业{raised_firms}（万元），\n"),
        2: WORDINGS[2] + "12. 孤儿{orphans}（人）。\n",
    }
    for number, text in texts.items():
        campaign = save_wording(campaign, number=number, wording=text, version=campaign.version, by=By(reviewer))
    return campaign


def without_firms(campaign, reviewer) -> Campaign:
    campaign = reset_wording(campaign, number=1, version=campaign.version, by=By(reviewer))
    return remove_figure(campaign, slug="raised_firms", by=By(reviewer))


@pytest.fixture
def returned(campaign, district, clerk, lead, reviewer) -> Report:
    """A report returned because of firms, which were then taken out of the form."""
    campaign = with_own(campaign, reviewer)
    report = ready(campaign, district)
    for slug, value in (("raised_firms", Decimal(50000)), ("orphans", Decimal(3))):
        TypedFigure.objects.create(report=report, slug=slug, value=value, made_by=clerk)
    Adjustment.objects.create(report=report, slug="raised_firms", difference=Decimal(10000), reason="补", made_by=clerk)
    submit_report(report, by=By(lead))
    report.refresh_from_db()
    add_comment(report, slug="raised_firms", text="请核对", by=By(reviewer))
    start_review(report, by=By(reviewer))
    reasons = [Returned(slug, ReturnReason.MISMATCH, "不符") for slug in ("raised_firms", "orphans")]
    return_report(report, figures=reasons, comment="请改", by=By(reviewer))
    without_firms(campaign, reviewer)
    return Report.objects.get(pk=report.pk)


def test_pages_of_a_report_open_after_a_figure_was_taken_out(returned, client_of, clerk, lead, reviewer):
    sent = returned.submission_id
    pages = {
        clerk: [("report_show", returned.pk), ("submission_show", sent), ("submission_drift", sent)],
        lead: [("report_submit", returned.pk), ("submission_receipt", sent)],
        reviewer: [("review_show", returned.pk), ("report_show", returned.pk), ("submission_show", sent)],
    }
    for person, addresses in pages.items():
        client = client_of(person)
        for name, pk in addresses:
            assert client.get(reverse(name, args=[pk])).status_code == 200, (person.username, name)
    shown = client_of(clerk).get(reverse("submission_show", args=[sent])).content.decode()
    assert "企业捐助" in shown
    assert "6.00" in shown  # 万元: typed in and adjusted
    assert client_of(clerk).get(reverse("submission_records", args=[sent, "raised_firms"])).status_code == 200
    assert "企业捐助" not in client_of(lead).get(reverse("report_submit", args=[returned.pk])).content.decode()
    for name in ("review_board", "consolidation"):
        assert client_of(reviewer).get(reverse(name), {"campaign": 2014}).status_code == 200


def test_handed_in_again_it_has_the_figures_of_the_new_form(returned, client_of, lead, reviewer, district):
    again = submit_report(returned, by=By(lead))
    slugs = set(again.figures.values_list("slug", flat=True))
    assert ("raised_firms" in slugs, "orphans" in slugs, len(slugs)) == (False, True, 50)
    for name in ("submission_diff", "submission_show"):
        assert client_of(reviewer).get(reverse(name, args=[again.pk])).status_code == 200
    report = Report.objects.get(pk=returned.pk)
    assert client_of(reviewer).get(reverse("review_show", args=[report.pk])).status_code == 200
    start_review(report, by=By(reviewer))
    accept_report(report, by=By(reviewer))
    assert accepted_city(report.campaign).figures.total["orphans"] == 3


def test_accepted_report_is_not_said_to_have_nothing_in_a_line_added_later(
    campaign, district, lead, reviewer, client_of
):
    campaign.refresh_from_db()
    report = ready(campaign, district)
    submit_report(report, by=By(lead))
    report.refresh_from_db()
    start_review(report, by=By(reviewer))
    accept_report(report, by=By(reviewer))
    before = consolidate(campaign, by=By(reviewer))
    campaign = with_own(campaign, reviewer)
    assert "raised_firms" not in accepted_city(campaign).figures.total
    page = client_of(reviewer).get(reverse("consolidation"), {"campaign": 2014})
    assert "企业" in page.content.decode()
    assert client_of(reviewer).get(reverse("consolidation_kept", args=[before.pk])).status_code == 200
    assert Report.objects.get(pk=report.pk).state == ReportState.ACCEPTED


def test_figures_that_count_no_records_have_a_page_and_stand_in_every_export(
    campaign, district, clerk, reviewer, client_of
):
    campaign = with_own(campaign, reviewer)
    whole = OwnFigure("outside", "会外资金", "wan_yuan", "total", parts=("raised_social", "raised_firms"))
    campaign = add_figure(campaign, own=whole, by=By(reviewer))
    text = campaign.forms["wordings"]["1"].replace("企业{raised_firms}", "会外{outside}（万元），企业{raised_firms}")
    campaign = save_wording(campaign, number=1, wording=text, version=campaign.version, by=By(reviewer))
    report = ready(campaign, district)
    TypedFigure.objects.create(report=report, slug="raised_firms", value=Decimal("12300.50"), made_by=clerk)
    make.contribution(district, source="social", amount=Decimal("20000.25"))
    client = client_of(clerk)
    for slug, printed in (("raised_firms", "1.23005"), ("outside", "3.230075")):
        page = client.get(reverse("figure_records", args=[2014, district.code, slug]))
        assert page.status_code == 200
        assert printed in page.content.decode()
    for kind in ("xlsx", "docx", "json"):
        answer = client.get(reverse("annex_download", args=[2014, district.code, 1, kind]))
        assert answer.status_code == 200
    assert "3.230075" in client.get(reverse("annex"), {"campaign": 2014}).content.decode()


def test_diff_tells_the_figures_that_left_and_joined_the_form(returned, client_of, lead, reviewer):
    first = returned.submission
    again = submit_report(returned, by=By(lead))
    joined, left = figures_only_in(again, first), figures_only_in(first, again)
    assert [(row.figure.slug, row.reported) for row in left] == [("raised_firms", Decimal(60000))]
    assert joined == []
    page = client_of(reviewer).get(reverse("submission_diff", args=[again.pk])).content.decode()
    assert "不再有的指标" in page
    assert "企业捐助（万元）：6.00" in page
    assert "新增的指标" not in page
    assert "数字没有变化" not in page


def test_diff_tells_a_figure_that_joined(campaign, district, lead, reviewer, client_of):
    campaign.refresh_from_db()
    report = ready(campaign, district)
    submit_report(report, by=By(lead))
    report.refresh_from_db()
    return_report(report, figures=[], comment="改了表式", by=By(reviewer))
    report.campaign = with_own(campaign, reviewer)
    for slug, value in (("raised_firms", Decimal(50000)), ("orphans", Decimal(0))):
        TypedFigure.objects.create(report=report, slug=slug, value=value, made_by=lead)
    again = submit_report(ready(report.campaign, district), by=By(lead))
    page = client_of(reviewer).get(reverse("submission_diff", args=[again.pk])).content.decode()
    assert "新增的指标" in page
    assert "企业捐助（万元）：5.00" in page
    assert "不再有的指标" not in page


def test_figure_taken_out_of_the_form_is_still_talked_about(returned, client_of, clerk, reviewer):
    url = reverse("figure_comments", args=[returned.pk, "raised_firms"])
    page = client_of(reviewer).get(url).content.decode()
    assert "企业捐助" in page
    assert "请核对" in page
    records = reverse("submission_records", args=[returned.submission_id, "raised_firms"])
    assert f'href="{records}"' in page
    assert client_of(clerk).post(url, {"text": "已核对"})["Location"] == url
    assert [comment.text for comment in thread(returned, "raised_firms")] == ["请核对", "已核对"]
    notes = reverse("review_notes", args=[returned.pk])
    assert client_of(reviewer).post(notes, {"slug": "raised_firms", "text": "存疑"})["Location"] == notes
    assert "企业捐助" in client_of(reviewer).get(notes).content.decode()
    nowhere = reverse("figure_comments", args=[returned.pk, "raised_nowhere"])
    assert client_of(reviewer).get(nowhere).status_code == 404
    assert client_of(reviewer).post(nowhere, {"text": "x"}).status_code == 404


def test_figure_that_came_into_the_form_since_is_talked_about_before_it_is_handed_in(
    campaign, district, lead, reviewer, client_of
):
    campaign.refresh_from_db()
    report = ready(campaign, district)
    submit_report(report, by=By(lead))
    with_own(campaign, reviewer)
    assert client_of(reviewer).get(reverse("figure_comments", args=[report.pk, "orphans"])).status_code == 200


def test_figure_that_counts_no_records_offers_no_export(returned, client_of, clerk):
    client, sent = client_of(clerk), returned.submission_id
    for slug, offered in (("raised_firms", False), ("job_events", True)):
        address = reverse("submission_records_export", args=[sent, slug])
        page = client.get(reverse("submission_records", args=[sent, slug])).content.decode()
        assert (address in page) is offered
        answer = client.get(address)
        assert answer.status_code == (200 if offered else 404)
        assert answer.streaming is offered
        b"".join(answer)  # to its end, which closes the file
