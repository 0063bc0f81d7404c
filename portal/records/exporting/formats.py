"""The files a list can be taken away as. All are written row by row, and hold the same cells.

Content types are those of django-import-export; why its own writers are not used: docs/decisions/0011.
"""

import codecs
import csv
import datetime
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import IO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from import_export.formats import base_formats

from portal.records.exporting.ods import write_ods
from portal.records.exporting.spooling import spooled
from portal.records.exporting.xlsx import write_sheet
from portal.workbook.writing import as_written, begins_like_formula

GUARD = "'"  # what spreadsheets take for "this is text"


@dataclass(frozen=True)
class ListFormat:
    """`write` gets a title, headings and rows of cells: text, whole numbers, Decimal, days, None."""

    name: str
    label: str | Promise
    content_type: str
    write: Callable[[str, list[str], Iterable[list]], IO[bytes]]


def in_words(value: object) -> str | int | None:
    """A cell as text, or a whole number: amounts with their digits, days as 2014-08-31. '' is no cell."""
    match value:
        case None | "":
            return None
        case Decimal():
            return f"{value:f}"
        case datetime.date():
            return value.isoformat()
        case int():
            return value
    return as_written(str(value))


def _guarded(value: object) -> str | int | None:
    """Text that a spreadsheet would take for a formula begins with an apostrophe; a number below zero is none."""
    text = in_words(value)
    return f"{GUARD}{text}" if begins_like_formula(value) else text


def write_csv(_title: str, headings: list[str], rows: Iterable[list]) -> IO[bytes]:
    """UTF-8 with the mark by which Excel knows it."""

    def write(file: IO[bytes]) -> None:
        file.write(codecs.BOM_UTF8)
        text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        lines = csv.writer(text)
        lines.writerow(map(_guarded, headings))
        lines.writerows(map(_guarded, row) for row in rows)
        text.detach()

    return spooled(write)


def write_json(title: str, headings: list[str], rows: Iterable[list]) -> IO[bytes]:
    """For programs: `title`, `columns`, and `rows` with their cells in the order of the columns."""

    def line(cells: Iterable) -> bytes:
        return json.dumps([in_words(cell) for cell in cells], ensure_ascii=False).encode()

    def write(file: IO[bytes]) -> None:
        head = json.dumps({"title": title, "columns": headings}, ensure_ascii=False).encode()
        file.write(head.removesuffix(b"}") + b', "rows": [')
        for place, row in enumerate(rows):
            file.write((b",\n" if place else b"\n") + line(row))
        file.write(b"\n]}\n")

    return spooled(write)


FORMATS = {
    kind.name: kind
    for kind in (
        ListFormat("xlsx", _("Excel（.xlsx）"), base_formats.XLSX.CONTENT_TYPE, write_sheet),
        ListFormat("csv", _("文本（.csv）"), base_formats.CSV.CONTENT_TYPE, write_csv),
        ListFormat("ods", _("WPS、LibreOffice（.ods）"), base_formats.ODS.CONTENT_TYPE, write_ods),
        ListFormat("json", _("程序接口（.json）"), base_formats.JSON.CONTENT_TYPE, write_json),
    )
}
USUAL = FORMATS["xlsx"]
