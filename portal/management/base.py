"""What the portal's own commands have in common."""

from collections import deque
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

REFUSED = 1
WRONG_USAGE = 2


class PortalCommand(BaseCommand):
    """A command that works on a bare checkout: where DEBUG is on, it makes or updates the tables first.

    In production the tables change only when somebody runs `migrate`.
    """

    def execute(self, *args: Any, **options: Any) -> str | None:
        if settings.DEBUG:
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                call_command("migrate", verbosity=0)
            # DEBUG keeps the text of every statement; an import's would be as large as the workbook.
            connection.queries_log = deque(maxlen=1)
        return super().execute(*args, **options)
