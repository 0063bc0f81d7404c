"""What a campaign calls a figure of the notice stands on its pages, in its messages, charts and files."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from employment.enums import Intention
from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry, Campaign
from reports.annex.campaign_figures import figures_of, figures_of_submission
from reports.campaign.campaigns import make_next
from reports.campaign.form_editing import save_names
from reports.city.consolidation import consolidate
from reports.enums import ReportState, ReturnReason
from reports.figures import FIGURES
from reports.handed_in.submission import Returned, accept_report, return_report, start_review, submit_report
from reports.models import Adjustment, Report
from reports.review.commenting import add_comment
from tests.reports import builders as make
from tests.reports.getting_ready import ready
from tests.reports.submissions import report as report_of

OLD, NEW = "资助子女", "受助学生"
OLD_GRADUATES, NEW_GRADUATES = "困难职工家庭高校毕业生", "家庭毕业生"
NAMES = {"aided": NEW, "graduates": NEW_GRADUATES}


@pytest.fixture
def named(campaign, reviewer) -> Campaign:
    return save_names(campaign, names=NAMES, version=campaign.version, by=By(reviewer))


def all_text(response) -> str:
    """What a page or a file says; of .xlsx, .docx and .zip all their parts."""
    body = response.getvalue() if not response.streaming else b"".join(response.streaming_content)
    if not body.startswith(b"PK"):
        return body.decode()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def texts(client, pages: dict[str, tuple[dict, list]]) -> dict[str, str]:
    """What each of the addresses answers, without the wording of the notice's second form, which has the old name."""
    found = {}
    for name, (query, args) in pages.items():
        response = client.get(reverse(name, args=args), query)
        assert response.status_code == 200, name
        found[name] = all_text(response).replace(f"为{OLD_GRADUATES}", "").replace(f"共有{OLD_GRADUATES}", "")
    return found


def old_names(found: dict[str, str]) -> list[str]:
    return [name for name, text in found.items() if OLD in text]


def without_name(found: dict[str, str]) -> set[str]:
    return {name for name, text in found.items() if NEW not in text and NEW_GRADUATES not in text}


def test_name_is_that_of_the_campaign_alone(named, reviewer):
    figures = figures_of(named)
    assert (str(figures["aided"]), str(FIGURES["aided"])) == (NEW, OLD)
    assert [str(figures[f"aided_{group}"]) for group in ("basic", "secondary", "tertiary")] == [
        f"{NEW}：小学和初中阶段",
        f"{NEW}：高中和中等职业教育阶段",
        f"{NEW}：大专以上",
    ]
    assert str(figures_of(make.campaign(2013))["aided"]) == OLD
    assert str(figures_of(make_next(named, by=By(reviewer)))["aided"]) == NEW


@pytest.fixture
def report(named, district, clerk) -> Report:
    """Ready to be handed in, with an adjustment, and last year's beside it."""
    report_of(make.campaign(2013), district, ReportState.ACCEPTED, aided=90)
    make.payment(district)
    make.graduate(district, intention=Intention.NEEDS_HELP)
    made = ready(named, district)
    for slug in ("aided", "aided_basic"):
        Adjustment.objects.create(report=made, slug=slug, difference=Decimal(1), reason="补", made_by=clerk)
    for slug in ("paid", "paid_basic"):
        Adjustment.objects.create(report=made, slug=slug, difference=Decimal(100), reason="补", made_by=clerk)
    return made


def test_pages_checks_charts_and_files_have_the_name_of_the_campaign(report, district, client_of, clerk, lead):
    code, year = district.code, 2014
    pages = {
        "annex": ({"campaign": year}, []),
        "annex_years": ({}, [year, code]),
        "annex_checks": ({}, [year, code]),
        "figure_records": ({}, [year, code, "aided"]),
        "funnel": ({"campaign": year}, []),
        "funnel_export": ({"format": "csv"}, [year, code]),
        "report_show": ({}, [report.pk]),
        "report_adjust": ({}, [report.pk, "aided"]),
        "report_explain_all": ({}, [report.pk]),
        "figure_comments": ({}, [report.pk, "aided"]),
    }
    for person in (clerk, lead):
        found = texts(client_of(person), pages)
        assert (old_names(found), without_name(found)) == ([], set())
    quiet = {
        "report_forms": ({}, [report.pk]),
        "report_annex_upload": ({}, [report.pk]),
        "report_movement": ({}, [report.pk]),
        "report_narrative": ({}, [report.pk]),
        "report_submit": ({}, [report.pk]),
    }
    assert old_names(texts(client_of(lead), quiet)) == []
    for kind in ("xlsx", "docx", "json"):
        text = all_text(client_of(lead).get(reverse("annex_download", args=[year, code, 1, kind])))
        assert OLD not in text, kind


