"""The background jobs of the signed-in person: nobody sees another's."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction, JobState
from portal.jobs.kinds import all_kinds
from portal.jobs.starting import give_up
from portal.jobs.sweeping import see_to_silent, wipe, wipe_old
from portal.models import Job
from portal.refusals.lookup import get_object_or_404
from portal.views.listing import PAGE_SIZE, neighbours
from portal.web.base import PortalPage, PortalView


def title_of(job: Job) -> str:
    """What the job makes, in words; the name of a kind that there no longer is."""
    kind = all_kinds().get(job.kind)
    return kind.title(**job.told) if kind else job.kind


def page_of(job: Job) -> str:
    """Where a job leads that makes no file; '' for one that makes one."""
    kind = all_kinds().get(job.kind)
    return kind.page(**job.told) if kind and kind.page else ""


def fetched_once(job: Job) -> bool:
    """Whether its file is wiped when its owner has it."""
    kind = all_kinds().get(job.kind)
    return bool(kind and kind.is_fetched_once)


class JobList(PortalPage):
    """One's own jobs, latest first. What fell silent is seen to, and old files are wiped, when it is opened."""

    permission = Permission.USE_JOBS
    template_name = "portal/job/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        see_to_silent()
        wipe_old()
        jobs = Job.objects.of(self.request.user)
        shown = jobs.news() if "news" in self.request.GET else jobs
        page = Paginator(shown, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            rows=[(job, title_of(job), page_of(job)) for job in page],
            **neighbours(self.request, page),
            **kwargs,
        )


class OwnJob(PortalView):
    """The job that the address names, if the person who asks has started it."""

    permission = Permission.USE_JOBS

    @cached_property
    def job(self) -> Job:
        return get_object_or_404(Job.objects.of(self.request.user), pk=self.kwargs["pk"])


class JobShow(OwnJob, PortalPage):
    """State and progress of one job; while it is under way the page asks again by itself, or by a link.

    Done, a job that makes no file leads on to the page of what it did.
    """

    template_name = "portal/job/show.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        see_to_silent()
        if self.job.state == JobState.DONE and (page := page_of(self.job)):
            return redirect(page)
        answer = super().get(request, *args, **kwargs)
        if self.job.is_news:
            Job.objects.filter(pk=self.job.pk).update(is_news=False)  # now its owner knows
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"title": title_of(self.job), "page": page_of(self.job), "is_fetched_once": fetched_once(self.job)}
        return super().get_context_data(job=self.job, **shown, **kwargs)


class JobCancel(OwnJob):
    """Giving up a job under way; pressed when it has ended, it only leads back."""

    def post(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        give_up(self.job)
        return redirect("job_show", self.job.pk)


def _parts(job: Job) -> Iterator[bytes]:
    return map(bytes, job.parts.values_list("content", flat=True).iterator(chunk_size=1))


def _to_the_end(job: Job) -> Iterator[bytes]:
    """The file, and nothing of it is left when all was sent; who was cut off may fetch it again."""
    yield from _parts(job)
    wipe(job)


class JobDownload(OwnJob):
    """The file of a finished job, part by part; wiped behind its end if it is fetched once. Writes one audit row."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> StreamingHttpResponse:
        job, kind = self.job, all_kinds().get(self.job.kind)
        if not job.has_file or kind is None:
            raise Http404(_("没有这个文件，或已过保存期。"))
        if not can(request.user, kind.permission):
            raise PermissionDenied(_("您的岗位已不能下载这个文件。"))
        detail = {"file": job.file_name} | job.detail
        audit.record(AuditAction.EXPORTED, by=By.of(request), subject=title_of(job), **detail)
        parts = _to_the_end(job) if kind.is_fetched_once else _parts(job)
        headers = {
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=job.file_name),
            "Content-Length": str(job.size),
            "X-Content-Type-Options": "nosniff",
        }
        return StreamingHttpResponse(parts, content_type=job.content_type, headers=headers)
