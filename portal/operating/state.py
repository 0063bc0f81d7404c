"""How the portal stands, in numbers: for the administrator's page and for Prometheus."""

import datetime
import platform
import shutil
import socket
import ssl
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import django
from cryptography import x509
from django.conf import settings
from django.core.cache import cache as kept
from django.db import connection
from django.db.models import Count, Max, Min, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from portal.enums import Duty, JobState
from portal.models import DutySign, Job, SlowPage
from portal.settings.environment import BASE_DIR, VAR_DIR

SHOWN = 10
WEEK, MONTH = datetime.timedelta(days=7), datetime.timedelta(days=31)
TLS_SECONDS = 3
ASKED_EVERY = 600  # seconds for which the answer about the certificate is kept

TABLE_SIZES = """
    SELECT relname, pg_total_relation_size(c.oid), greatest(reltuples, 0)::bigint
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'p') AND nspname = current_schema()
    ORDER BY 2 DESC LIMIT %s
"""


@dataclass(frozen=True)
class Queue:
    """Jobs that wait, that are under way and that failed within a week, and since when the oldest waits."""

    waiting: int
    running: int
    failed: int
    oldest: datetime.datetime | None


def queue() -> Queue:
    """Three queries, whatever the number of jobs."""
    ended_after = timezone.now() - WEEK
    under_way = dict(Job.objects.under_way().values_list("state").annotate(Count("pk")).order_by())
    failed = Job.objects.filter(state=JobState.FAILED, finished_at__gte=ended_after).count()
    oldest = Job.objects.filter(state=JobState.WAITING).aggregate(oldest=Min("made_at"))["oldest"]
    return Queue(under_way.get(JobState.WAITING, 0), under_way.get(JobState.RUNNING, 0), failed, oldest)


def tasks_without_end() -> int:
    """Rows of the queue's own table, which `prune_db_task_results` clears."""
    return DBTaskResult.objects.count()


def failed_jobs() -> list[Job]:
    """The latest jobs that failed; whose they are is not told, nor what they were to make."""
    failed = Job.objects.filter(state=JobState.FAILED).order_by("-finished_at")
    return list(failed.only("id", "kind", "finished_at", "problem", "made_at", "state")[:SHOWN])


def workers() -> list[DutySign]:
    return list(DutySign.objects.filter(duty=Duty.WORKER).order_by("-tried_at")[:SHOWN])


def slow_pages() -> list[dict[str, object]]:
    """The pages that were slow within a week: how often and how long at worst."""
    rows = SlowPage.objects.filter(day__gt=timezone.localdate() - WEEK).values("name")
    summed = rows.annotate(count=Sum("times"), longest=Max("worst")).order_by("-longest")[:SHOWN]
    return [dict(row) for row in summed]


def forget_slow_pages() -> None:
    """Forget the pages that were slow before the month that is past."""
    SlowPage.objects.filter(day__lt=timezone.localdate() - MONTH).delete()


@dataclass(frozen=True)
class Disk:
    """Bytes of the disk where files are kept."""

    free: int
    total: int


def disk() -> Disk:
    usage = shutil.disk_usage(VAR_DIR if VAR_DIR.exists() else BASE_DIR)
    return Disk(usage.free, usage.total)


@dataclass(frozen=True)
class DatabaseSize:
    """Bytes of the database, and its largest tables with their bytes and estimated rows."""

    total: int
    tables: list[tuple[str, int, int]]


def database_size() -> DatabaseSize:
    if connection.vendor != "postgresql":
        file = Path(str(connection.settings_dict["NAME"]))
        return DatabaseSize(file.stat().st_size if file.is_file() else 0, [])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (total,) = cursor.fetchone()
        cursor.execute(TABLE_SIZES, [SHOWN])
        return DatabaseSize(total, cursor.fetchall())


def certificate_ends() -> datetime.datetime | None:
    """When the certificate that visitors get ends; None where PORTAL_ADDRESS is not https, or nobody answers there.

    It is asked for at the address itself, at most once in ASKED_EVERY seconds.
    """
    address = urlsplit(settings.PORTAL_ADDRESS)
    if address.scheme != "https" or not address.hostname:
        return None
    found: datetime.datetime | str | None = kept.get("certificate_ends")
    if found is None:
        found = _asked_of(address.hostname, address.port or 443) or "unknown"
        kept.set("certificate_ends", found, ASKED_EVERY)
    return found if isinstance(found, datetime.datetime) else None


def _asked_of(host: str, port: int) -> datetime.datetime | None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # its end is read, also of one that has ended
    try:
        with (
            socket.create_connection((host, port), TLS_SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=host) as secure,
        ):
            shown = secure.getpeercert(binary_form=True)
    except OSError:
        return None
    return x509.load_der_x509_certificate(shown).not_valid_after_utc if shown else None


@cache
def portal_version() -> str:
    """The version that pyproject.toml names."""
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    version: str = project["project"]["version"]
    return version


def versions() -> dict[str, str]:
    """What runs here, for a report of a fault."""
    connection.ensure_connection()
    number = ".".join(map(str, connection.get_database_version()))
    return {
        _("本平台"): portal_version(),
        "Python": platform.python_version(),
        "Django": django.get_version(),
        connection.display_name: number,
    }
