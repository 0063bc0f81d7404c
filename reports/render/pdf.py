"""The forms as .pdf, printed from a page of their own."""

from collections.abc import Iterable

from django.template.loader import render_to_string

from portal.documents import qr
from portal.documents.pdf import pdf_of, static_style
from reports.counting.derive import CityFigures
from reports.render import paper
from reports.render.city import ALONE, CityPrint
from reports.render.filled import FORM_NUMBERS, Filled, Stamp
from reports.render.paper import Sheet, Type

STYLE_SHEET = "css/print-form.css"
HANDS = tuple(Type(size, paper.HAND_PITCH) for size in paper.HAND_SIZES)


def annex_pdf(filled: Filled, forms: Iterable[int] = FORM_NUMBERS) -> bytes:
    """The forms of one union. Raises PdfUnavailableError."""
    return _pdf(paper.sheets(filled, forms), stamp=filled.stamp)


def city_pdf(filled: Filled, city: CityFigures, forms: Iterable[int] = FORM_NUMBERS, also: CityPrint = ALONE) -> bytes:
    """The city's forms, the units that were summed, and the forms of each; with page numbers. May raise as above."""
    return _pdf(paper.city_sheets(filled, city, forms, also))


def _pdf(sheets: Iterable[Sheet], *, stamp: Stamp | None = None) -> bytes:
    """With `stamp` at the foot of each page, else with page numbers."""
    sheets = list(sheets)
    code = qr.svg(stamp.url) if stamp and stamp.url else ""
    page = render_to_string("reports/annex/print.html", {"sheets": sheets, "stamp": stamp, "code": code})
    return pdf_of(page, style=_style({sheet.type for sheet in sheets}))


def _style(types: Iterable[Type]) -> str:
    """The style sheet, and before it the sizes, which the .docx has from the same numbers."""
    bottom = paper.PAGE_HEIGHT - paper.TOP - paper.TEXT_HEIGHT
    right = paper.PAGE_WIDTH - paper.LEFT - paper.TEXT_WIDTH
    heading, title = Type(paper.HEADING_SIZE, paper.HEADING_PITCH), Type(paper.TITLE_SIZE, paper.TITLE_PITCH)
    size, margins = f"{paper.PAGE_WIDTH}mm {paper.PAGE_HEIGHT}mm", f"{paper.TOP}mm {right}mm {bottom}mm {paper.LEFT}mm"
    rules = [
        f"@page {{ size: {size}; margin: {margins} }}",
        _type_rule(".form-heading", heading),
        _type_rule(".form-title", title, f"margin: {title.pitch / 2}pt 0"),
        f".form-row {{ padding-left: {paper.HANGING}em; text-indent: -{paper.HANGING}em }}",
        f".form-indented {{ padding-left: {paper.INDENT}em; text-indent: 0 }}",
        f".form-blank {{ min-width: {paper.LEAST_BLANK - 0.8}em }}",  # and padding
        f".form-hand {{ margin-bottom: {paper.HAND_AFTER}pt }}",
        *(_type_rule(f".hand-{hand.name}", hand) for hand in HANDS),
        f".form-stamp {{ font-size: {paper.STAMP_SIZE}pt }}",
        f".form-code {{ width: {paper.CODE_SIZE}mm; height: {paper.CODE_SIZE}mm }}",
        f".form-space {{ min-width: {paper.LEAST_SPACE}em }}",
        *(_type_rule(f".type-{set_in.name}", set_in) for set_in in types),
    ]
    return "\n".join((*rules, static_style(STYLE_SHEET)))


def _type_rule(selector: str, set_in: Type, more: str = "") -> str:
    return f"{selector} {{ font-size: {set_in.size}pt; line-height: {set_in.pitch}pt; {more} }}"
