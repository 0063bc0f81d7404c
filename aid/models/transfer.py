"""档案转移: a household on its way from one union to another."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import TransferState
from aid.models.household import Household
from portal.access import Permission, ScopedQuerySet, can, path_range
from portal.fields import PathField
from portal.models import Union, UnionOwned

OPEN_STATES = (TransferState.REQUESTED, TransferState.OFFERED)


class TransferQuerySet(ScopedQuerySet):
    """Transfers as those see them who give and those who receive."""

    def visible_to(self, user):
        """Transfers out of or into the user's union and those below."""
        if not can(user, Permission.VIEW_RECORDS):
            return self.none()
        return self.filter(path_range(user.union.path) | path_range(user.union.path, "to_path"))

    def answered_by(self, user):
        """What the user's side answers: files offered to it, and files that others ask it for."""
        offered = models.Q(state=TransferState.OFFERED) & path_range(user.union.path, "to_path")
        requested = models.Q(state=TransferState.REQUESTED) & path_range(user.union.path)
        return self.visible_to(user).filter(offered | requested)

    def waiting(self):
        return self.filter(state__in=OPEN_STATES)


class Transfer(UnionOwned):
    """From `union`, where the household was when it began, to `to_union`. One at a time.

    Cases, payments and visits stay with the union that handled them; entries, members, incomes, documents and
    graduates go along (annexes.md, unit).
    """

    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="transfers", verbose_name=_("困难职工家庭")
    )
    to_union = models.ForeignKey(
        Union, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("转入工会")
    )
    to_path = PathField(max_length=255, editable=False, db_index=True)
    state = models.CharField(_("状态"), max_length=20, choices=TransferState)
    reason = models.CharField(_("转移原因"), max_length=200, blank=True)
    answer = models.CharField(_("答复"), max_length=200, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("发起人")
    )
    begun_at = models.DateTimeField(_("发起时间"), auto_now_add=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("办理人")
    )
    settled_at = models.DateTimeField(_("办结时间"), null=True)

    objects = TransferQuerySet.as_manager()

    class Meta(UnionOwned.Meta):
        verbose_name = _("档案转移")
        verbose_name_plural = _("档案转移")
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=models.Q(state__in=OPEN_STATES),
                name="transfer_one_at_a_time",
                violation_error_message=_("该户已有一项转移正在办理。"),
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
