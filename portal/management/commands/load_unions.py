"""python manage.py load_unions FILE.csv"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from portal.management.base import REFUSED, WRONG_USAGE, PortalCommand
from portal.unions.loading import UnionListError, load_unions, read_union_list


class Command(PortalCommand):
    help = "Load the union tree from a CSV with the columns code, name, kind, parent_code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--with-funds", action="store_true", help="carry money along (划转) where a move would leave a ledger short"
        )

    def handle(self, *, file: Path, with_funds: bool = False, **_options: Any) -> None:
        if not file.is_file():
            raise CommandError(_("找不到文件 %(file)s") % {"file": file}, returncode=WRONG_USAGE)
        try:
            loaded = load_unions(read_union_list(file), with_funds=with_funds)
        except UnionListError as error:
            self.stderr.write("\n".join(error.messages))
            sys.exit(REFUSED)
        self.stdout.write(_("新增 %(created)d，更新 %(updated)d，移动 %(moved)d，未变 %(unchanged)d") % loaded.__dict__)
