"""A table and its raw cells as JSON: how a list is kept between two steps."""

import json
from datetime import date
from typing import Any

from portal.workbook.lists.table import ReadTable
from portal.workbook.raw import Boolean, ErrorValue, Formula
from portal.workbook.reading.reader import untagged


def dump_cells(cells: Any) -> str:
    """Anything made of raw cells, for `load_cells`."""
    return json.dumps(cells, ensure_ascii=False, default=_tagged)


def load_cells(text: str) -> Any:
    return json.loads(text, object_hook=untagged)


def dump_table(table: ReadTable) -> str:
    """The whole table as JSON text, for `load_table`."""
    return dump_cells(
        [table.sheet, table.heading_row, sorted(table.headings.items()), table.rows, table.above, table.others]
    )


def load_table(text: str) -> ReadTable:
    sheet, heading_row, headings, rows, above, others = load_cells(text)
    return ReadTable(
        sheet=sheet,
        heading_row=heading_row,
        headings=dict(map(tuple, headings)),
        rows=[(number, cells) for number, cells in rows],
        above=above,
        others=others,
    )


def _tagged(value: Any) -> dict:
    match value:
        case Formula():
            return {"f": value.text}
        case Boolean():
            return {"b": value.value}
        case ErrorValue():
            return {"e": value.text}
        case date():
            return {"d": value.isoformat()[:10]}
    message = f"no raw value: {type(value).__name__}"
    raise TypeError(message)
