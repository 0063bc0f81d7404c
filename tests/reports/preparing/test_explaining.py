"""Explaining what soft checks find: many at once, and what of it is frozen."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.audit import By
from portal.workflow import MoveRefused
from reports.checks import check_report, checks_for
from reports.checks.context import Context, PerChild
from reports.figures import FIGURES
from reports.handed_in.submission import return_report, submit_report
from reports.models import Explanation, Report
from reports.preparing.explaining import Said, explain_check, explain_checks
from reports.preparing.preparation import adjust_figure, withdraw_adjustment
from reports.preparing.standing import standing
from reports.views.preparing.preparation import is_overtaken
from reports.views.preparing.report import explanations_of
from tests.reports.getting_ready import ready

TAKEN, CONTACTED = "within_certificates", "together_practice_employers"
FOUND = "“获得职业资格证书”2 人次，超过“就业技能培训”0 人次，多出 2 人次。"


@pytest.fixture
def report(year_2014, district, clerk):
    """A report with two findings that ask for an explanation."""
    report = ready(year_2014, district)
    adjust_figure(report, slug="certificates", difference=Decimal(2), reason="补记", by=By(clerk))
    adjust_figure(report, slug="practice_posts", difference=Decimal(7), reason="补记", by=By(clerk))
    return report


@pytest.fixture
def address(report):
    return reverse("report_explain_all", args=[report.pk])


def given(report: Report) -> dict[str, str]:
    return dict(report.explanations.values_list("check_code", "text"))


# The service


def test_all_are_kept_and_the_history_names_what_each_is_about(report, clerk):
    explain_checks(report, said={TAKEN: Said("去年培训", ""), CONTACTED: Said("单位另报", "")}, by=By(clerk))
    assert given(report) == {TAKEN: "去年培训", CONTACTED: "单位另报"}
    explain_checks(report, said={TAKEN: Said("去年培训", "去年培训")}, by=By(clerk))
    told = [version.history_change_reason for version in report.history.all()[:3]]
    assert sum(words.startswith("说明核对项：") for words in told) == 2


def test_one_that_is_refused_keeps_the_others_from_being_kept(report, clerk):
    with pytest.raises(ValidationError) as refused:
        explain_checks(
            report, said={TAKEN: Said("去年培训"), "contact": Said("以后填"), "nonsense": Said("x")}, by=By(clerk)
        )
    assert refused.value.message_dict == {
        "contact": ["这一项必须更正，不能用说明代替。"],
        "nonsense": ["没有这项核对。"],
    }
    assert given(report) == {}


def test_somebody_quicker_is_told(report, clerk, lead):
    explain_check(report, code=TAKEN, text="去年培训", by=By(lead))
    with pytest.raises(ValidationError) as refused:
        explain_checks(report, said={TAKEN: Said("今年培训", "")}, by=By(clerk))
    assert is_overtaken(refused.value)
    assert refused.value.message_dict == {TAKEN: ["您打开之后，有人已写了说明：去年培训"]}
    assert given(report) == {TAKEN: "去年培训"}


# The page


def test_page_has_a_field_for_each_finding_with_its_records(client_of, clerk, report, address):
    explain_check(report, code=TAKEN, text="去年培训", by=By(clerk))
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
    explain_check(report, code=TAKEN, text="去年培训", by=By(clerk))
    response = client_of(clerk).post(address, {f"seen_{TAKEN}": "去年培训", TAKEN: "去年培训", **typed})
    assert response.status_code == 200
    assert fault in response.text
    assert f"{typed.get(TAKEN, '去年培训')}</textarea>" in response.text
    assert given(report) == {TAKEN: "去年培训"}


def test_overtaken_explanation_is_saved_at_the_second_press(client_of, clerk, report, address):
    explain_check(report, code=TAKEN, text="去年培训", by=By(clerk))
    explain_check(report, code=CONTACTED, text="单位另报", by=By(clerk))
    client = client_of(clerk)
    began = {TAKEN: "今年培训", f"seen_{TAKEN}": "", CONTACTED: "", f"seen_{CONTACTED}": ""}
    shown = client.post(address, began).context["form"]
    assert client.post(address, shown.data).status_code == 302
    assert given(report) == {TAKEN: "今年培训", CONTACTED: "单位另报"}  # the one not touched here stays as it is


def test_page_without_findings_leads_back(client_of, clerk, report, address):
    for slug in ("certificates", "practice_posts"):
        withdraw_adjustment(report, slug=slug, by=By(clerk))
    assert client_of(clerk).get(address).url == reverse("report_show", args=[report.pk])


def test_page_takes_as_many_queries_for_two_findings_as_for_one(client_of, clerk, report, address):
    client, counts = client_of(clerk), []
    for _turn in range(2):
        client.get(address)  # counts what was not yet kept
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
        withdraw_adjustment(report, slug="practice_posts", by=By(clerk))
    assert counts[0] == counts[1]


# When the numbers change


AGAIN = "数字已变，请核对说明：“获得职业资格证书”5 人次，超过“就业技能培训”0 人次，多出 5 人次。"


@pytest.fixture
def changed(report, clerk, lead):
    """Both explained, then the number of one changed."""
    explain_checks(report, said={TAKEN: Said("去年培训"), CONTACTED: Said("单位另报")}, by=By(clerk))
    assert standing(report).obstacles == []
    adjust_figure(report, slug="certificates", difference=Decimal(5), reason="补记", by=By(clerk))
    return report


def test_explanation_of_other_numbers_is_open_until_it_is_saved_again(changed, lead, clerk):
    assert standing(changed).obstacles == [AGAIN]
    with pytest.raises(MoveRefused, match="请核对说明"):
        submit_report(changed, by=By(lead))
    explain_check(changed, code=TAKEN, text="去年培训", by=By(clerk))
    assert standing(changed).obstacles == []
    assert submit_report(changed, by=By(lead)).content["explanations"][TAKEN] == "去年培训"


def test_numbers_back_where_they_were_are_explained_still(changed, clerk):
    adjust_figure(changed, slug="certificates", difference=Decimal(2), reason="补记", by=By(clerk))
    assert standing(changed).obstacles == []


def test_explanation_from_before_findings_were_kept_stands(changed):
    Explanation.objects.update(finding="")
    assert standing(changed).obstacles == []


def test_page_of_the_report_marks_it_and_leads_to_the_page_with_the_words_in_it(client_of, clerk, changed):
    client, one = client_of(clerk), reverse("report_explain", args=[changed.pk, TAKEN])
    page = client.get(reverse("report_show", args=[changed.pk]))
    assert [(step.words, step.action, step.url) for step in page.context["steps"]] == [(AGAIN, "核对说明", one)]
    assert {row.finding.check.code for row in page.context["findings"] if row.is_outdated} == {TAKEN}
    assert page.text.count('<strong class="report-late">数字已变，请核对说明</strong>') == 1
    form = client.get(one)
    assert "去年培训</textarea>" in form.text
    assert AGAIN in form.text
    assert client.post(one, {"text": "去年培训", "seen": "去年培训"}).status_code == 302
    assert standing(changed).obstacles == []


def test_page_of_all_takes_the_same_words_anew_and_leaves_the_others(client_of, clerk, lead, changed, address):
    adjust_figure(changed, slug="practice_posts", difference=Decimal(9), reason="补记", by=By(clerk))
    adjust_figure(changed, slug="practice_posts", difference=Decimal(7), reason="补记", by=By(clerk))
    versions = changed.history.count()
    response = client_of(lead).get(address)
    assert [(row.finding.check.code, row.is_outdated) for row, *_fields in response.context["rows"]] == [
        (TAKEN, True),
        (CONTACTED, False),
    ]
    same = {TAKEN: "去年培训", f"seen_{TAKEN}": "去年培训", CONTACTED: "单位另报", f"seen_{CONTACTED}": "单位另报"}
    assert client_of(lead).post(address, same).status_code == 302
    assert standing(changed).obstacles == []
    assert changed.history.count() == versions + 1
    assert [e.made_by for e in Explanation.objects.order_by("check_code")] == [clerk, lead]


def test_step_of_all_counts_those_whose_numbers_changed(client_of, clerk, changed):
    adjust_figure(changed, slug="event_posts", difference=Decimal(3), reason="补记", by=By(clerk))
    adjust_figure(changed, slug="practice_posts", difference=Decimal(9), reason="补记", by=By(clerk))
    page = client_of(clerk).get(reverse("report_show", args=[changed.pk]))
    words = "2 项核对结果需要说明。其中 2 项数字已变，请核对说明。"
    assert [step.words for step in page.context["steps"]] == [words]


def test_mean_that_other_units_move_leaves_an_explanation_standing():
    """With five units the sentence tells the mean; what was explained is the unit's own number."""
    values = {"aided": 2, "paid": Decimal("7500.01")}
    found = [_per_child(values, Context(per_child=PerChild(Fraction(mean), 5))) for mean in (750, 749)]
    assert found[0].message != found[1].message
    assert found[0].own_words == found[1].own_words
    assert (
        _per_child(values | {"aided": 1}, Context(per_child=PerChild(Fraction(750), 5))).own_words != found[0].own_words
    )


def _per_child(values, context):
    (found,) = check_report(values, [checks_for(FIGURES)["paid_per_child"]], context=context)
    return found


# What is frozen


def test_frozen_are_the_findings_with_their_words_and_nothing_that_was_mended(report, clerk, lead, reviewer, client_of):
    explain_checks(report, said={TAKEN: Said("去年培训"), CONTACTED: Said("单位另报")}, by=By(clerk))
    withdraw_adjustment(report, slug="practice_posts", by=By(clerk))
    submission = submit_report(report, by=By(lead))
    assert submission.content["findings"] == {TAKEN: FOUND}
    assert submission.content["explanations"] == {TAKEN: "去年培训"}
    assert explanations_of(submission) == [(FOUND, "去年培训")]
    assert FOUND in client_of(reviewer).get(reverse("review_show", args=[report.pk])).text
    assert Explanation.objects.count() == 2  # kept for the unit, should it need its words again
    report.refresh_from_db()
    return_report(report, figures=[], comment="请核对", by=By(reviewer))
    assert submit_report(report, by=By(lead)).content["explanations"] == {TAKEN: "去年培训"}
