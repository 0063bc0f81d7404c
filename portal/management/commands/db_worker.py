"""python manage.py db_worker"""

from argparse import ArgumentParser
from typing import Any

from django_tasks_db.management.commands import db_worker

from portal.operating.duties import beating, process


class Command(db_worker.Command):
    """The library's worker, which also says that it is there."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(worker_id=process())

    def handle(self, *, worker_id: str, **options: Any) -> None:
        with beating(worker_id):
            super().handle(worker_id=worker_id, **options)
