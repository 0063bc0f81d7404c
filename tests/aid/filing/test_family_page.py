"""A whole family on one page: written as its single forms would write it, all or nothing."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aid.editing import CASE_FORM, CHILD_FORM, ENTRY_FORM, HOUSEHOLD_FORM, INCOME_FORM, MEMBER_FORM
from aid.enums import AidMode, CaseState, Policy, PolicyOutcome, Stage
from aid.forms.filing_parts import (
    CASE_CELLS,
    CHILD_ACCOUNT_CELLS,
    CHILD_CELLS,
    ENTRY_CELLS,
    HOUSEHOLD_SECTIONS,
    INCOME_CELLS,
    MEMBER_CELLS,
)
from aid.models import AidCase, AidStandard, Child, Document, Entry, Household, Income, Member, Person, PolicyAid
from portal.enums import AuditAction
from portal.models import AuditEntry, FormDraft
from tests import builders
from tests.aid.filing.family import CARD, PAGE, faults, send, typed
from tests.clock import Clock
from tests.factories import CampaignFactory
from tests.forms import create_address
from tests.portal.web.test_kept_forms import end_session, sign_in
from tests.workbook.sheets import fresh_id

TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    Clock(monkeypatch).set(TODAY)


@pytest.fixture
def hand(client_of, clerk):
    campaign = CampaignFactory(year=2026)
    AidStandard.objects.create(campaign=campaign, stage=Stage.JUNIOR, amount=1500)
    return client_of(clerk)


def test_family_with_child_and_case_is_written_whole(hand, clerk, district):
    answer = send(hand, household__union=district.code)
    assert answer.status_code == 302, faults(answer)
    home = Household.objects.get()
    assert answer.url == reverse("household_detail", args=[home.pk])
    assert (home.number, home.worker_name, home.union, home.filed_on) == (
        "D2026-000001",
        "曾建国",
        district,
        date(2026, 3, 1),
    )
    assert (home.bank_card, home.bank_name) == (CARD, "中国工商银行")
    child = home.children.get()
    assert (child.name, child.stage, child.grade, child.school) == ("曾小丽", Stage.JUNIOR, "初二", "育才中学")
    case = child.cases.get()
    assert (case.number, case.campaign.year, case.stage, case.status) == (
        "A2026-000001",
        2026,
        Stage.JUNIOR,
        CaseState.DRAFT,
    )
    assert (case.mode, case.standard, case.applied_on) == (AidMode.POLICY, Decimal(1500), date(2026, 3, 5))
    income = home.incomes.get()
    assert (income.year, income.amount, income.people) == (2025, Decimal(36000), 3)
    assert {record.union for record in (child, case, income)} == {district}
    for record in (home, child, case, income):
        (version,) = record.history.all()
        assert version.history_user == clerk
    saved = AuditEntry.objects.filter(action=AuditAction.RECORD_SAVED, detail__fields=[])
    assert {row.subject for row in saved} == {each.audit_subject for each in (home, child, case, income)}


def test_policies_of_the_case_are_answered_by_the_stage(hand, district):
    send(hand, household__union=district.code)
    answers = dict(PolicyAid.objects.values_list("policy", "outcome"))
    assert answers == dict.fromkeys((Policy.TUITION_WAIVER, Policy.STUDENT_LOAN), PolicyOutcome.NOT_APPLICABLE)


@pytest.mark.parametrize(("filling", "count"), [("none_applies", len(Policy)), ("", 0)])
def test_policies_as_chosen(hand, district, filling, count):
    send(hand, household__union=district.code, case0__policies=filling)
    assert PolicyAid.objects.count() == count


def test_members_entry_and_papers_come_with_it(hand, clerk, district):
    wife, number = {"name": "曾妻", "relation": "配偶"}, fresh_id()
    more = {f"member0__{name}": value for name, value in wife.items()}
    entry = {"entry0__wanted": "on", "entry0__entered_on": "2025-9-1", "entry0__course_years": "4"}
    answer = send(
        hand,
        household__union=district.code,
        **more,
        **entry,
        members="3",
        member2__name="曾母",
        member2__relation="亲属",
        member2__id_number=number,
        household__family_size="4",
        papers=["identity", "income"],
    )
    assert (answer.status_code, [] if answer.status_code == 302 else faults(answer)) == (302, [])
    assert list(Member.objects.order_by("pk").values_list("name", "relation")) == [("曾妻", "配偶"), ("曾母", "亲属")]
    entered = Entry.objects.get()
    assert (entered.stage, entered.school, entered.entered_on) == (Stage.JUNIOR, "育才中学", date(2025, 9, 1))
    seen = Document.objects.order_by("kind")
    assert [(paper.kind, paper.seen_on, paper.uploaded_by) for paper in seen] == [
        ("identity", TODAY, clerk),
        ("income", TODAY, clerk),
    ]


def test_nothing_typed_is_no_child_no_member_no_income(hand, district):
    cells = dict.fromkeys(("child0__name", "child0__person", "child0__grade", "child0__school", "income__amount"), "")
    assert send(hand, household__union=district.code, **cells).status_code == 302
    assert Household.objects.count() == 1
    assert [model.objects.count() for model in (Child, AidCase, Member, Income)] == [0, 0, 0, 0]


def test_child_without_a_case(hand, district):
    values = typed(household__union=district.code)
    del values["case0-wanted"]
    assert hand.post(reverse(PAGE), values).status_code == 302
    assert (Child.objects.count(), AidCase.objects.count()) == (1, 0)


def test_one_fault_and_nothing_is_written(hand, district):
    answer = send(hand, household__union=district.code, child0__person="310101201001011110", case0__mode="")
    assert faults(answer) == [
        ("子女 1 证件号码", "身份证号末位校验码不对，请逐位核对"),
        ("子女 1 助学方式", "必须填写"),
    ]
    assert "曾小丽" in answer.text
    assert [model.objects.count() for model in (Household, Child, Person, Income)] == [0, 0, 0, 0]


def test_same_number_twice_is_shown_at_the_second_child(hand, district):
    number = fresh_id()
    second = {"child1__name": "曾小强", "child1__person": number, "child1__stage": "小学", "children": "2"}
    answer = send(hand, household__union=district.code, child0__person=number, **second)
    assert faults(answer) == [("子女 2 证件号码", "与上面第 1 项的身份证号相同")]
    form = answer.context["form"]
    assert (form.cards[0].child.errors, list(form.cards[1].child.errors)) == ({}, ["person"])
    assert not Household.objects.exists()


def test_worker_as_own_child_is_refused_by_the_rule_of_the_import(hand, district):
    number = fresh_id()
    answer = send(hand, household__union=district.code, household__worker=number, child0__person=number)
    assert faults(answer) == [("子女 1 证件号码", "这是该户职工本人的证件号码，职工不能登记为自己的子女")]


def test_rule_across_household_and_case_is_shown_at_the_case(hand, district):
    answer = send(hand, household__union=district.code, case0__applied_on="2026-02-28")
    assert faults(answer) == [("子女 1 申请日期", "申请日期不能早于该户的建档日期")]
    assert not Household.objects.exists()


def test_worker_with_an_open_file_is_refused_at_the_field(hand, district):
    home = builders.household(district)
    answer = send(hand, household__union=district.code, household__worker=home.worker.id_number)
    assert faults(answer) == [("证件号码", f"该职工已有一份未注销的档案，档案编号 {home.number}")]


def test_two_members_of_one_number_are_refused(hand, district):
    number = fresh_id()
    members = {
        f"member{n}__{k}": v for n in (0, 1) for k, v in (("name", "曾母"), ("relation", "亲属"), ("id_number", number))
    }
    answer = send(hand, household__union=district.code, members="2", household__family_size="4", **members)
    assert faults(answer) == [("成员 2 证件号码", "与上面一名家庭成员的证件号码相同")]


def test_more_people_than_the_family_has_is_asked_about_and_saved_when_confirmed(hand, district):
    cells = {"household__union": district.code, "household__family_size": "1"}
    asked = send(hand, **cells)
    doubts = [str(doubt.message) for doubt in asked.context["form"].doubts]
    assert doubts == ["家庭人口填了 1 人，职工、子女和家庭成员共登记了 2 人"]
    assert not Household.objects.exists()
    form = asked.context["form"]
    again = hand.post(reverse(PAGE), dict(form.data.lists()) | {"confirmed": form.token})
    assert again.status_code == 302
    assert Household.objects.count() == 1


def test_come_back_to_after_it_was_saved_the_page_shows_the_file_and_no_empty_cells(hand, district):
    values = typed(household__union=district.code)
    hand.post(reverse(PAGE), values)
    page = hand.get(f"{reverse(PAGE)}?form={values['key']}")
    assert "这一户已经保存好了" in page.text
    assert reverse("household_detail", args=[Household.objects.get().pk]) in page.text
    assert 'name="household-worker_name"' not in page.text


def test_sent_twice_it_is_written_once(hand, district):
    values = typed(household__union=district.code)
    first, second = (hand.post(reverse(PAGE), values) for _turn in range(2))
    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
    assert Household.objects.count() == 1


def test_saved_and_on_to_the_next(hand, clerk, district):
    FormDraft.objects.create(user=clerk, page=reverse(PAGE), content="children=1")
    answer = send(hand, household__union=district.code, next="1")
    assert answer.url == reverse(PAGE)
    page = hand.get(answer.url)
    assert "已建档：D2026-000001 曾建国，子女 1 人，助学申请（草稿）1 份。" in page.text
    assert page.context["restored"] is None
    assert page.context["form"].household["worker_name"].value() in (None, "")


def test_room_for_one_more_keeps_what_was_typed_and_judges_nothing(hand, district):
    answer = send(hand, household__union=district.code, household__worker="12", add="children")
    form = answer.context["form"]
    assert (len(form.cards), len(form.relatives), faults(answer)) == (2, 1, [])
    assert form.household["worker"].value() == "12"
    assert form.cards[0].child["name"].value() == "曾小丽"
    assert not Household.objects.exists()


def test_there_is_room_for_eight_children_and_no_more(hand):
    form = send(hand, children="8", add="children").context["form"]
    assert len(form.cards) == 8
    assert len(send(hand, children="९", add="members").context["form"].cards) == 1


def test_draft_is_found_again_with_every_child(hand, clerk):
    values = typed(household__worker_name="张三丰", children="2", child1__name="张小四")
    hand.post(reverse("draft_keep"), {"draft_page": reverse(PAGE), **values})
    form = hand.get(reverse(PAGE)).context["form"]
    assert [form.household["worker_name"].value(), form.cards[1].child["name"].value()] == ["张三丰", "张小四"]
    assert list(form.faults()) == []


def test_page_sent_after_the_session_had_ended_comes_back(hand, clerk, district):
    values = typed(household__union=district.code)
    hand.get(reverse(PAGE))  # who was here is remembered in the browser
    end_session(hand)
    answer = hand.post(reverse(PAGE), values)
    assert not Household.objects.exists()
    form = hand.get(sign_in(hand, clerk, answer.url).url).context["form"]
    assert [form.household["worker_name"].value(), form.cards[0].child["school"].value()] == ["曾建国", "育才中学"]
    assert list(form.faults()) == []


def test_what_is_known_follows_from_what_was_typed_without_scripts(hand, district):
    form = send(hand, household__union=district.code, household__family_size="5", add="children").context["form"]
    assert form.household["bank_name"].value() == "中国工商银行"
    assert form.cards[0].child["stage"].value() == "初中"
    assert form.cards[0].case["standard"].value() == "1500.00"
    assert form.income["people"].value() == "5"


def test_what_was_typed_stays_as_typed(hand, district):
    cells = {"household__bank_name": "农行", "child0__stage": "小学", "case0__standard": "900", "income__people": "2"}
    assert send(hand, household__union=district.code, **cells).status_code == 302
    assert Household.objects.get().bank_name == "农行"
    assert Child.objects.get().stage == Stage.PRIMARY
    assert AidCase.objects.get().standard == 900
    assert Income.objects.get().people == 2


def test_stage_that_the_grade_leaves_open_is_asked(hand, district):
    answer = send(hand, household__union=district.code, child0__grade="六年级")
    assert ("子女 1 学段", "必须填写") in faults(answer)


def test_dates_are_typed_short(hand, district):
    send(hand, household__union=district.code, household__filed_on="20140825", case0__applied_on="3.5")
    assert Household.objects.get().filed_on == date(2014, 8, 25)
    assert AidCase.objects.get().applied_on == date(2026, 3, 5)


def test_only_who_keeps_records_and_only_in_the_own_union(client_of, lead, hand, foreign_district):
    assert client_of(lead).get(reverse(PAGE)).status_code == 403
    answer = send(hand, household__union=foreign_district.code)
    assert faults(answer) == [("所属工会", "工会编码不存在，或不属于本单位及其下级工会")]
    assert not Household.objects.exists()


def ask(client, kind: str, value: str) -> dict:
    return json.loads(client.post(reverse("family_check"), {"kind": kind, "value": value}).content)


def test_number_tells_sex_birth_and_who_is_known_here(hand, district):
    home = builders.household(district)
    child = builders.child(district, household=home)
    answer = ask(hand, "id", home.worker.id_number)
    born = home.worker.birth_date.isoformat()
    assert answer == {
        "words": f"{home.worker.get_sex_display()}，{born} 出生",
        "known": [{"text": f"{home.number} 曾建国", "url": reverse("household_detail", args=[home.pk])}],
    }
    (known,) = ask(hand, "id", child.person.id_number)["known"]
    assert known == {"text": "子女 曾小丽", "url": reverse("child_detail", args=[child.pk])}
    assert ask(hand, "id", "310101")["wrong"] == "身份证号应为 18 位，现为 6 位，请核对"


def test_person_of_another_union_is_not_told(hand, foreign_district):
    home = builders.household(foreign_district)
    answer = ask(hand, "id", home.worker.id_number)
    assert answer["known"] == []
    assert "西山" not in str(answer)


@pytest.mark.parametrize(
    ("kind", "value", "answer"),
    [
        ("card", CARD, {"fills": {"bank_name": "中国工商银行"}}),
        ("card", "6299990000000009", {"words": "卡号无误；没有查到开户银行，请填写"}),
        ("card", CARD[:-1] + "3", {"wrong": "银行卡号校验不通过，请逐位核对"}),
        ("grade", "初二", {"fills": {"standard": "1500.00", "stage": "初中"}}),
        ("grade", "六年级", {}),
        ("stage", "初中", {"fills": {"standard": "1500.00"}}),
        ("stage", "本科", {"fills": {"standard": ""}}),
        ("shoe", "42", {}),
    ],
)
def test_what_follows_from_other_values(hand, kind, value, answer):
    assert ask(hand, kind, value) == answer


def family_of(count: int, union) -> dict[str, str]:
    cells = {"household__union": union.code, "household__family_size": "9", "children": str(count)}
    for place in range(count):
        child = {"name": f"曾{place}", "person": fresh_id(), "grade": "初二"}
        case = {"wanted": "on", "mode": "政策助学", "applied_on": "2026-03-05", "policies": "by_stage"}
        cells |= {f"child{place}__{name}": value for name, value in child.items()}
        cells |= {f"case{place}__{name}": value for name, value in case.items()}
    return cells


def test_another_child_and_case_ask_eight_questions_more(hand, district):
    """The rules are asked once for all; the database's own constraints and the year for each."""

    def asked(count: int) -> int:
        with CaptureQueriesContext(connection) as found:
            assert send(hand, **family_of(count, district)).status_code == 302
        return len([query for query in found if query["sql"].startswith("SELECT")])

    asked(1)
    few, many = asked(2), asked(6)
    assert many - few == (6 - 2) * 8


