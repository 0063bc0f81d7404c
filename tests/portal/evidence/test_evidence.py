"""Whoever owns the database and changes, deletes or puts in a row of the evidence is found out: the row is named."""

from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from aid.models import CaseEvent
from portal.audit import By, record
from portal.enums import AuditAction, Duty
from portal.evidence import sealing
from portal.evidence.sealing import seal_added
from portal.evidence.verifying import faults
from portal.models import AuditEntry, DutySign, EvidenceLink
from portal.models.append_only import REFUSAL
from reports.models import ReportEvent
from tests.aid.paying import case_to_pay, raised, released
from tests.reports.getting_ready import frozen, ready
from tests.tampering import TAMPERINGS, past_triggers

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def heads(tmp_path, settings):
    settings.EVIDENCE_HEADS = tmp_path / "evidence" / "heads.txt"
    return settings.EVIDENCE_HEADS


@pytest.fixture
def sweep(django_capture_on_commit_callbacks):
    """Seals as the daily sweep does, so many days; how many rows were sealed."""
    days = iter(range(1000))

    def swept(count: int = 1) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return sum(seal_added(timezone.now() + next(days) * DAY) for _each in range(count))

    return swept


@pytest.fixture
def log(clerk):
    """Five rows of the log."""
    return [record(AuditAction.VIEWED, by=By(clerk), subject=f"H-{number}") for number in range(5)]


@pytest.fixture
def evidence(campaign, clerk, lead, district):
    """A row at least in every table."""
    case = case_to_pay(district)
    CaseEvent.objects.create(case=case, move="approve", state="approved", actor=lead)
    raised(district, 5000)
    released(campaign, clerk, lead, [case_to_pay(district)])
    report = ready(campaign, district)
    frozen(report)
    ReportEvent.objects.create(report=report, move="submit", state="submitted", actor=lead)


def told() -> list[str]:
    return list(faults())


