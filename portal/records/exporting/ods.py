"""A list as an OpenDocument spreadsheet, written row by row. Its cells say what they are: text is never a formula."""

import datetime
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from portal.records.exporting.spooling import spooled
from portal.workbook.writing import as_written

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
SPACE = "urn:oasis:names:tc:opendocument:xmlns"
MANIFEST = (
    f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{SPACE}:manifest:1.0" '
    f'manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    + " ".join(f'xmlns:{name}="{SPACE}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    + f' xmlns:number="{SPACE}:datastyle:1.0" xmlns:fo="{SPACE}:xsl-fo-compatible:1.0" office:version="1.2">'
    "<office:automatic-styles>"
    '<number:date-style style:name="day-parts"><number:year number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>'
    "</number:date-style>"
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="day-parts"/>'
    '<style:style style:name="heading" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
    "</style:style></office:automatic-styles><office:body><office:spreadsheet>"
)
TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"


def write_ods(title: str, headings: list[str], rows: Iterable[list]) -> IO[bytes]:
    """A file at its beginning. `rows` are read one by one and may be any number."""

    def write(file: IO[bytes]) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)  # first, and plain: by this it is known
            archive.writestr("META-INF/manifest.xml", MANIFEST)
            with archive.open("content.xml", "w", force_zip64=True) as content:
                content.write(f"{HEAD}<table:table table:name={quoteattr(title)}>".encode())
                content.write(_row(_text(heading, ' table:style-name="heading"') for heading in headings))
                for row in rows:
                    content.write(_row(map(_cell, row)))
                content.write(TAIL.encode())

    return spooled(write)


def _row(cells: Iterable[str]) -> bytes:
    return f"<table:table-row>{''.join(cells)}</table:table-row>".encode()


def _cell(value: object) -> str:
    match value:
        case None | "":
            return "<table:table-cell/>"
        case Decimal() | int():
            return _typed("float", "value", f"{value:f}" if isinstance(value, Decimal) else str(value))
        case datetime.date():
            return _typed("date", "date-value", value.isoformat(), ' table:style-name="day"')
    return _text(str(value))


def _typed(kind: str, name: str, value: str, style: str = "") -> str:
    attributes = f'office:value-type="{kind}" office:{name}="{value}"'
    return f"<table:table-cell{style} {attributes}><text:p>{value}</text:p></table:table-cell>"


def _text(value: str, style: str = "") -> str:
    """One paragraph for each line; blanks and tabs as elements, since readers run several together."""
    lines = as_written(value).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    told = (escape(line).replace(" ", "<text:s/>").replace("\t", "<text:tab/>") for line in lines)
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in told)
    return f'<table:table-cell{style} office:value-type="string">{paragraphs}</table:table-cell>'
