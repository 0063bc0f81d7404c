"""初审 before the notice: by another person, as the campaign asks; continued cases without a second notice."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from aid.casework.batches import run_batch
from aid.casework.moving import Why, move_case
from aid.casework.notices import Details, NothingPosted, post_notice, proposed_last_day
from aid.casework.waiting import not_to_be_checked, ready, to_be_checked, waiting_for
from aid.guards.checking import reasons_against_checking
from aid.models import AidCase, CaseEvent, PolicyAid
from aid.records import AID_CASE
from portal.audit import By
from portal.desk.todos import waiting_for as todos_of
from portal.enums import AuditAction, Role
from portal.models import AuditEntry, Campaign
from portal.records.lists.own_list import arrange
from portal.records.lists.paging import PAGE_SIZE
from portal.workflow import MoveRefused
from tests.aid import cases as casework
from tests.factories import UserFactory
from tests.portal.views.test_list_exports import rows_of
from tests.reports import builders as make

BATCH, TABLE = reverse("case_batch"), reverse("case_check")
WHY = Why("incomplete")


def rules(**given) -> None:
    make.campaign()
    Campaign.objects.filter(year=casework.YEAR).update(**given)


def details() -> Details:
    first = localdate() + timedelta(days=1)
    return Details("employer", "厂门口公告栏", first, proposed_last_day(first, 5), "021-63211939")


def entered_by(of: AidCase, user) -> AidCase:
    """As if `user` had typed it."""
    return make.change(of, user, mode="social")


def continued(union, state: str = "checked", **fields) -> AidCase:
    """A case of a child aided last year."""
    of = casework.case(union, state, **fields)
    make.case(union, year=casework.YEAR - 1, child=of.child)
    return of


def state_of(of: AidCase) -> str:
    return AidCase.objects.get(pk=of.pk).status


@pytest.fixture
def second(district):
    """Another lead of the unit."""
    return UserFactory(role=Role.LEAD, union=district)


@pytest.fixture
def hands(district, lead):
    """Cases that the lead entered, and that the lead submitted while still a clerk."""
    typed, sent = (casework.case(district, "submitted") for _turn in range(2))
    entered_by(typed, lead)
    CaseEvent.objects.create(case=sent, move="submit", state="submitted", actor=lead)
    return typed, sent


def test_new_campaigns_ask_for_a_check_and_for_every_notice(db):
    opened = Campaign.objects.open(2016)
    assert (opened.check_first, opened.renewed_without_notice) == (True, False)


def test_who_entered_or_submitted_checks_by_no_way_in_and_another_does(client_of, lead, second, hands):
    own, client = "须由另一人初审", client_of(lead)
    for of in hands:
        with pytest.raises(MoveRefused, match=own):
            move_case(of, "check", by=By(lead))
        assert own in client.post(reverse("case_move", args=[of.pk, "check"]), {"comment": ""}).text
        assert own in client.get(reverse("aidcase_detail", args=[of.pk])).text
    pks = [of.pk for of in hands]
    sent = {"action": "check", "ids": pks, "confirmed": "1", "ticked": "1", "key": str(uuid.uuid4()), "comment": ""}
    assert client.post(BATCH, sent).text.count(own) == 2
    assert client.post(BATCH, {"row": f"{pks[0]}:check", "confirmed": "1", "ticked": "1", "key": str(uuid.uuid4())})
    assert [state_of(of) for of in hands] == ["submitted"] * 2
    assert [outcome.refusal for outcome in run_batch(pks, "check", by=By(second), why=Why())] == ["", ""]
    assert [state_of(of) for of in hands] == ["checked"] * 2


def test_list_of_what_waits_for_a_check_says_what_the_guard_says(district, lead, hands):
    plain, unanswered = (casework.case(district, "submitted") for _turn in range(2))
    PolicyAid.objects.filter(case=unanswered, policy="grant").delete()
    elsewhere = casework.case(district, "submitted", year=2013)
    Campaign.objects.filter(year=2013).update(check_first=False)
    every = AidCase.objects.all()
    let_through = {
        pk for pk, words in reasons_against_checking(every.filter(status="submitted"), lead).items() if not words
    }
    assert set(to_be_checked(every, lead).values_list("pk", flat=True)) == let_through == {plain.pk}
    assert set(not_to_be_checked(every, lead)) == {unanswered, *hands}
    assert elsewhere in every.to_post()


def test_check_waits_for_the_lead_on_the_first_page_and_at_its_table(client_of, district, lead, clerk):
    of, held = casework.case(district, "submitted", applied_on="2014-01-05"), casework.case(district, "submitted")
    PolicyAid.objects.filter(case=held, policy="grant").delete()
    (todo,) = [todo for todo in todos_of(lead) if str(todo.label) == "等您初审的助学申请"]
    assert (todo.count, todo.url, todo.urgent) == (1, TABLE, True)
    assert not [todo for todo in todos_of(clerk) if "初审" in str(todo.label)]
    page = client_of(lead).get(TABLE)
    assert [row.case for row in page.context["rows"]] == [of]
    assert [(row.case, row.hindrances) for row in page.context["held"]] == [(held, ["请先填写政策落实情况：助学金。"])]
    assert "没有张贴照片" not in page.text
    row = AuditEntry.objects.filter(action=AuditAction.VIEWED).get()
    assert (row.subject, row.detail["count"]) == ("待初审名单", 2)


def test_ticked_rows_are_checked_with_one_press_and_the_opinion_is_kept(client_of, district, lead):
    ticked, other = (casework.case(district, "submitted") for _turn in range(2))
    client = client_of(lead)
    year = client.get(TABLE).context["years"][0]
    sent = {"confirmed": "1", "ticked": "1", "key": str(year.key), "action": "check", "ids": [ticked.pk]}
    client.post(BATCH, sent | {"reason": "", "comment": "家庭情况属实"})
    assert (state_of(ticked), state_of(other)) == ("checked", "submitted")
    assert "没有重复办理" in client.post(BATCH, sent).text
    passed = AidCase.objects.get(pk=ticked.pk).passed_check
    assert (passed.actor, passed.comment, CaseEvent.objects.count()) == (lead, "家庭情况属实", 1)
    shown = client.get(reverse("aidcase_detail", args=[ticked.pk])).text
    assert f"初审：{lead.name} {localdate()}" in shown
    assert "家庭情况属实" in shown
    too_long = sent | {"ids": [other.pk], "comment": "长" * 101, "key": str(uuid.uuid4())}
    assert client.post(BATCH, too_long).status_code == 400
    assert state_of(other) == "submitted"


def test_pressed_twice_it_acts_once(district, lead):
    of = casework.case(district, "submitted")
    move_case(of, "check", by=By(lead))
    with pytest.raises(MoveRefused, match="现在的状态是“已初审”，不能“初审通过”"):
        move_case(of, "check", by=By(lead))
    assert of.events.count() == 1


def test_what_nobody_checked_comes_on_no_notice_however_it_is_sent(client_of, district, clerk):
    unchecked, passed = casework.case(district, "submitted"), casework.checked(district)
    with pytest.raises(NothingPosted) as nothing:
        post_notice([unchecked.pk], details(), by=By(clerk), key=uuid.uuid4())
    assert "还没有初审" in nothing.value.outcomes[0].refusal
    _notice, outcomes = post_notice([unchecked.pk, passed.pk], details(), by=By(clerk), key=uuid.uuid4())
    assert {outcome.case: outcome.is_done for outcome in outcomes} == {unchecked: False, passed: True}
    forged = {"action": "put_on_notice", "ids": [unchecked.pk], "confirmed": "1", "ticked": "1"}
    days = {name: str(getattr(details(), name)) for name in ("kind", "place", "first_day", "last_day", "telephone")}
    client_of(clerk).post(BATCH, forged | days | {"key": str(uuid.uuid4())})
    assert (state_of(unchecked), state_of(passed)) == ("submitted", "on_notice")
    assert client_of(clerk).post(reverse("case_move", args=[unchecked.pk, "check"])).status_code == 403


def test_a_campaign_without_a_check_puts_on_notice_at_once(client_of, district, clerk, lead):
    rules(check_first=False)
    of = casework.case(district, "submitted")
    with pytest.raises(MoveRefused, match="本年度活动不设初审"):
        move_case(of, "check", by=By(lead))
    assert not to_be_checked(AidCase.objects.all(), lead).exists()
    assert list(waiting_for(AidCase.objects.all(), clerk)) == [of]
    post_notice([of.pk], details(), by=By(clerk), key=uuid.uuid4())
    assert move_case(of, "take_off", by=By(clerk), why=WHY).status == "submitted"


def test_cases_under_way_are_not_stuck_when_the_rules_change(district, clerk, lead):
    waiting, passed = casework.case(district, "submitted"), casework.checked(district)
    rules(check_first=False)
    post_notice([waiting.pk, passed.pk], details(), by=By(clerk), key=uuid.uuid4())
    rules(check_first=True)
    assert move_case(passed, "take_off", by=By(clerk), why=WHY).status == "checked"
    assert move_case(waiting, "take_off", by=By(clerk), why=WHY).status == "submitted"
    assert move_case(waiting, "check", by=By(lead)).status == "checked"


def test_what_comes_back_is_checked_anew(district, clerk, lead):
    of = casework.checked(district)
    move_case(of, "return", by=By(lead), why=WHY)
    assert move_case(of, "submit", by=By(clerk)).passed_check is None
    with pytest.raises(NothingPosted):
        post_notice([of.pk], details(), by=By(clerk), key=uuid.uuid4())
    move_case(of, "check", by=By(lead))
    move_case(of, "reject", by=By(lead), why=WHY)
    assert move_case(of, "reconsider", by=By(lead), why=WHY).status == "submitted"
    assert of.passed_check is None


def test_who_checked_may_approve_and_a_notice_lies_between(district, lead):
    of = casework.checked(district, lead)
    with pytest.raises(MoveRefused, match="须先公示"):
        move_case(of, "approve", by=By(lead))
    casework.notice(district, of)
    assert move_case(of, "approve", by=By(lead)).status == "approved"


def test_continued_cases_do_without_a_second_notice_where_the_campaign_says_so(district, clerk, lead):
    old, new = continued(district), casework.checked(district)
    every = AidCase.objects.filter(campaign__year=casework.YEAR)
    for of in (old, new):
        with pytest.raises(MoveRefused, match="须先公示"):
            move_case(of, "approve", by=By(lead))
    assert set(waiting_for(every, clerk)) == {old, new}
    rules(renewed_without_notice=True)
    assert list(ready(every, lead)) == [old]
    assert set(waiting_for(every, clerk)) == {new}
    with pytest.raises(MoveRefused, match="须先公示"):
        move_case(new, "approve", by=By(lead))
    passed = move_case(old, "approve", by=By(lead))
    assert (passed.status, passed.notice_from, passed.counted_stage) == ("approved", None, "senior")


def test_without_notice_all_else_is_asked_all_the_same(district, lead):
    rules(renewed_without_notice=True)
    own, unanswered = continued(district), continued(district)
    CaseEvent.objects.create(case=own, move="submit", state="submitted", actor=lead)
    CaseEvent.objects.create(case=own, move="check", state="checked", actor=UserFactory(union=district))
    PolicyAid.objects.filter(case=unanswered, policy="grant").delete()
    for of, words in ((own, "须由另一人审批"), (unanswered, "政策落实情况：助学金")):
        with pytest.raises(MoveRefused, match=words):
            move_case(of, "approve", by=By(lead))
    assert not ready(AidCase.objects.all(), lead).exists()


def test_what_was_shown_and_taken_off_is_shown_again(district, clerk, lead):
    rules(renewed_without_notice=True)
    of = continued(district)
    CaseEvent.objects.create(case=of, move="check", state="checked", actor=lead)
    post_notice([of.pk], details(), by=By(clerk), key=uuid.uuid4())
    assert move_case(of, "take_off", by=By(clerk), why=WHY).status == "checked"
    with pytest.raises(MoveRefused, match="须先公示"):
        move_case(of, "approve", by=By(lead))
    assert of in AidCase.objects.to_post()


def test_what_was_changed_since_the_check_is_told_to_who_approves_without_notice(client_of, district, lead, clerk):
    rules(renewed_without_notice=True)
    of = continued(district)
    CaseEvent.objects.create(case=of, move="check", state="checked", actor=lead)
    home = make.change(of.child.household, clerk, monthly_income=1)
    make.change(home, clerk, monthly_income=9000)
    page = client_of(lead).get(reverse("case_decide"))
    assert "初审后有改动" in page.text
    assert "公示后有改动" not in page.text


def test_list_page_and_export_tell_who_checked_and_when_as_the_case_does(client_of, district, lead, second):
    checked, again, back = (casework.case(district, "submitted") for _turn in range(3))
    for of, by in ((checked, lead), (again, lead), (back, second)):
        move_case(of, "check", by=By(by))
    for of in (again, back):
        move_case(AidCase.objects.get(pk=of.pk), "return", by=By(second), why=WHY)
    CaseEvent.objects.create(case=again, move="submit", state="submitted", actor=lead)
    CaseEvent.objects.create(case=again, move="check", state="checked", actor=second)
    listed = {case.pk: case for case in AidCase.objects.with_check()}
    stands = {pk: case.passed_check for pk, case in listed.items()}
    assert {pk: case.checked_at for pk, case in listed.items()} == {pk: e and e.at for pk, e in stands.items()}
    assert {pk: case.checked_by for pk, case in listed.items()} == {
        checked.pk: lead.name, again.pk: second.name, back.pk: None,
    }  # fmt: skip
    day = f"{localtime(stands[checked.pk].at):%Y-%m-%d %H:%M}"
    head = rows_of(client_of(lead).get(reverse("aidcase_export")))[0]
    assert {"初审人", "初审时间"}.isdisjoint(head)  # until somebody chooses them: the list fits the screen
    arrange(lead, AID_CASE, shown=[column.path for column in AID_CASE.columns], rows=PAGE_SIZE)
    head, *rows = rows_of(client_of(lead).get(reverse("aidcase_export")))
    told = {row[head.index("业务编号")]: [row[head.index(name)] for name in ("初审人", "初审时间")] for row in rows}
    assert told == {
        checked.number: [lead.name, day],
        again.number: [second.name, f"{localtime(stands[again.pk].at):%Y-%m-%d %H:%M}"],
        back.number: [None, None],
    }
