"""高校毕业生."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import Trade
from aid.models import Household, Person
from employment.enums import Degree, Intention, Location, Standing
from portal.models import VoidableRecord
from portal.models.owned import unit_path
from portal.models.voidable import LIVE


class Graduate(VoidableRecord):
    """A graduate of a hardship household, tracked from `registered_on` to `closed_on`. Goes with the household."""

    counts_with = (
        ("employment.Assistance", "graduate", "pk"),
        ("employment.RetentionCheck", "placement", "assistance"),
        ("aid.Visit", "person", "person"),
        ("aid.Visit", "person", "household__worker"),
        ("aid.Household", "pk", "household"),
        ("employment.Referral", "graduate", "pk"),
        ("employment.Attendance", "graduate", "pk"),
        ("employment.JobEvent", "pk", "attendance__event"),
    )

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("人员"))
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="graduates", verbose_name=_("困难职工家庭")
    )
    name = models.CharField(_("姓名"), max_length=50)
    initials = models.CharField(_("姓名拼音首字母"), max_length=50, editable=False, blank=True)
    school = models.CharField(_("毕业院校"), max_length=100, blank=True)
    school_location = models.CharField(_("院校所在地"), max_length=20, choices=Location)
    origin = models.CharField(_("生源地"), max_length=20, choices=Location)
    degree = models.CharField(_("学历"), max_length=20, choices=Degree)
    graduated_on = models.DateField(_("毕业日期"))
    intention = models.CharField(_("就业意向"), max_length=20, choices=Intention)
    contract_on = models.DateField(_("签约日期"), null=True, blank=True)
    registered_on = models.DateField(_("登记日期"))
    closed_on = models.DateField(_("结束跟踪日期"), null=True, blank=True)
    # What no workbook carries.
    helper = models.CharField(_("帮扶责任人"), max_length=50, blank=True)
    wished_trade = models.CharField(_("期望行业"), max_length=1, choices=Trade, blank=True)
    wished_district = models.CharField(_("期望区县"), max_length=50, blank=True)
    wished_wage = models.PositiveIntegerField(_("期望月薪(元)"), null=True, blank=True)
    obstacles = models.CharField(_("就业困难"), max_length=200, blank=True)

    standing = ""  # a value of Standing where employment.graduates.standing.with_standing was asked

    class Meta(VoidableRecord.Meta):
        verbose_name = _("高校毕业生")
        verbose_name_plural = _("高校毕业生")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["initials"], name="graduate_initials"),
            models.Index(fields=["graduated_on", "id"], name="graduate_graduated"),
        ]
        constraints = [
            models.UniqueConstraint(
                unit_path(),
                "person",
                condition=LIVE,
                name="graduate_unique_in_unit",
                violation_error_message=_("该毕业生在本单位已有记录。"),
            ),
        ]

    def __str__(self):
        return self.name

    def get_standing_display(self) -> str:
        return str(Standing(self.standing).label) if self.standing else ""
