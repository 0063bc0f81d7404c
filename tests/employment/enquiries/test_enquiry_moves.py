"""The life of an enquiry: every state × move × role against a table written by hand; what goes to another union."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from employment.enquiries.services import NOTHING_TOLD, Told, move_enquiry
from employment.enums import EnquiryOutcome
from employment.models import Enquiry
from employment.workflow import ENQUIRY_WORKFLOW
from portal.audit import By
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from tests import builders
from tests.employment.builders import enquiry
from tests.forms import edit_address, errors, send
from tests.reports import builders as make

# (state, move): state after it. A clerk makes every move, nobody else any.
CLOSED = ("filed", "applied_for_aid", "helped", "referred", "answered", "mistaken")
ALLOWED = {
    ("open_enquiry", "file"): "filed",
    ("open_enquiry", "aid"): "applied_for_aid",
    ("open_enquiry", "help"): "helped",
    ("open_enquiry", "refer"): "referred",
    ("open_enquiry", "answer"): "answered",
    ("open_enquiry", "mistake"): "mistaken",
} | {(state, "reopen"): "open_enquiry" for state in CLOSED}
STATES = ("open_enquiry", *CLOSED)
OF_CITY = ("send_back", "hand_down", "reply", "discard", "recall", "redo")  # test_hotline.py
MOVES = ("file", "aid", "help", "refer", "answer", "mistake", "reopen", *OF_CITY)
ROLES = ("clerk", "lead", "reviewer", "auditor", "admin", "security", "system")
BECAME = {"filed": "household", "applied_for_aid": "case", "helped": "graduate"}


@pytest.fixture
def records(district) -> dict:
    """What an enquiry may become, by the name of the move."""
    return {
        "file": builders.household(district),
        "aid": make.case(district, child=builders.child(district)),
        "help": builders.graduate(district),
    }


def in_state(union, state: str, records: dict) -> Enquiry:
    if state == "open_enquiry":
        return enquiry(union)
    by_field = {"household": records["file"], "case": records["aid"], "graduate": records["help"]}
    became = {BECAME[state]: by_field[BECAME[state]]} if state in BECAME else {"outcome_text": "已办"}
    return enquiry(union, outcome=state, **became)


def test_the_table_by_hand_is_about_all_there_is():
    assert sorted(EnquiryOutcome.values) == sorted((*STATES, "to_hand_down"))
    assert [move.name for move in ENQUIRY_WORKFLOW.moves] == list(MOVES)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", STATES)
def test_move_is_made_exactly_where_the_table_says(request, district, records, state, move):
    target, told, of = ALLOWED.get((state, move)), Told("电话告知", records.get(move)), None
    for role in ROLES:
        of = of or in_state(district, state, records)  # a refusal changes nothing: the next one is refused the same
        actor = request.getfixturevalue(role)
        if role == "clerk" and target:
            moved = move_enquiry(of, move, by=By(actor), told=told)
            kept = Enquiry.objects.get(pk=of.pk)
            assert moved.outcome == kept.outcome == target
            closed = (localdate(), actor) if move != "reopen" else (None, None)
            assert (kept.outcome_text, kept.version, kept.closed_on, kept.closed_by) == ("电话告知", 2, *closed)
            links = (kept.household, kept.case, kept.graduate)
            assert links == tuple(records[each] if each == move else None for each in ("file", "aid", "help"))
            latest = of.history.first()
            assert (latest.outcome, latest.history_user, of.history.count()) == (target, actor, 2)
            (row,) = AuditEntry.objects.filter(action="moved", subject=f"咨询登记 {of.number}")
            assert (row.actor, row.detail) == (actor, {"act": str(ENQUIRY_WORKFLOW.by_name[move].label)})
            of = None
        else:
            with pytest.raises(MoveRefused, match=r"[\u4e00-\u9fff]"):
                move_enquiry(of, move, by=By(actor), told=told)
            assert Enquiry.objects.get(pk=of.pk).outcome == state
            assert of.history.count() == 1


@pytest.mark.parametrize("move", ["refer", "answer"])
def test_words_are_needed(district, clerk, move):
    with pytest.raises(MoveRefused, match="必须写明原因"):
        move_enquiry(enquiry(district), move, by=By(clerk), told=Told("  "))
    assert Enquiry.objects.get().is_open


@pytest.mark.parametrize("move", ["file", "aid", "help"])
def test_record_must_be_there_of_its_kind_and_ones_own(district, foreign_district, clerk, records, move):
    foreign = {
        "file": builders.household(foreign_district),
        "aid": make.case(foreign_district, child=builders.child(foreign_district)),
        "help": builders.graduate(foreign_district),
    }
    wrong = next(record for name, record in records.items() if name != move)
    for record in (None, wrong, foreign[move]):
        with pytest.raises(MoveRefused, match="请选择本单位范围内的"):
            move_enquiry(enquiry(district), move, by=By(clerk), told=Told(record=record))


def test_enquiry_of_another_unit_is_not_moved(foreign_district, clerk):
    with pytest.raises(MoveRefused, match="不在您的工会范围内"):
        move_enquiry(enquiry(foreign_district), "answer", by=By(clerk), told=Told("已告知"))


# To another union of the city


def test_what_is_handed_over_waits_there_once(district, foreign_grassroots, clerk, foreign_clerk):
    told = Told("户籍在西山，请贵会核实", to=foreign_grassroots)
    sent = move_enquiry(enquiry(district, "曾求助", kind="job_seeking"), "refer", by=By(clerk), told=told)
    with pytest.raises(MoveRefused, match="现在的状态是“已转其他单位”"):
        move_enquiry(sent, "refer", by=By(clerk), told=told)
    (arrived,) = Enquiry.objects.visible_to(foreign_clerk)
    assert (sent.outcome, sent.referred_to) == ("referred", foreign_grassroots)
    assert (arrived.union, arrived.outcome, arrived.referred_from) == (foreign_grassroots, "open_enquiry", sent)
    same = ("received_on", "channel", "kind", "name", "initials", "telephone", "telephone_hash", "text")
    assert [getattr(arrived, name) for name in same] == [getattr(sent, name) for name in same]
    assert arrived.number == f"H{localdate().year}-000001"
    assert (arrived.history.count(), arrived.history.get().history_user) == (1, clerk)
    assert (arrived.sender, arrived.sender_words) == ("东湖区总工会", "户籍在西山，请贵会核实")
    there = AuditEntry.objects.get(subject=f"咨询登记 {arrived.number}")
    assert (there.action, there.union_path) == ("record_saved", foreign_grassroots.path)


def test_two_sides_see_no_more_of_each_other_than_the_name(client_of, district, foreign_district, clerk, foreign_clerk):
    told = Told("户籍在西山", to=foreign_district)
    sent = move_enquiry(enquiry(district, number="东湖内部号"), "refer", by=By(clerk), told=told)
    arrived = Enquiry.objects.get(referred_from=sent)
    move_enquiry(arrived, "answer", by=By(foreign_clerk), told=Told("西山内部办理说明"))
    page = client_of(clerk).get(f"/enquiries/{sent.pk}/").content.decode()
    assert "西山区总工会" in page
    assert "西山内部办理说明" not in page
    assert arrived.number not in page
    page = client_of(foreign_clerk).get(f"/enquiries/{arrived.pk}/").content.decode()
    assert "东湖区总工会" in page
    assert "户籍在西山" in page
    assert "东湖内部号" not in page
    assert "陈经办" not in page
    assert client_of(clerk).get(f"/enquiries/{arrived.pk}/").status_code == 404


def test_what_was_handed_over_is_not_opened_again_but_may_come_back(district, foreign_district, clerk, foreign_clerk):
    sent = move_enquiry(enquiry(district), "refer", by=By(clerk), told=Told("户籍在西山", to=foreign_district))
    with pytest.raises(MoveRefused, match="已转给“西山区总工会”办理，不能重新办理；转错的请对方转回"):
        move_enquiry(sent, "reopen", by=By(clerk), told=Told("转错了"))
    arrived = Enquiry.objects.get(referred_from=sent)
    move_enquiry(arrived, "refer", by=By(foreign_clerk), told=Told("户籍已迁出", to=district))
    back = Enquiry.objects.get(referred_from=arrived)
    assert (back.union, back.outcome, back.sender_words) == (district, "open_enquiry", "户籍已迁出")


def test_outside_the_city_it_is_told_in_words_and_may_be_opened_again(district, clerk):
    sent = move_enquiry(enquiry(district), "refer", by=By(clerk), told=Told("已转街道社会救助所"))
    assert Enquiry.objects.count() == 1
    assert move_enquiry(sent, "reopen", by=By(clerk), told=Told("对方退回")).is_open


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("310000", "市总工会不办理咨询，请填写区县、局、产业工会或其下级工会。"),
        ("310001", "这是本工会或下级工会，请直接修改咨询的所属工会。"),
        ("东湖纺织厂工会", "这是本工会或下级工会，请直接修改咨询的所属工会。"),
        ("不存在的工会", "本市没有名称或编码为“不存在的工会”的工会，请从列出的填报单位中选择，或核对全称。"),
    ],
)
def test_wrong_union_is_named_and_nothing_is_lost(client_of, clerk, district, grassroots, typed, reason):
    of = enquiry(district)
    answer = send(client_of(clerk), f"/enquiries/{of.pk}/refer/", to=typed, words="请核实")
    assert errors(answer) == {"to": [reason]}
    assert answer.context["form"]["words"].value() == "请核实"
    assert Enquiry.objects.get().is_open


def test_union_is_named_by_code_or_by_name(client_of, clerk, district, foreign_district):
    for typed in ("310002", "西山区总工会"):
        of = enquiry(district)
        assert send(client_of(clerk), f"/enquiries/{of.pk}/refer/", to=typed, words="请核实").status_code == 302
        assert Enquiry.objects.get(referred_from=of).union == foreign_district


def test_clerk_below_hands_over_to_a_union_beside(grassroots_clerk, grassroots, sibling):
    sent = move_enquiry(enquiry(grassroots), "refer", by=By(grassroots_clerk), told=Told("是贵厂职工", to=sibling))
    assert Enquiry.objects.get(referred_from=sent).union == sibling


def test_service_refuses_the_city_and_the_own_union(city, district, clerk):
    for to in (city, district):
        with pytest.raises(ValidationError) as refused:
            move_enquiry(enquiry(district), "refer", by=By(clerk), told=Told("请核实", to=to))
        assert list(refused.value.error_dict) == ["to"]


def test_nothing_is_told_by_itself(district, clerk):
    with pytest.raises(MoveRefused):
        move_enquiry(enquiry(district), "answer", by=By(clerk), told=NOTHING_TOLD)


def test_closed_enquiry_is_changed_no_more(client_of, clerk, district):
    client = client_of(clerk)
    assert client.get(edit_address(enquiry(district))).status_code == 200
    assert client.get(edit_address(enquiry(district, outcome="answered", outcome_text="已告知"))).status_code == 403


@pytest.mark.parametrize("number", [builders.CARD, builders.TELEPHONE])
def test_words_hold_no_number_of_a_person(client_of, clerk, district, number):
    answer = send(client_of(clerk), f"/enquiries/{enquiry(district).pk}/answer/", words=number)
    assert errors(answer) == {"words": ["办理说明中不要填写身份证号、银行卡号或电话号码。"]}


def test_enquiry_handed_over_shows_why_it_stays_closed_and_no_form(client_of, clerk, district, foreign_district):
    sent = move_enquiry(enquiry(district), "refer", by=By(clerk), told=Told("请核实", to=foreign_district))
    page = client_of(clerk).get(f"/enquiries/{sent.pk}/reopen/").text
    assert "已转给“西山区总工会”办理，不能重新办理" in page
    assert 'class="portal-form"' not in page
