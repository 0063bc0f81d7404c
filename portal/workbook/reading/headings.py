"""Headings as people write them: folded before they are compared, and looked for below title rows. Free of Django."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from portal.text import ForbiddenCharacterError, normalise
from portal.workbook.reading.references import Area

ROWS_SEARCHED = 20
# What stands beside a heading without being part of it: marks of required columns, colons, blanks.
DECORATION = re.compile(r"[\s*﹡∗✱★☆※:：]+")
# Only what leaves the number as it is: a heading in 万元 is another one.
UNITS = "(?:单位)?(?:人民币)?元(?:[/每]?[人月])?|人民币|rmb|[¥￥]|人|人次|口|户|个|家|场|岁|名|[0-9]*位|必填|选填|可选"
UNIT_IN_BRACKETS = re.compile(rf"[(\[【〔](?:{UNITS})[)\]】〕]", re.IGNORECASE)


def fold_heading(text: str) -> str:
    """A heading in the form in which it is compared: "＊金额（元）：" and "金 额" are both "金额".

    Text that may not be shown folds to nothing.
    """
    try:
        plain = normalise(unicodedata.normalize("NFKC", text))
    except ForbiddenCharacterError:
        return ""
    return UNIT_IN_BRACKETS.sub("", DECORATION.sub("", plain)).casefold()


@dataclass(frozen=True)
class HeadingRow:
    """Where the headings stand: the first and last of their rows, and their texts as written, by position from 0.

    Of headings in two rows the text is whichever is known: both joined, the lower, or the upper.
    """

    first: int
    last: int
    texts: dict[int, str]
    known: int


Rows = Sequence[tuple[int, Sequence]]


def find_heading_row(rows: Rows, is_known: Callable[[str], bool], merges: Iterable[Area] = ()) -> HeadingRow | None:
    """The row, or two rows, among the first 20 with the most headings that `is_known` accepts, given unfolded.

    `rows` are (number, cells) in order, blank ones left out. None where no row has any; of equals the upper one is
    taken, and two rows only where one alone would leave some heading out, or its group.
    """
    searched = [(number, dict(_texts(cells))) for number, cells in rows if number <= ROWS_SEARCHED]
    found = [HeadingRow(number, number, texts, sum(map(is_known, texts.values()))) for number, texts in searched]
    found += [
        _joined(upper, lower, is_known, merges) for upper, lower in pairwise(found) if lower.first == upper.first + 1
    ]
    best = max(found, key=lambda row: (row.known, row.first == row.last, -row.first), default=None)
    return best if best and best.known else None


def _texts(cells: Sequence) -> Iterable[tuple[int, str]]:
    for position, cell in enumerate(cells):
        if isinstance(cell, str) and cell.strip():
            yield position, cell


def _joined(
    upper: HeadingRow, lower: HeadingRow, is_known: Callable[[str], bool], merges: Iterable[Area]
) -> HeadingRow:
    """Both rows as one; as good as none where the lower one fills what has its heading already: it holds data."""
    groups = dict(upper.texts)
    for top, left, _bottom, right in merges:
        if top == upper.first and left - 1 in upper.texts:
            groups |= dict.fromkeys(range(left - 1, right), upper.texts[left - 1])
    texts, score = {}, 0
    for position in sorted(groups.keys() | lower.texts.keys()):
        own, above, below = (row.get(position, "") for row in (upper.texts, groups, lower.texts))
        choices = (above + below if above and below else "", below, own)
        texts[position] = next((text for text in choices if text and is_known(text)), below or own)
        # A heading known by its group is worth more than the same one twice.
        score += is_known(texts[position]) + (texts[position] not in (own, below))
        if below and texts[position] == own and is_known(own):
            return HeadingRow(upper.first, lower.last, texts, 0)
    return HeadingRow(upper.first, lower.last, texts, score)
