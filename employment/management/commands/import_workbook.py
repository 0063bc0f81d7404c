"""python manage.py import_workbook FILE --unit CODE [--dry-run] [--json]"""

import json
import sys
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from employment.workbook import CASE_WORKBOOK
from portal.management.base import REFUSED, WRONG_USAGE, PortalCommand
from portal.models import Union
from portal.workbook.importing.service import Outcome, import_workbook


class Command(PortalCommand):
    help = "Import a unit's case workbook: all of it, or nothing and the list of wrong cells."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", required=True, help="code of the union whose records these are")
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON")

    def handle(self, *, file: Path, unit: str, **options):
        if not file.is_file():
            raise CommandError(_("找不到文件 %(file)s") % {"file": file}, returncode=WRONG_USAGE)
        outcome = import_workbook(file, workbook=CASE_WORKBOOK, unit=owning_union(unit), dry_run=options["dry_run"])
        if options["json"]:
            self.stdout.write(json.dumps(outcome.as_json(), ensure_ascii=False))
        else:
            self._print(outcome)
        if not outcome.ok:
            sys.exit(REFUSED)

    def _print(self, outcome: Outcome) -> None:
        for cause in outcome.causes:
            where = "；".join(cells.where for cells in cause.cells if cells.where)
            self.stderr.write(f"{where}：{cause.reason}" if where else cause.reason)
        if outcome.ok:
            for title, created in outcome.created.items():
                counts = {"new": created, "changed": outcome.updated[title], "same": outcome.unchanged[title]}
                self.stdout.write(title + _("：新增 %(new)d，更新 %(changed)d，未变 %(same)d") % counts)
            for notice in outcome.notices:
                self.stdout.write(_("提示：%(notice)s") % {"notice": notice})


def owning_union(code: str) -> Union:
    """The union of that code. Raises CommandError (exit 2) if there is none, or for the city, which owns no records."""
    union = Union.objects.filter(code=code).first()
    if union is None:
        raise CommandError(_("没有编码为 %(code)s 的工会") % {"code": code}, returncode=WRONG_USAGE)
    if union.is_city:
        raise CommandError(_("市总工会不直接拥有档案，请指定其下的工会"), returncode=WRONG_USAGE)
    return union