@pytest.fixture
def accepted(report, lead, reviewer) -> Report:
    """Handed in, talked about, returned for the figure, handed in again and accepted."""
    submit_report(report, by=By(lead))
    report.refresh_from_db()
    add_comment(report, slug="aided", text="请核对", by=By(reviewer))
    start_review(report, by=By(reviewer))
    return_report(report, figures=[Returned("aided", ReturnReason.MISMATCH, "不符")], comment="请改", by=By(reviewer))
    report.refresh_from_db()
    submit_report(report, by=By(lead))
    report.refresh_from_db()
    start_review(report, by=By(reviewer))
    accept_report(report, by=By(reviewer))
    report.refresh_from_db()
    return report


def test_what_is_handed_in_reviewed_and_consolidated_has_it_too(accepted, named, client_of, reviewer, lead):
    sent, year = accepted.submission_id, {"campaign": 2014}
    kept = consolidate(named, by=By(reviewer))
    found = texts(
        client_of(reviewer),
        {
            "review_show": ({}, [accepted.pk]),
            "review_reasons": (year, []),
            "submission_show": ({}, [sent]),
            "submission_records": ({}, [sent, "aided"]),
            "submission_diff": ({}, [sent]),
            "consolidation": (year, []),
            "consolidation_matrix": (year, []),
        },
    )
    assert (old_names(found), without_name(found)) == ([], {"submission_diff"})
    quiet = {"review_board": (year, []), "consolidation_kept": ({}, [kept.pk]), "review_twice": (year, [])}
    assert old_names(texts(client_of(reviewer), quiet)) == []
    for kind in ("xlsx", "docx"):
        text = all_text(client_of(reviewer).get(reverse("consolidation_download", args=[2014, kind])))
        assert OLD not in text, kind
    assert (
        old_names(texts(client_of(lead), {"submission_receipt": ({}, [sent]), "report_show": ({}, [accepted.pk])}))
        == []
    )


def test_what_was_handed_in_keeps_the_names_of_then(accepted, named, reviewer, client_of):
    named.refresh_from_db()
    save_names(named, names={"aided": "另一个名称"}, version=named.version, by=By(reviewer))
    assert str(figures_of(Campaign.objects.get(year=2014))["aided"]) == "另一个名称"
    assert str(figures_of_submission(accepted.submission)["aided"]) == NEW
    shown = client_of(reviewer).get(reverse("submission_records", args=[accepted.submission_id, "aided"]))
    assert NEW in shown.content.decode()


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({"aided": "发放助学款"}, "已有名称相同的数字"),
        ({"aided": "甲", "paid": "甲"}, "已有名称相同的数字"),
        ({"aided": "资助{人}"}, "不能有大括号"),
        ({"aided": "长" * 41}, "最多 40 个字"),
        ({"aided": "paid"}, "不能是某个数字的标识"),
        ({"aided": "年度"}, "也不能是“年度”"),
    ],
)
def test_name_that_does_not_fit_is_refused_at_its_figure(campaign, reviewer, names, words):
    with pytest.raises(ValidationError) as refused:
        save_names(campaign, names=names, version=campaign.version, by=By(reviewer))
    assert words in "".join(refused.value.message_dict["aided"])
    assert Campaign.objects.get(pk=campaign.pk).forms == {}


def test_names_are_given_in_the_browser_and_taken_back(campaign, reviewer, client_of):
    client, url = client_of(reviewer), reverse("campaign_figure_names", args=[2014])
    assert 'placeholder="资助子女"' in client.get(url).content.decode()
    assert client.post(url, {"aided": NEW, "version": campaign.version}).status_code == 302
    kept = Campaign.objects.get(year=2014)
    assert kept.forms["labels"] == {"aided": NEW}
    entry = AuditEntry.objects.filter(action=AuditAction.FORM_CHANGED).latest("pk")
    assert entry.detail["change"].startswith(
        "修改指标的名称：资助子女 → 受助学生；资助子女：小学和初中阶段 → 受助学生："
    )
    overtaken = client.post(url, {"aided": "别名", "version": campaign.version})
    assert "修改过这里" in overtaken.content.decode()
    assert client.post(url, {"aided": " ", "version": kept.version}).status_code == 302
    assert "labels" not in Campaign.objects.get(year=2014).forms
