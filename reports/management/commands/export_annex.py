"""export_annex: the derived figures of a union, or of all reporting units, to a file (workbook.md, "Command line")."""

from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from portal.audit import record
from portal.documents.pdf import PdfUnavailableError
from portal.enums import AuditAction
from portal.management.base import REFUSED, WRONG_USAGE, PortalCommand
from portal.models import Campaign, Union
from portal.text import as_year
from reports.city.consolidation import live_city
from reports.city.files import filled_of
from reports.counting.asof import parse_as_of
from reports.render.city import CityPrint
from reports.render.filled import FORM_NUMBERS, Filled
from reports.render.formats import FORMATS, Format


class Command(PortalCommand):
    """Exit 0: written; 1: this machine cannot make a .pdf; 2: wrong usage; each with a sentence.

    Changes no record; leaves one row in the audit log.
    """

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
        campaign = _campaign(options["campaign"])
        as_of = _as_of(options["as_of"])
        forms = (options["form"],) if options["form"] else FORM_NUMBERS
        union = _city() if options["all"] else _union(options["unit"])
        try:
            filled, content = _content(FORMATS[options["format"]], campaign, union, as_of, forms)
        except PdfUnavailableError as error:
            raise CommandError(str(error), returncode=REFUSED) from None
        _write(options["output"], content)
        details = {"campaign": campaign.year, "cut_off": str(filled.cut_off), "format": options["format"]}
        record(AuditAction.EXPORTED, subject=_("统计表"), union=union, **details)


def _content(kind: Format, campaign: Campaign, union: Union, as_of, forms) -> tuple[Filled, bytes]:
    """The figures of `union`, in the city's case with those of all its units, and the file of them."""
    if not union.is_city:
        filled = Filled.live(campaign, union, as_of)
        return filled, kind.union(filled, forms)
    city = live_city(campaign, as_of)
    filled = filled_of(city, union)
    return filled, kind.city(filled, city.figures, forms, CityPrint([str(missing) for missing in city.missing_units]))


def _refusal(message: str) -> CommandError:
    return CommandError(message, returncode=WRONG_USAGE)


def _campaign(year: str) -> Campaign:
    campaign = Campaign.objects.filter(year=as_year(year)).first()
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
