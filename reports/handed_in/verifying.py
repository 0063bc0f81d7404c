"""Whether a print is what was handed in: figures typed from paper beside the frozen ones."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from reports.counting.rows import FigureRow, frozen_figure_rows
from reports.models import Submission

SAME, DIFFERS, UNREADABLE = "same", "differs", "unreadable"
NOT_PART_OF_A_NUMBER = str.maketrans("", "", " ,_")
LONGEST = 30


@dataclass(frozen=True)
class Checked:
    """One figure: as handed in, as typed ('' for not typed), and what that comes to ('' where nothing was typed)."""

    row: FigureRow
    typed: str
    verdict: str


def checked(submission: Submission, typed: Mapping[str, str]) -> list[Checked]:
    """The figures of `submission` in the order of the forms; `typed` are texts by slug, in the units of the form."""
    return [
        _checked(row, typed.get(slug, "").strip()[:LONGEST]) for slug, row in frozen_figure_rows(submission).items()
    ]


def _checked(row: FigureRow, typed: str) -> Checked:
    if not typed:
        return Checked(row, "", "")
    number = _number(typed)
    if number is None:
        return Checked(row, typed, UNREADABLE)
    return Checked(row, typed, SAME if number == row.figure.unit.shown(row.reported) else DIFFERS)


def _number(text: str) -> Decimal | None:
    """What `text` says, full-width digits and commas between them allowed; None for no number."""
    try:
        number = Decimal(unicodedata.normalize("NFKC", text).translate(NOT_PART_OF_A_NUMBER))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
