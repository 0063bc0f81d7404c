"""The kinds of file that the forms are taken away in: one table for the command and the pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reports.counting.derive import CityFigures
from reports.render.city import ALONE, CityPrint
from reports.render.docx import annex_docx, city_docx
from reports.render.excel.xlsx import city_workbook, union_workbook
from reports.render.filled import Filled
from reports.render.json import city_json, union_json
from reports.render.pdf import annex_pdf, city_pdf

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Format:
    """A kind of file: how the forms of one union are written, and those of the city with all its units."""

    name: str
    content_type: str
    union: Callable[[Filled, Iterable[int]], bytes]
    city: Callable[[Filled, CityFigures, Iterable[int], CityPrint], bytes]


def _union_json(filled: Filled, forms: Iterable[int]) -> bytes:
    return union_json(filled.values, filled.figures, forms).encode()


def _city_json(filled: Filled, city: CityFigures, forms: Iterable[int], _also: CityPrint = ALONE) -> bytes:
    return city_json(city, filled.figures, forms).encode()


FORMATS = {
    kind.name: kind
    for kind in (
        Format("json", "application/json", _union_json, _city_json),
        Format("xlsx", f"{OFFICE}.spreadsheetml.sheet", union_workbook, city_workbook),
        Format("docx", f"{OFFICE}.wordprocessingml.document", annex_docx, city_docx),
        Format("pdf", "application/pdf", annex_pdf, city_pdf),
    )
}
