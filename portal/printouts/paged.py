"""A sheet as a page that a browser prints, and as .pdf: both drawn by one template and one style sheet."""

from collections.abc import Iterable

from django.template.loader import render_to_string

from portal.documents.pdf import joined_pdf, static_style
from portal.printouts.content import Printout

STYLE_SHEET, WIDE_SHEET = "css/printout.css", "css/printout-wide.css"


def style_sheets(*, is_wide: bool) -> tuple[str, ...]:
    """The style sheets of a sheet, upright or laid across, by their static names."""
    return (STYLE_SHEET, WIDE_SHEET) if is_wide else (STYLE_SHEET,)


def printouts_pdf(printouts: Iterable[Printout]) -> bytes:
    """The sheets as one .pdf, the pages of each numbered by themselves. Raises PdfUnavailableError."""
    printouts = list(printouts)
    style = "\n".join(map(static_style, style_sheets(is_wide=printouts[0].is_wide)))
    return joined_pdf(
        (render_to_string("portal/printout/_alone.html", {"printout": one}) for one in printouts), style=style
    )
