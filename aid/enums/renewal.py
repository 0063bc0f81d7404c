"""Codes of the step from one campaign to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NotRenewedReason(models.TextChoices):
    """不再续办的原因: why a child aided last year is not taken up again."""

    FINISHED = "finished", _("毕业或学业期满")
    LEFT_SCHOOL = "left_school", _("休学或退学")
    LIFTED = "no_longer_poor", _("家庭已脱困")
    MOVED_AWAY = "gone_elsewhere", _("转出本单位")
    RENOUNCED = "renounced", _("家庭自愿放弃")
    OTHER = "other_reason", _("其他原因（请说明）")


class Intake(models.TextChoices):
    """新纳入 or 继续帮扶: whether the same unit aided the child in the campaign before."""

    NEW = "new", _("新纳入")
    CONTINUED = "continued", _("继续帮扶")
