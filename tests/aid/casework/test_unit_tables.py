"""A unit that pays its own sets its standards, the city agrees where it is asked, and cases are held to them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aid.casework.departures import departure_of, departures
from aid.deciding.facts import RELATED, facts_of
from aid.editing.case import first_values
from aid.filing.known import standards_of
from aid.models import AidCase, AidStandard, UnitTable
from aid.printouts import APPLICATION_FORM
from aid.standards.granted import standard_now
from aid.standards.own import answer_own, set_own
from aid.todos.standards import tables_refused, tables_to_answer
from portal.audit import By
from portal.enums import OwnStandards, Role
from portal.models import AuditEntry, Campaign
from portal.workflow import MoveRefused
from reports.counting.derive import derive
from tests.aid import cases as casework
from tests.clock import Clock
from tests.factories import UserFactory
from tests.forms import errors
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
GROUNDS = "区总主席办公会第 3 次会议"


@pytest.fixture
def year(campaign) -> Campaign:
    """2014, in which units may set their own and the city agrees; the city grants 2 000 to 高中, 1 500 to 初中."""
    AidStandard.objects.create(campaign=campaign, stage="senior", amount=2000)
    AidStandard.objects.create(campaign=campaign, stage="junior", amount=1500)
    return ruled(campaign, OwnStandards.APPROVED)


def ruled(campaign: Campaign, rule: OwnStandards) -> Campaign:
    campaign.own_standards = rule
    campaign.save()
    return campaign


def wanted(year: Campaign, lead, amount: int | str | None = 2600, grounds: str = GROUNDS) -> UnitTable:
    amounts = {"senior": None if amount is None else Decimal(amount), "junior": None}
    return set_own(year, amounts, grounds=grounds, by=By(lead))


def agreed(year: Campaign, lead, reviewer, amount: int | None = 2600) -> UnitTable:
    return answer_own(wanted(year, lead, amount), "agree", by=By(reviewer))


def held(year: Campaign, union, stage: str = "senior") -> tuple:
    usual = standard_now(year.year, union.path, stage)
    return usual.amount, usual.whose


def test_a_table_waits_for_the_city_and_then_holds(year, district, grassroots, foreign_district, lead, reviewer):
    asked = wanted(year, lead)
    assert (asked.state, asked.holds_from) == ("asked_city", None)
    assert held(year, district) == (2000, "市总标准")
    assert list(tables_to_answer(reviewer)) == [asked]
    answer_own(asked, "agree", by=By(reviewer))
    assert held(year, district) == (2600, "单位自定标准（市总已核准）")
    assert held(year, district, "junior") == (1500, "市总标准")
    assert held(year, foreign_district) == (2000, "市总标准")
    assert held(year, grassroots)[0] == 2600
    assert not tables_to_answer(reviewer).exists()
    row = AuditEntry.objects.latest("pk")
    assert (row.actor, row.subject, row.detail["act"]) == (reviewer, "2014 单位自定帮扶标准", "核准")
    assert AuditEntry.objects.order_by("-pk")[1].detail == {"standards": {"senior": "2600"}, "grounds": GROUNDS}


def test_where_the_city_need_not_agree_it_holds_at_once(year, district, lead):
    ruled(year, OwnStandards.FREE)
    assert wanted(year, lead).state == "in_force"
    assert held(year, district) == (2600, "单位自定标准")


def test_what_holds_goes_on_until_another_is_agreed_to_and_is_taken_back_by_an_empty_one(
    year, district, lead, reviewer, monkeypatch
):
    clock = Clock(monkeypatch)
    clock.set(date(2014, 3, 1))
    first = agreed(year, lead, reviewer)
    clock.set(date(2014, 5, 2))
    waiting, other = wanted(year, lead, 2700), wanted(year, lead, 2800)
    assert held(year, district)[0] == 2600
    answer_own(other, "agree", by=By(reviewer))
    assert held(year, district)[0] == 2800
    agreed(year, lead, reviewer, None)
    assert held(year, district) == (2000, "市总标准")
    states = {table.pk: table.state for table in UnitTable.objects.all()}
    assert [states[table.pk] for table in (first, waiting, other)] == ["replaced"] * 3
    first.refresh_from_db()
    waiting.refresh_from_db()
    assert (first.holds_from, first.holds_until) == (date(2014, 3, 1), date(2014, 5, 2))
    assert (waiting.holds_from, waiting.holds_until) == (None, None)


def test_the_same_twice_is_one(year, lead, reviewer):
    assert wanted(year, lead) == wanted(year, lead)
    answer_own(UnitTable.objects.get(), "agree", by=By(reviewer))
    before = AuditEntry.objects.count()
    wanted(year, lead)
    assert (UnitTable.objects.count(), AuditEntry.objects.count()) == (1, before)
    with pytest.raises(MoveRefused, match="执行中"):
        answer_own(UnitTable.objects.get(), "agree", by=By(reviewer))


def test_a_refusal_has_its_words_and_is_the_leads_to_do_until_another_is_set(year, district, lead, reviewer):
    asked = wanted(year, lead)
    with pytest.raises(MoveRefused, match="原因"):
        answer_own(asked, "refuse", answer=" ", by=By(reviewer))
    answer_own(asked, "refuse", answer="高出市总标准太多", by=By(reviewer))
    assert held(year, district)[0] == 2000
    assert list(tables_refused(lead)) == [asked]
    wanted(year, lead, 2100)
    assert not tables_refused(lead).exists()


@pytest.mark.parametrize(
    ("amounts", "grounds", "field"),
    [({"senior": Decimal(0)}, GROUNDS, "senior"), ({"senior": Decimal(1)}, " ", "grounds"), ({}, GROUNDS, None)],
)
def test_what_makes_no_sense_is_refused_by_field(year, lead, amounts, grounds, field):
    with pytest.raises(ValidationError) as refused:
        set_own(year, amounts, grounds=grounds, by=By(lead))
    assert list(refused.value.message_dict) == [field]
    assert not UnitTable.objects.exists()


def test_who_may_not_is_told_why(year, grassroots, clerk, lead, reviewer):
    for actor, words in (
        (clerk, "由单位审核人设定"),
        (reviewer, "由单位审核人设定"),
        (UserFactory(role=Role.LEAD, union=grassroots), "下级工会不能另定"),
    ):
        with pytest.raises(MoveRefused, match=words):
            wanted(year, actor)
    asked = wanted(year, lead)
    with pytest.raises(MoveRefused, match="岗位"):
        answer_own(asked, "agree", by=By(lead))
    lead.role, lead.union = Role.REVIEWER, reviewer.union  # the same person, who changed office meanwhile
    lead.save()
    with pytest.raises(MoveRefused, match="须由另一人核准"):
        answer_own(asked, "agree", by=By(lead))
    ruled(year, OwnStandards.NONE)
    with pytest.raises(MoveRefused, match="都按市总标准"):
        answer_own(asked, "agree", by=By(reviewer))
    assert UnitTable.objects.get().state == "asked_city"


def test_database_keeps_one_that_holds_four_eyes_and_words_of_a_refusal(year, district, lead):
    def put(**fields):
        with transaction.atomic():
            made = UnitTable(campaign=year, grounds=GROUNDS, set_by=lead, **fields)
            made.place_in(district)
            made.save()

    put(state="in_force", holds_from=date(2014, 3, 1))
    for wrong in (
        {"state": "in_force", "holds_from": date(2014, 4, 1)},
        {"state": "in_force"},
        {"state": "refused_city"},
        {"state": "replaced", "decided_by": lead},
    ):
        with pytest.raises(IntegrityError):
            put(**wrong)


def test_cases_depart_from_the_table_of_their_unit(year, district, foreign_district, lead, reviewer):
    ours, theirs = (casework.case(union, stage="senior", standard=2600) for union in (district, foreign_district))
    words = "市总标准 2,000.00 元，申请 2,600.00 元，高出 600.00 元"
    assert [departure_of(case).words for case in (ours, theirs)] == [words, words]
    agreed(year, lead, reviewer)
    assert departure_of(ours) is None
    assert departure_of(theirs).words == words
    usual = casework.case(district, stage="senior", standard=2000)
    assert departure_of(usual).words == "单位自定标准 2,600.00 元，申请 2,000.00 元，低 600.00 元"
    ruled(year, OwnStandards.NONE)
    cases = AidCase.objects.select_related("campaign")
    assert departure_of(cases.get(pk=usual.pk)) is None
    assert departure_of(cases.get(pk=ours.pk)).words == "标准 2,000.00 元，申请 2,600.00 元，高出 600.00 元"


def test_new_cases_are_filled_in_and_those_on_file_stay(year, district, foreign_district, lead, reviewer, monkeypatch):
    Clock(monkeypatch).set(date(2014, 6, 1))
    before = casework.case(district, stage="senior", standard=2000)
    agreed(year, lead, reviewer)
    before.refresh_from_db()
    assert before.standard == 2000
    assert first_values(make.child(district))["standard"] == "2600.00"
    assert first_values(make.child(foreign_district))["standard"] == "2000.00"
    assert standards_of(2014, district) == {"高中": "2600.00", "初中": "1500.00"}
    assert standards_of(2014, foreign_district) == {"高中": "2000.00", "初中": "1500.00"}


def test_a_decided_case_tells_the_table_of_its_day_and_no_figure_moves(year, district, lead, reviewer, monkeypatch):
    clock = Clock(monkeypatch)
    clock.set(date(2014, 3, 1))
    agreed(year, lead, reviewer)
    case = make.case(district, standard=Decimal(2600), decided_on=date(2014, 3, 20))
    make.payment(district, case=case, amount=Decimal(2600))
    counted = derive(year, district)
    clock.set(date(2014, 5, 2))
    agreed(year, lead, reviewer, 3000)
    of = AidCase.objects.select_related(*RELATED).get(pk=case.pk)
    (facts,) = facts_of([of], lead)
    assert (facts.usual.amount, facts.usual.whose) == (2600, "单位自定标准（市总已核准）")
    assert derive(year, district) == counted


def test_case_page_decision_page_and_printed_form_say_whose_it_is(year, client_of, district, lead, reviewer):
    agreed(year, lead, reviewer)
    case = casework.on_notice(district)
    AidCase.objects.filter(pk=case.pk).update(stage="senior", standard=2600)
    client = client_of(lead)
    pages = [
        client.get(reverse("aidcase_detail", args=[case.pk])).text,
        client.get(reverse("case_decide")).text,
        client.get(reverse(APPLICATION_FORM.name, args=[case.pk])).text,
    ]
    assert ["单位自定标准（市总已核准） 2,600.00" in page for page in pages] == [True] * 3


def test_printed_forms_of_many_cases_ask_as_much_as_one(year, district, lead, reviewer, django_assert_max_num_queries):
    agreed(year, lead, reviewer)
    one, many = ([casework.case(district, stage="senior") for _turn in range(count)] for count in (1, 3))
    told = APPLICATION_FORM.records(lead).filter(pk__in=[case.pk for case in one])
    with CaptureQueriesContext(connection) as asked:
        list(told)
    with django_assert_max_num_queries(len(asked)):
        list(APPLICATION_FORM.records(lead).filter(pk__in=[case.pk for case in many]))


def test_pages_set_show_answer_and_list_it(year, client_of, district, clerk, lead, reviewer, foreign_district):
    mine, city = client_of(lead), client_of(reviewer)
    url = reverse("unittable_set", args=[2014])
    page = mine.get(url)
    assert page.text.count("市总标准 2,000.00 元") == 1
    assert "本年度的自定标准须经市总核准" in page.text
    assert "现在执行的是市总标准。" in page.text
    assert list(errors(mine.post(url, casework.BLANK_STANDARDS | {"senior": "-1", "grounds": ""}))) == ["grounds"]
    shown = mine.post(url, casework.BLANK_STANDARDS | {"senior": "2600", "grounds": GROUNDS})["Location"]
    assert shown == reverse("unittable_show", args=[UnitTable.objects.get().pk])
    assert "待市总核准" in client_of(clerk).get(shown).text
    assert "正在等市总核准，还没有执行" in mine.get(shown).text
    assert "下面是正在等市总核准的标准，还没有执行。" in mine.get(url).text
    assert client_of(clerk).get(url).status_code == 403
    assert client_of(UserFactory(role=Role.LEAD, union=foreign_district)).get(shown).status_code == 404
    move = reverse("unittable_move", args=[UnitTable.objects.get().pk, "refuse"])
    assert "必须写明原因" in city.post(move, {"answer": ""}, follow=True).text
    agree = reverse("unittable_move", args=[UnitTable.objects.get().pk, "agree"])
    assert "市总已核准，正在执行" in city.post(agree, follow=True).text
    assert "现在执行的是本单位自定标准" in mine.get(url).text
    listed = city.get(reverse("unittable_list"), {"state": "in_force"}).text
    assert f'<a href="{shown}">{district.name}</a>' in listed
    standards = mine.get(reverse("aidstandard_list")).text
    assert ("本单位自定" in standards, "2,600" in standards) == (True, True)
    ruled(year, OwnStandards.NONE)
    assert "本单位自定" not in mine.get(reverse("aidstandard_list")).text.replace("自定本单位标准", "")
    assert mine.get(url).status_code == 403


def test_many_cases_are_held_against_their_tables_by_four_questions(
    year, district, lead, reviewer, django_assert_num_queries
):
    agreed(year, lead, reviewer)
    cases = [casework.case(district, stage="senior", standard=9999) for _turn in range(3)]
    with django_assert_num_queries(4):  # the city's, the unit's and its stages, what was said
        assert len(departures(cases)) == 3
