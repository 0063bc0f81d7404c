"""Long work outside the request: run once, told to its owner alone, kept encrypted, given up when it stops."""

import datetime
import threading
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.enums import JobState
from portal.jobs import beating
from portal.jobs.kinds import JobKindError, all_kinds
from portal.jobs.progress import JobOvertaken, Progress
from portal.jobs.running import PART_BYTES, JobSilentError, run_job
from portal.jobs.starting import start
from portal.jobs.sweeping import MOST_ATTEMPTS, SILENT_AFTER, see_to_silent, wipe_old
from portal.jobs.threads import ThreadBackend
from portal.models import AuditEntry, Job, JobPart
from portal.operating import duties


@pytest.fixture(autouse=True)
def _kinds(settings):
    settings.JOB_KINDS = ["tests.portal.job_kinds.KINDS"]
    all_kinds.cache_clear()
    yield
    all_kinds.cache_clear()


@pytest.fixture
def waiting(clerk):
    """A job that nobody has taken up."""
    return Job.objects.create(kind="count", owner=clerk, arguments={"upto": 3})


def moved(job, **fields):
    Job.objects.filter(pk=job.pk).update(**fields)
    job.refresh_from_db()
    return job


def test_job_runs_and_keeps_its_file_encrypted(clerk):
    job = start("count", clerk, upto=3)
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.file_name) == (JobState.DONE, 3, 3, "数字.txt")
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM portal_jobpart")
        (stored,) = cursor.fetchone()
    assert b"clerk" not in bytes(stored)
    assert b"".join(part.content for part in job.parts.all()) == b"clerk 1\nclerk 2\nclerk 3\n"


def test_file_is_kept_in_parts_and_comes_back_whole(client_of, clerk):
    long = "长" * (PART_BYTES // 4)
    job = start("count", clerk, upto=3, of=long)
    assert JobPart.objects.count() == 3
    response = client_of(clerk).get(reverse("job_download", args=[job.pk]))
    content = b"".join(response.streaming_content)
    assert content == "".join(f"clerk{long} {number}\n" for number in (1, 2, 3)).encode()
    assert int(response["Content-Length"]) == len(content)


def test_download_is_audited_and_names_what_it_holds(client_of, clerk):
    job = start("count", clerk, upto=2)
    client_of(clerk).get(reverse("job_download", args=[job.pk]))
    entry = AuditEntry.objects.get(action="exported")
    assert (entry.actor, entry.subject) == (clerk, "数到 2")
    assert entry.detail == {"file": "数字.txt", "count": 2}


def test_same_work_asked_for_twice_is_one_job_while_it_is_under_way(clerk, lead, waiting):
    assert start("count", clerk, upto=3) == waiting
    moved(waiting, state=JobState.RUNNING, heartbeat_at=timezone.now())
    assert start("count", clerk, upto=3) == waiting
    assert len({start("count", clerk, upto=4), start("count", lead, upto=3), waiting}) == 3
    moved(waiting, state=JobState.DONE, finished_at=timezone.now())
    assert start("count", clerk, upto=3) != waiting


def test_job_is_run_once_however_often_it_is_queued(clerk, waiting):
    run_job.call(str(waiting.pk))
    run_job.call(str(waiting.pk))
    assert JobPart.objects.count() == 1


def test_start_without_the_permission_is_refused(clerk):
    with pytest.raises(PermissionDenied, match="全市"):
        start("of_city", clerk, upto=1)
    assert not Job.objects.exists()


def test_job_of_somebody_who_lost_the_right_is_not_run(clerk):
    job = Job.objects.create(kind="of_city", owner=clerk, arguments={"upto": 1})
    run_job.call(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.problem) == (JobState.FAILED, "发起人已不能做这项工作。")


def test_file_is_not_given_to_somebody_who_lost_the_right(client_of, reviewer):
    job = start("of_city", reviewer, upto=1)
    reviewer.role = "clerk"
    reviewer.save()
    assert client_of(reviewer).get(reverse("job_download", args=[job.pk])).status_code == 403


def test_reason_for_refused_work_is_shown(client_of, clerk):
    job = start("refuse", clerk)
    text = client_of(clerk).get(reverse("job_show", args=[job.pk])).content.decode()
    assert "没有可以打印的报表。" in text
    assert "js/job.js" not in text


def test_broken_work_fails_in_words_that_give_nothing_away(client_of, clerk):
    job = start("break_down", clerk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    text = client_of(clerk).get(reverse("job_show", args=[job.pk])).content.decode()
    assert "程序出错" in text
    assert "310104199001011234" not in text


def test_work_that_was_given_up_meanwhile_keeps_no_file(clerk):
    job = start("be_given_up", clerk)
    job.refresh_from_db()
    assert (job.state, job.problem) == (JobState.FAILED, "任务中断了")
    assert not JobPart.objects.exists()


SILENT = SILENT_AFTER[connection.vendor]
A_SECOND = datetime.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("fields", "ago", "seen_to"),
    [
        ({"state": "running", "heartbeat_at": 0}, SILENT - A_SECOND, 0),
        ({"state": "running", "heartbeat_at": 0}, SILENT + A_SECOND, 1),
        ({"state": "waiting", "made_at": 0}, datetime.timedelta(minutes=59), 0),
        ({"state": "waiting", "made_at": 0}, datetime.timedelta(minutes=61), 1),
        ({"state": "done", "finished_at": 0, "made_at": 0}, datetime.timedelta(hours=10), 0),
    ],
)
def test_job_that_fell_silent_is_seen_to(waiting, fields, ago, seen_to):
    now = timezone.now()
    moved(waiting, **{name: now - ago if value == 0 else value for name, value in fields.items()})
    assert see_to_silent(now) == seen_to
    waiting.refresh_from_db()
    assert (waiting.state == JobState.FAILED) == bool(seen_to)
    assert waiting.is_news == bool(seen_to)


def test_killed_job_is_seen_within_a_minute():
    looked_every = datetime.timedelta(seconds=duties.BEAT_SECONDS)
    assert SILENT_AFTER["postgresql"] + looked_every < datetime.timedelta(minutes=1)
    assert SILENT_AFTER["postgresql"] >= 3 * datetime.timedelta(seconds=beating.BEAT_SECONDS)


def silent(job, **fields):
    return moved(job, state=JobState.RUNNING, heartbeat_at=timezone.now() - SILENT - A_SECOND, **fields)


def test_repeatable_job_is_begun_again(clerk):
    job = Job.objects.create(kind="count_again", owner=clerk, arguments={"upto": 3})
    silent(job, attempts=1, done=2, total=3)
    assert see_to_silent() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.done, job.is_news) == (JobState.DONE, 2, 3, False)


