"""Words that are typed and name something known: the word stays as it was typed, what it means stands beside it.

A name written otherwise (blanks between its characters, another middle dot) means the same: words are compared folded.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import Model, Q

from portal.access import path_range
from portal.fields import field_of, target
from portal.kept.revisions import raise_units
from portal.models.owned import UnionOwned
from portal.models.union import REPORTING_PATH_LENGTH
from portal.models.voidable import VoidableRecord
from portal.text import fold_name


@dataclass(frozen=True)
class TypedCode:
    """`word` of a record may be a label of `choices`: `known` is then its code."""

    word: str
    known: str
    choices: type[models.TextChoices]

    def settle(self, records: Iterable[Model]) -> None:
        """Set what the words of `records` mean; None where they mean nothing that is known."""
        codes = {fold_name(str(label)): code for code, label in self.choices.choices}
        for record in records:
            setattr(record, self.known, codes.get(fold_name(getattr(record, self.word))))


@dataclass(frozen=True)
class TypedName:
    """`word` of a record may be the name of a record that the same 填报单位 keeps: `known` then refers to it."""

    word: str
    known: str
    name: str = "name"

    def settle(self, records: Iterable[UnionOwned]) -> None:
        """The same. One query for each 填报单位, none where nothing is typed."""
        found: dict[str, dict[str, Model]] = {}
        for record in records:
            word, unit = fold_name(getattr(record, self.word)), record.union_path[:REPORTING_PATH_LENGTH]
            if word and unit not in found:
                found[unit] = self._named(self.target(type(record)), unit)
            setattr(record, self.known, found[unit].get(word) if word else None)

    def target(self, model: type[Model]) -> type[Model]:
        return target(field_of(model, self.known))

    def _named(self, target: type[Model], unit: str) -> dict[str, Model]:
        """The records of the unit by their folded names; of two alike the first."""
        kept = target._default_manager.filter(path_range(unit)).only("pk", self.name).order_by("-pk")
        return {fold_name(getattr(record, self.name)): record for record in kept}

    def claim(self, model: type[Model], named: Iterable[UnionOwned]) -> None:
        """Let records of `model` whose word has meant nothing so far refer to `named`, which were just written."""
        for one in named:
            waiting = model._default_manager.filter(path_range(one.union_path[:REPORTING_PATH_LENGTH]))
            waiting = waiting.filter(self._loose(model)).exclude(**{self.word: ""}).order_by()
            alike = {fold_name(getattr(one, self.name))}
            words = [word for word in waiting.values_list(self.word, flat=True).distinct() if fold_name(word) in alike]
            if words:
                waiting.filter(**{f"{self.word}__in": words}).update(**{self.known: one})
                raise_units([one.union_path])

    def _loose(self, model: type[Model]) -> Q:
        """Referring to nothing, or to what was taken back."""
        loose = Q(**{self.known: None})
        if issubclass(self.target(model), VoidableRecord):
            loose |= Q(**{f"{self.known}__voided_at__isnull": False})
        return loose


def claim_words(named: Iterable[UnionOwned]) -> None:
    """Call it once `named` are written, new or called otherwise than before."""
    named = list(named)
    if not named:
        return
    for model in apps.get_models():
        for word in getattr(model, "typed_words", ()):
            if isinstance(word, TypedName) and word.target(model) is type(named[0]):
                word.claim(model, named)
