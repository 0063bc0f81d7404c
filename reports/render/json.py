"""Figures for machines (workbook.md, "Command line"): slugs only, every value a string."""

import json
from collections.abc import Iterable

from reports.counting.derive import CityFigures, Values
from reports.figures.registry import Registry
from reports.render.filled import FORM_NUMBERS, texts


def union_json(values: Values, figures: Registry, forms: Iterable[int] = FORM_NUMBERS) -> str:
    """`{SLUG: "text", …}` of one union."""
    return _dump(texts(values, figures, forms))


def city_json(city: CityFigures, figures: Registry, forms: Iterable[int] = FORM_NUMBERS) -> str:
    """`{"units": {CODE: {…}}, "total": {…}}` over the reporting units."""
    forms = tuple(forms)
    units = {unit.code: texts(values, figures, forms) for unit, values in city.units.items()}
    return _dump({"units": units, "total": texts(city.total, figures, forms)})


def _dump(content: dict) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