def test_job_that_kills_its_worker_again_and_again_is_given_up(clerk):
    job = silent(Job.objects.create(kind="count_again", owner=clerk, arguments={"upto": 3}), attempts=MOST_ATTEMPTS)
    see_to_silent()
    job.refresh_from_db()
    assert (job.state, job.problem, job.is_news) == (JobState.FAILED, "任务中断了，没有做成，请重新发起。", True)


def test_run_that_was_thought_dead_writes_nothing_into_the_next(clerk, waiting):
    """The first run goes on after the job was begun again: its steps and its file are not taken."""
    first = moved(waiting, state=JobState.RUNNING, heartbeat_at=timezone.now(), attempts=1)
    Job.objects.filter(pk=first.pk).update(attempts=2)
    with pytest.raises(JobOvertaken):
        Progress(first).begin(3)
    assert not Job.objects.run_of(first).exists()


def test_owner_is_told_on_the_first_page_until_the_job_was_looked_at(client_of, clerk, lead, waiting):
    silent(waiting)
    see_to_silent()
    client = client_of(clerk)
    assert "看一看：1 个后台任务没有做成" in client.get("/").text
    assert "后台任务没有做成" not in client_of(lead).get("/").text
    assert "数到 3" in client.get(f"{reverse('job_list')}?news").text
    assert "任务中断了，没有做成，请重新发起。" in client.get(reverse("job_show", args=[waiting.pk])).text
    assert "后台任务没有做成" not in client.get("/").text


