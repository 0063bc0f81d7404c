"""A list longer than somebody waits for is made by a job: what it was filtered by is sealed, its file fetched once."""

import io
import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.enums import AuditAction, JobState
from portal.models import AuditEntry, Job, JobPart
from tests import builders


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr("portal.records.views.export.LONGEST_AT_ONCE", 1)


@pytest.fixture
def families(district):
    return [builders.household(district, name) for name in ("王建国", "王建国", "周某")]


def exported(client, **params):
    answer = client.get(reverse("household_export"), params)
    job = Job.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("job_show", args=[job.pk]))
    return job


def test_long_list_is_made_by_a_job_as_it_is_filtered_and_fetched_once(client_of, clerk, short, families):
    client = client_of(clerk)
    job = exported(client, q="王建国", order="number")
    assert (job.state, job.done, job.total) == (JobState.DONE, 0, 2)
    page = client.get(reverse("job_show", args=[job.pk])).text
    assert "困难职工家庭（xlsx）" in page
    assert "只能下载一次" in page
    body = b"".join(client.get(reverse("job_download", args=[job.pk])).streaming_content)
    sheet = load_workbook(io.BytesIO(body)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == sorted(home.number for home in families[:2])
    assert not JobPart.objects.exists()
    assert client.get(reverse("job_download", args=[job.pk])).status_code == 404
    entry = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (entry.detail["count"], entry.detail["filters"]) == (2, ["查找"])


def test_name_that_was_searched_for_is_kept_sealed(client_of, clerk, short, families):
    job = exported(client_of(clerk), q="王建国")
    kept = json.dumps(job.arguments, ensure_ascii=False)
    assert "王建国" not in kept
    assert "%E7%8E%8B" not in kept


def test_file_that_was_cut_off_may_be_fetched_again(client_of, clerk, short, families):
    client = client_of(clerk)
    job = exported(client)
    cut_off = client.get(reverse("job_download", args=[job.pk]))
    next(iter(cut_off.streaming_content))
    cut_off._iterator.close()  # as the test's browser ends an answer: closing the answer would close the connection
    assert b"".join(client.get(reverse("job_download", args=[job.pk])).streaming_content)


def test_other_formats_are_made_so_too_and_a_wrong_one_is_none(client_of, clerk, short, families):
    client = client_of(clerk)
    assert exported(client, format="csv").file_name.endswith(".csv")
    assert client.get(reverse("household_export"), {"format": "exe"}).status_code == 404


def test_job_under_way_is_not_started_again_and_tells_what_is_left(client_of, clerk, short, families):
    client = client_of(clerk)
    job = exported(client)
    begun = timezone.now() - timedelta(minutes=3)
    Job.objects.update(state=JobState.RUNNING, done=1, total=3, started_at=begun, heartbeat_at=timezone.now())
    assert exported(client) == job
    assert "大约还要 7 分钟" in client.get(reverse("job_show", args=[job.pk])).text


def test_job_under_way_is_cancelled_by_its_owner_and_one_that_ended_stays(client_of, clerk, lead, short, families):
    client = client_of(clerk)
    job = exported(client)
    address = reverse("job_cancel", args=[job.pk])
    client.post(address)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    Job.objects.update(state=JobState.RUNNING, heartbeat_at=timezone.now())
    assert client_of(lead).post(address).status_code == 404
    assert client.post(address).url == reverse("job_show", args=[job.pk])
    job.refresh_from_db()
    assert (job.state, job.problem) == (JobState.FAILED, "已取消。")
