"""Choosing records without code: the fields of a fact that may be asked, and a choice of values made a condition."""

import calendar
import datetime
import enum
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.records.attribute import Attribute, last_field
from reports.figures.registry import Condition, Fact


class AskedField(enum.Enum):
    """How a field is asked: by some of its codes, yes or no, between two days, between two numbers, by a word."""

    CODES = "codes"
    YES_NO = "yes_no"
    DAYS = "days"
    NUMBERS = "numbers"
    WORD = "word"


ASKED_BY_FIELD = (
    (models.DateField, AskedField.DAYS),
    ((models.DecimalField, models.IntegerField), AskedField.NUMBERS),
    (models.CharField, AskedField.WORD),
)


@dataclass(frozen=True)
class Choosable:
    """One field of a fact by which its records can be chosen. `path` is written with dots, from the record."""

    path: str
    label: str
    asked: AskedField
    codes: tuple[tuple[str, str], ...] = ()

    @property
    def lookup(self) -> str:
        return self.path.replace(".", "__")


@dataclass(frozen=True)
class Choice:
    """What is asked of one field: codes, or the two ends (both included, either may be missing), or a word."""

    path: str
    codes: tuple[str, ...] = ()
    least: str = ""
    most: str = ""
    word: str = ""
    excluded: bool = field(default=False)

    def condition(self, fact: Fact) -> Condition:
        """The condition that records of `fact` must satisfy. Raises KeyError for a field that cannot be asked."""
        by = {choosable.path: choosable for choosable in choosables(fact)}[self.path]
        wanted, words = self._q(by), self._words(by)
        holds = ~wanted if self.excluded else wanted
        miss = _("不符合“%(words)s”") % {"words": words.replace("{", "{{").replace("}", "}}")}
        return Condition(words, lambda _window: holds, miss, is_kind=self.path in fact.kinds)

    def moved(self, years: int) -> "Choice":
        """The same choice between days, `years` later (earlier, below zero)."""
        ends = {"least": self.least, "most": self.most}
        moved = {name: str(year_moved(datetime.date.fromisoformat(end), years)) for name, end in ends.items() if end}
        return replace(self, **moved)

    def _q(self, by: Choosable) -> Q:
        match by.asked:
            case AskedField.CODES:
                return Q(**{f"{by.lookup}__in": list(self.codes)})
            case AskedField.YES_NO:
                return Q(**{by.lookup: self.codes == ("yes",)})
            case AskedField.WORD:
                return Q(**{f"{by.lookup}__contains": self.word})
        read = datetime.date.fromisoformat if by.asked is AskedField.DAYS else Decimal
        ends = (("gte", self.least), ("lte", self.most))
        return Q(**{f"{by.lookup}__{end}": read(text) for end, text in ends if text})

    def _words(self, by: Choosable) -> str:
        labels = dict(by.codes)
        match by.asked:
            case AskedField.CODES | AskedField.YES_NO:
                said = "、".join(str(labels[code]) for code in self.codes)
            case AskedField.WORD:
                said = _("含“%s”") % self.word
            case _:
                said = _("%(least)s 至 %(most)s") % {"least": self.least or "…", "most": self.most or "…"}
        sentence = _("%(label)s不是%(said)s") if self.excluded else _("%(label)s为%(said)s")
        return sentence % {"label": by.label, "said": said}


def year_moved(day: datetime.date, years: int) -> datetime.date:
    """The same day, `years` later; 28 February for 29 February, and the last of February for the last of it."""
    last = day.day == calendar.monthrange(day.year, day.month)[1]
    there = calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=there if last else min(day.day, there))


def choosables(fact: Fact) -> list[Choosable]:
    """The fields of `fact` that may be asked: its columns and what it names besides, each once."""
    found = (_choosable(fact.model, attribute) for attribute in (*fact.columns, *fact.asked))
    return list({each.path: each for each in found if each}.values())


def _choosable(model: type[models.Model], attribute: Attribute) -> Choosable | None:
    """None for what is no field of the database, is encrypted, or names a person."""
    named = last_field(model, attribute.path)
    if named is None or attribute.mask or attribute.path.endswith(("number", "name")):
        return None
    label = attribute.heading(model)
    if named.choices:
        return Choosable(attribute.path, label, AskedField.CODES, _codes(named.flatchoices))
    if isinstance(named, models.BooleanField):
        return Choosable(attribute.path, label, AskedField.YES_NO, (("yes", _("是")), ("no", _("否"))))
    asked = next((asked for kinds, asked in ASKED_BY_FIELD if isinstance(named, kinds)), None)
    return Choosable(attribute.path, label, asked) if asked else None


def _codes(choices: Iterable[tuple]) -> tuple[tuple[str, str], ...]:
    return tuple((str(code), str(label)) for code, label in choices if code)
