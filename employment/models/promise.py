"""帮扶承诺: help that was promised to a graduate and is still to come."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.models import Person
from employment.enums import AssistanceKind, PromiseState
from employment.models.assistance import Assistance
from employment.models.graduate import Graduate
from portal.access import ScopedQuerySet
from portal.models import VersionedRecord

SOON = timedelta(days=7)
OPEN = models.Q(closed_on__isnull=True)
IN_STATE = {
    PromiseState.OPEN: OPEN,
    PromiseState.KEPT: models.Q(kept_by__isnull=False),
    PromiseState.DROPPED: ~models.Q(dropped_reason=""),
}


class PromiseQuerySet(ScopedQuerySet):
    """Questions about promises."""

    def overdue(self, today: date):
        """Open, and their last day is past."""
        return self.filter(OPEN, due_on__lt=today)

    def due_soon(self, today: date):
        """Open, and their last day is `today` or one of the next seven."""
        return self.filter(OPEN, due_on__range=(today, today + SOON))


class Promise(VersionedRecord):
    """Open until help of that kind keeps it, or until it is dropped with a reason. Goes with the graduate."""

    graduate = models.ForeignKey(
        Graduate, on_delete=models.PROTECT, related_name="promises", verbose_name=_("高校毕业生")
    )
    # The graduate's person: lists name people by it.
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("人员")
    )
    kind = models.CharField(_("承诺的帮扶"), max_length=20, choices=AssistanceKind)
    promised_on = models.DateField(_("承诺日期"))
    due_on = models.DateField(_("兑现期限"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    kept_by = models.ForeignKey(
        Assistance,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="promises_kept",
        verbose_name=_("兑现的帮扶"),
    )
    closed_on = models.DateField(_("办结日期"), null=True, blank=True, editable=False)
    dropped_reason = models.CharField(_("取消原因"), max_length=200, blank=True, editable=False)

    objects = PromiseQuerySet.as_manager()

    class Meta(VersionedRecord.Meta):
        verbose_name = _("帮扶承诺")
        verbose_name_plural = _("帮扶承诺")
        indexes = [*VersionedRecord.Meta.indexes, models.Index(fields=["due_on"], name="promise_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("promised_on")),
                name="promise_in_order",
                violation_error_message=_("兑现期限不能早于承诺日期。"),
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True, kept_by__isnull=True, dropped_reason="")
                | models.Q(closed_on__isnull=False, kept_by__isnull=False, dropped_reason="")
                | (models.Q(closed_on__isnull=False, kept_by__isnull=True) & ~models.Q(dropped_reason="")),
                name="promise_closed_by_help_or_reason",
                violation_error_message=_("办结的承诺须有兑现的帮扶或取消原因。"),
            ),
            models.UniqueConstraint(
                fields=["graduate", "kind"],
                condition=models.Q(closed_on__isnull=True),
                name="promise_open_once",
                violation_error_message=_("对该毕业生已有同一类别未兑现的承诺。"),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def state(self) -> PromiseState:
        if self.closed_on is None:
            return PromiseState.OPEN
        return PromiseState.DROPPED if self.dropped_reason else PromiseState.KEPT

    def get_state_display(self) -> str:
        return str(self.state.label)
