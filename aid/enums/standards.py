"""Codes of the standards that a 填报单位 sets for itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TableState(models.TextChoices):
    """Where a unit's own table of standards stands."""

    ASKED = "asked_city", _("待市总核准")
    IN_FORCE = "in_force", _("执行中")
    REFUSED = "refused_city", _("未核准")
    REPLACED = "replaced", _("已被替代")
