"""python manage.py import_list FILE --unit CODE [--year YEAR] [--set HEADING=VALUE]… [--map "列标题=工作表.列"]… …"""

import json
import sys
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from employment.lists.kinds import LIST_KINDS
from employment.management.commands.import_workbook import owning_union
from portal.management.base import REFUSED, WRONG_USAGE, PortalCommand
from portal.workbook.cells import CellFault
from portal.workbook.lists.remapping import remapped
from portal.workbook.lists.saying import Said, UnknownColumn
from portal.workbook.lists.service import ListOutcome, import_list, refused, understand
from portal.workbook.reading.reader import WorkbookRefused


class Command(PortalCommand):
    help = "Import a list of a union's own making: the rows that are right; the others are named with their cells."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", required=True, help="code of the union whose records these are")
        parser.add_argument("--year", type=int, help="the campaign's year, for all rows")
        parser.add_argument("--set", action="append", default=[], metavar="HEADING=VALUE", help="for all rows")
        parser.add_argument(
            "--map", action="append", default=[], metavar="列标题=工作表.列", help="or 列标题= to leave out"
        )
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON")

    def handle(self, *, file: Path, unit: str, **options):
        if not file.is_file():
            raise CommandError(_("找不到文件 %(file)s") % {"file": file}, returncode=WRONG_USAGE)
        union = owning_union(unit)
        said = Said(_pairs(options["set"]), options["year"])
        try:
            understood = understand(file, kinds=LIST_KINDS, name=file.name)
            understood = remapped(understood, _pairs(options["map"]), kinds=LIST_KINDS)
            outcome = import_list(understood, unit=union, said=said, dry_run=options["dry_run"], name=file.name)
        except WorkbookRefused as refusal:
            outcome = refused(refusal, dry_run=options["dry_run"])
        except (UnknownColumn, CellFault) as error:
            raise CommandError(str(error), returncode=WRONG_USAGE) from None
        if options["json"]:
            self.stdout.write(json.dumps(outcome.as_json(), ensure_ascii=False))
        else:
            self._print(outcome)
        if not outcome.ok:
            sys.exit(REFUSED)

    def _print(self, outcome: ListOutcome) -> None:
        if outcome.reason:
            self.stderr.write(outcome.reason)
            return
        for title, created in outcome.created.items():
            counts = {"new": created, "changed": outcome.updated[title], "same": outcome.unchanged[title]}
            self.stdout.write(title + _("：新增 %(new)d，更新 %(changed)d，未变 %(same)d") % counts)
        for held in outcome.held:
            self.stderr.write(f"{held.row} {held.column}：{held.reason}")
        for notice in outcome.notices:
            self.stdout.write(_("提示：%(notice)s") % {"notice": notice})


def _pairs(options: list[str]) -> list[tuple[str, str]]:
    """HEADING=VALUE as (heading, value). Raises CommandError (exit 2) without an equals sign."""
    pairs = []
    for option in options:
        heading, equals, value = option.partition("=")
        if not equals or not heading.strip():
            raise CommandError(_("应写作“列标题=值”：%(option)s") % {"option": option}, returncode=WRONG_USAGE)
        pairs.append((heading.strip(), value.strip()))
    return pairs
