"""Whose forms a filled-in annex workbook holds, by what is written on them: their year and their 填报单位."""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.models import Union
from reports.annex.campaign_figures import FORM_NUMBERS, form_of
from reports.models import Report

Sheet = list[list[str]]  # the texts of each row

TITLE_ROWS = 3
DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
YEAR = re.compile(r"(?<!\d)(\d{4}) ?年")
UNIT = re.compile(r"填报单位(?:\([^()]*\))?[: _]*(.*?)(?:填报人|联系电话|$)")


def strangers(report: Report, sheets: list[Sheet]) -> list[str]:
    """What on the forms names another year or unit than `report`, in sentences; empty when nothing does.

    Somebody may have typed over a title or a name: what names neither a year nor a union is taken for the report's own.
    """
    found = (sentence for sheet in sheets for sentence in (_other_year(report, sheet), _other_unit(report, sheet)))
    return list(dict.fromkeys(filter(None, found)))


def _other_year(report: Report, sheet: Sheet) -> str:
    given, year = set(_years(*_title(sheet))), report.campaign.year
    # A title as the department worded it may name a year of its own.
    known = {year, *_years(*(form_of(report.campaign, number).title for number in FORM_NUMBERS))}
    if not given or given & known:
        return ""
    values = {"given": "、".join(map(str, sorted(given))), "year": year}
    words = _("这是 %(given)s 年度的统计表，而这份报表是 %(year)s 年度的。请下载 %(year)s 年度的附件，填好后再上传。")
    return words % values


def _other_unit(report: Report, sheet: Sheet) -> str:
    for name in _units(sheet):
        named = set(Union.objects.filter(name=name).values_list("pk", flat=True))
        if named and report.union_id not in named:
            words = _("统计表上的填报单位是“%(given)s”，而这份报表是“%(unit)s”的。请上传本单位的统计表。")
            return words % {"given": name, "unit": report.union.name}
    return ""


def _title(sheet: Sheet) -> Iterator[str]:
    """What stands above the line with the unit's name."""
    for row in sheet[:TITLE_ROWS]:
        line = _line(row)
        if UNIT.search(line):
            return
        yield line


def _years(*texts: str) -> Iterator[int]:
    return (int(year) for text in texts for year in YEAR.findall(_plain(text).translate(DIGITS)))


def _units(sheet: Sheet) -> Iterator[str]:
    """The names of the unit on the sheet, typed into the space for it or right behind the words."""
    found = (UNIT.search(_line(row)) for row in sheet)
    return filter(None, (match[1].rstrip(" _") for match in found if match))


def _line(row: list[str]) -> str:
    return " ".join(map(_plain, row))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
