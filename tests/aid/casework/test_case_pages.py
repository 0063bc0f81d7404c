"""The form of a case, its page, the standards, the lists of what waits."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from aid.casework.moving import Why, move_case
from aid.casework.policies import set_standards
from aid.enums import Policy
from aid.models import AidCase, AidStandard, PolicyAid
from aid.standards.granted import standards_now
from aid.views.casework.case import standard_in_words
from portal.audit import By
from portal.models import Campaign
from portal.workflow import MoveRefused
from tests.aid import cases as casework
from tests.forms import confirm, errors
from tests.lists import shown
from tests.reports import builders as make

YEAR = localdate().year


@pytest.fixture
def girl(district):
    home = make.household(district, filed_on="2013-03-01")
    return make.child(district, household=home, name="王小丽", stage="senior")


def words_of(response) -> str:
    """The text of a page without its tags."""
    return re.sub("<[^>]*>", "", response.text)


def create_url(child) -> str:
    return f"{reverse('aidcase_create')}?child={child.pk}"


def filled(page) -> dict:
    """The form as it was filled in."""
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_a_case_is_made_from_the_childs_page_as_a_draft(client_of, clerk, girl):
    client = client_of(clerk)
    assert create_url(girl) in client.get(reverse("child_detail", args=[girl.pk])).content.decode()
    last = make.case(girl.union, child=girl, year=YEAR - 1, mode="pairing", sponsor="某支部", programme="劳模爱心结对")
    AidStandard.objects.create(campaign=Campaign.objects.open(YEAR), stage="senior", amount=3500)
    form = filled(client.get(create_url(girl)))
    assert (form["campaign"], form["standard"], form["sponsor"]) == (str(YEAR), "3500.00", "某支部")
    assert form["stage"] == "高中"
    response = confirm(client, create_url(girl), client.post(create_url(girl), form))
    assert response.status_code == 302, response.context["form"].errors
    made = AidCase.objects.exclude(pk=last.pk).get()
    assert (made.status, made.standard, made.mode, made.person) == ("draft", 3500, "pairing", girl.person)
    assert (made.union, made.history.get().history_user) == (girl.union, clerk)
    assert made.number.startswith(f"A{YEAR}-")


def test_last_years_case_of_another_unit_does_not_fill_the_form(client_of, clerk, girl, foreign_district):
    make.case(foreign_district, child=make.child(foreign_district, person=girl.person, on_file=False), sponsor="外区")
    page = client_of(clerk).get(create_url(girl))
    assert "外区" not in page.content.decode()


def test_a_second_case_is_stopped_before_and_after_typing_with_the_units_name_only(
    client_of, clerk, girl, foreign_district
):
    other = make.child(foreign_district, person=girl.person, on_file=False, name="别名")
    rival = make.case(foreign_district, child=other, year=YEAR, sponsor="秘密结对方")
    client = client_of(clerk)
    page = client.get(create_url(girl))
    assert f"{YEAR} 年度，由“西山区总工会”申请" in page.content.decode()
    form = filled(page) | {"standard": "1000", "mode": "政策助学"}
    answer = client.post(create_url(girl), form).content.decode()
    assert "本年度已由“西山区总工会”申请助学" in answer
    for text in (page.content.decode(), answer):
        assert rival.number not in text
        assert "秘密" not in text
        assert "别名" not in text
    assert AidCase.objects.count() == 1


def test_chosen_year_is_checked_by_a_button_with_what_was_typed_kept(client_of, clerk, girl, foreign_district):
    other = make.child(foreign_district, person=girl.person, on_file=False)
    make.case(foreign_district, child=other, year=YEAR)
    Campaign.objects.open(YEAR - 1)
    AidStandard.objects.create(campaign=Campaign.objects.open(YEAR), stage="bachelor", amount=4500)
    client = client_of(clerk)
    form = filled(client.get(create_url(girl))) | {"standard": "1234", "stage": "本科", "check": "1"}
    taken = client.post(create_url(girl), form)
    assert f"该子女 {YEAR} 年度已由“西山区总工会”申请助学，不能再新建。" in taken.text
    assert f"{YEAR} 年度本科的帮扶标准：4,500.00 元，市总标准。" in taken.text
    assert taken.context["form"]["standard"].value() == "1234"
    free = client.post(create_url(girl), form | {"campaign": str(YEAR - 1)})
    assert (free.context["taken"], free.context["usual"]) == (None, "")
    assert AidCase.objects.count() == 1


def test_own_case_of_the_chosen_year_is_opened_from_the_form(client_of, clerk, girl):
    mine = make.case(girl.union, child=girl, year=YEAR)
    page = client_of(clerk).get(create_url(girl))
    assert page.context["taken"].case == mine
    assert page.text.count(reverse("aidcase_detail", args=[mine.pk])) == 2


@pytest.mark.parametrize(
    ("year", "stage"), [("", ""), ("二〇一四", "本科"), (str(YEAR), "不存在"), (str(YEAR), "小学")]
)
def test_no_standard_is_told_of_what_the_table_does_not_hold(campaign, year, stage):
    AidStandard.objects.create(campaign=Campaign.objects.open(YEAR), stage="bachelor", amount=4500)
    assert standard_in_words(year, stage, "") == ""


def test_only_a_draft_can_be_edited(client_of, clerk, district):
    draft, submitted = casework.case(district), casework.case(district, "submitted")
    client = client_of(clerk)
    assert client.get(reverse("aidcase_edit", args=[draft.pk])).status_code == 200
    for name in ("aidcase_edit", "case_policies"):
        refused = client.get(reverse(name, args=[submitted.pk]))
        assert refused.status_code == 403
        assert "已提交" in refused.content.decode()


def test_a_standard_beside_the_table_is_noticed(client_of, clerk, district):
    of = casework.case(district, standard=1000)
    AidStandard.objects.create(campaign=of.campaign, stage=of.stage, amount=2000)
    client, address = client_of(clerk), reverse("aidcase_edit", args=[of.pk])
    form = filled(client.get(address)) | {"standard": "1500"}
    page = client.post(address, form, follow=True).content.decode()
    assert "与本年度高中的市总标准 2,000.00 元不同" in page


def test_page_shows_what_may_be_done_and_why_not(client_of, clerk, lead, district):
    of = casework.case(district)
    page = client_of(clerk).get(reverse("aidcase_detail", args=[of.pk])).content.decode()
    assert "还不能“提交”：请先填写政策落实情况" in page
    assert reverse("case_policies", args=[of.pk]) in page
    running = casework.on_notice(district, last=localdate() + timedelta(days=2))
    page = client_of(lead).get(reverse("aidcase_detail", args=[running.pk])).content.decode()
    assert "还有 3 天" in page
    assert reverse("case_move", args=[running.pk, "approve"]) not in page
    over = casework.on_notice(district)
    page = client_of(lead).get(reverse("aidcase_detail", args=[over.pk])).content.decode()
    assert reverse("case_move", args=[over.pk, "approve"]) in page


def test_policies_and_moves_through_the_pages(client_of, clerk, lead, district):
    of, client = casework.case(district), client_of(clerk)
    address = reverse("case_policies", args=[of.pk])
    form = {f"{policy}_outcome": "not_applicable" for policy in Policy}
    page = client.post(address, form | {"grant_outcome": "granted", "grant_amount": "", "grant_reason": "留着"})
    assert "已落实的请填写大于 0 的金额" in page.content.decode()
    assert "留着" in page.content.decode()
    assert not PolicyAid.objects.exists()
    client.post(address, form | {"grant_outcome": "granted", "grant_amount": "1200.50"})
    assert PolicyAid.objects.get(policy="grant").amount == Decimal("1200.50")
    client.post(reverse("case_move", args=[of.pk, "submit"]), {"comment": ""})
    of.refresh_from_db()
    assert of.status == "submitted"
    lead_client, back = client_of(lead), reverse("case_move", args=[of.pk, "return"])
    page = lead_client.post(back, {"reason": "other_reason", "comment": ""})
    assert "请写明是什么原因" in page.content.decode()
    lead_client.post(back, {"reason": "incomplete", "comment": "缺在读证明"})
    detail = client.get(reverse("aidcase_detail", args=[of.pk])).content.decode()
    assert "材料不全：缺在读证明" in detail
    assert "草稿" in detail


def test_what_waits_for_me(client_of, clerk, lead, district):
    draft, submitted = casework.case(district), casework.case(district, "submitted")
    over, running, objected = (
        casework.on_notice(district),
        casework.on_notice(district, last=localdate()),
        casework.on_notice(district, last=localdate()),
    )
    casework.objection(objected)
    approved = casework.case(district, "approved")
    passed = casework.checked(district)
    assert shown(client_of(clerk), "aidcase", waiting="yes") == {draft.number, passed.number}
    assert shown(client_of(lead), "aidcase", waiting="yes") == {submitted.number, over.number, objected.number}
    rest = {running.number, approved.number, draft.number, passed.number}
    assert shown(client_of(lead), "aidcase", waiting="no") == rest


def test_standards_are_set_by_the_city_and_read_by_all(client_of, reviewer, clerk, campaign):
    with pytest.raises(MoveRefused):
        set_standards(campaign, {"senior": Decimal(1)}, by=By(clerk))
    address = reverse("aidstandard_edit", args=[campaign.year])
    client = client_of(reviewer)
    assert "必须大于 0" in client.post(address, casework.BLANK_STANDARDS | {"senior": "-5"}).content.decode()
    client.post(address, casework.BLANK_STANDARDS | {"senior": "3000", "bachelor": "5000.50"})
    granted = {stage: usual.amount for stage, usual in standards_now(campaign.year, "").items()}
    assert granted == {"senior": 3000, "bachelor": Decimal("5000.50")}
    page = client_of(clerk).get(reverse("aidstandard_list")).content.decode()
    assert "5,000.50" in page
    assert "没有收到这一学段的标准" in client.post(address, {}).text
    assert len(standards_now(campaign.year, "")) == 2
    client.post(address, casework.BLANK_STANDARDS | {"senior": "", "bachelor": "5000.50"})
    assert "senior" not in standards_now(campaign.year, "")


def test_list_and_page_cost_the_same_queries_for_one_and_for_three(
    client_of, clerk, district, django_assert_max_num_queries, django_assert_num_queries
):
    of, client = casework.on_notice(district), client_of(clerk)
    for address in (reverse("aidcase_list"), reverse("aidcase_detail", args=[of.pk])):
        client.get(address)
        with django_assert_max_num_queries(60) as first:
            client.get(address)
        for _turn in range(2):
            casework.case(district)
            casework.objection(of)
        with django_assert_num_queries(len(first.captured_queries)):
            client.get(address)


def test_returned_case_says_why_until_it_is_submitted_again(client_of, clerk, lead, district):
    of = casework.answered(casework.case(district, "submitted"))
    address = reverse("aidcase_detail", args=[of.pk])
    move_case(of, "return", by=By(lead), why=Why("incomplete", "缺在读证明"))
    at = localtime(of.events.get().at)
    page = words_of(client_of(clerk).get(address))
    assert f"已退回修改：材料不全——缺在读证明（李审核，{at:%Y-%m-%d %H:%M}）" in page
    move_case(of, "submit", by=By(clerk))
    assert "已退回修改" not in words_of(client_of(clerk).get(address))
    move_case(of, "return", by=By(lead), why=Why("incomplete"))
    assert f"已退回修改：材料不全（李审核，{at:%Y-%m-%d}" in words_of(client_of(clerk).get(address))
    move_case(of, "withdraw", by=By(clerk), why=Why("incomplete"))
    assert "已退回修改" not in words_of(client_of(clerk).get(address))


@pytest.mark.parametrize(
    ("status", "move", "actor", "told"),
    [
        ("draft", "close", "clerk", "现在的状态是“草稿”，不能“结案”。"),
        ("draft", "return", "lead", "现在的状态是“草稿”，不能“退回修改”。"),
        ("draft", "submit", "clerk", "请先填写政策落实情况"),
        ("submitted", "return", "lead", None),
    ],
)
def test_move_that_is_impossible_shows_why_and_no_form(client_of, request, district, status, move, actor, told):
    of = casework.case(district, status)
    client, address = client_of(request.getfixturevalue(actor)), reverse("case_move", args=[of.pk, move])
    page = client.get(address).text
    assert (told is None or told in page, "<textarea" in page) == (True, told is None)
    assert page.count('<button type="submit" class="btn btn-primary">') == (told is None)


def test_what_was_typed_for_a_move_that_became_impossible_stays(client_of, lead, district):
    of = casework.case(district)
    page = client_of(lead).post(reverse("case_move", args=[of.pk, "return"]), {"reason": "", "comment": "缺在读证明"})
    assert "缺在读证明" in page.text


@pytest.mark.parametrize(
    ("typed", "field", "reason"),
    [
        ({"grant_outcome": "not_applied"}, "grant_reason", "没有申请或没有获批的，请写明原因。"),
        ({"grant_outcome": "granted"}, "grant_amount", "已落实的请填写大于 0 的金额。"),
        ({"grant_amount": "5"}, "grant_amount", "没有落实的不填金额。"),
        ({"grant_outcome": ""}, "grant_outcome", "必须填写"),
        ({"grant_outcome": "perhaps"}, "grant_outcome", "请从列出的选项中选择。"),
    ],
)
def test_fault_of_a_policy_stands_in_its_own_column(client_of, clerk, district, typed, field, reason):
    form = {f"{policy}_outcome": "not_applicable" for policy in Policy}
    address = reverse("case_policies", args=[casework.case(district).pk])
    assert errors(client_of(clerk).post(address, form | typed)) == {field: [reason]}


def test_page_of_a_rejected_case_says_who_can_take_it_back(client_of, clerk, lead, district):
    of = casework.case(district, "rejected")
    page, take_back = reverse("aidcase_detail", args=[of.pk]), reverse("case_move", args=[of.pk, "reconsider"])
    words = "可请单位审核人在本页“撤销不通过”"
    for_clerk, for_lead = client_of(clerk).get(page).text, client_of(lead).get(page).text
    assert (words in for_clerk, take_back in for_clerk) == (True, False)
    assert (words in for_lead, take_back in for_lead) == (False, True)
