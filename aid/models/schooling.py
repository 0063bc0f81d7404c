"""子女 and 升学: the children of a household and their entries into higher stages."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aid.enums import PayeePerson, Stage
from aid.models.household import Household
from aid.models.payee import Payee, named_payee
from aid.models.person import Person
from portal.models import VoidableRecord
from portal.models.owned import by_order, unique_number, unit_path
from portal.models.voidable import LIVE


class Child(Payee, VoidableRecord):
    """A member of a household who goes, or went, to school. Belongs to the union of the household.

    What it is granted goes to its own account where it has one, else to that of the family.
    """

    own_person, own_name = PayeePerson.CHILD, "name"

    counts_with = (
        ("aid.Visit", "person", "person"),
        ("aid.Visit", "person", "household__worker"),
        ("aid.PracticePlacement", "child", "pk"),
        ("aid.Household", "pk", "household"),
        ("aid.AidCase", "person", "person"),
        ("aid.AidCase", "child", "pk"),
        ("aid.Entry", "child", "pk"),
    )

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("人员"))
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="children", verbose_name=_("困难职工家庭")
    )
    name = models.CharField(_("姓名"), max_length=50)
    initials = models.CharField(_("姓名拼音首字母"), max_length=50, editable=False, blank=True)
    relation = models.CharField(_("与职工关系"), max_length=20, blank=True)
    stage = models.CharField(_("学段"), max_length=20, choices=Stage)
    grade = models.CharField(_("年级"), max_length=20, blank=True)
    school = models.CharField(_("就读学校"), max_length=100, blank=True)
    # What no workbook carries.
    graduates_on = models.DateField(_("预计毕业日期"), null=True, blank=True)
    # A copy of "the household is not closed": only so can the database forbid a second open file for one child.
    on_file = models.BooleanField(_("在档"), default=True, editable=False)

    class Meta(VoidableRecord.Meta):
        verbose_name = _("子女")
        verbose_name_plural = _("子女")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["initials"], name="child_initials"),
            models.Index(fields=["bank_card_tail_hash"], name="child_card_tail"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=LIVE & models.Q(on_file=True),
                name="child_in_one_open_household",
                violation_error_message=_("该子女已在另一户未注销的档案中。"),
            ),
            models.UniqueConstraint(
                unit_path(),
                "person",
                condition=LIVE,
                name="child_unique_in_unit",
                violation_error_message=_("该子女在本单位已有记录。"),
            ),
            named_payee("child", PayeePerson.CHILD),
        ]

    def __str__(self):
        return self.name

    @property
    def payee(self) -> Payee:
        """Whose account is paid to."""
        return self if self.bank_card_hash else self.household

    def get_on_file_display(self) -> str:
        return gettext("在档") if self.on_file else gettext("已注销")


class Entry(VoidableRecord):
    """升学: an entry into a higher stage, the first into primary school included. Goes with the household."""

    number = models.CharField(_("业务编号"), max_length=40)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="entries", verbose_name=_("子女"))
    stage = models.CharField(_("升入学段"), max_length=20, choices=Stage)
    entered_on = models.DateField(_("升学日期"))
    school = models.CharField(_("录取学校"), max_length=100, blank=True)
    # What no workbook carries.
    course_years = models.PositiveSmallIntegerField(_("学制(年)"), null=True, blank=True)

    class Meta(VoidableRecord.Meta):
        verbose_name = _("升学")
        verbose_name_plural = _("升学")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["entered_on"], name="entry_date"),
            by_order("entry", "number"),
        ]
        constraints = [
            unique_number("entry", LIVE),
            models.UniqueConstraint(
                fields=["child", "entered_on"],
                condition=LIVE,
                name="entry_one_a_day",
                violation_error_message=_("同一子女同一天不能有两次升学。"),
            ),
        ]

    def __str__(self):
        return self.number
