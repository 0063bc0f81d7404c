"""恢复码: what opens the second step when the telephone is not at hand; and what was done to a second factor."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import Permission, can, path_range
from portal.enums import FactorAct

TOLD_FOR = datetime.timedelta(days=7)


class RecoveryCode(models.Model):
    """One code of one person, of which only the hash is kept. It is used once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    used_at = models.DateTimeField(_("使用时间"), null=True, editable=False)

    class Meta:
        verbose_name = _("恢复码")
        verbose_name_plural = _("恢复码")

    def __str__(self) -> str:
        return str(self.pk)


class FactorChangeQuerySet(models.QuerySet):
    """Changes by whom they are told to."""

    def of(self, user: Any) -> Self:
        """What was done lately to the second factor of `user`."""
        return self.recent().filter(user=user)

    def recent(self) -> Self:
        return self.filter(at__gt=timezone.now() - TOLD_FOR).select_related("user__union").order_by("-id")

    def told_to_second(self, user: Any) -> Self:
        """Those of others in the own union and below, to who agrees to what is done with accounts there."""
        if not can(user, Permission.CONFIRM_ACCOUNTS):
            return self.none()
        return self.recent().filter(path_range(user.union.path, "user__union__path")).exclude(user=user)


class FactorChange(models.Model):
    """换绑记录: that a device was bound, or a recovery code made or used; for the owner and the unit's lead to see."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("姓名")
    )
    act = models.CharField(_("事项"), max_length=10, choices=FactorAct)
    at = models.DateTimeField(_("时间"), auto_now_add=True, db_index=True)
    address = models.GenericIPAddressField(_("来源地址"), null=True)

    objects = FactorChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("换绑记录")
        verbose_name_plural = _("换绑记录")

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.at:%Y-%m-%d %H:%M}"
