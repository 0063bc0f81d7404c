"""The forms as .pdf, printed from a page of their own. Nothing but this page and its style sheet is ever read.

WeasyPrint needs the Pango library of the operating system, and the text a Chinese typeface. Without them the rest of
the portal works, and whoever asks for a .pdf is told what to install.
"""

import logging
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import ModuleType

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from reports.derive import CityFigures
from reports.render import paper, qr
from reports.render.city import ALONE, CityPrint
from reports.render.filled import FORM_NUMBERS, Filled, Stamp
from reports.render.paper import Sheet, Type

STYLE_SHEET = "css/print-form.css"
PROBE = "附"  # a typeface that has it has Chinese
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
FONT_PACKAGE = "fonts-noto-cjk"


class PdfUnavailableError(Exception):
    """This machine cannot make a .pdf; the message says what to install."""


def annex_pdf(filled: Filled, forms: Iterable[int] = FORM_NUMBERS) -> bytes:
    """The forms of one union. Raises PdfUnavailableError."""
    return _pdf(paper.sheets(filled, forms), stamp=filled.stamp)


def city_pdf(filled: Filled, city: CityFigures, forms: Iterable[int] = FORM_NUMBERS, also: CityPrint = ALONE) -> bytes:
    """The city's forms, the units that were summed, and the forms of each; with page numbers. May raise as above."""
    return _pdf(paper.city_sheets(filled, city, forms, also))


def _pdf(sheets: Iterable[Sheet], *, stamp: Stamp | None = None) -> bytes:
    """With `stamp` at the foot of each page, else with page numbers."""
    weasyprint = _weasyprint()
    _check_font()
    sheets = list(sheets)
    code = qr.svg(stamp.url) if stamp and stamp.url else ""
    page = render_to_string("reports/annex/print.html", {"sheets": sheets, "stamp": stamp, "code": code})
    nothing = weasyprint.URLFetcher(allowed_protocols=())
    style = weasyprint.CSS(string=_style({sheet.type for sheet in sheets}), url_fetcher=nothing)
    return weasyprint.HTML(string=page, url_fetcher=nothing).write_pdf(stylesheets=[style])


def _weasyprint() -> ModuleType:
    for chatty in ("weasyprint.progress", "fontTools"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    try:
        import weasyprint  # noqa: PLC0415  loads libraries of the system, which only a .pdf needs
    except (ImportError, OSError) as error:
        raise PdfUnavailableError(
            _("本机缺少生成 PDF 所需的程序库 Pango，请安装后再试（Debian：apt-get install %s）。也可改用 docx 格式。")
            % PACKAGES
        ) from error
    return weasyprint


@cache
def _check_font() -> None:
    """Ask fontconfig, on which Pango relies, for a typeface with Chinese in it. Once: a fault is not cached.

    It is asked first because Pango prints boxes without such a typeface, and without any brings the process down.
    """
    tool = shutil.which("fc-list")
    if tool is None:
        return
    asked = [tool, f":charset={ord(PROBE):x}", "family"]
    found = subprocess.run(asked, capture_output=True, check=False, timeout=60)  # noqa: S603  nothing of it is from outside
    if not found.stdout.strip():
        raise PdfUnavailableError(
            _("本机没有中文字体，不能生成 PDF，请安装后再试（Debian：apt-get install %s）。也可改用 docx 格式。")
            % FONT_PACKAGE
        )


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
        _type_rule(".form-hand", Type(paper.HAND_SIZE, paper.HAND_PITCH), f"margin-bottom: {paper.HAND_AFTER}pt"),
        f".form-stamp {{ font-size: {paper.STAMP_SIZE}pt }}",
        f".form-code {{ width: {paper.CODE_SIZE}mm; height: {paper.CODE_SIZE}mm }}",
        f".form-space {{ min-width: {paper.LEAST_SPACE}em }}",
        *(_type_rule(f".type-{set_in.name}", set_in) for set_in in types),
    ]
    sheet = Path(finders.find(STYLE_SHEET)).read_text(encoding="utf-8")
    return "\n".join((*rules, sheet))


def _type_rule(selector: str, set_in: Type, more: str = "") -> str:
    return f"{selector} {{ font-size: {set_in.size}pt; line-height: {set_in.pitch}pt; {more} }}"