def run(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def text_of(model) -> str:
    """A column of words that refers to nothing and is unique nowhere."""
    plain = (f for f in model._meta.concrete_fields if f.get_internal_type() == "CharField" and not f.unique)
    return next(f.column for f in plain if f.name != "union_path")


DEFERRED = {"postgresql": "SET CONSTRAINTS ALL DEFERRED", "sqlite": "PRAGMA defer_foreign_keys = ON"}


@contextmanager
def tampered(statement: str):
    """Within it the statement has been run; then it is taken back."""
    with transaction.atomic():
        run(statement)
        yield
        transaction.set_rollback(True)


def rows_named() -> list[str]:
    return [fault for fault in told() if "行" in fault]


@pytest.mark.parametrize("label", settings.EVIDENCE)
def test_row_that_is_changed_deleted_or_put_in_is_named(label, evidence, sweep):
    model = apps.get_model(label)
    sweep(2)
    assert told() == []
    name, pk = model._meta.verbose_name, model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
    link, table = EvidenceLink.objects.get(source=label, count__gt=0), model._meta.db_table
    past_triggers(model)
    assert told() == [f"“{name}”没有了防止改动和删除的触发器"]
    run(DEFERRED[connection.vendor])
    for statement, found in (
        (f"UPDATE {table} SET {text_of(model)} = 'x' WHERE id = {pk}", [(pk, "封存后被改动")]),  # noqa: S608
        (f"DELETE FROM {table} WHERE id = {pk}", [(pk, "封存后被删除")]),  # noqa: S608
        (f"UPDATE {table} SET id = -5 WHERE id = {pk}", [(-5, "是封存后插入的"), (pk, "封存后被删除")]),  # noqa: S608
    ):
        with tampered(statement):
            words = [f"“{name}”第 {number} 行{what}（第 {link.pk} 号封存）" for number, what in found]
            assert rows_named() == words, statement
    assert rows_named() == []


def test_rows_are_sealed_a_day_later_and_once(log, sweep):
    assert sweep() == 0
    assert sweep() == 5
    record(AuditAction.VIEWED, subject="H-6")
    assert sweep() == 0
    assert sweep() == 1
    assert sweep() == 0
    sealed = EvidenceLink.objects.filter(source="portal.AuditEntry", count__gt=0).order_by("pk")
    assert [link.count for link in sealed] == [5, 1]
    assert seal_added() == 0  # within the hour


def test_many_rows_make_several_links(log, sweep, monkeypatch):
    monkeypatch.setattr(sealing, "LONGEST", 2)
    assert sweep(2) == 5
    counts = EvidenceLink.objects.filter(source="portal.AuditEntry", count__gt=0).order_by("pk")
    assert [link.count for link in counts] == [2, 2, 1]
    assert told() == []
    assert EvidenceLink.objects.first().earlier == ""


def test_forged_link_and_one_cut_off_the_end_are_told(log, sweep, settings):
    sweep(2)
    past_triggers(EvidenceLink)
    first, last = EvidenceLink.objects.order_by("pk").first(), EvidenceLink.objects.order_by("pk").last()
    EvidenceLink.objects.filter(pk=first.pk).update(count=first.count + 7)
    assert told() == [f"第 {first.pk} 号封存不是本系统的密钥做的，或被改动"]
    EvidenceLink.objects.filter(pk=first.pk).update(count=first.count)
    EvidenceLink.objects.filter(pk=last.pk).delete()
    assert told() == [f"第 {last.pk} 号封存被删除或改动：与数据库以外保存的封存值不符"]
    settings.EVIDENCE_HEADS.unlink()
    EvidenceLink.objects.filter(pk=first.pk).delete()
    assert told() == [f"第 {first.pk + 1} 号封存前面的封存被删除或改动"]


def test_link_is_proved_with_the_key_it_was_made_with(log, sweep, settings):
    sweep(2)
    settings.SEAL_KEYS = ["66" * 32, *settings.SEAL_KEYS]
    assert told() == []
    settings.SEAL_KEYS = ["66" * 32]
    assert len(told()) == EvidenceLink.objects.count()


def test_command_names_the_rows_and_fails(log, sweep):
    sweep(2)
    out, err = StringIO(), StringIO()
    call_command("verify_evidence", stdout=out)
    assert f"核对 {EvidenceLink.objects.count()} 次封存，不符 0 处" in out.getvalue()
    past_triggers(AuditEntry)
    AuditEntry.objects.filter(pk=log[2].pk).update(subject="H-9")
    with pytest.raises(SystemExit):
        call_command("verify_evidence", stdout=out, stderr=err)
    assert f"“审计日志”第 {log[2].pk} 行封存后被改动" in err.getvalue()


def test_daily_proof_is_told_to_who_has_to_act(client_of, auditor, admin, clerk, log, sweep):
    sweep(2)
    told, looks = "看一看：证据核对不符，或两天没有核对", [client_of(person) for person in (auditor, admin, clerk)]
    assert [told in client.get("/").text for client in looks] == [True, True, False]  # never proved
    call_command("verify_evidence", stdout=StringIO())
    assert not any(told in client.get("/").text for client in looks)
    assert "两天没有核对成功" not in looks[0].get("/audit/evidence/").text
    DutySign.objects.filter(duty=Duty.EVIDENCE).update(done_at=timezone.now() - 2.1 * DAY)
    assert told in looks[0].get("/").text
    assert "两天没有核对成功" in looks[0].get("/audit/evidence/").text
    past_triggers(AuditEntry)
    AuditEntry.objects.filter(pk=log[2].pk).update(subject="H-9")
    with pytest.raises(SystemExit):
        call_command("verify_evidence", stdout=StringIO(), stderr=StringIO())
    assert [told in client.get("/").text for client in looks] == [True, True, False]
    assert "最近一次核对不符" in looks[0].get("/audit/evidence/").text
    assert "核对证据" in looks[1].get("/state/").text


def test_auditor_proves_a_seal_on_the_page(client_of, auditor, log, sweep):
    sweep(2)
    client, link = client_of(auditor), EvidenceLink.objects.get(source="portal.AuditEntry", count=5)
    page = client.post("/audit/evidence/", {"link": link.pk})
    assert f"第 {link.pk} 号封存的 5 行与封存时一致。" in page.text
    past_triggers(AuditEntry)
    AuditEntry.objects.filter(pk=log[0].pk).delete()
    page = client.post("/audit/evidence/", {"link": link.pk})
    assert f"“审计日志”第 {log[0].pk} 行封存后被删除" in page.text
    assert "没有了防止改动和删除的触发器" in page.text


@pytest.mark.parametrize("tamper", TAMPERINGS.values(), ids=TAMPERINGS)
def test_link_refuses_every_change(log, sweep, tamper):
    sweep(2)
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        tamper(EvidenceLink)
