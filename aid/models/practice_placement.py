"""社会实践安排: which student took which practice post, and when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.models.practice_post import PracticePost
from aid.models.schooling import Child
from portal.models import VoidableRecord
from portal.models.owned import by_order, unique_number
from portal.models.voidable import LIVE


class PracticePlacement(VoidableRecord):
    """A student on one of the posts of an employer. Stays with the union of the posts."""

    number = models.CharField(_("业务编号"), max_length=40)
    post = models.ForeignKey(
        PracticePost, on_delete=models.PROTECT, related_name="placements", verbose_name=_("社会实践岗位")
    )
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="placements", verbose_name=_("子女"))
    starts_on = models.DateField(_("上岗日期"))
    ends_on = models.DateField(_("离岗日期"))

    class Meta(VoidableRecord.Meta):
        verbose_name = _("社会实践安排")
        verbose_name_plural = _("社会实践安排")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["starts_on"], name="placement_date"),
            by_order("practiceplacement", "number"),
            by_order("practiceplacement", "ends_on"),
        ]
        constraints = [
            unique_number("practiceplacement", LIVE),
            models.UniqueConstraint(
                fields=["post", "child", "starts_on"],
                condition=LIVE,
                name="practiceplacement_once",
                violation_error_message=_("该子女这一天上这一岗位已有记录。"),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="practiceplacement_in_order",
                violation_error_message=_("离岗日期不能早于上岗日期。"),
            ),
        ]

    def __str__(self):
        return self.number
