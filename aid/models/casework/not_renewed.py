"""不再续办: children aided last year who are not taken up again. Who may be renewed is a question, not a record."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import NotRenewedReason
from aid.models.schooling import Child
from portal.models import Campaign, UnionOwned


class NotRenewed(UnionOwned):
    """A child not taken up again in one campaign, and why. Stays with the union of the child."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="not_renewed", verbose_name=_("子女"))
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="not_renewed", verbose_name=_("活动年度")
    )
    reason = models.CharField(_("不再续办的原因"), max_length=20, choices=NotRenewedReason)
    text = models.CharField(_("说明"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    decided_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta(UnionOwned.Meta):
        verbose_name = _("不再续办")
        verbose_name_plural = _("不再续办")
        constraints = [
            models.UniqueConstraint(
                fields=["child", "campaign"],
                name="notrenewed_once_per_campaign",
                violation_error_message=_("该子女本年度已登记为不再续办。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=NotRenewedReason.OTHER) | ~models.Q(text=""),
                name="notrenewed_other_explained",
                violation_error_message=_("其他原因请说明。"),
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
