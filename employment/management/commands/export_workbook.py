"""python manage.py export_workbook --unit CODE [--campaign YEAR] -o FILE"""

from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from employment.exchange.exporting import export_workbook
from employment.management.commands.import_workbook import owning_union
from portal import audit
from portal.enums import AuditAction
from portal.management.base import WRONG_USAGE, PortalCommand
from portal.models import Campaign


class Command(PortalCommand):
    help = "Export the records of a union and of all below it as a case workbook."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code of the union")
        parser.add_argument("--campaign", type=int, help="only what belongs to the campaign of this year")
        parser.add_argument("-o", "--output", type=Path, required=True)

    def handle(self, *, unit: str, campaign: int | None, output: Path, **options):
        union = owning_union(unit)
        chosen = Campaign.objects.filter(year=campaign).first()
        if campaign is not None and chosen is None:
            raise CommandError(_("没有 %(year)d 活动年度") % {"year": campaign}, returncode=WRONG_USAGE)
        if not output.parent.is_dir():
            raise CommandError(_("没有文件夹 %(folder)s") % {"folder": output.parent}, returncode=WRONG_USAGE)
        with output.open("wb") as file:
            count = export_workbook(union, file, campaign=chosen)
        audit.record(AuditAction.EXPORTED, union=union, subject=unit, count=count)
        self.stdout.write(_("已导出 %(count)d 条记录") % {"count": count})
