"""暂不登记: proposed graduates that a clerk declined. Who is proposed is a question, not a record."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.models import Child
from employment.enums import DeclineReason
from portal.models import UnionOwned


class DeclinedProposal(UnionOwned):
    """A child not taken up as a graduate in one year; the next year proposes it again. Stays with the child's union."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="declined", verbose_name=_("子女"))
    year = models.PositiveSmallIntegerField(_("年度"))
    reason = models.CharField(_("原因"), max_length=20, choices=DeclineReason)
    text = models.CharField(_("说明"), max_length=200, blank=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    declined_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta(UnionOwned.Meta):
        verbose_name = _("暂不登记的毕业生")
        verbose_name_plural = _("暂不登记的毕业生")
        constraints = [
            models.UniqueConstraint(
                fields=["child", "year"],
                name="declinedproposal_once_a_year",
                violation_error_message=_("该子女本年度已登记为暂不登记。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=DeclineReason.OTHER) | ~models.Q(text=""),
                name="declinedproposal_other_explained",
                violation_error_message=_("其他原因请说明。"),
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
