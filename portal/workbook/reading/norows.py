"""Rows of a table that are none: totals, signatures, notes, running numbers, headings repeated. Free of Django."""

import re
from collections.abc import Collection, Mapping, Sequence

from portal.text import ForbiddenCharacterError, normalise
from portal.workbook.reading.headings import fold_heading

# Why a row is none: the keys of `words.NO_ROWS`.
BLANK, NUMBER_ONLY, TOTAL, NOTE, HEADINGS = "blank", "number_only", "total", "note", "headings"

TOTAL_CELLS = 3  # in the first so many cells of a row its word stands
TOTALS = re.compile(
    "(?:[\u4e00-\u9fff]{0,12}[(（]?)(?:合计|总计|小计|共计|累计)(?:人数|户数|笔数|金额|总数|数)?(?:[^\u4e00-\u9fff].*)?"
)
SIGNERS = (
    "填表人|填报人|制表人|制表|经办人|审核人|复核人|审批人|负责人|单位负责人|部门负责人|联系人|工会主席"
    "|填表日期|填报日期|制表日期"
)
NOTES = f"备注|说明|填表说明|填报说明|注|{SIGNERS}"
NOTE_CELL = re.compile(rf"(?:{NOTES})(?:[(].*?[)])?(?:[^\u4e00-\u9fff].*)?")
ID_NUMBER = re.compile("(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")
RUNNING_NUMBER = re.compile("[0-9]{1,5}")


def why_no_row(cells: Sequence, headings: Mapping[int, str], numbered: Collection[int] = ()) -> str | None:
    """Why a row is no record, or None if it is one.

    `headings` are the columns that are read, by position; in those at `numbered` a running number may have been
    written ahead: such a row is none either, if it holds nothing else.
    """
    filled = {at: cell for at, cell in enumerate(cells) if not is_blank(cell)}
    read = filled.keys() & headings.keys()
    texts = {at: _plain(cell) for at, cell in filled.items()}
    first = min([*headings, *filled])
    if any(TOTALS.fullmatch(texts.get(at, "")) for at in range(first, first + TOTAL_CELLS)):
        return TOTAL
    if filled and NOTE_CELL.fullmatch(texts[min(filled)]) and not any(map(ID_NUMBER.search, texts.values())):
        return NOTE
    if not read:
        only_numbers = all(map(RUNNING_NUMBER.fullmatch, texts.values()))
        return NUMBER_ONLY if filled and only_numbers else BLANK
    if len(read) == 1 and read <= set(numbered) and RUNNING_NUMBER.fullmatch(texts[min(read)]):
        return NUMBER_ONLY
    if all(fold_heading(texts[at]) == fold_heading(headings[at]) for at in read):
        return HEADINGS
    return None


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return cell is None or (isinstance(cell, str) and not _plain(cell))


def _plain(cell: object) -> str:
    """The text without blanks; a whole number as its digits."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    try:
        return "".join(normalise(str(cell)).split())
    except ForbiddenCharacterError:
        return str(cell)
