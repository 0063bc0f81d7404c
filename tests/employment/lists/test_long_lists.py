"""A long list is checked and brought in by a job: it may be left, and taken up again whatever breaks."""

import csv
import datetime
import io
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from aid.models import Household
from employment.lists import jobs
from portal.enums import JobState
from portal.jobs import starting
from portal.models import HeldRow, Job, ListUpload
from portal.models.lists import ListState
from portal.workbook.lists.steps import uploads
from portal.workbook.lists.steps.stored import dump_table, load_table
from portal.workbook.lists.table import ReadTable
from portal.workbook.raw import Boolean, ErrorValue, Formula
from tests.employment.lists.browsing import go_on_from_columns, say, upload
from tests.employment.lists.test_steps import HEADINGS, LI, RIGHT_NUMBER, SAID, WANG, WRONG

NOBODY = SimpleNamespace(enqueue=lambda _pk: None)
RUN = starting.run_job
THIRD = (WRONG[0], WRONG[1], "低收入", *WRONG[3:])


@pytest.fixture
def page(client_of, clerk, grassroots, monkeypatch):
    monkeypatch.setattr(jobs, "LONG", 2)
    return client_of(clerk)


@pytest.fixture
def sent(page) -> ListUpload:
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, WANG, LI, THIRD])
    assert upload(page, text.getvalue().encode(), "长清单.csv").status_code == 302
    return ListUpload.objects.get()


@pytest.fixture
def nobody_works(monkeypatch):
    """No worker takes up what is queued."""
    monkeypatch.setattr(starting, "run_job", NOBODY)


def at(answer) -> str:
    return answer.redirect_chain[-1][0]


def address(name: str, sent: ListUpload) -> str:
    return reverse(name, args=[sent.pk])


def check(page, sent: ListUpload):
    return go_on_from_columns(page, sent.pk, **say(page, sent.pk, SAID))


def test_job_leads_through_the_steps(page, sent):
    assert at(check(page, sent)) == address("list_words", sent)
    answer = page.post(address("list_words", sent), {"word-0": ""}, follow=True)
    assert at(answer) == address("list_check", sent)
    answer = page.post(address("list_confirm", sent), follow=True)
    assert at(answer) == address("list_check", sent)
    assert "已导入" in answer.text
    assert set(Household.objects.values_list("worker_name", flat=True)) == {"王建国", "李建华"}
    assert HeldRow.objects.get().row == 4
    assert [(job.kind, job.state, job.has_file) for job in Job.objects.order_by("made_at")] == [
        ("check_list", JobState.DONE, False),
        ("check_list", JobState.DONE, False),
        ("bring_in_list", JobState.DONE, False),
    ]
    listed = page.get(reverse("job_list")).text
    assert "检查清单“长清单.csv”" in listed
    assert "导入清单“长清单.csv”" in listed


def test_progress_is_shown_while_it_lasts(page, sent, nobody_works):
    answer = check(page, sent)
    job = Job.objects.get()
    assert at(answer) == reverse("job_show", args=[job.pk])
    Job.objects.update(state=JobState.RUNNING, heartbeat_at=timezone.now(), done=2, total=3)
    text = page.get(reverse("job_show", args=[job.pk])).text
    assert "已完成 2 / 3" in text
    assert address("list_words", sent) in text


def test_rows_are_counted_while_the_list_is_brought_in(page, sent, monkeypatch):
    check(page, sent)
    page.post(address("list_words", sent), {"word-0": ""}, follow=True)
    seen = []
    monkeypatch.setattr(jobs.Progress, "step", lambda self, count=1: seen.append((self._job.total, count)))
    page.post(address("list_confirm", sent), follow=True)
    assert {total for total, _count in seen} == {3}
    assert sum(count for _total, count in seen) == 3
    assert Household.objects.count() == 2


def test_page_of_a_job_that_has_read_everything_says_that_it_saves(page, sent, nobody_works):
    check(page, sent)
    job = Job.objects.get()
    Job.objects.update(state=JobState.RUNNING, heartbeat_at=timezone.now(), done=3, total=3)
    assert "3 / 3 已处理完，正在保存，请稍候" in page.get(reverse("job_show", args=[job.pk])).text


def test_pressed_twice_it_is_one_job(page, sent, nobody_works):
    check(page, sent)
    check(page, sent)
    assert Job.objects.count() == 1


def test_rows_are_counted_as_they_are_read(page, sent):
    check(page, sent)
    job = Job.objects.get()
    assert (job.done, job.total) == (3, 3)


