"""查看申请: an auditor asks to see in full what is masked of one record; a second person agrees to it."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import Permission, can, path_range
from portal.enums import AccountOutcome
from portal.models.personal.handover import by_same_hands
from portal.models.union import Union

OPEN_FOR = datetime.timedelta(hours=24)  # after the second person agreed


class RevealRequestQuerySet(models.QuerySet):
    """Requests by who they wait for."""

    def waiting(self) -> Self:
        return self.filter(outcome="")

    def visible_to(self, user: Any) -> Self:
        """Those about records of the own union and below, of who may agree to them."""
        if not can(user, Permission.CONFIRM_REVEALS):
            return self.none()
        return self.filter(path_range(user.union.path, "union__path"))

    def for_second(self, user: Any) -> Self:
        """Those that `user` may decide."""
        return self.visible_to(user).waiting().exclude(by_same_hands("asked_by", user))

    def open_to(self, user: Any) -> Self:
        """Those of `user` that were agreed to no longer than OPEN_FOR ago."""
        since = timezone.now() - OPEN_FOR
        return self.filter(asked_by=user, outcome=AccountOutcome.AGREED, decided_at__gt=since)


class RevealRequest(models.Model):
    """`kind` and `record` say which record; `subject` is what the audit log calls it, `address` where it is shown."""

    kind = models.CharField(max_length=40)
    record = models.BigIntegerField()
    subject = models.CharField(_("记录"), max_length=200)
    address = models.CharField(max_length=200)
    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("所属工会"))
    reason = models.CharField(_("查看理由"), max_length=40)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("申请人")
    )
    asked_at = models.DateTimeField(_("申请时间"), auto_now_add=True)
    outcome = models.CharField(_("结果"), max_length=10, choices=AccountOutcome, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("办理人")
    )
    decided_at = models.DateTimeField(_("办理时间"), null=True)

    objects = RevealRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("查看申请")
        verbose_name_plural = _("查看申请")
        constraints = [
            models.UniqueConstraint(
                fields=["asked_by", "kind", "record"],
                condition=models.Q(outcome=""),
                name="revealrequest_one_waiting",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", decided_by=None) | (~models.Q(outcome="") & ~models.Q(decided_by=None)),
                name="revealrequest_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(decided_by=models.F("asked_by")), name="revealrequest_four_eyes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.asked_by}"
