"""Nobody reads a slug: forms are written with the names of figures, and pages and files show them alone."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from portal.audit import By
from portal.models import Campaign
from reports.annex.campaign_figures import declared_for, figures_of
from reports.annex.wording import WORDINGS
from reports.campaign.form_editing import add_figure, remove_figure, reset_wording, save_names, save_wording
from reports.campaign.named_blanks import by_name, by_slug
from reports.campaign.palette import palette
from reports.enums import ReportState, ReturnReason
from reports.figures import FIGURES
from reports.figures.own import OwnFigure
from reports.handed_in.submission import Returned, return_report, start_review, submit_report
from reports.models import Adjustment, AdjustmentFile, Report, TypedFigure
from reports.review.commenting import add_comment
from tests.reports import builders as make
from tests.reports.getting_ready import PDF, PDF_DIGEST, ready
from tests.reports.submissions import report as report_of

FIRMS = OwnFigure("raised_firms", "企业捐助", "wan_yuan", "typed")
LINE = "   社会捐助{raised_social}（万元），\n"
WITH_FIRMS = WORDINGS[1].replace(LINE, LINE + "   企业{raised_firms}（万元），\n")
NAMES = sorted((*(figure.slug for figure in FIGURES), FIRMS.slug), key=len, reverse=True)
SLUG = re.compile(rf"(?<![\w-])({chr(124).join(NAMES)})(?![\w-])")


@pytest.fixture
def with_firms(campaign, reviewer) -> Campaign:
    campaign = add_figure(campaign, own=FIRMS, by=By(reviewer))
    return save_wording(campaign, number=1, wording=WITH_FIRMS, version=campaign.version, by=By(reviewer))


@pytest.mark.parametrize("number", WORDINGS)
def test_wording_of_the_notice_reads_the_same_both_ways(number, campaign):
    known = palette(declared_for(campaign))
    named = by_name(WORDINGS[number], known)
    assert SLUG.findall(named) == []
    assert by_slug(named, known) == by_slug(WORDINGS[number], known) == WORDINGS[number]
    assert len({figure.label for figure in known.values()}) == len(known)


def test_form_is_read_and_written_by_name(with_firms, reviewer, client_of):
    client, url = client_of(reviewer), reverse("campaign_form", args=[2014, 1])
    text = client.get(url).context["wording"]
    assert text.startswith("{年度} 年上海工会金秋助学情况统计表")
    assert "   企业{企业捐助}（万元），\n" in text
    changed = text.replace("企业{企业捐助}", "各企业｛ 企业捐助 ｝")
    assert client.post(url, {"wording": changed, "version": with_firms.version, "save": "1"}).status_code == 302
    assert "   各企业{raised_firms}（万元），\n" in Campaign.objects.get(year=2014).forms["wordings"]["1"]
    faulty = client.post(url, {"wording": text + "8. {企业：捐款}。", "version": with_firms.version, "show": "1"})
    assert "空格 {企业：捐款} 没有对应的数字。" in faulty.content.decode()


def test_name_that_changes_changes_in_the_text_of_the_form(with_firms, reviewer, client_of):
    save_names(with_firms, names={"raised_social": "爱心捐款"}, version=with_firms.version, by=By(reviewer))
    text = client_of(reviewer).get(reverse("campaign_form", args=[2014, 1])).context["wording"]
    assert "社会捐助{爱心捐款}（万元）" in text
    assert Campaign.objects.get(year=2014).forms["wordings"]["1"] == WITH_FIRMS


def visible(response) -> str:
    """What a person reads on a page: no marks, attributes, styles or scripts."""
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", " ", body))


@pytest.fixture
def returned(with_firms, district, clerk, lead, reviewer) -> Report:
    """A report with everything a figure can have, returned for a figure that was then taken out of the form."""
    report_of(make.campaign(2013), district, ReportState.ACCEPTED, aided=90)
    make.payment(district)
    report = ready(with_firms, district)
    TypedFigure.objects.create(report=report, slug="raised_firms", value=Decimal(50_000), made_by=clerk)
    made = Adjustment.objects.create(
        report=report, slug="event_posts", difference=Decimal(4), reason="另有", made_by=clerk
    )
    file = {"file_name": "名单.pdf", "content_type": "application/pdf", "content": PDF, "digest": PDF_DIGEST}
    AdjustmentFile.objects.create(adjustment=made, uploaded_by=clerk, **file)
    submit_report(report, by=By(lead))
    report.refresh_from_db()
    add_comment(report, slug="raised_firms", text="请核对", by=By(reviewer))
    start_review(report, by=By(reviewer))
    reasons = [Returned(slug, ReturnReason.MISMATCH, "不符") for slug in ("raised_firms", "aided_basic")]
    return_report(report, figures=reasons, comment="请改", by=By(reviewer))
    return Report.objects.get(pk=report.pk)


def pages(report: Report, code: str) -> dict[str, tuple[dict, list]]:
    sent, year = report.submission_id, {"campaign": 2014}
    return {
        "annex": (year, []),
        "annex_years": ({}, [2014, code]),
        "annex_checks": ({}, [2014, code]),
        "figure_records": ({"misses": 1}, [2014, code, "aided_basic"]),
        "funnel": (year, []),
        "report_show": ({}, [report.pk]),
        "report_adjust": ({}, [report.pk, "event_posts"]),
        "report_explain_all": ({}, [report.pk]),
        "report_annex_upload": ({}, [report.pk]),
        "submission_show": ({}, [sent]),
        "submission_records": ({}, [sent, "raised_firms"]),
        "submission_drift": ({}, [sent]),
        "figure_comments": ({}, [report.pk, "aided_basic"]),
    }


def of_city(report: Report) -> dict[str, tuple[dict, list]]:
    year = {"campaign": 2014}
    return {
        "review_show": ({}, [report.pk]),
        "review_board": (year, []),
        "review_reasons": (year, []),
        "review_twice": (year, []),
        "consolidation": (year, []),
        "consolidation_matrix": (year, []),
        "campaign_list": ({}, []),
        "campaign_form": ({}, [2014, 1]),
        "campaign_figures": ({}, [2014]),
        "campaign_figure_names": ({}, [2014]),
        "campaign_figure_add": ({}, [2014, "total"]),
        "campaign_figure_compose": ({}, [2014, "cases"]),
    }


def shown(client, addresses) -> dict[str, list[str]]:
    """The slugs that each page shows; none for most."""
    found = {}
    for name, (query, args) in addresses.items():
        response = client.get(reverse(name, args=args), query)
        assert response.status_code == 200, name
        found[name] = SLUG.findall(visible(response))
    return {name: slugs for name, slugs in found.items() if slugs}


def test_no_page_shows_a_slug(returned, district, client_of, clerk, reviewer, auditor):
    assert shown(client_of(clerk), pages(returned, district.code)) == {}
    assert shown(client_of(reviewer), of_city(returned)) == {}
    assert shown(client_of(auditor), {"audit_log": ({}, [])}) == {}


def test_no_page_shows_the_slug_of_a_figure_that_the_form_no_longer_has(returned, district, client_of, clerk, reviewer):
    campaign = Campaign.objects.get(year=2014)
    campaign = reset_wording(campaign, number=1, version=campaign.version, by=By(reviewer))
    remove_figure(campaign, slug="raised_firms", by=By(reviewer))
    assert "raised_firms" not in figures_of(Campaign.objects.get(year=2014))
    assert shown(client_of(clerk), pages(returned, district.code)) == {}
    assert shown(client_of(reviewer), of_city(returned)) == {}
    reasons = visible(client_of(reviewer).get(reverse("review_reasons"), {"campaign": 2014}))
    assert "已从表中去掉的数字" in reasons


def test_files_are_called_by_names(returned, district, client_of, clerk):
    client, sent = client_of(clerk), returned.submission_id
    addresses = {
        "figure_records_export": [2014, district.code, "aided_basic"],
        "report_adjust_file": [returned.pk, "event_posts"],
        "submission_file": [sent, "event_posts"],
        "submission_records_export": [sent, "aided_basic"],
    }
    for name, args in addresses.items():
        response = client.get(reverse(name, args=args))
        assert response.status_code == 200, (name, response.content.decode()[:9000])
        assert response.getvalue()
        assert SLUG.findall(response["Content-Disposition"]) == [], name
