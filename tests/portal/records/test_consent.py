"""An auditor sees in full what a second person agrees to, for a day; nobody agrees to what they asked for."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.audit import By
from portal.desk.todos import waiting_for
from portal.enums import AccountOutcome, AuditAction
from portal.models import AuditEntry, RevealRequest
from portal.records.consent import answer
from portal.records.lists.paging import PAGE_SIZE
from tests import builders

LIST = "/reveals/"


@pytest.fixture
def home(district):
    return builders.household(district)


def press(client, home):
    return client.post(reverse("household_reveal", args=[home.pk]), {"reason": "oversight"}, follow=True)


def decide(client, asked, given):
    return client.post(reverse("revealrequest_answer", args=[asked.pk]), {"answer": given}, follow=True)


def told(user) -> dict[str, int]:
    return {str(item.label): item.count for item in waiting_for(user)}


@pytest.mark.parametrize("second", ["lead", "reviewer"])
def test_auditor_sees_what_another_agreed_to_for_a_day(request, client_of, auditor, home, second):
    client, other = client_of(auditor), client_of(request.getfixturevalue(second))
    answered = press(client, home)
    assert home.worker.id_number not in answered.text
    assert "已提交查看申请" in answered.text
    press(client, home)  # once more asks no more
    asked = RevealRequest.objects.get()
    assert told(request.getfixturevalue(second))["等您同意的查看申请"] == 1
    assert asked.subject in other.get(LIST).text
    decide(other, asked, "agree")
    assert told(auditor)["已同意您查看的记录（24 小时内）"] == 1
    assert home.worker.id_number in press(client, home).text
    log = (
        AuditEntry.objects.filter(union_path=home.union_path)
        .order_by("id")
        .values_list("actor__role", "action", "detail__act")
    )
    assert [row for row in log if row[1] in {"reveal_asked", "revealed"}] == [
        ("auditor", "reveal_asked", "申请查看完整信息"),
        (second, "reveal_asked", "同意周监督查看完整信息"),
        ("auditor", "revealed", None),
    ]
    RevealRequest.objects.update(decided_at=timezone.now() - timedelta(hours=24))
    assert home.worker.id_number not in press(client, home).text
    assert RevealRequest.objects.waiting().count() == 1


def test_consent_is_for_one_record_and_one_person(client_of, auditor, lead, reviewer, home, district):
    client = client_of(auditor)
    press(client, home)
    decide(client_of(lead), RevealRequest.objects.get(), "agree")
    sibling = builders.household(district)
    assert sibling.worker.id_number not in press(client, sibling).text
    RevealRequest.objects.filter(record=home.pk).update(asked_by=reviewer)
    assert home.worker.id_number not in press(client, home).text


def test_refused_is_not_shown(client_of, auditor, lead, home):
    client = client_of(auditor)
    press(client, home)
    asked = RevealRequest.objects.get()
    decide(client_of(lead), asked, "refuse")
    assert "这项申请已经办理过了。" in decide(client_of(lead), asked, "agree").text
    assert home.worker.id_number not in press(client, home).text


def test_lead_of_another_unit_is_no_second_person(client_of, auditor, foreign_clerk, home):
    foreign_clerk.role = "lead"
    foreign_clerk.save()
    press(client_of(auditor), home)
    asked = RevealRequest.objects.get()
    assert decide(client_of(foreign_clerk), asked, "agree").status_code == 404
    assert asked.subject not in client_of(foreign_clerk).get(LIST).text
    assert "等您同意的查看申请" not in told(foreign_clerk)


def test_nobody_agrees_to_the_own_request_not_even_past_the_service(client_of, auditor, home):
    press(client_of(auditor), home)
    asked = RevealRequest.objects.get()
    with pytest.raises(ValidationError, match="申请人以外"):
        answer(asked, AccountOutcome.AGREED, by=By(auditor))
    with pytest.raises(IntegrityError, match="revealrequest_four_eyes"), transaction.atomic():
        RevealRequest.objects.update(outcome="agreed", decided_by=auditor)
    assert not AuditEntry.objects.filter(action=AuditAction.REVEALED).exists()


def test_list_is_paged_from_key_to_key(client_of, lead, auditor, district):
    fields = {"kind": "household", "subject": "困难职工家庭", "address": "/", "union": district, "reason": "核对"}
    made = RevealRequest.objects.bulk_create(
        RevealRequest(record=number, asked_by=auditor, **fields) for number in range(PAGE_SIZE + 1)
    )
    client = client_of(lead)
    first = client.get(LIST)
    assert [asked.record for asked in first.context["rows"]] == list(range(PAGE_SIZE, 0, -1))
    second = client.get(LIST + first.context["pages"]["next"])
    assert [asked.record for asked in second.context["rows"]] == [0]
    assert client.get(f"{LIST}?after=999999999").status_code == 404
    RevealRequest.objects.filter(pk__gt=made[0].pk).update(outcome="refused", decided_by=lead)
    assert [asked.record for asked in client.get(LIST).context["rows"]] == [0]
    decided = client.get(f"{LIST}?decided=1")
    assert len(decided.context["rows"]) == PAGE_SIZE
    assert set(decided.context["pages"]) == set()
