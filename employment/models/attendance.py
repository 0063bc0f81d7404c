"""活动签到."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from employment.enums import AttendanceWay
from employment.models.graduate import Graduate
from employment.models.job_event import JobEvent
from portal.models import UnionOwned


class Attendance(UnionOwned):
    """That a graduate came to an event. Stays with the union of the event."""

    event = models.ForeignKey(
        JobEvent, on_delete=models.PROTECT, related_name="attendance", verbose_name=_("就业活动与岗位")
    )
    graduate = models.ForeignKey(
        Graduate, on_delete=models.PROTECT, related_name="attendance", verbose_name=_("高校毕业生")
    )
    way = models.CharField(_("签到方式"), max_length=10, choices=AttendanceWay)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    recorded_at = models.DateTimeField(_("签到时间"), auto_now_add=True)

    class Meta(UnionOwned.Meta):
        verbose_name = _("活动签到")
        verbose_name_plural = _("活动签到")
        indexes = [*UnionOwned.Meta.indexes, models.Index(fields=["recorded_at", "id"], name="attendance_recorded")]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "graduate"],
                name="attendance_once",
                violation_error_message=_("该毕业生已签到。"),
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
