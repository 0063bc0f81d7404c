"""Where sealed values stand, and how many of them need which key: told by what each begins with, none is opened."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Substr
from django.db.models.lookups import Exact, GreaterThan
from django.utils import timezone

from portal.fields import BINDINGS, EncryptedBinaryField, SealedField, in_use, told_by
from portal.models import Job, SignInSession
from portal.models.job import SEALED
from portal.records.lists.left import KEY as LISTS_LEFT
from portal.web.kept_forms import SESSION_KEY as KEPT_FORM

UNKNOWN = "?"  # begins with the id of no key that is set


@dataclass(frozen=True)
class SealedColumn:
    """A column of sealed values, and how it is read as it is stored."""

    model: type[models.Model]
    field: Any

    @property
    def name(self) -> str:
        return f"{self.model._meta.db_table}.{self.field.column}"

    @property
    def stored(self) -> models.ExpressionWrapper:
        """What stands in the column, without the field opening it."""
        plain = models.BinaryField() if self.is_binary else models.TextField()
        return models.ExpressionWrapper(models.F(self.field.name), output_field=plain)

    @property
    def is_binary(self) -> bool:
        return isinstance(self.field, EncryptedBinaryField)

    def as_literal(self, stored: str | bytes) -> models.Value:
        """`stored` as it is to stand in the column, without the field sealing it."""
        return models.Value(stored, output_field=models.BinaryField() if self.is_binary else models.TextField())

    @property
    def beginning(self) -> str | bytes:
        """What its values begin with that are sealed as they are now."""
        return self.written(in_use())

    def written(self, text: str) -> str | bytes:
        return text.encode() if self.is_binary else text

    def is_current(self, stored: Any) -> bool:
        return bool(stored[: len(self.beginning)] == self.beginning)

    def begins_with(self, beginning: str | bytes) -> models.Q:
        """That the column begins with `beginning`; compared in the database, which hands no value out."""
        start = Substr(self.stored, 1, len(beginning), output_field=self.stored.output_field)
        return models.Q(Exact(start, self.as_literal(beginning)))

    @property
    def is_filled(self) -> models.Q:
        empty: str | bytes = b"" if self.is_binary else ""
        return models.Q(GreaterThan(self.stored, self.as_literal(empty)))


def sealed_columns() -> dict[type[models.Model], list[SealedColumn]]:
    """By model every column of sealed values, versions and the tables of other models included."""
    found: dict[type[models.Model], list[SealedColumn]] = {}
    for model in apps.get_models(include_auto_created=True):
        if columns := [
            SealedColumn(model, field) for field in model._meta.local_fields if isinstance(field, SealedField)
        ]:
            found[model] = columns
    return found


def keys_needed() -> dict[str, Counter[str]]:
    """By column how many values begin how: the id of their key with what they are bound to, or UNKNOWN.

    One pass over each table.
    """
    beginnings = [f"{key}{binding}" for key in settings.FIELD_ENCRYPTION_KEYS for binding in BINDINGS]
    needed = {}
    for model, columns in sealed_columns().items():
        asked = {}
        for number, column in enumerate(columns):
            asked[f"n{number}"] = models.Count("pk", filter=column.is_filled)
            for at, beginning in enumerate(beginnings):
                asked[f"n{number}k{at}"] = models.Count("pk", filter=column.begins_with(column.written(beginning)))
        told = model._base_manager.aggregate(**asked)
        for number, column in enumerate(columns):
            counts = {beginning: told[f"n{number}k{at}"] for at, beginning in enumerate(beginnings)}
            counts[UNKNOWN] = told[f"n{number}"] - sum(counts.values())
            if counted := Counter({beginning: count for beginning, count in counts.items() if count}):
                needed[column.name] = counted
    return needed


def passing_keys() -> Counter[str]:
    """How many values that are gone within a day need which key: what sessions and jobs under way keep sealed.

    Nobody moves them: a session ends after SESSION_MAX_AGE at the latest, and what it had kept is then typed again.
    """
    return Counter(told_by(sealed)[0] for sealed in _passing())


def _passing() -> Iterator[str]:
    for session in SignInSession.objects.filter(expire_date__gt=timezone.now()).iterator():
        told = session.get_decoded()
        yield from told.get(LISTS_LEFT, {}).values()
        if body := told.get(KEPT_FORM, {}).get("body"):
            yield body
    for arguments in Job.objects.under_way().values_list("arguments", flat=True).iterator():
        if SEALED in arguments:
            yield arguments[SEALED]