def test_entry_begins_with_stage_and_school_of_the_child(client_of, clerk, district):
    child = builders.child(district, stage=Stage.SENIOR, school="育才中学")
    form = client_of(clerk).get(create_address("entry", child=child)).context["form"]
    assert (form["stage"].value(), form["school"].value()) == ("高中", "育才中学")


def test_fault_in_a_closed_section_opens_it_where_it_is(hand, district):
    answer = send(hand, household__union=district.code, household__filed_on="昨天")
    closed = [section for section in answer.context["form"].sections if section["closed"]]
    assert [section["open"] for section in closed] == [False, True]
    assert faults(answer) == [("建档日期", "不是日期，请填写如 2014-08-25 的日期")]
    untouched = hand.get(reverse(PAGE)).context["form"]
    assert [section["open"] for section in untouched.sections] == [False] * 5


def test_page_asks_for_every_column_of_its_forms_or_knows_it():
    known = {
        "household": set(),
        "child": set(),
        "case": {"campaign", "stage", "number"},
        "entry": {"stage", "school", "number"},
        "member": set(),
        "income": set(),
    }
    shown = {
        "household": (HOUSEHOLD_FORM, [cell for section in HOUSEHOLD_SECTIONS for cell in section.all_cells]),
        "child": (CHILD_FORM, (*CHILD_CELLS, *CHILD_ACCOUNT_CELLS)),
        "case": (CASE_FORM, CASE_CELLS),
        "entry": (ENTRY_FORM, ENTRY_CELLS),
        "member": (MEMBER_FORM, MEMBER_CELLS),
        "income": (INCOME_FORM, INCOME_CELLS),
    }
    for part, (editing, cells) in shown.items():
        asked = {cell.name for cell in cells}
        assert asked | known[part] == {column.attribute for column in editing.columns}, part
