"""Jobs in a thread of the web process: for the portal that runs as one process on SQLite, without a worker."""

import logging
import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import close_old_connections, connections, transaction
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id

logger = logging.getLogger(__name__)


class ThreadBackend(BaseTaskBackend):
    """One job at a time, in one daemon thread with a database connection of its own.

    SQLite takes it: readers do not wait (WAL), and a job writes only in short transactions that queue for the lock
    (IMMEDIATE, 20 s). What is queued is lost when the process ends; the sweep then gives the jobs up.
    """

    def __init__(self, alias: str, params: dict) -> None:
        super().__init__(alias, params)
        self._queue: queue.Queue = queue.Queue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        """Queue the work as soon as the transaction that asks for it is committed."""
        self.validate_task(task)
        transaction.on_commit(partial(self._put, partial(task.call, *args, **kwargs)))
        return TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )

    def _put(self, work: Callable[[], object]) -> None:
        self._queue.put(work)
        with self._lock:  # begun with the first job, after a server has forked its workers
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            work = self._queue.get()
            try:
                work()
            except Exception:
                logger.exception("a job could not be run")
            finally:
                close_old_connections()
                connections.close_all()
                self._queue.task_done()
