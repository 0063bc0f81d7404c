"""就业活动与岗位."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from employment.enums import EventKind, OfferChannel, Season
from portal.codes.fields import CodeField
from portal.models import VoidableRecord
from portal.models.owned import by_order, unique_number
from portal.models.voidable import LIVE


class JobEvent(VoidableRecord):
    """A job fair or other event, or posts that an employer offers through one of four channels."""

    number = models.CharField(_("业务编号"), max_length=40)
    held_on = models.DateField(_("日期"))
    kind = models.CharField(_("类型"), max_length=20, choices=EventKind)
    title = models.CharField(_("名称"), max_length=100)
    channel = models.CharField(_("渠道"), max_length=30, choices=OfferChannel, blank=True)
    posts = models.PositiveIntegerField(_("岗位数"))
    # What no workbook carries.
    season = CodeField(_("四季主题职场"), max_length=10, choices=Season, blank=True)
    place = models.CharField(_("地点"), max_length=100, blank=True)

    class Meta(VoidableRecord.Meta):
        verbose_name = _("就业活动与岗位")
        verbose_name_plural = _("就业活动与岗位")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["held_on"], name="jobevent_date"),
            by_order("jobevent", "number"),
            by_order("jobevent", "posts"),
        ]
        constraints = [
            unique_number("jobevent", LIVE),
            models.CheckConstraint(
                condition=~models.Q(kind=EventKind.OFFER) | ~models.Q(channel=""),
                name="jobevent_offer_has_channel",
                violation_error_message=_("岗位提供必须填写渠道。"),
            ),
        ]

    def __str__(self):
        return self.number
