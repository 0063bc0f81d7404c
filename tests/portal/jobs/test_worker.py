"""A worker of its own process outlives its database, and what a killed one was doing is begun again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from portal.enums import Duty, JobState
from portal.jobs.kinds import all_kinds
from portal.jobs.starting import start
from portal.models import DutySign, Job

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
PATIENCE = 300  # seconds, on a busy machine


@pytest.fixture(autouse=True)
def _queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.JOB_KINDS = ["tests.portal.job_kinds.KINDS"]
    all_kinds.cache_clear()
    yield
    all_kinds.cache_clear()


@pytest.fixture
def worker():
    """Starts workers; those that still run are ended with the test."""
    started = []

    def start_one(name: str) -> subprocess.Popen:
        given = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.portal.jobs.worker_settings",
            "WORKER_DATABASE": connection.settings_dict["NAME"],
        }
        command = [sys.executable, "manage.py", "db_worker", "--interval", "0.2", "--worker-id", name]
        process = subprocess.Popen(command, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  our own command
        started.append(process)
        until(lambda: DutySign.objects.filter(duty=Duty.WORKER, place=name).exists())
        return process

    yield start_one
    for process in started:
        process.kill()
        process.wait()


def until(holds: Callable[[], bool]) -> None:
    ended = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ended, "it did not come to pass"
        time.sleep(0.2)


def state(job: Job) -> str:
    return Job.objects.values_list("state", flat=True).get(pk=job.pk)


def cut_off_everybody_else() -> int:
    """What a restart of the server does to who is connected."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def test_worker_outlives_a_restart_of_its_database(worker, clerk):
    process = worker("outliving")
    assert cut_off_everybody_else() >= 1
    time.sleep(1)
    assert cut_off_everybody_else() >= 0
    job = start("count", clerk, upto=3)
    until(lambda: state(job) == JobState.DONE)
    assert process.poll() is None


def test_job_under_way_when_the_database_goes_is_begun_again(worker, clerk):
    process = worker("interrupted")
    job = start("wait", clerk, seconds=3)
    until(lambda: state(job) == JobState.RUNNING)
    until(lambda: Job.objects.get(pk=job.pk).total > 0)
    cut_off_everybody_else()
    until(lambda: state(job) == JobState.DONE)
    assert Job.objects.get(pk=job.pk).attempts == 2
    assert process.poll() is None


def worker_of(job: Job) -> str:
    """The name of the worker that took the job up."""
    return DBTaskResult.objects.get(args_kwargs__args=[str(job.pk)]).worker_ids[-1]


def test_job_of_a_killed_worker_is_begun_again_by_another_within_a_minute(worker, clerk):
    workers = {name: worker(name) for name in ("one", "another")}
    job = start("wait", clerk, seconds=3)
    until(lambda: Job.objects.get(pk=job.pk).total > 0)
    killed = workers[worker_of(job)]
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    since = time.monotonic()
    until(lambda: Job.objects.get(pk=job.pk).state != JobState.RUNNING or Job.objects.get(pk=job.pk).attempts == 2)
    seen_after = time.monotonic() - since
    until(lambda: state(job) == JobState.DONE)
    assert Job.objects.get(pk=job.pk).attempts == 2
    assert seen_after < 60
