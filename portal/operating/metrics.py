"""The state in the words of Prometheus, beside what django-prometheus counts of requests."""

import os
from collections.abc import Iterator

from django.utils import timezone
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from portal.operating.duties import LONGEST_SILENCE, standings
from portal.operating.state import certificate_ends, database_size, disk, queue


class StateCollector(Collector):
    """What `portal.operating.state` tells, asked anew at each scrape; eight queries."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = timezone.now()
        ages = GaugeMetricFamily("portal_duty_age_seconds", "since a duty was last done; -1: never", labels=["duty"])
        limits = GaugeMetricFamily("portal_duty_longest_silence_seconds", "after which it is overdue", labels=["duty"])
        for each in standings(now):
            ages.add_metric([each.duty], (now - each.done_at).total_seconds() if each.done_at else -1)
            limits.add_metric([each.duty], LONGEST_SILENCE[each.duty].total_seconds())
        yield from (ages, limits)
        jobs, waiting = GaugeMetricFamily("portal_jobs", "background jobs", labels=["state"]), queue()
        jobs.add_metric(["waiting"], waiting.waiting)
        jobs.add_metric(["running"], waiting.running)
        jobs.add_metric(["failed_within_a_week"], waiting.failed)
        yield jobs
        space, ends = disk(), certificate_ends()
        yield GaugeMetricFamily("portal_disk_free_bytes", "where files are kept", space.free)
        yield GaugeMetricFamily("portal_disk_size_bytes", "where files are kept", space.total)
        yield GaugeMetricFamily("portal_database_size_bytes", "of the database", database_size().total)
        if ends:
            yield GaugeMetricFamily("portal_certificate_ends_timestamp_seconds", "of the website", ends.timestamp())


def exposition() -> bytes:
    """All metrics as Prometheus reads them: of every process of this machine where they share a folder."""
    registry = CollectorRegistry()
    registry.register(StateCollector())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
    return generate_latest(REGISTRY) + generate_latest(registry)
