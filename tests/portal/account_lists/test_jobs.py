"""Long lists of accounts: checked, confirmed and agreed to in jobs, once, and not at all where they are given up."""

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.account_lists import jobs, services
from portal.account_lists.services import confirm_batch, keep_batch
from portal.account_lists.sweeping import KEPT_DAYS, lapse_batches
from portal.audit import By
from portal.enums import JobState, Role
from portal.jobs.progress import JobOvertaken, Progress
from portal.jobs.starting import give_up, start
from portal.models import AccountBatch, AccountRequest, AuditEntry, Job, User
from tests.factories import UserFactory
from tests.portal.account_lists.lists import CLERK, LEAD, bring_batch, many, workbook_of
from tests.portal.account_lists.test_pages import press, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(city, security):
    return UserFactory(username="second", name="郑第二", role=Role.SECURITY, union=city)


@pytest.fixture
def few(monkeypatch):
    """More than two rows are many."""
    monkeypatch.setattr(services, "LONG", 2)


@pytest.fixture
def held(monkeypatch):
    """Jobs are queued, and not begun."""
    queue = SimpleNamespace(enqueue=lambda _pk: None)
    monkeypatch.setattr("portal.jobs.starting.run_job", queue)


def brought(security, *rows):
    return bring_batch(workbook_of(*rows), name="名单.xlsx", by=By(security))


def job_of(owner, kind, batch, **more):
    arguments = {"batch": str(batch.pk), "name": "名单.xlsx"} | more
    return Job.objects.create(
        owner=owner, kind=kind, arguments=arguments, state=JobState.RUNNING, heartbeat_at=timezone.now(), attempts=1
    )


def test_long_list_goes_through_three_jobs(few, client_of, security, second, district):
    browser, other = client_of(security), client_of(second)
    upload(browser, *many(8))
    batch = AccountBatch.objects.get()
    assert (batch.state, len(batch.rows)) == ("checked", 8)
    press(browser, batch, "confirm")
    assert User.objects.filter(username__startswith="person-").count() == 4
    press(other, batch, "agree")
    assert User.objects.filter(username__startswith="person-").count() == 8
    told = [(job.kind, job.owner, job.state, job.done, job.total) for job in Job.objects.order_by("made_at")]
    assert told == [
        ("check_accounts", security, "done", 9, 9),
        ("confirm_accounts", security, "done", 9, 9),
        ("agree_accounts", second, "done", 5, 5),
    ]
    for owner, job in zip((browser, browser, other), Job.objects.order_by("made_at"), strict=True):
        assert owner.get(reverse("job_show", args=[job.pk])).url == reverse("accountbatch_show", args=[batch.pk])
    assert set(AuditEntry.objects.filter(subject="person-0").values_list("address", flat=True)) == {"127.0.0.1"}


def test_short_list_needs_no_job(few, client_of, security, district):
    browser = client_of(security)
    upload(browser, CLERK, LEAD)
    press(browser, AccountBatch.objects.get(), "confirm")
    assert not Job.objects.exists()
    assert User.objects.filter(username="sunli").exists()


def test_pressed_twice_it_is_one_job_and_the_page_leads_to_it(few, held, client_of, security, district):
    batch = brought(security, *many(4))
    browser = client_of(security)
    first, again = press(browser, batch, "confirm"), press(browser, batch, "confirm")
    assert first.redirect_chain == again.redirect_chain
    job = Job.objects.get()
    page = browser.get(reverse("accountbatch_show", args=[batch.pk])).text
    assert (reverse("job_show", args=[job.pk]) in page, 'value="confirm"' in page) == (True, False)


def test_check_that_was_given_up_is_done_again_from_the_page(few, held, client_of, security, district):
    browser = client_of(security)
    upload(browser, *many(4))
    batch = AccountBatch.objects.get()
    give_up(Job.objects.get())
    page = browser.get(reverse("accountbatch_show", args=[batch.pk])).text
    assert ("检查没有做完" in page, 'value="confirm"' in page) == (True, False)
    with pytest.raises(ValidationError, match="名单还没有检查"):
        confirm_batch(batch, by=By(security))
    press(browser, batch, "check")
    assert Job.objects.filter(kind="check_accounts").count() == 2


