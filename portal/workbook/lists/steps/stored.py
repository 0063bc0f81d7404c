"""A table and its raw cells as JSON, packed: how a list is kept between two steps."""

import base64
import gzip
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

from portal.workbook.lists.table import ReadTable
from portal.workbook.raw import Boolean, ErrorValue, Formula
from portal.workbook.reading.reader import untagged

PACKED = "gzip:"
LONGEST_SHARED = 16  # characters; longer texts and numbers of people are each another


def dump_cells(cells: Any) -> str:
    """Anything made of raw cells, for `load_cells`."""
    return json.dumps(cells, ensure_ascii=False, default=_tagged)


def load_cells(text: str) -> Any:
    return json.loads(text, object_hook=untagged)


def nobody_listens(_line: bytes) -> None:
    """Nothing is told of the lines."""


def dump_table(table: ReadTable, listen: Callable[[bytes], object] = nobody_listens) -> str:
    """The whole table as text, for `load_table`: packed line by line, a long one never stands whole in memory.

    `listen` is told of the headings and of each row, whatever the file and its sheet are called.
    """
    listen(dump_cells(sorted(table.headings.items())).encode())
    packed = io.BytesIO()
    with gzip.open(packed, "wt", compresslevel=1, encoding="utf-8") as lines:
        lines.write(f"{dump_cells(_head(table))}\n")
        for row in table.rows:
            line = f"{dump_cells(row)}\n"
            listen(line.encode())
            lines.write(line)
    return PACKED + base64.b64encode(packed.getbuffer()).decode()


def _head(table: ReadTable) -> list:
    return [table.sheet, table.heading_row, sorted(table.headings.items()), table.above, table.others]


def load_table(text: str) -> ReadTable:
    seen: dict[str, str] = {}
    if not text.startswith(PACKED):  # kept before tables were packed
        sheet, heading_row, headings, rows, above, others = load_cells(text)
    else:
        with gzip.open(io.BytesIO(base64.b64decode(text[len(PACKED) :])), "rt", encoding="utf-8") as lines:
            sheet, heading_row, headings, above, others = load_cells(next(lines))
            rows = [_once(load_cells(line), seen) for line in lines]
    return ReadTable(
        sheet=sheet,
        heading_row=heading_row,
        headings=dict(map(tuple, headings)),
        rows=[(number, cells) for number, cells in rows],
        above=above,
        others=others,
    )


def _once(row: list, seen: dict[str, str]) -> list:
    """The row with each short text as one object for all rows: 低保户 and 春申食品厂 stand in many."""
    number, cells = row
    return [number, [seen.setdefault(cell, cell) if _is_short(cell) else cell for cell in cells]]


def _is_short(cell: Any) -> bool:
    return isinstance(cell, str) and len(cell) <= LONGEST_SHARED


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
