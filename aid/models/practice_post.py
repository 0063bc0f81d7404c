"""社会实践岗位."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from aid.models.employer import Employer
from portal.access import path_range
from portal.models import REPORTING_PATH_LENGTH, VoidableRecord
from portal.models.owned import by_order, unique_number
from portal.models.voidable import LIVE


class PracticePost(VoidableRecord):
    """勤工俭学社会实践岗位 of one employer, its name NFKC-normalised and trimmed: employers are counted by it."""

    number = models.CharField(_("业务编号"), max_length=40)
    contacted_on = models.DateField(_("联系日期"))
    employer = models.CharField(_("单位名称"), max_length=100)
    posts = models.PositiveIntegerField(_("岗位数"))
    description = models.CharField(_("岗位说明"), max_length=200, blank=True)

    class Meta(VoidableRecord.Meta):
        verbose_name = _("社会实践岗位")
        verbose_name_plural = _("社会实践岗位")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["contacted_on"], name="practicepost_date"),
            by_order("practicepost", "number"),
            by_order("practicepost", "employer"),
            by_order("practicepost", "posts"),
        ]
        constraints = [unique_number("practicepost", LIVE)]

    @cached_property
    def listed_employer(self) -> Employer | None:
        """The employer of this name in the directory of the 填报单位; None while nobody has entered it."""
        unit = path_range(self.union_path[:REPORTING_PATH_LENGTH])
        return Employer.objects.filter(unit, name=self.employer).first()

    def __str__(self):
        return self.number