@pytest.mark.parametrize("kind", ["confirm", "agree"])
def test_job_begun_again_after_it_wrote_opens_nothing_twice(kind, security, second, district):
    batch = confirm_batch(brought(security, *many(4)), by=By(security))
    owner = {"confirm": security, "agree": second}[kind]
    for _time in range(2):
        job = job_of(owner, getattr(jobs, kind.upper()), batch)
        getattr(jobs, kind)(owner, BytesIO(), Progress(job), batch=str(batch.pk), address=None)
    assert User.objects.filter(username__startswith="person-").count() == {"confirm": 2, "agree": 4}[kind]
    assert AccountRequest.objects.count() == 2


@pytest.mark.parametrize("kind", ["check", "confirm", "agree"])
def test_job_given_up_while_it_writes_leaves_nothing(kind, security, second, district, monkeypatch):
    batch = keep_batch(workbook_of(*many(4)), name="名单.xlsx", by=By(security))
    if kind != "check":
        services.check_batch(batch)
    if kind == "agree":
        confirm_batch(batch, by=By(security))
    before = (AccountBatch.objects.get().state, User.objects.count(), AccountRequest.objects.waiting().count())
    owner = second if kind == "agree" else security
    job = job_of(owner, getattr(jobs, kind.upper()), batch)
    compare = services.compare

    def given_up(rows):
        compare(rows)
        give_up(job)

    monkeypatch.setattr(services, "compare", given_up)
    address = {} if kind == "check" else {"address": None}
    with pytest.raises(JobOvertaken):
        getattr(jobs, kind)(owner, BytesIO(), Progress(job), batch=str(batch.pk), **address)
    after = (AccountBatch.objects.get().state, User.objects.count(), AccountRequest.objects.waiting().count())
    assert after == before


def test_nobody_has_the_list_of_another_confirmed_in_a_job(security, second, district):
    batch = brought(security, *many(4))
    arguments = {"batch": str(batch.pk), "name": batch.file_name, "address": None}
    job = Job.objects.get(pk=start(jobs.CONFIRM, second, **arguments).pk)
    assert (job.state, job.problem) == ("failed", "由上传名单的人确认。")


def test_list_that_nobody_confirmed_lapses_file_and_rows(client_of, security, district):
    confirmed = confirm_batch(brought(security, CLERK), by=By(security))
    old, new = brought(security, LEAD), brought(security, LEAD)
    long_ago = timezone.now() - timedelta(days=KEPT_DAYS, minutes=1)
    AccountBatch.objects.exclude(pk=new.pk).update(brought_at=long_ago)
    assert (lapse_batches(), lapse_batches()) == (1, 0)
    old = AccountBatch.objects.get(pk=old.pk)
    assert (old.state, bytes(old.content), old.rows) == ("lapsed", b"", [])
    assert [len(AccountBatch.objects.get(pk=each.pk).rows) for each in (confirmed, new)] == [1, 1]
    browser = client_of(security)
    page = browser.get(reverse("accountbatch_show", args=[old.pk])).text
    assert ("14 天没有确认，文件和各行已清除" in page, "逐行结果" in page) == (True, False)
    assert "已过期清除" in press(browser, old, "confirm").text
    assert "14 天内不确认" in browser.get(reverse("accountbatch_show", args=[new.pk])).text


def test_todo_leads_to_the_list_that_waits(client_of, security, second, lead, district):
    batch = confirm_batch(brought(security, LEAD), by=By(security))
    address = reverse("accountbatch_show", args=[batch.pk])
    assert address in client_of(second).get("/").text
    assert address not in client_of(lead).get("/").text
    assert address not in client_of(security).get("/").text
    services.agree_to_batch(batch, by=By(second))
    assert address in client_of(security).get("/").text


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([CLERK], "已开通 1 个账号。"),
        ([LEAD], "1 个账号等另一位安全管理员同意。"),
        ([CLERK, LEAD], "已开通 1 个账号，1 个等另一位安全管理员同意。"),
    ],
)
def test_what_there_is_none_of_is_not_told(client_of, security, district, rows, words):
    told = [str(each) for each in press(client_of(security), brought(security, *rows), "confirm").context["messages"]]
    assert told == [words]
