"""export_annex: the derived figures of a union, or of all reporting units, to a file (workbook.md, "Command line")."""

from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from portal.audit import record
from portal.enums import AuditAction
from portal.management.base import WRONG_USAGE, PortalCommand
from portal.models import Campaign, Union
from reports.asof import parse_as_of
from reports.derive import derive_units
from reports.render.filled import FORM_NUMBERS, Filled
from reports.render.json import city_json, union_json
from reports.render.xlsx import city_workbook, union_workbook

FORMATS = ("json", "xlsx", "docx", "pdf")


class Command(PortalCommand):
    """Exit 0: written; 2: wrong usage, with a sentence. Changes no record; leaves one row in the audit log."""

    help = "导出统计表：一个工会，或全市各填报单位。"

    def add_arguments(self, parser):
        parser.add_argument("--campaign", required=True, metavar="YEAR", help="活动年度")
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--unit", metavar="CODE", help="工会编码，含其下级工会")
        whose.add_argument("--all", action="store_true", help="全部填报单位和合计")
        parser.add_argument("--form", type=int, choices=FORM_NUMBERS, help="只导出附件 1 或附件 2")
        parser.add_argument("--as-of", default="", metavar="DATE", help="统计截止日，默认为今天")
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument("-o", "--output", required=True, metavar="FILE")

    def handle(self, *args, **options):
        if options["format"] in {"docx", "pdf"}:
            raise _refusal(_("%s 格式的统计表将随报表功能提供，目前请选择 xlsx 或 json。") % options["format"])
        campaign = _campaign(options["campaign"])
        as_of = _as_of(options["as_of"])
        forms = (options["form"],) if options["form"] else FORM_NUMBERS
        as_json = options["format"] == "json"
        if options["all"]:
            union = _city()
            city = derive_units(campaign, as_of)
            filled = Filled(campaign, union, campaign.cut_off(as_of), city.total)
            content = city_json(city, forms).encode() if as_json else city_workbook(filled, city, forms)
        else:
            union = _union(options["unit"])
            filled = Filled.live(campaign, union, as_of)
            content = union_json(filled.values, forms).encode() if as_json else union_workbook(filled, forms)
        _write(options["output"], content)
        details = {"campaign": campaign.year, "cut_off": str(filled.cut_off), "format": options["format"]}
        record(AuditAction.EXPORTED, subject=_("统计表"), union=union, **details)


def _refusal(message: str) -> CommandError:
    return CommandError(message, returncode=WRONG_USAGE)


def _campaign(year: str) -> Campaign:
    campaign = Campaign.objects.filter(year=year).first() if year.isdecimal() and len(year) == 4 else None
    if campaign is None:
        raise _refusal(_("没有 %s 年的活动。") % year)
    return campaign


def _as_of(text: str):
    try:
        return parse_as_of(text)
    except ValueError as error:
        raise _refusal(str(error)) from None


def _city() -> Union:
    city = Union.objects.filter(depth=1).first()
    if city is None:
        raise _refusal(_("还没有载入工会名录，请先运行 load_unions。"))
    return city


def _union(code: str) -> Union:
    union = Union.objects.filter(code=code).first()
    if union is None:
        raise _refusal(_("没有编码为 %s 的工会。") % code)
    if union.is_city:
        raise _refusal(_("%s 是市总工会，自身没有记录。全市统计表请用 --all 导出。") % union.name)
    return union


def _write(path: str, content: bytes) -> None:
    try:
        Path(path).write_bytes(content)
    except OSError as error:
        raise _refusal(_("不能写入文件 %(path)s：%(reason)s") % {"path": path, "reason": error.strerror}) from None
