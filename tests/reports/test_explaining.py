"""Explaining what soft checks find: many at once, and what of it is frozen."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.explaining import Said, explain_check, explain_checks
from reports.models import Explanation, Report
from reports.preparation import adjust_figure, withdraw_adjustment
from reports.submission import return_report, submit_report
from reports.views.preparation import is_overtaken
from reports.views.report import explanations_of
from tests.reports.preparing import ready

TAKEN, CONTACTED = "within_certificates", "together_practice_employers"
FOUND = "“获得职业资格证书”2 人次，超过“就业技能培训”0 人次，多出 2 人次。"


@pytest.fixture
def report(year_2014, district, clerk):
    """A report with two findings that ask for an explanation."""
    report = ready(year_2014, district)
    adjust_figure(report, slug="certificates", difference=Decimal(2), reason="补记", actor=clerk)
    adjust_figure(report, slug="practice_posts", difference=Decimal(7), reason="补记", actor=clerk)
    return report


@pytest.fixture
def address(report):
    return reverse("report_explain_all", args=[report.pk])


def given(report: Report) -> dict[str, str]:
    return dict(report.explanations.values_list("check_code", "text"))


# The service


def test_all_are_kept_and_the_history_names_what_each_is_about(report, clerk):
    explain_checks(report, said={TAKEN: Said("去年培训", ""), CONTACTED: Said("单位另报", "")}, actor=clerk)
    assert given(report) == {TAKEN: "去年培训", CONTACTED: "单位另报"}
    explain_checks(report, said={TAKEN: Said("去年培训", "去年培训")}, actor=clerk)
    told = [version.history_change_reason for version in report.history.all()[:3]]
    assert sum(words.startswith("说明核对项：") for words in told) == 2


def test_one_that_is_refused_keeps_the_others_from_being_kept(report, clerk):
    with pytest.raises(ValidationError) as refused:
        explain_checks(
            report, said={TAKEN: Said("去年培训"), "contact": Said("以后填"), "nonsense": Said("x")}, actor=clerk
        )
    assert refused.value.message_dict == {
        "contact": ["这一项必须更正，不能用说明代替。"],
        "nonsense": ["没有这项核对。"],
    }
    assert given(report) == {}


def test_somebody_quicker_is_told(report, clerk, lead):
    explain_check(report, code=TAKEN, text="去年培训", actor=lead)
    with pytest.raises(ValidationError) as refused:
        explain_checks(report, said={TAKEN: Said("今年培训", "")}, actor=clerk)
    assert is_overtaken(refused.value)
    assert refused.value.message_dict == {TAKEN: ["您打开之后，有人已写了说明：去年培训"]}
    assert given(report) == {TAKEN: "去年培训"}


# The page


def test_page_has_a_field_for_each_finding_with_its_records(client_of, clerk, report, address):
    explain_check(report, code=TAKEN, text="去年培训", actor=clerk)
    response = client_of(clerk).get(address)
    assert [row.finding.check.code for row, _field, _seen in response.context["rows"]] == [CONTACTED, TAKEN]
    body = response.text
    assert body.count("<textarea") == 2
    assert "去年培训</textarea>" in body
    assert reverse("figure_records", args=[2014, report.union.code, "certificates"]) in body


def test_what_is_typed_is_kept_and_what_is_blank_stays_open(client_of, clerk, report, address):
    client = client_of(clerk)
    response = client.post(
        address, {TAKEN: "去年\r\n培训", f"seen_{TAKEN}": "", CONTACTED: "", f"seen_{CONTACTED}": ""}
    )
    assert response.url == reverse("report_show", args=[report.pk])
    assert given(report) == {TAKEN: "去年\n培训"}
    page = client.get(response.url)
    assert [step.words for step in page.context["steps"]] == [
        "“联系社会实践单位”0 家，而“勤工俭学社会实践岗位”7 个：应当都为 0 或都大于 0。"
    ]


def test_step_leads_to_the_page_of_all(client_of, clerk, report, address):
    page = client_of(clerk).get(reverse("report_show", args=[report.pk]))
    assert [(step.words, step.url) for step in page.context["steps"]] == [("2 项核对结果需要说明。", address)]


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({}, "请至少写一项说明。"),
        ({TAKEN: "", f"seen_{TAKEN}": "去年培训"}, "说明写过之后可以修改，不能删空。"),
        ({TAKEN: "今年培训", f"seen_{TAKEN}": ""}, "您打开之后，有人已写了说明：去年培训"),
    ],
)
def test_fault_is_named_and_what_was_typed_stays(client_of, clerk, report, address, typed, fault):
    explain_check(report, code=TAKEN, text="去年培训", actor=clerk)
    response = client_of(clerk).post(address, {f"seen_{TAKEN}": "去年培训", TAKEN: "去年培训", **typed})
    assert response.status_code == 200
    assert fault in response.text
    assert f"{typed.get(TAKEN, '去年培训')}</textarea>" in response.text
    assert given(report) == {TAKEN: "去年培训"}


def test_overtaken_explanation_is_saved_at_the_second_press(client_of, clerk, report, address):
    explain_check(report, code=TAKEN, text="去年培训", actor=clerk)
    explain_check(report, code=CONTACTED, text="单位另报", actor=clerk)
    client = client_of(clerk)
    began = {TAKEN: "今年培训", f"seen_{TAKEN}": "", CONTACTED: "", f"seen_{CONTACTED}": ""}
    shown = client.post(address, began).context["form"]
    assert client.post(address, shown.data).status_code == 302
    assert given(report) == {TAKEN: "今年培训", CONTACTED: "单位另报"}  # the one not touched here stays as it is


def test_page_without_findings_leads_back(client_of, clerk, report, address):
    for slug in ("certificates", "practice_posts"):
        withdraw_adjustment(report, slug=slug, actor=clerk)
    assert client_of(clerk).get(address).url == reverse("report_show", args=[report.pk])


def test_page_takes_as_many_queries_for_two_findings_as_for_one(client_of, clerk, report, address):
    client, counts = client_of(clerk), []
    client.get(address)
    for _turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
        withdraw_adjustment(report, slug="practice_posts", actor=clerk)
    assert counts[0] == counts[1]


# What is frozen


def test_frozen_are_the_findings_with_their_words_and_nothing_that_was_mended(report, clerk, lead, reviewer, client_of):
    explain_checks(report, said={TAKEN: Said("去年培训"), CONTACTED: Said("单位另报")}, actor=clerk)
    withdraw_adjustment(report, slug="practice_posts", actor=clerk)
    submission = submit_report(report, actor=lead)
    assert submission.content["findings"] == {TAKEN: FOUND}
    assert submission.content["explanations"] == {TAKEN: "去年培训"}
    assert explanations_of(submission) == [(FOUND, "去年培训")]
    assert FOUND in client_of(reviewer).get(reverse("review_show", args=[report.pk])).text
    assert Explanation.objects.count() == 2  # kept for the unit, should it need its words again
    report.refresh_from_db()
    return_report(report, figures=[], comment="请核对", actor=reviewer)
    assert submit_report(report, actor=lead).content["explanations"] == {TAKEN: "去年培训"}
