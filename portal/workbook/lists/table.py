"""The table in a file: its sheet, heading row, rows, and those that are none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.identity import IdentityError, clean_text
from portal.workbook.raw import shown
from portal.workbook.reading.headings import HeadingRow, find_heading_row
from portal.workbook.reading.reader import ReadSheet, WorkbookRefused


@dataclass
class ReadTable:
    """What a list consists of: columns by position with their headings as written, and numbered rows below them.

    `added` are positions of columns that the list has not: for cells of single rows that were typed in later.
    """

    sheet: str
    heading_row: int
    headings: dict[int, str]
    rows: list[tuple[int, list]]
    above: str = ""
    others: list[str] = field(default_factory=list)
    added: frozenset[int] = frozenset()

    @property
    def titled(self) -> str:
        """All the words that say what the list is about."""
        return f"{self.sheet}\n{self.above}"


def find_table(sheets: Iterable[ReadSheet], knows: Callable[[str], bool], named: Iterable[str] = ()) -> ReadTable:
    """The sheet with the most known headings, the first of equals.

    Raises WorkbookRefused if there are none; it names the headings `named`, as examples of what was looked for.
    """
    found: list[tuple[HeadingRow, ReadSheet, list]] = []
    for sheet in sheets:
        rows = sheet.all_rows
        heading = find_heading_row(rows, knows, sheet.merges)
        if heading:
            found.append((heading, sheet, rows))
    if not found:
        raise WorkbookRefused(_no_headings(named))
    heading, sheet, rows = max(found, key=lambda entry: entry[0].known)
    return ReadTable(
        sheet=sheet.title,
        heading_row=heading.last,
        headings={at: _plain(text) for at, text in heading.texts.items()},
        rows=_filled_down([row for row in rows if row[0] > heading.last], sheet.merges),
        above="\n".join(_text(row) for row in rows if row[0] < heading.first),
        others=[other.title for _heading, other, _rows in found if other is not sheet],
    )


def _no_headings(named: Iterable[str]) -> str:
    words = _(
        "前 20 行中没有认识的列标题（清单里应有“%(headings)s”等列），请检查表头。"
        "平台的工作簿（由模板填写或由平台导出的）请用“导入工作簿”。"
    )
    return words % {"headings": "”“".join(dict.fromkeys(named))}


def _filled_down(rows: list[tuple[int, list]], merges: Iterable[tuple[int, int, int, int]]) -> list[tuple[int, list]]:
    """Rows with the value of cells merged downwards in each of them: a family above its children."""
    by_number = dict(rows)
    for top, left, bottom, right in merges:
        if top not in by_number or bottom == top or left != right:
            continue
        cells = by_number[top]
        value = cells[left - 1] if left <= len(cells) else None
        for number in range(top + 1, bottom + 1):
            if value is not None and number in by_number:
                below = by_number[number]
                below.extend([None] * (left - len(below)))
                below[left - 1] = value if below[left - 1] is None else below[left - 1]
    return rows


def _plain(heading: str) -> str:
    try:
        return clean_text(heading)
    except IdentityError:
        return heading


def _text(row: tuple[int, list]) -> str:
    return " ".join(_plain(shown(cell) or "") for cell in row[1] if cell is not None)
