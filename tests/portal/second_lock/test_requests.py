"""Whose records a request, an answer that streams, a job and a call of a system are about."""

from types import SimpleNamespace

from django.http import HttpResponse, StreamingHttpResponse

from portal.access import Permission
from portal.jobs import running
from portal.jobs.kinds import JobKind, Made
from portal.models import Job
from portal.second_lock.middleware import SecondLockMiddleware
from portal.second_lock.scope import EVERYTHING, NOTHING, path_now, within


def answered(user, *, let_in=True, streams=False):
    """What the scope was while the answer was made, and while it was sent."""
    seen = []

    def parts():
        for _number in range(2):
            seen.append(path_now())
            yield b"x"

    def view(_request):
        seen.append(path_now())
        return StreamingHttpResponse(parts()) if streams else HttpResponse()

    with within(NOTHING):
        response = SecondLockMiddleware(view)(SimpleNamespace(user=user, let_in=let_in))
        if streams:
            assert b"".join(response.streaming_content) == b"xx"
        assert path_now() == NOTHING
    return seen


def test_request_is_about_the_records_of_who_is_let_in(clerk, reviewer, grassroots_clerk):
    for person in (clerk, grassroots_clerk):
        assert answered(person) == [person.union.path]
    assert answered(reviewer) == [EVERYTHING]


def test_request_of_who_owes_a_step_or_works_with_no_records_is_about_nothing(clerk, admin, security):
    assert answered(clerk, let_in=False) == [NOTHING]
    assert answered(admin) == answered(security) == [NOTHING]


def test_answer_that_streams_is_made_in_the_scope_of_who_asked(clerk):
    assert answered(clerk, streams=True) == [clerk.union.path] * 3


def test_job_is_about_the_records_of_its_owner(clerk, monkeypatch):
    seen = []

    def work(_owner, _file, _progress):
        seen.append(path_now())
        return Made()

    kind = JobKind("look", Permission.VIEW_RECORDS, title=str, work=work)
    monkeypatch.setattr(running, "all_kinds", lambda: {"look": kind})
    job = Job.objects.create(owner=clerk, kind="look")
    with within(NOTHING):
        running.run_job.call(str(job.pk))
    assert seen == [clerk.union.path]
