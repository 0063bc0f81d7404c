"""Codes of the transfer of a household to another union."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TransferState(models.TextChoices):
    """How far the transfer of a household is."""

    REQUESTED = "requested", _("对方申请转入")
    OFFERED = "offered", _("待对方接收")
    TAKEN = "taken", _("已转移")
    DECLINED = "declined", _("已拒绝")
    CANCELLED = "cancelled", _("已取消")
