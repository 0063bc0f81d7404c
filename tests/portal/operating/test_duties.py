"""What works by itself leaves a sign, and its silence is told."""

import datetime
import threading

import pytest
from django.core.management import call_command
from django.utils import timezone

from portal.enums import Duty
from portal.models import DutySign
from portal.operating import duties
from portal.operating.checks import duties_are_done

MINUTE = datetime.timedelta(minutes=1)


def overdue(now=None):
    return [str(each.duty) for each in duties.standings(now) if each.overdue]


@pytest.mark.django_db
def test_duty_is_overdue_until_it_was_done_and_again_after_its_longest_silence():
    assert overdue() == ["worker", "sweep", "backup", "verification", "evidence", "messages"]
    duties.did(Duty.WORKER, "a-1")
    duties.did(Duty.BACKUP, size=7)
    duties.did(Duty.MESSAGES, sent=0, failed=0)
    now = timezone.now()
    assert overdue(now) == ["sweep", "verification", "evidence"]
    assert overdue(now + 3 * MINUTE) == ["worker", "sweep", "verification", "evidence"]
    assert overdue(now + 61 * MINUTE) == ["worker", "sweep", "verification", "evidence", "messages"]
    assert overdue(now + 27 * 60 * MINUTE) == ["worker", "sweep", "backup", "verification", "evidence", "messages"]


@pytest.mark.django_db
def test_one_worker_of_several_that_lives_is_enough_and_a_failure_keeps_the_last_success():
    duties.did(Duty.WORKER, "a-1")
    DutySign.objects.update(tried_at=timezone.now() - 9 * MINUTE, done_at=timezone.now() - 9 * MINUTE)
    assert "worker" in overdue()
    duties.did(Duty.WORKER, "a-2")
    assert "worker" not in overdue()
    duties.did(Duty.BACKUP, size=7)
    duties.failed_at(Duty.BACKUP, "磁盘已满")
    backup = next(each for each in duties.standings() if each.duty == Duty.BACKUP)
    assert (backup.problem, backup.detail, backup.overdue) == ("磁盘已满", {"size": 7}, False)


@pytest.mark.django_db
def test_deployment_check_names_what_is_silent_only_where_the_database_is_asked():
    assert duties_are_done() == []
    for duty in (Duty.WORKER, Duty.SWEEP, Duty.VERIFICATION, Duty.EVIDENCE, Duty.MESSAGES):
        duties.did(duty)
    assert [str(found.msg) for found in duties_are_done(databases=["default"])] == [
        "“备份”超过时限没有成功的记录（最近一次：从来没有）。"
    ]


@pytest.mark.django_db
def test_sweep_leaves_its_sign_and_forgets_workers_long_gone():
    duties.did(Duty.WORKER, "long-gone")
    DutySign.objects.update(tried_at=timezone.now() - datetime.timedelta(days=8))
    duties.did(Duty.WORKER, "here")
    call_command("sweep_jobs")
    assert list(DutySign.objects.values_list("duty", "place")) == [
        ("sweep", duties.machine()),
        ("worker", "here"),
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_worker_beats_in_a_thread_of_its_own(monkeypatch):
    monkeypatch.setattr(duties, "BEAT_SECONDS", 0.05)
    beaten = threading.Event()
    noted = duties.did

    def note(*args):
        noted(*args)
        beaten.set()

    monkeypatch.setattr(duties, "did", note)
    with duties.beating("here-1"):
        assert beaten.wait(10)
        assert DutySign.objects.get().place == "here-1"
    assert not [thread for thread in threading.enumerate() if thread.name == "heartbeat"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_worker_command_says_that_it_is_there(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    call_command("db_worker", batch=True, startup_delay=False, worker_id="here-2", reload=False, verbosity=0)
    assert DutySign.objects.get().place == "here-2"
