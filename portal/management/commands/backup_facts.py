"""python manage.py backup_facts"""

import datetime
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils import timezone

from portal.backup.facts import all_facts


class Command(BaseCommand):
    help = "Print as JSON what must be the same in a copy of this database: rows, seals, annexes, a consolidation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", type=datetime.date.fromisoformat, help="up to which figures are counted; today")

    def handle(self, *, as_of: datetime.date | None, **_options: Any) -> None:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL statement_timeout = 0")
            facts = all_facts(as_of or timezone.localdate())
        self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=1))
