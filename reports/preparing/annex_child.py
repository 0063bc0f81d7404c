"""The process that reads the cells an annex workbook names, and the words around them. Run as a module; free of Django.

Looks through the whole file first, as for any workbook, then loads it in bounded memory and time. Writes one JSON
value: {"named": {name: value}, "sheets": [rows of texts]}, each value a number or a text, null for an empty cell;
or {"": code} of `words.REASONS`.
"""

import json
import resource
import sys
import warnings
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName

from portal.workbook.reading import limits
from portal.workbook.reading.child import prescan
from portal.workbook.reading.refusal import RefusedError

NAMES = 2000
ROWS, COLUMNS, LONGEST = 100, 80, 300  # of the words on a sheet: more than any form has


def main() -> None:
    for kind, limit in (
        (resource.RLIMIT_AS, limits.MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))
    # A hard limit as low would end it as a system short of memory does, and the parent tells the two apart.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CPU_SECONDS, limits.CPU_SECONDS + 5))
    try:
        found = read_forms(sys.argv[1], set(json.loads(sys.argv[2])))
    except RefusedError as refused:
        found = {"": refused.code}
    except MemoryError:
        found = {"": "too_heavy"}
    except Exception:  # noqa: BLE001  openpyxl raises whatever a strange file leads it to
        found = {"": "damaged"}
    sys.stdout.write(json.dumps(found, ensure_ascii=False))


def read_forms(path: str, names: set[str]) -> dict:
    """The values of those of `names` that the workbook gives to one cell, and what is written on their sheets."""
    with Path(path).open("rb") as file:
        prescan(file, set())
    warnings.simplefilter("ignore")  # openpyxl names what it will not keep
    book = load_workbook(path, data_only=True, keep_links=False)
    if len(book.defined_names) > NAMES:
        raise RefusedError("too_heavy")
    asked = {name: defined for name, defined in book.defined_names.items() if name in names}
    given = {name: value_of(book, defined) for name, defined in asked.items()}
    named = {name: value for name, value in given.items() if value != ()}
    titles = dict.fromkeys(title for name in named for title, _cell in asked[name].destinations)
    return {"named": named, "sheets": [texts_of(book[title]) for title in titles]}


def texts_of(sheet) -> list[list[str]]:
    """The texts of each row, from left to right."""
    rows = sheet.iter_rows(max_row=min(ROWS, sheet.max_row), max_col=COLUMNS, values_only=True)
    return [[value[:LONGEST] for value in row if isinstance(value, str)] for row in rows]


def value_of(book, defined: DefinedName):
    """What the cell holds: a number, a text, or None; () where the name is not of one cell of the workbook."""
    places = list(defined.destinations)
    if len(places) != 1:
        return ()
    title, reference = places[0]
    if title not in book.sheetnames or ":" in reference:
        return ()
    value = book[title][reference].value
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    return str(value)


if __name__ == "__main__":
    main()
