"""A page as .pdf. Nothing but the page and its style sheet is ever read.

WeasyPrint needs the Pango library of the operating system, and the text a Chinese typeface. Without them the rest of
the portal works, and whoever asks for a .pdf is told what to install.
"""

import io
import logging
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from PIL import ImageFile

PROBE = "附"  # a typeface that has it has Chinese
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
FONT_PACKAGE = "fonts-noto-cjk"


class PdfUnavailableError(Exception):
    """This machine cannot make a .pdf; the message says what to install."""


def pdf_of(page: str, *, style: str) -> bytes:
    """The HTML `page` set as `style` says. Raises PdfUnavailableError."""
    return joined_pdf([page], style=style)


def joined_pdf(pages: Iterable[str], *, style: str) -> bytes:
    """The HTML `pages`, each set by itself and numbered from 1, behind each other. Raises PdfUnavailableError."""
    weasyprint = _weasyprint()
    _check_font()
    nothing = weasyprint.URLFetcher(allowed_protocols=())
    sheet = weasyprint.CSS(string=style, url_fetcher=nothing)
    set_pages = [weasyprint.HTML(string=page, url_fetcher=nothing).render(stylesheets=[sheet]) for page in pages]
    first, file = set_pages[0], io.BytesIO()
    first.copy([paper for each in set_pages for paper in each.pages]).write_pdf(file)
    return file.getvalue()


def static_style(name: str) -> str:
    """The text of a style sheet of ours."""
    return Path(str(finders.find(name))).read_text(encoding="utf-8")


def _weasyprint() -> Any:
    for chatty in ("weasyprint.progress", "fontTools"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    try:
        import weasyprint  # noqa: PLC0415  loads libraries of the system, which only a .pdf needs
    except (ImportError, OSError) as error:
        raise PdfUnavailableError(
            _("本机缺少生成 PDF 所需的程序库 Pango，请安装后再试（Debian：apt-get install %s）。也可改用 docx 格式。")
            % PACKAGES
        ) from error
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # it says True, for the whole process: a file cut short would pass the gate
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
