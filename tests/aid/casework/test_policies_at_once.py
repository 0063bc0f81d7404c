"""Policies answered without typing: by the stage, as last year, or that none applies; for one case and for many."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from aid.casework.moving import move_case
from aid.casework.policies import Answer, answer_policies
from aid.casework.usual_policies import fill_policies
from aid.models import AidCase, PolicyAid
from portal.audit import By
from portal.workflow import MoveRefused
from tests.aid import cases as casework
from tests.reports import builders as make

NONE = dict.fromkeys(
    ("scholarship", "grant", "student_loan", "tuition_waiver", "civil_relief", "other_policy"), "not_applicable"
)
# 义务教育: 两免一补; loans only from 大专 (issue of the lists of 800 families).
BY_STAGE = {
    "primary": {"tuition_waiver", "student_loan"},
    "junior": {"tuition_waiver", "student_loan"},
    "senior": {"student_loan"},
    "vocational": {"student_loan"},
    "college": set(),
    "bachelor": set(),
    "postgraduate": set(),
}


def outcomes(of: AidCase) -> dict:
    return dict(of.policies.values_list("policy", "outcome"))


def without_answers(of: AidCase) -> AidCase:
    of.policies.all().delete()
    return of


def last_years(of: AidCase, **answers) -> None:
    """A case of the same child in the campaign before, with these answers: (outcome, amount, reason)."""
    before = make.case(of.union, child=of.child, year=of.campaign.year - 1)
    for policy, (outcome, amount, reason) in answers.items():
        row = PolicyAid(case=before, policy=policy, outcome=outcome, amount=amount, reason=reason)
        row.place_with(before)
        row.save()


@pytest.mark.parametrize(("stage", "decided"), BY_STAGE.items())
def test_the_stage_decides_what_does_not_apply(district, clerk, stage, decided):
    of = casework.case(district, "draft", stage=stage)
    (outcome,) = fill_policies([of.pk], "by_stage", by=By(clerk))
    assert outcomes(of) == dict.fromkeys(decided, "not_applicable")
    assert outcome.is_done == bool(decided)
    assert all(of.policies.values_list("reason", flat=True))


BY_STAGE_IN_WORDS = (
    "“按学段填写”只把小学和初中阶段的学杂费减免、助学贷款，高中和中等职业教育阶段的助学贷款填为“不适用”；"
    "奖学金、助学金、民政教育救助、其他政策救助仍要逐项填写。"
)


def test_pages_say_what_the_stage_answers_and_what_stays_to_be_answered(client_of, clerk, district):
    of, client = casework.case(district, "draft"), client_of(clerk)
    pages = [
        client.get(reverse("case_policies", args=[of.pk])),
        client.post(reverse("case_policies_many"), {"ids": [of.pk]}),
        client.get(reverse("family_create")),
    ]
    assert [page.text.count(BY_STAGE_IN_WORDS) for page in pages] == [1, 1, 2]  # a child, and the pattern of one more


def test_as_last_year_copies_amounts_and_reasons_of_the_same_child_only(district, foreign_district, clerk):
    of, other = casework.case(district, "draft"), casework.case(district, "draft")
    last_years(of, grant=("granted", Decimal("1500.00"), ""), scholarship=("not_applied", None, "成绩不够"))
    first, second = fill_policies([of.pk, other.pk], "as_last_year", by=By(clerk))
    told = of.policies.values_list("policy", "outcome", "amount", "reason")
    assert set(told) == {
        ("grant", "granted", Decimal("1500.00"), ""),
        ("scholarship", "not_applied", None, "成绩不够"),
    }
    by_case = {outcome.case.pk: outcome.refusal for outcome in (first, second)}
    assert by_case == {of.pk: "", other.pk: "没有可以按此填写的项目，请逐项填写。"}


def test_what_was_answered_stays_and_a_second_press_writes_nothing(district, clerk):
    of = casework.case(district, "draft")
    row = PolicyAid(case=of, policy="grant", outcome="granted", amount=Decimal(800))
    row.place_with(of)
    row.save()
    fill_policies([of.pk], "none_applies", by=By(clerk))
    fill_policies([of.pk], "none_applies", by=By(clerk))
    assert outcomes(of) == NONE | {"grant": "granted"}
    assert PolicyAid.history.filter(case=of).count() == 6


def test_case_from_a_workbook_is_approved_only_after_its_policies_are_answered(district, clerk, lead):
    of = without_answers(casework.on_notice(district))
    assert list(AidCase.objects.visible_to(clerk).lacking_policies()) == [of]
    with pytest.raises(MoveRefused, match="请先填写政策落实情况：奖学金、助学金、助学贷款"):
        move_case(of, "approve", by=By(lead))
    fill_policies([of.pk], "none_applies", by=By(clerk))
    assert not AidCase.objects.visible_to(clerk).lacking_policies().exists()
    assert move_case(of, "approve", by=By(lead)).status == "approved"


def test_decided_cases_and_those_of_others_are_left_alone(district, foreign_district, clerk):
    approved, foreign = casework.case(district, "approved"), casework.case(foreign_district, "draft")
    (outcome,) = fill_policies([approved.pk, foreign.pk], "none_applies", by=By(clerk))
    assert outcome.case == approved
    assert outcome.refusal == "申请现在的状态是“已审批通过”，不能修改政策落实情况。"
    assert not PolicyAid.objects.filter(case__in=[approved, foreign]).exists()


def test_only_who_keeps_records_fills(district, lead):
    with pytest.raises(MoveRefused):
        fill_policies([casework.case(district, "draft").pk], "none_applies", by=By(lead))


def test_many_cost_as_many_queries_as_few(district, clerk, django_assert_max_num_queries):
    cases = [casework.case(district, "draft") for _turn in range(12)]
    with django_assert_max_num_queries(12):
        fill_policies([of.pk for of in cases], "none_applies", by=By(clerk))
    assert PolicyAid.objects.count() == 72


def test_six_policies_of_all_cases_in_four_presses(client_of, district, clerk):
    """选中全部, 填写政策, 都不适用, 填写: what the pages send, one after the other."""
    cases = [casework.case(district, "draft") for _turn in range(3)]
    client, address = client_of(clerk), reverse("case_policies_many")
    page = client.post(address, {"all": "1", "filters": ""})
    assert "将为选中的 <strong>3</strong> 条申请填写政策落实情况" in page.content.decode()
    page = client.post(address, {"all": "1", "filters": "", "confirmed": "1", "filling": "none_applies"})
    assert "共 3 条：办理 3 条，未办理 0 条。" in page.content.decode()
    assert [outcomes(of) for of in cases] == [NONE] * 3


def test_what_the_stage_leaves_open_is_named_and_the_way_leads_back_to_where_one_came_from(client_of, district, clerk):
    cases = [casework.case(district, "draft", stage=stage) for stage in ("junior", "college")]
    client, address = client_of(clerk), reverse("case_policies_many")
    sent = {
        "ids": [of.pk for of in cases],
        "confirmed": "1",
        "filling": "by_stage",
        "came_from": reverse("import_list"),
    }
    page = client.post(address, sent)
    assert [outcome.left for outcome in page.context["outcomes"]] == [
        "奖学金、助学金、民政教育救助、其他政策救助",
        "奖学金、助学金、助学贷款、学杂费减免、民政教育救助、其他政策救助",
    ]
    assert page.context["unfinished"] == [of.pk for of in cases]
    assert page.context["back_url"] == reverse("import_list")
    for foreign in ("https://example.org/imports/", "//example.org/", "/no/such/page/"):
        assert client.post(address, sent | {"came_from": foreign}).context["back_url"] == reverse("aidcase_list")
    page = client.post(address, sent | {"filling": "none_applies"})
    assert ([outcome.left for outcome in page.context["outcomes"]], page.context["unfinished"]) == (["", ""], [])


def test_form_for_many_asks_for_something_and_for_amounts(client_of, district, clerk):
    of = casework.case(district, "draft")
    sent = {"ids": of.pk, "confirmed": "1", "filling": ""}
    page = client_of(clerk).post(reverse("case_policies_many"), sent)
    assert "请选择填写方式，或至少填写一项政策。" in page.content.decode()
    page = client_of(clerk).post(reverse("case_policies_many"), sent | {"grant_outcome": "granted"})
    assert "已落实的请填写大于 0 的金额。" in page.content.decode()
    assert page.status_code == 400
    client_of(clerk).post(reverse("case_policies_many"), sent | {"grant_outcome": "granted", "grant_amount": "500"})
    assert outcomes(of) == {"grant": "granted"}


def test_one_press_fills_what_was_left_blank_and_saves(client_of, district, clerk):
    of = casework.case(district, "draft", stage="bachelor")
    sent = {"grant_outcome": "granted", "grant_amount": "1200", "fill": "none_applies"}
    answer = client_of(clerk).post(reverse("case_policies", args=[of.pk]), sent)
    assert answer.status_code == 302
    assert outcomes(of) == NONE | {"grant": "granted"}


def test_page_of_a_case_on_notice_asks_only_for_what_was_never_answered(client_of, district, clerk):
    of = casework.on_notice(district)
    of.policies.filter(policy="grant").delete()
    address = reverse("case_policies", args=[of.pk])
    page = client_of(clerk).get(address).content.decode()
    assert "grant_outcome" in page
    assert "scholarship_outcome" not in page
    client_of(clerk).post(address, {"grant_outcome": "not_applicable", "scholarship_outcome": "applied"})
    assert outcomes(of) == NONE


def test_todo_counts_what_cannot_be_approved(client_of, district, clerk):
    without_answers(casework.on_notice(district, last=localdate()))
    assert "政策落实情况未填全、不能审批的申请" in client_of(clerk).get(reverse("home")).content.decode()


def test_an_answer_of_a_case_under_way_stays_whatever_is_said_beside_it(district, clerk):
    of = casework.on_notice(district)
    of.policies.filter(policy="grant").delete()
    answer_policies(of, [Answer("grant", "not_applicable"), Answer("scholarship", "applied")], by=By(clerk))
    assert outcomes(of) == NONE
