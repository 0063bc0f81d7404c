"""初审: which of the moves of a case says that it was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aid.enums import CaseState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aid.models.casework.beside import CaseEvent

BEFORE = (CaseState.DRAFT, CaseState.SUBMITTED)


def check_that_stands(events: Iterable[CaseEvent]) -> CaseEvent | None:
    """Of the moves of one case, the latest first, that of its check; None if it went back since, or was never checked.

    What was handed in anew is checked anew.
    """
    for event in events:
        if event.move == "check":
            return event
        if event.state in BEFORE:
            return None
    return None
