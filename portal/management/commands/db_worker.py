"""python manage.py db_worker"""

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.db import InterfaceError, OperationalError, connections
from django_tasks_db.management.commands import db_worker

from portal.jobs.sweeping import see_to_silent
from portal.models import RefusalCount
from portal.operating.duties import beating, process

AGAIN_AFTER = 1  # seconds

logger = logging.getLogger(__name__)


class Command(db_worker.Command):
    """The library's worker, which also says that it is there, sees to silent jobs, and outlives its database."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(worker_id=process())

    def handle(self, *, worker_id: str, **options: Any) -> None:
        with beating(worker_id, see_to_silent, RefusalCount.objects.tell_rest):
            while self._lost_database(worker_id, options):
                connections.close_all()
                time.sleep(AGAIN_AFTER)

    def _lost_database(self, worker_id: str, options: dict[str, Any]) -> bool:
        """Work until told to stop; True where the database went away meanwhile."""
        try:
            super().handle(worker_id=worker_id, **options)
        except (OperationalError, InterfaceError) as error:
            logger.warning("the worker lost its database: %s", type(error).__name__)
            return True
        return False
