"""The lists behind what was handed in, taken away: all pages, text that stays text, a row in the audit log."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from portal.enums import AuditAction
from portal.models import AuditEntry
from tests.reports import builders as make
from tests.reports.getting_ready import frozen, ready


@pytest.fixture
def payment(district):
    return make.change(make.payment(district))


@pytest.fixture
def submission(year_2014, district, payment):
    for _turn in range(60):  # more than a page
        make.event(district, title="=1+1", held_on=date(2014, 5, 1))
    return frozen(ready(year_2014, district))


def rows_of(response) -> list[tuple]:
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} <= {"s", "n", "d"}
    return list(sheet.iter_rows(values_only=True))


def test_frozen_records_of_all_pages_are_taken_away(submission, client_of, clerk, district):
    make.event(district)  # since: not among them
    client, args = client_of(clerk), [submission.pk, "job_events"]
    page = client.get(reverse("submission_records", args=args))
    address = reverse("submission_records_export", args=args)
    assert f'href="{address}"' in page.content.decode()
    head, *rows = rows_of(client.get(address))
    assert list(head) == submission.records.get(fact="events").headings
    assert len(rows) == 60
    assert "=1+1" in rows[0]
    entry = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (entry.actor, entry.detail["count"]) == (clerk, 60)
    assert submission.code in entry.subject


def test_figure_that_was_not_handed_in_has_no_export(submission, client_of, clerk):
    address = reverse("submission_records_export", args=[submission.pk, "nonsense"])
    assert client_of(clerk).get(address).status_code == 404


def test_drift_is_taken_away_as_it_is_told(submission, client_of, clerk, payment):
    make.change(payment, clerk, amount=Decimal("600.00"))
    client = client_of(clerk)
    address = reverse("submission_drift_export", args=[submission.pk])
    page = client.get(reverse("submission_drift", args=[submission.pk])).content.decode()
    assert f'href="{address}"' in page
    head, *rows = rows_of(client.get(address))
    assert head == ("变化", "类别", "记录", "内容", "涉及的指标", "改动的记录", "何人", "何时")
    ((kind, _what, name, told, _figures, cause, by, _at),) = rows
    assert (kind, name, by) == ("内容有变", payment.number, "陈经办")
    assert cause == f"助学款发放 {payment.number}：金额(元)"
    assert told.endswith("520.48 → 600.00")
    entry = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (entry.detail["count"], entry.subject) == (1, f"报送后的变化 {submission.report} {submission.code}")


def test_strangers_take_nothing_away(submission, client_of, foreign_clerk):
    client = client_of(foreign_clerk)
    for name, args in (("submission_records_export", ("job_events",)), ("submission_drift_export", ())):
        assert client.get(reverse(name, args=[submission.pk, *args])).status_code == 404
    assert not AuditEntry.objects.filter(action=AuditAction.EXPORTED).exists()
