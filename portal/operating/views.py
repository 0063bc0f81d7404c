"""Addresses for monitors, and the page of the administrator."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_LATEST

from portal.access import Permission
from portal.gate.clamd import scanner
from portal.operating import state
from portal.operating.database import database_faults
from portal.operating.duties import standings
from portal.operating.metrics import exposition
from portal.operating.readiness import QUESTION_WORDS, QUESTIONS, failing
from portal.web.base import PortalPage, SpokenView, public

PLAIN = "text/plain; charset=utf-8"


class MonitorView(SpokenView):
    """A page for programs that watch the portal: open without log-in, in plain text."""

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        return public(super().as_view(**initkwargs))


class Healthz(MonitorView):
    """The process answers."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        return HttpResponse("ok\n", content_type=PLAIN)


class Readyz(MonitorView):
    """The process can serve, or the names of what it lacks; why is in the log."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        lacking = failing()
        return HttpResponse("\n".join(lacking or ["ok"]) + "\n", content_type=PLAIN, status=503 if lacking else 200)


class Metrics(MonitorView):
    """Prometheus' page, for who brings METRICS_TOKEN; to everybody else there is no such page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("Authorization", "")
        if not settings.METRICS_TOKEN or not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
            raise Http404
        return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


class StateShow(PortalPage):
    """Whether everything runs that must, for who keeps the portal running; no record of anybody is shown."""

    permission = Permission.VIEW_STATE
    template_name = "portal/state/show.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        lacking = failing()
        return super().get_context_data(
            questions=[(QUESTION_WORDS[name], name not in lacking) for name in QUESTIONS],
            duties=standings(),
            workers=state.workers(),
            queue=state.queue(),
            failed_jobs=state.failed_jobs(),
            certificate_ends=state.certificate_ends(),
            disk=state.disk(),
            scanner=scanner(),
            database=state.database_size(),
            database_faults=database_faults() if connection.vendor == "postgresql" else [],
            slow_pages=state.slow_pages(),
            slow_seconds=settings.SLOW_SECONDS,
            versions=state.versions(),
            **kwargs,
        )
