"""The words of a code list: the built-in ones, and what the city added, withdrew, gave back and put in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from django.db.models import Choices
from django.utils.translation import gettext as _

from portal.enums import CodeAct
from portal.models import CodeChange

Period: TypeAlias = tuple[int | None, int | None]  # first and last year; None where it is open
ALWAYS: Period = (None, None)


@dataclass(frozen=True)
class Word:
    """One word with its code, and the years in which it holds. `successor` is the code to use instead, if one is."""

    code: str
    word: str
    periods: tuple[Period, ...] = (ALWAYS,)
    successor: str = ""
    is_built_in: bool = True

    def holds_in(self, year: int) -> bool:
        return any((first or year) <= year <= (last or year) for first, last in self.periods)

    @property
    def ended(self) -> int | None:
        """The last year of a word that was withdrawn; None of one that still holds or is to come."""
        return self.periods[-1][1]

    @property
    def is_never_used(self) -> bool:
        """Whether there is no year in which it holds: it was added by mistake and withdrawn."""
        return all(first is not None and last is not None and last < first for first, last in self.periods)

    @property
    def years(self) -> str:
        """When it holds, in words."""
        return "、".join(_years(first, last) for first, last in self.periods)

    def withdrawn(self, last: int, successor: str) -> "Word":
        first = self.periods[-1][0]
        return replace(self, periods=(*self.periods[:-1], (first, last)), successor=successor)

    def given_back(self, first: int) -> "Word":
        """The same from `first` on; without a gap if that is the year after the last."""
        begun, last = self.periods[-1]
        if last is not None and first == last + 1:
            return replace(self, periods=(*self.periods[:-1], (begun, None)), successor="")
        return replace(self, periods=(*self.periods, (first, None)), successor="")


def _years(first: int | None, last: int | None) -> str:
    if first is not None and last is not None and last < first:
        return _("从未使用")
    match first, last:
        case None, None:
            return _("一直")
        case None, _last:
            return _("至 %(last)d 年") % {"last": last}
        case _first, None:
            return _("%(first)d 年起") % {"first": first}
    return _("%(first)d 至 %(last)d 年") % {"first": first, "last": last}


class Codes:
    """All words that a list ever had, in order. `version` is the number of the last change, 0 of a list as built in."""

    def __init__(self, words: Iterable[Word], version: int = 0) -> None:
        self.words = tuple(words)
        self.version = version

    @cached_property
    def by_code(self) -> dict[str, Word]:
        return {each.code: each for each in self.words}

    @cached_property
    def labels(self) -> dict[str, str]:
        """The word of every code, whatever its years."""
        return {each.code: each.word for each in self.words}

    @cached_property
    def is_limited(self) -> bool:
        """Whether some word does not hold in every year."""
        return any(each.periods != (ALWAYS,) for each in self.words)

    def offered(self, year: int) -> tuple[str, ...]:
        """The words to choose from in a year."""
        return tuple(each.word for each in self.words if each.holds_in(year))


def built_in(choices: type[Choices]) -> Iterator[Word]:
    return (Word(str(value), str(label)) for value, label in choices.choices if value)


def as_changed(choices: type[Choices], changes: Iterable[CodeChange]) -> Codes:
    """The words of `choices` after these changes, which come in the order of their numbers."""
    words = {each.code: each for each in built_in(choices)}
    order: list[str] = []
    version = 0
    for change in changes:
        version = change.number
        match change.act:
            case CodeAct.ADDED:
                words[change.code] = Word(change.code, change.word, ((change.said_year, None),), is_built_in=False)
            case CodeAct.WITHDRAWN:
                words[change.code] = words[change.code].withdrawn(change.said_year, change.successor)
            case CodeAct.GIVEN_BACK:
                words[change.code] = words[change.code].given_back(change.said_year)
            case CodeAct.ORDERED:
                order = change.codes_in_order
    first = [code for code in order if code in words]
    return Codes((words[code] for code in [*first, *(code for code in words if code not in first)]), version)
