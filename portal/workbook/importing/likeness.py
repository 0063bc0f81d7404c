"""Which known name a misspelt one may stand for."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from portal.workbook.reading.headings import fold_heading

CLOSE = 0.7  # one character of four may differ


def alike(name: str, others: Iterable[str]) -> str | None:
    """The one of `others` that is most like `name`, or None if none is: they share most of their characters."""
    folded = fold_heading(name)
    best = max(others, key=lambda other: _likeness(folded, fold_heading(other)), default=None)
    return best if best is not None and _likeness(folded, fold_heading(best)) >= CLOSE else None


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
