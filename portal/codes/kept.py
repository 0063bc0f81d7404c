"""The code lists as they stand: kept in each process, and proved every few seconds by how many changes there are.

Changes are only ever added, so their number tells whether any came; of several workers each looks by itself.
A code or a word that a worker does not know makes it look at once: what was added a moment ago is known when used.
"""

import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, partial

from django.conf import settings
from django.db.models import Choices

from portal.codes.declaration import code_lists, list_of
from portal.codes.words import Codes, as_changed, built_in
from portal.models import CodeChange

LOOKED_AT_LEAST = 1.0  # seconds between two looks for what is not known
UNKNOWN = -1


@dataclass(frozen=True)
class _Known:
    """The lists by their enums after so many `changes`, as looked at by the clock `at`."""

    changes: int
    at: float
    lists: dict[type[Choices], Codes]


_known: _Known | None = None


def codes_of(choices: type[Choices]) -> Codes:
    """The words of an enum: with what the city changed if its list may be edited, else as built in."""
    return _as_built_in(choices) if list_of(choices) is None else _current().lists[choices]


def word_of(choices: type[Choices], code: str) -> str:
    """The word of a code, whatever its years; the code itself where nobody knows it."""
    labels = codes_of(choices).labels
    if code and code not in labels and look_again():
        labels = codes_of(choices).labels
    return labels.get(code, code)


def choices_of(choices: type[Choices]) -> Callable[[], list[tuple[str, str]]]:
    """For fields and filters: the codes with their words, as they are when somebody asks."""
    return partial(_choices, choices)


def _choices(choices: type[Choices]) -> list[tuple[str, str]]:
    return list(codes_of(choices).labels.items())


def look_again() -> bool:
    """Look whether something changed, unless that was done a moment ago; whether it was."""
    global _known  # noqa: PLW0603  what a process keeps
    before = _current()
    if settings.CODES_LOOKED_AT_EVERY is None or time.monotonic() - before.at < LOOKED_AT_LEAST:
        return False
    _known = _looked(before)
    return before.changes != _known.changes


def forget() -> None:
    """Look at the next use: something was changed here, or taken back."""
    global _known  # noqa: PLW0603
    _known = _Known(UNKNOWN, -math.inf, {})


def _current() -> _Known:
    global _known  # noqa: PLW0603
    known, every = _known, settings.CODES_LOOKED_AT_EVERY
    if known is None and every is None:
        known = _Known(0, time.monotonic(), _lists([]))
    elif known is None or time.monotonic() - known.at >= (math.inf if every is None else every):
        known = _looked(known)
    _known = known
    return known


def _looked(known: _Known | None) -> _Known:
    if known and known.changes != UNKNOWN and known.changes == CodeChange.objects.count():
        return replace(known, at=time.monotonic())
    changes = list(CodeChange.objects.order_by("number"))
    return _Known(len(changes), time.monotonic(), _lists(changes))


def _lists(changes: Iterable[CodeChange]) -> dict[type[Choices], Codes]:
    """Every list after these changes."""
    by_list = defaultdict(list)
    for change in changes:
        by_list[change.list_name].append(change)
    return {each.choices: as_changed(each.choices, by_list[each.name]) for each in code_lists().values()}


@cache
def _as_built_in(choices: type[Choices]) -> Codes:
    return Codes(built_in(choices))