def test_job_whose_queue_was_lost_is_queued_anew_when_it_is_asked_for_again(clerk, waiting):
    assert start("count", clerk, upto=3).state == JobState.WAITING
    moved(waiting, made_at=timezone.now() - datetime.timedelta(minutes=2))
    start("count", clerk, upto=3)
    waiting.refresh_from_db()
    assert waiting.state == JobState.DONE
    assert Job.objects.count() == 1


def test_job_under_which_the_database_is_lost_falls_silent(clerk, monkeypatch):
    def lost(*_given):
        raise OperationalError("310104199001011234")

    job = Job.objects.create(kind="count", owner=clerk, arguments={"upto": 3})
    monkeypatch.setattr(Progress, "begin", lost)
    with pytest.raises(JobSilentError, match="OperationalError"):
        run_job.call(str(job.pk))
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_work_beats_while_it_goes_on(monkeypatch):
    beaten = threading.Event()
    monkeypatch.setattr(beating, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(beating.Job.objects, "run_of", lambda _job: SimpleNamespace(update=lambda **_to: beaten.set()))
    with beating.beating(Job()):
        assert beaten.wait(10)


def test_job_that_stopped_does_not_stand_in_the_way_of_the_next(clerk, waiting):
    long_ago = timezone.now() - datetime.timedelta(hours=2)
    moved(waiting, state=JobState.RUNNING, heartbeat_at=long_ago)
    again = start("count", clerk, upto=3)
    assert again != waiting
    assert Job.objects.get(pk=again.pk).state == JobState.DONE


def test_file_is_gone_after_seven_days(client_of, clerk):
    job = start("count", clerk, upto=1)
    now = timezone.now()
    moved(job, finished_at=now - datetime.timedelta(days=6, hours=23))
    assert (wipe_old(now), job.has_file) == (0, True)
    moved(job, finished_at=now - datetime.timedelta(days=7, minutes=1))
    assert client_of(clerk).get(reverse("job_download", args=[job.pk])).status_code == 404
    call_command("sweep_jobs", verbosity=0)
    assert not JobPart.objects.exists()
    assert "已过保存期" in client_of(clerk).get(reverse("job_show", args=[job.pk])).content.decode()


def test_jobs_of_others_are_not_found(client_of, clerk, lead, reviewer):
    job = start("count", clerk, upto=1)
    for stranger in (lead, reviewer):
        client = client_of(stranger)
        codes = [client.get(reverse(name, args=[job.pk])).status_code for name in ("job_show", "job_download")]
        assert codes == [404, 404]
        assert "数到" not in client.get(reverse("job_list")).content.decode()
    assert "数到 1" in client_of(clerk).get(reverse("job_list")).content.decode()


def test_page_of_a_running_job_shows_progress_and_asks_again(client_of, clerk, waiting):
    moved(waiting, state=JobState.RUNNING, heartbeat_at=timezone.now(), done=7, total=20)
    text = client_of(clerk).get(reverse("job_show", args=[waiting.pk])).content.decode()
    assert "已完成 7 / 20" in text
    assert "js/job.js" in text
    assert "刷新" in text


def test_list_takes_as_many_queries_for_three_jobs_as_for_one(client_of, clerk):
    client, counts = client_of(clerk), []
    for upto in (1, 2, 3):
        start("count", clerk, upto=upto)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("job_list"))
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_kind_declared_twice_stops_the_start(settings):
    settings.JOB_KINDS = ["tests.portal.job_kinds.TWICE"]
    all_kinds.cache_clear()
    with pytest.raises(JobKindError, match="count"):
        all_kinds()


def test_thread_runs_what_is_committed_and_survives_what_fails(django_capture_on_commit_callbacks, clerk, monkeypatch):
    """The work itself is stood in for: a thread cannot see the rows of a test's open transaction."""
    ran, done = [], threading.Event()

    def work(pk):
        ran.append((pk, threading.current_thread().daemon))
        if pk == "bad":
            raise RuntimeError
        done.set()

    backend = ThreadBackend("default", {})
    monkeypatch.setattr(type(run_job), "call", lambda _task, pk: work(pk))
    with django_capture_on_commit_callbacks(execute=True):
        for pk in ("bad", "good"):
            backend.enqueue(run_job, [pk], {})
        assert ran == []
    assert done.wait(10)
    assert ran == [("bad", True), ("good", True)]
