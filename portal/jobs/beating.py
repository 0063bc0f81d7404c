"""The heartbeat of a job: written beside the work while it goes on, so that a killed one is seen within a minute."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone

from portal.models import Job

BEAT_SECONDS = 10

logger = logging.getLogger(__name__)


@contextmanager
def beating(job: Job) -> Iterator[None]:
    """While this holds, a thread with a connection of its own says every BEAT_SECONDS that `job` is being worked on.

    Whether the work gets on is told by its progress: a step may take minutes.
    """
    ended = threading.Event()
    thread = threading.Thread(target=_beat, args=(job, ended), name="job heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=5)


def _beat(job: Job, ended: threading.Event) -> None:
    while not ended.wait(BEAT_SECONDS):
        try:
            close_old_connections()
            Job.objects.run_of(job).update(heartbeat_at=timezone.now())
        except (DatabaseError, InterfaceError) as error:
            logger.warning("the heartbeat of a job could not be written: %s", type(error).__name__)
    connections.close_all()
