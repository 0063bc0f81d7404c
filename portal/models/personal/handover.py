"""账号交接: that the work of one account went over to another of the same union, and in whose stead the other acts."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import Permission, can, path_range
from portal.models.union import Union

TOLD_FOR = datetime.timedelta(days=30)


def by_same_hands(field: str, user: Any) -> models.Q:
    """Rows whose `field` is `user`, or somebody whose work `user` took over: the first of the four eyes. No query."""
    before = InheritedHand.objects.filter(heir=user).values("predecessor")
    return models.Q(**{field: user}) | models.Q(**{f"{field}__in": before})


class DeskHandoverQuerySet(models.QuerySet):
    """Handovers by whom they are told to."""

    def visible_to(self, user: Any) -> Self:
        """One's own; for who hands over, those of the own union and below."""
        own = models.Q(successor=user)
        if can(user, Permission.HAND_OVER):
            own |= path_range(user.union.path, "union__path")
        return self.filter(own)

    def lately_to(self, user: Any) -> Self:
        """What came to `user` in the last 30 days."""
        return self.filter(successor=user, done_at__gt=timezone.now() - TOLD_FOR)


class DeskHandover(models.Model):
    """One handover. `told` is what its sheet says, as it was then: numbers, days and words, nothing of a record."""

    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("所属工会"))
    predecessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("移交人")
    )
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("接收人")
    )
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("办理人")
    )
    done_at = models.DateTimeField(_("交接时间"), auto_now_add=True)
    told = models.JSONField(default=dict)

    objects = DeskHandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("账号交接")
        verbose_name_plural = _("账号交接")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")) & ~models.Q(done_by=models.F("successor")),
                name="deskhandover_between_two",
                violation_error_message=_("接收人须是移交人和办理人以外的人。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class InheritedHand(models.Model):
    """That `heir` acts in the stead of `predecessor`, directly or by way of others: what the one entered, the other
    does not approve. It stays, whatever becomes of the accounts."""

    heir = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="inherited")
    predecessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("承接的经手人")
        verbose_name_plural = _("承接的经手人")
        constraints = [models.UniqueConstraint(fields=["heir", "predecessor"], name="inherited_hand_once")]

    def __str__(self) -> str:
        return f"{self.heir_id} ← {self.predecessor_id}"
