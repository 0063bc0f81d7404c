"""What must happen again and again, by whom and when it last did: workers, sweeping, backup, proof of the backup."""

import datetime
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone

from portal.enums import Duty
from portal.models.operating.sign import DutySign

logger = logging.getLogger(__name__)

# How long each may be silent before somebody is told: its interval and some patience.
LONGEST_SILENCE: dict[str, datetime.timedelta] = {
    Duty.WORKER: datetime.timedelta(minutes=2),
    Duty.SWEEP: datetime.timedelta(days=2),
    Duty.BACKUP: datetime.timedelta(hours=26),
    Duty.VERIFICATION: datetime.timedelta(days=8),
    Duty.EVIDENCE: datetime.timedelta(days=2),
    Duty.MESSAGES: datetime.timedelta(hours=1),
}
BEAT_SECONDS = 15
FORGOTTEN_AFTER = datetime.timedelta(days=7)  # a worker that is gone


@dataclass(frozen=True)
class Standing:
    """How a duty stands: when it was last done by anybody (None: never), the last problem since, and what it left."""

    duty: Duty
    done_at: datetime.datetime | None
    problem: str
    detail: dict
    overdue: bool


def machine() -> str:
    """The name of this machine."""
    return socket.gethostname()[:60]


def process() -> str:
    """The name of this process among all that work for the portal."""
    return f"{machine()}-{os.getpid()}"


def did(duty: Duty, place: str = "", **detail: object) -> None:
    """Note that `duty` was done now, at `place`, else on this machine. Writes one row."""
    now = timezone.now()
    noted = {"tried_at": now, "done_at": now, "problem": "", "detail": detail}
    DutySign.objects.update_or_create(duty=duty, place=place or machine(), defaults=noted)


def failed_at(duty: Duty, problem: str, place: str = "") -> None:
    """Note that `duty` was tried now and went wrong, in words that hold no personal data. Writes one row."""
    noted = {"tried_at": timezone.now(), "problem": problem[:300]}
    DutySign.objects.update_or_create(duty=duty, place=place or machine(), defaults=noted)


def standings(now: datetime.datetime | None = None) -> list[Standing]:
    """How every duty stands; one query."""
    now = now or timezone.now()
    signs: dict[str, list[DutySign]] = {duty: [] for duty in LONGEST_SILENCE}
    for sign in DutySign.objects.order_by("tried_at"):
        signs.setdefault(sign.duty, []).append(sign)
    return [_standing(Duty(duty), signs[duty], now - silence) for duty, silence in LONGEST_SILENCE.items()]


def standing(duty: Duty) -> Standing:
    """How one of them stands; one query."""
    return next(each for each in standings() if each.duty == duty)


def _standing(duty: Duty, signs: list[DutySign], since: datetime.datetime) -> Standing:
    done_at, detail = None, {}
    for sign in signs:
        if sign.done_at is not None and (done_at is None or sign.done_at >= done_at):
            done_at, detail = sign.done_at, sign.detail
    problem = signs[-1].problem if signs else ""
    return Standing(duty, done_at, problem, detail, overdue=done_at is None or done_at < since)


def forget_old_workers(now: datetime.datetime | None = None) -> int:
    """Forget the workers that have been silent for FORGOTTEN_AFTER; how many."""
    before = (now or timezone.now()) - FORGOTTEN_AFTER
    deleted, _by_model = DutySign.objects.filter(duty=Duty.WORKER, tried_at__lt=before).delete()
    return deleted


@contextmanager
def beating(place: str, *also: Callable[[], object]) -> Iterator[None]:
    """While this holds, a thread with a connection of its own notes every BEAT_SECONDS that a worker is there.

    It does not tell whether a job gets on: jobs have a heartbeat of their own. `also` are done with each beat.
    """
    ended = threading.Event()
    thread = threading.Thread(target=_beat, args=(place, ended, also), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=5)


def _beat(place: str, ended: threading.Event, also: tuple[Callable[[], object], ...]) -> None:
    while True:
        try:
            close_old_connections()
            did(Duty.WORKER, place)
            for each in also:
                each()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("the heartbeat could not be written: %s", type(error).__name__)
        if ended.wait(BEAT_SECONDS):
            connections.close_all()
            return
