"""精神帮扶: activities for the children of families in hardship, and who came."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import ActivityKind
from aid.models.activities.lists import ActivityQuerySet
from aid.models.schooling import Child
from portal.models import VoidableRecord
from portal.models.owned import by_order, unique_number
from portal.models.voidable import LIVE, LiveManager
from portal.words.bounds import MOST_AT_ONCE, MOST_HOURS, within


class Activity(VoidableRecord):
    """助学活动: one occasion. Those of one `series`, as the lessons of a 暑期补习, bear its name; each has who came.

    No figure of the notice counts it: annex 1 counts aid that is paid, entries and practice posts.
    """

    number = models.CharField(_("业务编号"), max_length=40)
    kind = models.CharField(_("活动类型"), max_length=20, choices=ActivityKind)
    title = models.CharField(_("活动名称"), max_length=100)
    series = models.CharField(_("所属系列"), max_length=100, blank=True)
    held_on = models.DateField(_("活动日期"))
    place = models.CharField(_("活动地点"), max_length=100)
    hours = models.DecimalField(_("时数(小时)"), max_digits=6, decimal_places=2, null=True, blank=True)
    cost = models.DecimalField(_("费用(元)"), max_digits=14, decimal_places=2, null=True, blank=True)
    description = models.CharField(_("活动内容"), max_length=500, blank=True)

    objects = LiveManager.from_queryset(ActivityQuerySet)()

    children_came = 0  # told by `as_listed`

    class Meta(VoidableRecord.Meta):
        verbose_name = _("助学活动")
        verbose_name_plural = _("助学活动")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["held_on", "id"], name="activity_date"),
            by_order("activity", "number"),
        ]
        constraints = [
            unique_number("activity", LIVE),
            models.CheckConstraint(
                condition=within("hours", MOST_HOURS),
                name="activity_hours_bounded",
                violation_error_message=_("时数必须大于 0，不超过 999。"),
            ),
            models.CheckConstraint(
                condition=within("cost", MOST_AT_ONCE, from_zero=True),
                name="activity_cost_bounded",
                violation_error_message=_("费用不能为负数，不超过 1 亿元。"),
            ),
        ]

    def __str__(self):
        return f"{self.held_on:%Y-%m-%d} {self.title}"


class Participation(VoidableRecord):
    """参加活动: that a child came. Stays with the union of the activity."""

    number = models.CharField(_("业务编号"), max_length=40)
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="participations", verbose_name=_("助学活动")
    )
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="participations", verbose_name=_("子女"))

    class Meta(VoidableRecord.Meta):
        verbose_name = _("参加活动")
        verbose_name_plural = _("参加活动")
        indexes = [*VoidableRecord.Meta.indexes, by_order("participation", "number")]
        constraints = [
            unique_number("participation", LIVE),
            models.UniqueConstraint(
                fields=["activity", "child"],
                condition=LIVE,
                name="participation_once",
                violation_error_message=_("该子女已登记参加这次活动。"),
            ),
        ]

    def __str__(self):
        return self.number
