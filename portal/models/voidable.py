"""Records that can be taken back: kept with the reason, and in no list, figure or balance."""

from typing import Any, ClassVar, cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.access import ScopedQuerySet
from portal.enums import VoidReason
from portal.models.owned import VersionedRecord, acting_person

LIVE = models.Q(voided_at__isnull=True)
ASKED = models.Q(voided_at__isnull=True, void_asked_at__isnull=False)


ScopedManager = models.Manager.from_queryset(ScopedQuerySet)


class LiveManager(ScopedManager):
    """The records that count. Whatever asks a model for its records therefore passes over the void ones."""

    def get_queryset(self) -> ScopedQuerySet:
        return cast("ScopedQuerySet", super().get_queryset()).filter(LIVE)


def all_of(model: type[models.Model]) -> ScopedManager[Any]:
    """All records of a model, those too that are void or were taken away."""
    found: ScopedManager[Any] = getattr(model, "everything" if hasattr(model, "everything") else "objects")
    return found


def all_listed(model: type[models.Model]) -> ScopedQuerySet:
    """The same, with the named lists that the records which count can be narrowed to."""
    counting: Any = model._default_manager.all()
    listed: ScopedQuerySet = type(counting)(model) if hasattr(model, "everything") else counting
    return listed


class VoidableRecord(VersionedRecord):
    """A record that is voided, never deleted. Its rules of uniqueness hold among the records that count: `LIVE`.

    `objects` are the records that count, `everything` are all. A record of which the voiding is asked for, and not yet
    agreed to by a second person, still counts.
    """

    # Empty is NULL: the columns were added to tables that are not rewritten for it.
    void_reason = models.CharField(  # noqa: DJ001
        _("作废原因"), max_length=20, choices=VoidReason, null=True, blank=True, editable=False
    )
    void_note = models.CharField(_("作废说明"), max_length=200, null=True, blank=True, editable=False)  # noqa: DJ001
    void_asked_by = acting_person(_("申请作废人"))
    void_asked_at = models.DateTimeField(_("申请作废时间"), null=True, blank=True, editable=False)
    voided_by = acting_person(_("作废人"))
    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = LiveManager()
    everything = ScopedQuerySet.as_manager()

    class Meta(VersionedRecord.Meta):
        abstract = True

    @property
    def is_voided(self) -> bool:
        return self.voided_at is not None

    @property
    def voiding_is_asked(self) -> bool:
        """Whether somebody asked to void it and a second person has not answered."""
        return self.void_asked_at is not None and self.voided_at is None

    @property
    def void_words(self) -> str:
        """Why, in words: the code and what was noted."""
        code = "" if self.void_reason == VoidReason.OTHER else self.get_void_reason_display()
        return "，".join(filter(None, (code, self.void_note)))
