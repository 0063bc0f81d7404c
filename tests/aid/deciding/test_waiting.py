"""Which cases wait for a lead: the list in the database says what the guard says of each case."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from aid.casework.batches import run_batch
from aid.casework.moving import Why, move_case
from aid.casework.waiting import after, held_up, ready, waiting_for
from aid.guards.approving import reasons_against
from aid.models import AidCase, CaseEvent, PolicyAid
from portal.audit import By
from portal.workflow import MoveRefused
from tests.aid import cases as casework


@pytest.fixture
def mixed(district, lead, clerk):
    """One case of every kind that a lead may find on notice."""
    yesterday = localdate() - timedelta(days=1)
    cases = {
        "ready": casework.on_notice(district),
        "running": casework.on_notice(district, last=localdate()),
        "short": casework.on_notice(district, first=yesterday, last=yesterday),
        "unanswered": casework.on_notice(district),
        "objected": casework.on_notice(district),
        "upheld": casework.on_notice(district),
        "dismissed": casework.on_notice(district),
        "own": casework.on_notice(district),
        "typed": casework.on_notice(district),
        "elsewhere": casework.case(district, "submitted"),
    }
    PolicyAid.objects.filter(case=cases["unanswered"], policy="grant").delete()
    casework.objection(cases["objected"])
    ruled = {"decided_by": lead, "decided_at": "2026-01-01T00:00+08:00", "answer": "已核实"}
    casework.objection(cases["upheld"], outcome="upheld", **ruled)
    casework.objection(cases["dismissed"], outcome="dismissed", **ruled)
    CaseEvent.objects.create(case=cases["own"], move="submit", state="submitted", actor=lead)
    casework.make.change(cases["typed"], lead, mode="social")
    AidCase.history.filter(id=cases["typed"].pk).update(history_change_reason=None)
    return cases


def over(union, **fields):
    """A case whose notice is over, with other `fields` than the usual."""
    of = casework.case(union, "submitted", **fields)
    casework.notice(union, of)
    return of


def test_list_holds_what_the_guard_lets_through(mixed, lead, district):
    every = AidCase.objects.all()
    on_notice = list(every.notice_over())
    let_through = {pk for pk, words in reasons_against(on_notice, lead).items() if not words}
    assert set(ready(every, lead).values_list("pk", flat=True)) == let_through
    assert let_through == {mixed["ready"].pk, mixed["dismissed"].pk}
    assert set(held_up(every, lead)) == set(on_notice) - {mixed["ready"], mixed["dismissed"]}


def test_an_objection_waits_for_the_lead_and_what_is_held_up_does_not(mixed, lead):
    assert set(waiting_for(AidCase.objects.all(), lead)) == {
        mixed[name] for name in ("ready", "dismissed", "objected", "elsewhere")
    }


def test_all_that_is_against_an_approval_is_said_at_once(district, lead):
    of = casework.on_notice(district, last=localdate(), photo=False)
    PolicyAid.objects.filter(case=of, policy="grant").delete()
    casework.objection(of)
    CaseEvent.objects.create(case=of, move="submit", state="submitted", actor=lead)
    with pytest.raises(MoveRefused) as refused:
        move_case(of, "approve", by=By(lead))
    assert str(refused.value) == (
        "这份申请由您登记、修改或提交，须由另一人审批。 请先填写政策落实情况：助学金。 "
        f"公示到 {localdate()} 为止，次日起才能审批通过。 还有未处理的公示异议。 "
        "没有公示单张贴后的照片：请先上传照片，或在“说明”中写明没有照片的原因。"
    )


@pytest.mark.parametrize("move", ["check", "approve", "return", "reject"])
def test_cases_of_two_campaigns_are_never_in_one_decision(client_of, lead, district, move):
    cases = [casework.on_notice(district), over(district, year=2013)]
    pks = [of.pk for of in cases]
    with pytest.raises(MoveRefused, match="不同的活动年度"):
        run_batch(pks, move, by=By(lead), why=Why("incomplete"))
    client, address = client_of(lead), reverse("case_batch")
    page = client.post(address, {"action": move, "ids": pks})
    assert page.context["apart_by_year"] == {2014: [pks[0]], 2013: [pks[1]]}
    sent = {"action": move, "ids": pks, "confirmed": "1", "ticked": "1", "reason": "incomplete", "comment": "核对过"}
    client.post(address, sent | {"key": "3b2f0a52-7f6a-4f3b-9d58-0d3d5b6a1f11"})
    assert set(AidCase.objects.values_list("status", flat=True)) == {"on_notice"}


def test_one_press_decides_and_shows_the_next_and_the_last_says_that_none_is_left(client_of, lead, district):
    first, second = casework.on_notice(district), casework.on_notice(district)
    client = client_of(lead)
    page = client.get(reverse("aidcase_detail", args=[first.pk]))
    assert page.context["following"] == second
    answer = client.post(reverse("case_move", args=[first.pk, "approve"]), {"onward": "1"}, follow=True)
    assert answer.redirect_chain == [(reverse("aidcase_detail", args=[second.pk]), 302)]
    sent = {"onward": "1", "reason": "incomplete", "comment": ""}
    answer = client.post(reverse("case_move", args=[second.pk, "return"]), sent, follow=True)
    assert answer.redirect_chain == [(reverse("aidcase_detail", args=[second.pk]), 302)]
    assert "没有等您办理的申请了。" in answer.text
    assert set(AidCase.objects.values_list("status", flat=True)) == {"approved", "draft"}


def test_what_waits_next_is_in_scope_and_comes_round(district, foreign_district, lead):
    last = over(district, applied_on="2014-03-01")
    early = over(district, applied_on="2014-01-05")
    casework.on_notice(foreign_district)
    assert (after(early, lead), after(last, lead)) == (last, early)
    AidCase.objects.filter(pk=early.pk).update(status="draft")
    assert after(last, lead) is None


def test_page_of_decisions_counts_both_and_tells_why_and_is_logged_once(client_of, lead, mixed, viewed):
    page = client_of(lead).get(reverse("case_decide"))
    assert {row.case for row in page.context["rows"]} == {mixed["ready"], mixed["dismissed"]}
    assert (page.context["total"], page.context["held_total"]) == (2, 6)
    assert {row.case: bool(row.hindrances) for row in page.context["held"]} == {
        mixed[name]: True for name in ("short", "unanswered", "objected", "upheld", "own", "typed")
    }
    (row,) = viewed()
    assert (row.subject, row.detail["count"]) == ("待审批名单", 8)


def test_ticked_rows_are_passed_with_one_press(client_of, lead, mixed):
    client = client_of(lead)
    page = client.get(reverse("case_decide"))
    year = page.context["years"][0]
    sent = {"confirmed": "1", "ticked": "1", "key": str(year.key), "action": "approve", "ids": [mixed["ready"].pk]}
    client.post(reverse("case_batch"), sent | {"reason": "", "comment": ""})
    now = dict(AidCase.objects.values_list("pk", "status"))
    assert (now[mixed["ready"].pk], now[mixed["dismissed"].pk]) == ("approved", "on_notice")
    again = client.post(reverse("case_batch"), sent).text
    assert "没有重复办理" in again


def test_every_name_of_a_batch_stands_on_its_page(client_of, lead, district):
    cases = [casework.on_notice(district) for _turn in range(25)]
    page = client_of(lead).post(reverse("case_batch"), {"action": "return", "ids": [of.pk for of in cases]}).text
    assert [of.number for of in cases if of.number not in page] == []
    assert "另有" not in page
