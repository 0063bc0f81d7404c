"""The life of an aid case: every state × move × role against a table written by hand from domain.md (Aid case)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from aid.casework import moving
from aid.casework.moving import Posted, Why, move_case
from aid.casework.objections import decide_objection, raise_objection
from aid.casework.policies import Answer, answer_policies
from aid.enums import CaseState, PaymentState, Policy
from aid.models import AidCase, CaseEvent, NoticedCase, PolicyAid
from aid.workflow import AID_CASE_WORKFLOW
from portal.audit import By
from portal.enums import AuditAction, Role
from portal.models import AuditEntry, Campaign
from portal.workflow import MoveRefused
from tests.aid import cases as casework
from tests.reports import builders as make

# domain.md: "draft → submitted → checked (初审) → on public notice → approved → (paid …) → followed up → closed",
# "returned for revision", "rejected (with a reason)", "withdrawn, at any point before payment"; "a campaign may do
# without" the check, and "may let continued cases go from checked to approved"; the clerk keeps, the lead approves.
# (state, move): (state after it, the one role that may make it)
ALLOWED = {
    ("draft", "submit"): ("submitted", "clerk"),
    ("submitted", "check"): ("checked", "lead"),
    ("submitted", "put_on_notice"): ("on_notice", "clerk"),
    ("checked", "put_on_notice"): ("on_notice", "clerk"),
    ("checked", "approve"): ("approved", "lead"),
    ("on_notice", "take_off"): ("submitted", "clerk"),
    ("on_notice", "approve"): ("approved", "lead"),
    ("submitted", "return"): ("draft", "lead"),
    ("checked", "return"): ("draft", "lead"),
    ("on_notice", "return"): ("draft", "lead"),
    ("submitted", "reject"): ("rejected", "lead"),
    ("checked", "reject"): ("rejected", "lead"),
    ("on_notice", "reject"): ("rejected", "lead"),
    ("rejected", "reconsider"): ("submitted", "lead"),
    ("draft", "withdraw"): ("withdrawn", "clerk"),
    ("submitted", "withdraw"): ("withdrawn", "clerk"),
    ("checked", "withdraw"): ("withdrawn", "clerk"),
    ("on_notice", "withdraw"): ("withdrawn", "clerk"),
    ("approved", "withdraw"): ("withdrawn", "clerk"),
    ("withdrawn", "reopen"): ("draft", "clerk"),
    ("approved", "follow_up"): ("followed_up", "clerk"),
    ("followed_up", "close"): ("closed", "clerk"),
}
STATES = ("draft", "submitted", "checked", "on_notice", "approved", "followed_up", "rejected", "withdrawn", "closed")
MOVES = (
    "submit", "check", "put_on_notice", "take_off", "approve", "return", "reject", "reconsider", "withdraw", "reopen",
    "follow_up", "close",
)  # fmt: skip
# What only another campaign than a new one allows: one without a check, and one that spares continued cases the notice.
OF_OTHER_CAMPAIGNS = {
    ("submitted", "put_on_notice"): {"check_first": False},
    ("checked", "approve"): {"renewed_without_notice": True},
}
ROLES = ("clerk", "lead", "reviewer", "auditor", "admin", "security", "system")
WHY = Why("incomplete", "缺在读证明")


@pytest.fixture
def people(clerk, lead, reviewer, auditor, admin, security, system):
    people = {"clerk": clerk, "lead": lead, "reviewer": reviewer, "auditor": auditor, "admin": admin}
    return people | {"security": security, "system": system}


def ready(union, state: str, move: str) -> AidCase:
    """A case in `state` in which every condition of `move` holds."""
    of = casework.on_notice(union) if state == "on_notice" else casework.case(union, state)
    if move == "follow_up":
        make.payment(union, case=of)
    if rules := OF_OTHER_CAMPAIGNS.get((state, move)):
        Campaign.objects.filter(pk=of.campaign_id).update(**rules)
        make.case(union, year=2013, child=of.child)  # aided last year
    return casework.answered(of)


def make_move(of: AidCase, move: str, actor) -> AidCase:
    first = localdate()
    posted = Posted(first, first + timedelta(days=20), "公告栏")
    return move_case(of, move, by=By(actor), why=WHY, posted=posted)


def test_the_table_by_hand_is_about_all_there_is():
    assert CaseState.values == list(STATES)
    assert [move.name for move in AID_CASE_WORKFLOW.moves] == list(MOVES)
    assert sorted(Role.values) == sorted(ROLES)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", STATES)
def test_move_is_made_exactly_where_the_table_says(people, district, state, move):
    (target, by), of = ALLOWED.get((state, move), (None, None)), None
    for role in ROLES:
        of = of or ready(district, state, move)  # a refusal changes nothing: the next one is refused the same case
        if role == by:
            moved = make_move(of, move, people[role])
            assert moved.status == AidCase.objects.get(pk=of.pk).status == target
            event = of.events.get()
            assert (event.move, event.state, event.actor) == (move, target, people[role])
            assert (event.reason, event.comment) == ("incomplete", "缺在读证明")
            latest = of.history.first()
            assert (latest.status, latest.history_user, latest.version) == (target, people[role], of.version + 1)
            of = None
        else:
            with pytest.raises(MoveRefused, match=r"[\u4e00-\u9fff]"):
                make_move(of, move, people[role])
            assert AidCase.objects.get(pk=of.pk).status == state
            assert not of.events.exists()
    assert AuditEntry.objects.filter(action=AuditAction.MOVED).count() == (by is not None)


def test_buttons_are_those_of_the_table(people, district):
    for state in STATES:
        of = ready(district, state, "follow_up" if state == "approved" else "")
        for role in ROLES:
            expected = {move for move in MOVES if ALLOWED.get((state, move), ("", ""))[1] == role}
            expected -= {move for source, move in OF_OTHER_CAMPAIGNS if source == state}
            if state == "approved":  # paid, so that it can be followed up, and no longer withdrawn
                expected -= {"withdraw"}
            assert {move.name for move in AID_CASE_WORKFLOW.open_to(of, people[role])} == expected, (state, role)


def test_approval_copies_what_is_counted_and_the_decision(district, lead):
    home = make.household(district, sex="female", single_parent=True, worker_category="migrant")
    of = casework.case(district, "submitted", child=make.child(district, household=home), stage="bachelor")
    casework.notice(district, of)
    moved = move_case(of, "approve", by=By(lead))
    assert (moved.counted_stage, moved.counted_category, moved.counted_single_mother) == ("bachelor", "migrant", True)
    assert (moved.decided_on, moved.decision) == (localdate(), "approved")


def test_four_eyes_who_entered_changed_or_submitted_cannot_approve(district, clerk, lead):
    entered, submitted, changed = (casework.on_notice(district) for _turn in range(3))
    entered.history.create(
        **{field.attname: getattr(entered, field.attname) for field in AidCase._meta.concrete_fields},
        history_date=entered.updated_at, history_type="+", history_user=clerk,
    )  # fmt: skip
    CaseEvent.objects.create(case=submitted, move="submit", state="submitted", actor=clerk)
    edited = AidCase.objects.get(pk=changed.pk)
    edited._history_user = clerk
    edited.save()
    clerk.role = Role.LEAD  # promoted since
    clerk.save()
    for of in (entered, submitted, changed):
        with pytest.raises(MoveRefused, match="须由另一人审批"):
            move_case(of, "approve", by=By(clerk))
        assert move_case(of, "approve", by=By(lead)).status == "approved"


def test_a_lead_who_returned_a_case_may_approve_it_later(district, clerk, lead):
    of = casework.answered(casework.on_notice(district))
    move_case(of, "return", by=By(lead), why=WHY)
    move_case(of, "submit", by=By(clerk))
    casework.notice(district, of)
    assert move_case(of, "approve", by=By(lead)).status == "approved"


@pytest.mark.parametrize("ahead", [0, 1])
def test_no_approval_before_the_morning_after_the_last_day(district, lead, ahead):
    of = casework.on_notice(district, last=localdate() + timedelta(days=ahead))
    with pytest.raises(MoveRefused, match="次日起才能审批通过"):
        move_case(of, "approve", by=By(lead))


def test_no_approval_after_too_few_working_days(district, lead):
    yesterday = localdate() - timedelta(days=1)
    of = casework.on_notice(district, first=yesterday, last=yesterday)
    with pytest.raises(MoveRefused, match="个工作日，不足 5 个"):
        move_case(of, "approve", by=By(lead))


def test_no_approval_while_an_objection_is_open_or_upheld(district, clerk, lead):
    dismissed, upheld = casework.on_notice(district), casework.on_notice(district)
    objections = [
        raise_objection(casework.noticed(of), raised_on=localdate(), text="收入不符", by=By(clerk))
        for of in (dismissed, upheld)
    ]
    for of in (dismissed, upheld):
        with pytest.raises(MoveRefused, match="未处理的公示异议"):
            move_case(of, "approve", by=By(lead))
    with pytest.raises(MoveRefused, match="岗位"):
        decide_objection(objections[0], outcome="dismissed", answer="查无此事", by=By(clerk))
    decide_objection(objections[0], outcome="dismissed", answer="查无此事", by=By(lead))
    decide_objection(objections[1], outcome="upheld", answer="属实", by=By(lead))
    with pytest.raises(MoveRefused, match="已处理"):
        decide_objection(objections[1], outcome="dismissed", answer="查无此事", by=By(lead))
    assert move_case(dismissed, "approve", by=By(lead)).status == "approved"
    with pytest.raises(MoveRefused, match="只能退回或审批不通过"):
        move_case(upheld, "approve", by=By(lead))
    assert move_case(upheld, "reject", by=By(lead), why=Why("objected")).status == "rejected"


def test_leaving_the_notice_takes_the_case_off_it_and_forgets_the_days(district, lead):
    of = casework.on_notice(district, last=localdate() + timedelta(days=3))
    returned = move_case(of, "return", by=By(lead), why=WHY)
    assert (returned.notice_from, returned.notice_to, returned.notice_place) == (None, None, "")
    assert NoticedCase.objects.get(case=of).taken_off


def test_a_case_rejected_during_its_notice_has_no_decision_before_the_end_of_it(district, lead):
    of = casework.on_notice(district, last=localdate() + timedelta(days=3))
    rejected = move_case(of, "reject", by=By(lead), why=WHY)
    assert rejected.notice_to == rejected.decided_on == localdate()


def test_a_rejection_by_mistake_is_taken_back_with_a_reason_and_the_case_goes_on_notice_anew(district, clerk, lead):
    of = casework.answered(casework.on_notice(district))
    move_case(of, "reject", by=By(lead), why=WHY)
    with pytest.raises(MoveRefused, match="必须选择原因"):
        move_case(of, "reconsider", by=By(lead))
    taken_up = move_case(of, "reconsider", by=By(lead), why=Why("other_reason", "选错了行"))
    assert (taken_up.status, taken_up.decision, taken_up.decided_on) == ("submitted", "", None)
    assert (taken_up.notice_from, taken_up.notice_to, taken_up.notice_place) == (None, None, "")
    with pytest.raises(MoveRefused, match="现在的状态是“已提交”，不能“审批通过”"):
        move_case(of, "approve", by=By(lead))
    casework.notice(district, of)
    assert move_case(of, "approve", by=By(lead)).status == "approved"
    assert [event.move for event in of.events.order_by("pk")] == ["reject", "reconsider", "approve"]


@pytest.mark.parametrize("why", [Why(), Why("no such reason", "x"), Why("other_reason", "  ")])
def test_a_return_needs_a_coded_reason_and_other_needs_words(district, lead, why):
    of = casework.on_notice(district)
    with pytest.raises(MoveRefused, match="原因"):
        move_case(of, "return", by=By(lead), why=why)
    assert not of.events.exists()


def test_no_withdrawal_once_paid_or_on_the_way(district, clerk):
    failed = casework.case(district, "approved")
    make.payment(district, case=failed, status=PaymentState.FAILED)
    assert move_case(failed, "withdraw", by=By(clerk), why=WHY).decision == ""
    for status in (PaymentState.PAID, PaymentState.PENDING):
        of = casework.case(district, "approved")
        make.payment(district, case=of, status=status)
        with pytest.raises(MoveRefused, match="不能撤回"):
            move_case(of, "withdraw", by=By(clerk), why=WHY)


def test_no_move_outside_the_scope(district, foreign_clerk):
    of = casework.answered(casework.case(district))
    with pytest.raises(MoveRefused, match="不在您的工会范围内"):
        move_case(of, "submit", by=By(foreign_clerk))


def test_pressed_twice_it_acts_once(district, clerk):
    of = casework.answered(casework.case(district))
    move_case(of, "submit", by=By(clerk))
    with pytest.raises(MoveRefused, match="现在的状态是“已提交”，不能“提交”"):
        move_case(of, "submit", by=By(clerk))
    assert of.events.count() == 1


def test_policies_are_answered_before_a_case_is_submitted(district, clerk):
    of = casework.case(district)
    with pytest.raises(MoveRefused, match="政策落实情况：奖学金、助学金"):
        move_case(of, "submit", by=By(clerk))
    wrong = [Answer("scholarship", "granted"), Answer("grant", "not_applied"), Answer("student_loan", "applied")]
    with pytest.raises(ValidationError) as refused:
        answer_policies(of, wrong, by=By(clerk))
    assert sorted(refused.value.error_dict) == ["grant_reason", "scholarship_amount"]
    assert not PolicyAid.objects.exists()
    right = [Answer("scholarship", "granted", 800), Answer("grant", "not_applied", None, "没有名额")]
    rest = [Answer(policy, "not_applicable") for policy in Policy if policy not in ("scholarship", "grant")]
    for _twice in range(2):
        answer_policies(of, right + rest, by=By(clerk))
    assert PolicyAid.objects.count() == 6
    assert AuditEntry.objects.filter(action=AuditAction.RECORD_SAVED).count() == 1
    move_case(of, "submit", by=By(clerk))
    with pytest.raises(MoveRefused, match="不能修改政策落实情况"):
        answer_policies(of, right, by=By(clerk))


def test_a_move_takes_the_lock_of_the_unit_first(district, grassroots, clerk, monkeypatch):
    """The lock is of the reporting unit, also for a case of a union below it."""
    of, locked = casework.answered(casework.case(grassroots)), []
    manager = moving.Union.objects

    class Watched:
        def select_for_update(self):
            return self

        def get(self, **lookup):
            locked.append(lookup)
            return manager.get(**lookup)

    monkeypatch.setattr(moving.Union, "objects", Watched())
    move_case(of, "submit", by=By(clerk))
    assert locked == [{"path": district.path}]