@pytest.mark.parametrize("state", [JobState.RUNNING, JobState.WAITING])
def test_after_the_worker_was_killed_the_list_is_taken_up_again(page, sent, state, monkeypatch):
    with monkeypatch.context() as killed:
        killed.setattr(starting, "run_job", NOBODY)
        check(page, sent)
    long_ago = timezone.now() - datetime.timedelta(minutes=10) - datetime.timedelta(hours=1)
    Job.objects.update(state=state, heartbeat_at=long_ago, made_at=long_ago)
    shown = page.get(reverse("job_show", args=[Job.objects.get().pk]))
    assert shown.status_code == (302 if state == JobState.RUNNING else 200)  # begun again by itself, or waiting
    assert at(check(page, sent)) == address("list_words", sent)


@pytest.mark.parametrize("waited", [True, False], ids=["given up by the portal", "cancelled by its owner"])
def test_after_the_worker_was_killed_while_it_wrote_the_list_is_confirmed_again(page, sent, monkeypatch, waited):
    check(page, sent)
    page.post(address("list_words", sent), {"word-0": ""}, follow=True)
    with monkeypatch.context() as killed:
        killed.setattr(starting, "run_job", NOBODY)
        page.post(address("list_confirm", sent))
    job = Job.objects.get(kind="bring_in_list")
    beaten = timezone.now() - datetime.timedelta(minutes=11 if waited else 0)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, heartbeat_at=beaten, done=3, total=3)
    if waited:
        assert "重新发起" in page.get(reverse("job_show", args=[job.pk])).text
    else:
        page.post(reverse("job_cancel", args=[job.pk]))
    assert address("list_check", sent) in page.get(reverse("job_show", args=[job.pk])).text
    assert ListUpload.objects.get().state == ListState.CHECKED
    page.post(address("list_confirm", sent))
    assert (Household.objects.count(), HeldRow.objects.count()) == (2, 1)


def test_cut_off_while_it_is_written_nothing_is_and_it_can_be_confirmed_again(page, sent, monkeypatch):
    check(page, sent)
    with monkeypatch.context() as breaking:

        def broken(*_args, **_options):
            message = "the machine stops"
            raise RuntimeError(message)

        breaking.setattr(uploads, "hold", broken)
        answer = page.post(address("list_confirm", sent), follow=True)
    assert "没有做成" in answer.text
    assert not Household.objects.exists()
    assert ListUpload.objects.get().state == ListState.CHECKED
    page.post(address("list_confirm", sent))
    assert Household.objects.count() == 2
    assert HeldRow.objects.count() == 1


def test_what_was_typed_while_it_was_checked_is_kept_and_checked_again(page, sent, clerk, monkeypatch):
    check(page, sent)
    check_list = uploads.check_list

    def typed_meanwhile(draft, **options):
        other = jobs._draft(clerk, str(sent.pk))
        uploads.type_into_cells(other, {4: {"@1": RIGHT_NUMBER}})
        monkeypatch.setattr(jobs, "check_list", check_list)
        return check_list(draft, **options)

    monkeypatch.setattr(jobs, "check_list", typed_meanwhile)
    answer = page.post(address("list_check", sent), {"cell-4-@2": "低保"}, follow=True)
    assert "又有改动" in answer.text
    assert ListUpload.objects.get().state == ListState.OPEN
    check(page, sent)
    page.post(address("list_confirm", sent))
    assert Household.objects.count() == 3


def test_job_of_a_list_that_is_gone_says_so(page, sent, nobody_works):
    check(page, sent)
    ListUpload.objects.all().delete()
    RUN.call(str(Job.objects.get().pk))
    assert Job.objects.get().problem == "这份清单已不存在。"


def test_table_is_kept_as_it_was_read():
    rows = [
        (4, ["分\r\n行\u2028", 1.5, None, True]),
        (6, [Formula("A1"), datetime.date(2020, 1, 2), Boolean(value=True), ErrorValue("#N/A")]),
    ]
    table = ReadTable("表", 3, {0: "甲", 2: "乙\n丙"}, rows, "上\n面", ["另一张"])
    kept = dump_table(table)
    assert load_table(kept) == table
    assert "另一张" not in kept


def test_table_that_was_kept_before_tables_were_packed_is_read():
    kept = '["表", 3, [[0, "姓名"]], [[4, ["王建国", {"d": "2020-01-02"}]]], "上面", []]'
    assert load_table(kept) == ReadTable("表", 3, {0: "姓名"}, [(4, ["王建国", datetime.date(2020, 1, 2)])], "上面")
