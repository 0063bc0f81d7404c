"""What is refused is told to the auditor: the first of its kind, person and minute, then how many more there were."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry, RefusalCount
from portal.models.operating import pace
from portal.models.operating.refusal import TOLD_EVERY
from portal.refusals import middleware
from portal.refusals.telling import STRANGERS, tell
from tests import builders
from tests.access import ABSENT
from tests.factories import sign_in
from tests.workbook.sheets import WANG

REFUSED, NOT_THERE = AuditAction.REFUSED, AuditAction.NOT_THERE


def told(*actions: AuditAction) -> list[tuple]:
    rows = AuditEntry.objects.filter(action__in=actions or (REFUSED, NOT_THERE)).order_by("pk")
    return [(row.action, row.actor, row.subject, row.detail) for row in rows]


def a_minute_later() -> None:
    """Time goes by for what was told."""
    for row in RefusalCount.objects.all():
        RefusalCount.objects.filter(pk=row.pk).update(told_at=row.told_at - TOLD_EVERY)


def test_missing_right_is_told_with_page_and_reason(client_of, auditor):
    assert client_of(auditor).get(reverse("household_create")).status_code == 403
    reason = "您的岗位（监督审计）不能登记和修改档案与业务记录。"
    detail = {"refused": "没有权限", "page": "households/new/", "reason": reason}
    assert told() == [(REFUSED, auditor, "", detail)]


def test_foreign_record_is_told_from_none_in_the_log_alone(client_of, clerk, foreign_district):
    foreign, client = builders.household(foreign_district), client_of(clerk)
    answers = [client.get(reverse("household_detail", args=[pk])) for pk in (foreign.pk, ABSENT["pk"])]
    assert [answer.status_code for answer in answers] == [404, 404]
    page = "households/<int:pk>/"
    assert told() == [
        (REFUSED, clerk, foreign.audit_subject, {"refused": "不在本人范围内的记录", "page": page}),
        (NOT_THERE, clerk, "困难职工家庭", {"refused": "没有的记录", "page": page}),
    ]


def test_both_cost_the_same_queries(client_of, clerk, foreign_district):
    foreign, client = builders.household(foreign_district), client_of(clerk)
    asked = []
    for pk in (ABSENT["pk"], foreign.pk):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("household_detail", args=[pk]))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_wrong_address_is_not_told(client_of, clerk):
    client_of(clerk).get("/no-such-page/")
    Client().get("/wp-login.php")
    assert told() == []


def test_forged_form_is_told_without_what_it_held(clerk):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, clerk)
    assert client.post(reverse("find"), {"q": WANG}).status_code == 403
    assert told() == [(REFUSED, clerk, "", {"refused": "表单校验不符", "page": "find/"})]


def test_flood_is_counted_and_told_with_the_next(client_of, auditor):
    client, address = client_of(auditor), reverse("household_create")
    for _turn in range(50):
        assert client.get(address).status_code == 403
    assert len(told()) == 1
    assert RefusalCount.objects.get().untold == 49
    a_minute_later()
    client.get(address)
    assert [detail.get("again") for _action, _actor, _subject, detail in told()] == [None, 49]
    assert RefusalCount.objects.get().untold == 0


def test_what_stopped_is_told_by_the_sweep(client_of, auditor):
    client, address = client_of(auditor), reverse("household_create")
    for _turn in range(4):
        client.get(address)
    assert RefusalCount.objects.tell_rest() == 0  # it may go on
    a_minute_later()
    assert RefusalCount.objects.tell_rest() == 1
    assert RefusalCount.objects.tell_rest() == 0
    assert [detail.get("again") for *_row, detail in told()] == [None, 2]  # the row stands for one of the three itself
    assert RefusalCount.objects.tell_rest(timezone.now() + timedelta(days=2)) == 0
    assert not RefusalCount.objects.exists()


def test_kinds_and_persons_are_told_apart(client_of, auditor, clerk, foreign_district):
    foreign = builders.household(foreign_district)
    for person in (auditor, clerk):
        for _turn in range(3):
            client_of(person).get(reverse("account_list"))
    client_of(clerk).get(reverse("household_detail", args=[foreign.pk]))
    assert [(actor, detail["refused"]) for _action, actor, _subject, detail in told()] == [
        (auditor, "没有权限"),
        (clerk, "没有权限"),
        (clerk, "不在本人范围内的记录"),
    ]


def test_strangers_of_many_addresses_make_a_bounded_number_of_rows(db, monkeypatch):
    monkeypatch.setattr(pace.time, "time", lambda: 1_900_000_000.0)
    for number in range(200):
        tell(REFUSED, by=By(None, f"10.1.{number // 100}.{number % 100}"), of="x", refused="表单校验不符")
    assert len(told()) == STRANGERS.at_once + 1
    assert sum(RefusalCount.objects.values_list("untold", flat=True)) + len(told()) == 200


def test_refusal_stays_a_refusal_where_the_log_cannot_be_written(client_of, auditor, monkeypatch, caplog):
    def failing(*_given, **_named):
        raise DatabaseError(WANG)

    monkeypatch.setattr(AuditEntry, "save", failing)
    assert client_of(auditor).get(reverse("household_create")).status_code == 403
    assert "a refusal could not be told: DatabaseError" in caplog.text
    monkeypatch.setattr(middleware, "tell_of", failing)
    assert client_of(auditor).get(reverse("household_create")).status_code == 403
    assert WANG not in caplog.text


def test_what_a_refused_request_did_is_taken_back_and_the_row_is_not(client_of, auditor, monkeypatch):
    def refused_in_the_middle(*_given):
        with transaction.atomic():
            AuditEntry.objects.create(action=AuditAction.VIEWED)
            raise middleware.PermissionDenied

    monkeypatch.setattr("portal.views.audit.AuditLog.get", refused_in_the_middle)
    assert client_of(auditor).get(reverse("audit_log")).status_code == 403
    assert told(AuditAction.VIEWED) == []
    assert len(told()) == 1


def test_auditor_sees_them_grouped_and_opens_the_log(client_of, auditor, clerk, foreign_district):
    foreign = builders.household(foreign_district)
    client = client_of(clerk)
    for _turn in range(5):
        client.get(reverse("household_detail", args=[foreign.pk]))
    a_minute_later()
    client.get(reverse("household_detail", args=[foreign.pk]))
    groups = list(AuditEntry.objects.visible_to(auditor).refusals_since(timezone.now() - timedelta(days=7)))
    assert [(group["actor__name"], group["times"]) for group in groups] == [(clerk.name, 6)]
    for page in ("/", reverse("area", args=["oversight"])):
        shown = client_of(auditor).get(page).text
        assert "近 7 天的拒绝" in shown
        assert f"action=refused&amp;since={(timezone.localdate() - timedelta(days=6)).isoformat()}" in shown
        assert f"person={clerk.username}&amp;address=127.0.0.1" in shown


def test_log_is_filtered_by_address(client_of, auditor):
    tell(REFUSED, by=By(None, "10.1.2.3"), subject="甲", refused="表单校验不符")
    tell(REFUSED, by=By(None, "10.1.2.4"), subject="乙", refused="表单校验不符")
    pages = {
        given: client_of(auditor).get(reverse("audit_log"), {"address": given}).text for given in ("10.1.2.3", "x")
    }
    assert ("<td>甲</td>" in pages["10.1.2.3"], "<td>乙</td>" in pages["10.1.2.3"]) == (True, False)
    assert "没有符合条件的记录" in pages["x"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_leave_one_row_and_fifteen_counted(clerk):
    ready = threading.Barrier(16)

    def refuse() -> None:
        ready.wait()
        tell(REFUSED, by=By(clerk, "10.0.0.1"), of="race", refused="没有权限")
        connection.close()

    threads = [threading.Thread(target=refuse) for _number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told()) == 1
    assert RefusalCount.objects.get().untold == 15
