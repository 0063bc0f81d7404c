"""What every record of a union has in common."""

from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from portal.access import ScopedQuerySet
from portal.fields import PathField
from portal.models.union import REPORTING_PATH_LENGTH, Union


def unit_path(field: str = "union_path") -> Substr:
    """The path of the 填报单位 in a query: what figures are grouped by and natural keys are unique in."""
    return Substr(field, 1, REPORTING_PATH_LENGTH)


def unique_number(model: str, among: models.Q | None = None) -> models.UniqueConstraint:
    """A record's number is unique within the 填报单位, `among` all records or those of a condition."""
    return models.UniqueConstraint(
        unit_path(),
        "number",
        condition=among,
        name=f"{model}_number_unique_in_unit",
        violation_error_message=_("编号在本单位内已被使用。"),
    )


def by_order(model: str, field: str) -> models.Index:
    """The index of an order in which a list is read, page by page; of a number also of how it begins."""
    return models.Index(fields=[field, "id"], name=f"{model}_by_{field}")


def acting_person(label: Any) -> models.ForeignKey:
    """Who did something to a record, for a field that nobody types; never asked for by itself, so without an index."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=label,
    )


class UnionOwned(models.Model):
    """A record that belongs to a union. `union_path` is a copy, set with the union by `place_in`.

    When its union is merged into another it `goes_to_heir`, unless it shows what the union was.
    What is counted of it may hang on records of other units: `counts_with` names their kind, the field of theirs, and
    the lookup of this kind that meets it. A write of one of those is a change of this record's unit, too.
    """

    goes_to_heir: ClassVar[bool] = True
    counts_with: ClassVar[tuple[tuple[str, str, str], ...]] = ()

    # No index of its own: every scoped query goes by `union_path`.
    union = models.ForeignKey(
        Union, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("所属工会")
    )
    union_path = PathField(max_length=255, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["union_path"], name="%(class)s_scope")]

    @property
    def audit_subject(self) -> str:
        """The record in the audit log: its number, never a name or a sensitive value."""
        return f"{self._meta.verbose_name} {getattr(self, 'number', self.pk)}"

    def place_in(self, union: Union) -> None:
        """Put the record into `union`; the caller saves."""
        self.union = union
        self.union_path = union.path

    def open_in(self, union: Union) -> None:
        """Put a new record into `union`; the caller saves. Raises UnionClosed."""
        union.refuse_if_closed()
        self.place_in(union)

    def open_with(self, owner: "UnionOwned") -> None:
        """Put a new record where `owner` is; the caller saves. Raises UnionClosed."""
        owner.union.refuse_if_closed()
        self.place_with(owner)

    def place_with(self, owner: "UnionOwned") -> None:
        """Put the record where `owner` is; the caller saves."""
        self.union_id = owner.union_id
        self.union_path = owner.union_path


class QuickHistory(HistoryManager):
    """The history of a record. The library makes a class whenever somebody asks for it; here it is made once."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type[models.QuerySet[Any]], class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


class VersionedRecord(UnionOwned):
    """A record of a union that keeps every version of itself and a number for optimistic editing."""

    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    history = HistoricalRecords(inherit=True, history_manager=QuickHistory)

    class Meta(UnionOwned.Meta):
        abstract = True
