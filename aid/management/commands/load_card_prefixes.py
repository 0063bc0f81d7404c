"""python manage.py load_card_prefixes [FILE.csv]"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from aid.cards.prefixes import SHIPPED, load_prefixes, read_prefixes
from portal.documents.csv_file import ListRefused
from portal.management.base import REFUSED, WRONG_USAGE, PortalCommand


class Command(PortalCommand):
    help = "Load the first digits by which banks' cards are known, from a CSV with the columns prefix, bank."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, nargs="?", default=SHIPPED, help="without one: the list that comes along"
        )

    def handle(self, *, file: Path, **_options: Any) -> None:
        if not file.is_file():
            raise CommandError(_("找不到文件 %(file)s") % {"file": file}, returncode=WRONG_USAGE)
        try:
            loaded = load_prefixes(read_prefixes(file.read_bytes()))
        except ListRefused as error:
            self.stderr.write("\n".join(error.messages))
            sys.exit(REFUSED)
        self.stdout.write(_("新增 %(created)d，更新 %(updated)d，未变 %(unchanged)d") % loaded.__dict__)
