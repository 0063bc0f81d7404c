"""The life of a referral: every state × move × role against a table written by hand; a placement counts once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from employment import todos
from employment.enums import ReferralState
from employment.models import Assistance, Referral
from employment.referrals.services import Answer, move_referral
from employment.workflow import REFERRAL_WORKFLOW
from portal.audit import By
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from tests import builders
from tests.employment.builders import employer, referral, retention_check, vacancy
from tests.forms import create_address, edit_address, errors, opened, send
from tests.lists import questions, shown
from tests.reports import builders as make

# (state, move): state after it. A clerk makes every move, nobody else any.
ALLOWED = {
    ("passed", "accept"): "accepted_offer",
    ("passed", "decline"): "declined_offer",
    ("accepted_offer", "place"): "placed",
    ("accepted_offer", "not_take"): "not_taken",
    ("passed", "withdraw"): "withdrawn_offer",
    ("accepted_offer", "withdraw"): "withdrawn_offer",
}
STATES = ("passed", "accepted_offer", "placed", "declined_offer", "not_taken", "withdrawn_offer")
MOVES = ("accept", "decline", "place", "not_take", "withdraw")
ROLES = ("clerk", "lead", "reviewer", "auditor", "admin", "security", "system")
DAY = date(2014, 7, 20)
TOLD = Answer(DAY, "电话告知")


def in_state(union, state: str, **fields) -> Referral:
    if state == "placed":
        to = fields.get("graduate") or builders.graduate(union)
        fields |= {"graduate": to, "placement": make.assistance(union, graduate=to, kind="placement")}
    return referral(union, state=state, **fields)


def open_now(union, **fields):
    today = localdate()
    return vacancy(union, **{"offered_on": today, "closes_on": today} | fields)


def test_the_table_by_hand_is_about_all_there_is():
    assert sorted(ReferralState.values) == sorted(STATES)
    assert [move.name for move in REFERRAL_WORKFLOW.moves] == list(MOVES)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", STATES)
def test_move_is_made_exactly_where_the_table_says(request, district, state, move):
    target, of = ALLOWED.get((state, move)), None
    for role in ROLES:
        of = of or in_state(district, state)  # a refusal changes nothing: the next one is refused the same
        before = Assistance.objects.count()
        actor = request.getfixturevalue(role)
        if role == "clerk" and target:
            moved = move_referral(of, move, by=By(actor), answer=TOLD)
            assert moved.state == Referral.objects.get(pk=of.pk).state == target
            assert (moved.answered_on, moved.note, moved.version) == (DAY, "电话告知", of.version + 1)
            latest = of.history.first()
            assert (latest.state, latest.history_user) == (target, actor)
            assert AuditEntry.objects.filter(action="moved", subject=f"岗位推荐 {of.number}").count() == 1
            assert Assistance.objects.count() - before == (move == "place")
            of = None
        else:
            with pytest.raises(MoveRefused, match=r"[\u4e00-\u9fff]"):
                move_referral(of, move, by=By(actor), answer=TOLD)
            assert Referral.objects.get(pk=of.pk).state == state
            assert Assistance.objects.count() == before
            assert of.history.count() == 1


def test_placement_writes_the_help_that_is_counted_and_the_contract(district, clerk):
    of = vacancy(district, title="装配工", employer=employer(district, name="晨光公司"))
    told = referral(district, vacancy=of, state="accepted_offer")
    moved = move_referral(told, "place", by=By(clerk), answer=Answer(DAY, "", date(2014, 7, 21)))
    help_ = Assistance.objects.get()
    assert moved.placement == help_
    assert (help_.kind, help_.given_on, help_.provider, help_.note) == ("placement", DAY, "晨光公司", "装配工")
    assert (help_.graduate, help_.union, help_.history.count()) == (told.graduate, district, 1)
    told.graduate.refresh_from_db()
    assert told.graduate.contract_on == date(2014, 7, 21)
    assert told.graduate.history.count() == 1
    assert moved.history.count() == 2


def test_contract_stays_where_none_is_told(district, clerk):
    told = referral(district, state="accepted_offer")
    move_referral(told, "place", by=By(clerk), answer=TOLD)
    told.graduate.refresh_from_db()
    assert told.graduate.contract_on is None


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (Answer(localdate() + timedelta(days=1)), "day"),
        (Answer(date(2014, 7, 9)), "day"),
        (Answer(DAY, "", localdate() + timedelta(days=1)), "contract_on"),
        (Answer(DAY, "", date(2014, 7, 9)), "contract_on"),
    ],
)
def test_wrong_day_is_named_and_nothing_is_written(district, clerk, answer, field):
    told = referral(district, state="accepted_offer", referred_on=date(2014, 7, 10))
    with pytest.raises(ValidationError) as refused:
        move_referral(told, "place", by=By(clerk), answer=answer)
    assert list(refused.value.error_dict) == [field]
    assert not Assistance.objects.exists()
    assert Referral.objects.get().state == "accepted_offer"


def test_contract_may_be_of_the_day_of_the_referral(district, clerk):
    told = referral(district, state="accepted_offer", referred_on=date(2014, 7, 10))
    move_referral(told, "place", by=By(clerk), answer=Answer(DAY, "", date(2014, 7, 10)))
    told.graduate.refresh_from_db()
    assert told.graduate.contract_on == date(2014, 7, 10)


def test_never_more_are_placed_than_there_are_posts(district, clerk):
    of = vacancy(district, posts=1)
    first, second = (referral(district, vacancy=of, state="accepted_offer") for _turn in range(2))
    move_referral(first, "place", by=By(clerk), answer=TOLD)
    with pytest.raises(MoveRefused, match="这一岗位的 1 个名额已经录满"):
        move_referral(second, "place", by=By(clerk), answer=TOLD)
    assert Assistance.objects.count() == 1


def test_graduate_who_went_to_another_unit_is_not_placed_here(district, foreign_district, clerk):
    told = referral(district, state="accepted_offer")
    told.graduate.place_in(foreign_district)
    told.graduate.save()
    with pytest.raises(MoveRefused, match="该毕业生的档案已转到其他单位"):
        move_referral(told, "place", by=By(clerk), answer=TOLD)


def test_withdrawal_needs_words(district, clerk):
    with pytest.raises(MoveRefused, match="必须写明原因"):
        move_referral(referral(district), "withdraw", by=By(clerk))


def test_referral_of_another_unit_is_not_moved(foreign_district, clerk):
    with pytest.raises(MoveRefused, match="不在您的工会范围内"):
        move_referral(referral(foreign_district), "accept", by=By(clerk))


def test_offer_is_passed_on_from_a_match_and_answered_in_the_browser(client_of, clerk, district):
    graduate, of = builders.graduate(district), open_now(district, title="装配工")
    client = client_of(clerk)
    match = client.get(reverse("vacancy_graduates", args=[of.pk])).context["matches"][0]
    typed = opened(client, match["refer_url"])
    assert typed["vacancy"] == of.number
    assert client.post(match["refer_url"], typed).status_code == 302
    assert client.post(match["refer_url"], typed).status_code == 302  # pressed twice
    told = Referral.objects.get()
    assert (told.graduate, told.vacancy, told.state, told.union) == (graduate, of, "passed", district)
    page = client.get(reverse("referral_detail", args=[told.pk]))
    assert [move.name for move in page.context["moves"]] == ["accept", "decline", "withdraw"]
    for name in ("accept", "place"):
        address = reverse("referral_move", args=[told.pk, name])
        assert send(client, address).status_code == 302
    answer = send(client, address)
    assert errors(answer) == {"__all__": ["现在的状态是“已录用”，不能“录用”。"]}
    assert Assistance.objects.get().given_on == localdate()
    for noun, record in (("graduate", graduate), ("vacancy", of), ("employer", of.employer)):
        page = client.get(reverse(f"{noun}_detail", args=[record.pk])).content.decode()
        assert reverse("referral_detail", args=[told.pk]) in page


@pytest.mark.parametrize(
    ("first", "last", "also"), [(-9, -1, {}), (1, 9, {"referred_on": ["推荐日期不能早于岗位的发布日期"]})]
)
def test_offer_that_is_not_open_today_is_not_passed_on(client_of, clerk, district, first, last, also):
    term = {"offered_on": localdate() + timedelta(days=first), "closes_on": localdate() + timedelta(days=last)}
    graduate, of = builders.graduate(district), open_now(district, **term)
    answer = send(client_of(clerk), create_address("referral", graduate=graduate), vacancy=of.number)
    assert errors(answer) == {"vacancy": ["这一岗位今天不在招聘期内，或已经录满"]} | also


def test_offer_is_not_passed_on_twice_while_it_is_open(client_of, clerk, district):
    graduate, of = builders.graduate(district), open_now(district)
    client, address = client_of(clerk), create_address("referral", graduate=graduate)
    assert send(client, address, vacancy=of.number).status_code == 302
    assert "这一岗位已推荐给该毕业生，正等答复。" in send(client, address, vacancy=of.number).content.decode()
    move_referral(Referral.objects.get(), "decline", by=By(clerk))
    assert send(client, address, vacancy=of.number).status_code == 302


def test_offer_of_another_unit_cannot_be_typed(client_of, clerk, district, foreign_district):
    of = open_now(foreign_district, published=True)
    answer = send(client_of(clerk), create_address("referral", graduate=builders.graduate(district)), vacancy=of.number)
    assert list(errors(answer)) == ["vacancy"]


GONE = "该毕业生已结束跟踪或其家庭档案已注销，不能推荐"
STUDIES = "该毕业生的就业意向是升学及其他，不能推荐；有变化的请先修改毕业生记录"
WORKS = "该毕业生已签约、已就业或自谋职业，不能推荐；已离岗的请先登记稳岗回访，意向有变化的请先修改毕业生记录"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"closed_on": localdate()}, GONE),
        ({"intention": "further_study"}, STUDIES),
        ({"intention": "self_placed"}, WORKS),
        ({"contract_on": date(2014, 8, 20)}, WORKS),
        ({}, ""),
    ],
)
def test_offer_is_passed_only_to_whom_the_board_shows_as_seeking_work(client_of, clerk, district, fields, reason):
    graduate, of = builders.graduate(district, **fields), open_now(district)
    answer = send(client_of(clerk), create_address("referral", graduate=graduate), vacancy=of.number)
    assert Referral.objects.count() == (not reason)
    if reason:
        assert errors(answer) == {"vacancy": [reason]}


def test_graduate_of_a_closed_file_gets_no_offer(client_of, clerk, district):
    graduate, of = builders.graduate(district), open_now(district)
    graduate.household.closed_on = localdate()
    graduate.household.save()
    answer = send(client_of(clerk), create_address("referral", graduate=graduate), vacancy=of.number)
    assert errors(answer) == {"vacancy": [GONE]}


def test_graduate_who_was_placed_gets_an_offer_only_after_leaving(client_of, clerk, district):
    graduate, of = builders.graduate(district), open_now(district)
    placed = make.assistance(district, graduate=graduate, kind="placement")
    client, address = client_of(clerk), create_address("referral", graduate=graduate)
    assert errors(send(client, address, vacancy=of.number)) == {"vacancy": [WORKS]}
    retention_check(district, placement=placed, employed=False)
    assert send(client, address, vacancy=of.number).status_code == 302


@pytest.mark.parametrize(
    ("offered", "registered", "reason"),
    [
        (0, 0, None),
        (1, 0, "推荐日期不能早于岗位的发布日期"),
        (0, 1, "推荐日期不能早于毕业生的登记日期"),
    ],
)
def test_offer_is_passed_on_neither_before_it_was_made_nor_before_registration(
    client_of, clerk, district, offered, registered, reason
):
    day = localdate() - timedelta(days=5)
    later = [day + timedelta(days=days) for days in (offered, registered)]
    graduate, of = builders.graduate(district, registered_on=later[1]), open_now(district, offered_on=later[0])
    typed = {"vacancy": of.number, "referred_on": day.isoformat()}
    answer = send(client_of(clerk), create_address("referral", graduate=graduate), **typed)
    assert Referral.objects.count() == (reason is None)
    if reason:
        assert errors(answer) == {"referred_on": [reason]}


def test_vacancy_is_not_offered_later_than_it_was_passed_on(client_of, clerk, district):
    of = vacancy(district, offered_on=date(2014, 7, 1))
    referral(district, vacancy=of, referred_on=date(2014, 7, 10))
    client = client_of(clerk)
    answer = send(client, edit_address(of), offered_on="2014-07-11")
    assert errors(answer) == {"offered_on": ["推荐日期不能早于岗位的发布日期"]}
    assert send(client, edit_address(of), offered_on="2014-07-10").status_code == 302


def test_answered_referral_is_changed_no_more(client_of, clerk, district):
    client = client_of(clerk)
    assert client.get(edit_address(referral(district))).status_code == 200
    assert client.get(edit_address(referral(district, state="declined_offer"))).status_code == 403


def test_referrals_without_an_answer_for_more_than_seven_days_wait(client_of, clerk, district, foreign_district):
    today = localdate()
    for days, state in ((7, "passed"), (8, "passed"), (8, "accepted_offer"), (8, "declined_offer")):
        referral(district, referred_on=today - timedelta(days=days), state=state)
    referral(foreign_district, referred_on=today - timedelta(days=30))
    late = Referral.objects.get(union=district, state="passed", referred_on=today - timedelta(days=8))
    client = client_of(clerk)
    assert todos.unanswered(clerk).count() == 1
    assert shown(client, "referral", unanswered="yes") == {late.number}
    assert len(shown(client, "referral", unanswered="no")) == 3
    assert todos.unanswered_url(clerk) == reverse("referral_list") + "?unanswered=yes"


def test_list_asks_as_many_questions_for_three_as_for_one(client_of, clerk, district):
    client = client_of(clerk)
    referral(district)
    with_one = questions(client, "referral")
    referral(district)
    referral(district)
    assert questions(client, "referral") == with_one


def test_placement_of_a_referral_stays_what_it_is(client_of, clerk, district):
    told = in_state(district, "placed")
    client, address = client_of(clerk), edit_address(told.placement)
    expected = f"岗位推荐 {told.number} 以这条“实现就业”录用，类别和毕业生不能改"
    assert errors(send(client, address, kind="技能培训")) == {"kind": [expected]}
    assert send(client, address, note="转正").status_code == 302


def test_answer_that_is_impossible_now_shows_why_and_no_form(client_of, clerk, district):
    of = referral(district)
    page = client_of(clerk).get(reverse("referral_move", args=[of.pk, "place"])).text
    assert "现在的状态是“已推荐，待答复”，不能“录用”。" in page
    assert 'class="portal-form"' not in page
    assert 'class="portal-form"' in client_of(clerk).get(reverse("referral_move", args=[of.pk, "accept"])).text
