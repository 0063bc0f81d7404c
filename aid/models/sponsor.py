"""结对方 and 结对关系: who pairs with which children or workers, under which programme of the notice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import Programme, SponsorKind
from aid.models.household import Household
from aid.models.schooling import Child
from portal.fields import EncryptedTextField
from portal.models import VoidableRecord
from portal.models.owned import by_order, unique_number, unit_path
from portal.models.voidable import LIVE
from portal.words.bounds import MOST_OF_ONE, within


class Sponsor(VoidableRecord):
    """A party branch, model worker, team, enterprise, other organisation or person.

    What it gave is known by its name, in the form in which contributions and cases hold theirs.
    """

    number = models.CharField(_("业务编号"), max_length=40)
    kind = models.CharField(_("结对方类别"), max_length=20, choices=SponsorKind)
    name = models.CharField(_("结对方名称"), max_length=100)
    contact = models.CharField(_("联系人"), max_length=50, blank=True)
    telephone = EncryptedTextField(_("联系电话"), blank=True)

    class Meta(VoidableRecord.Meta):
        verbose_name = _("结对方")
        verbose_name_plural = _("结对方")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["name", "id"], name="sponsor_name"),
            by_order("sponsor", "number"),
        ]
        constraints = [
            unique_number("sponsor", LIVE),
            models.UniqueConstraint(
                unit_path(),
                "name",
                condition=LIVE,
                name="sponsor_name_unique_in_unit",
                violation_error_message=_("本单位已有同名的结对方。"),
            ),
        ]

    def __str__(self):
        return self.name


class Pairing(VoidableRecord):
    """One sponsor and one child, or the worker of a family, from a day on and perhaps to a day.

    A worker is paired with as the notice's 牵手千名困难职工 has it (part one (three) 2). Stays with the union of the
    sponsor. No figure of the forms counts pairings.
    """

    number = models.CharField(_("业务编号"), max_length=40)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="pairings", verbose_name=_("结对方"))
    child = models.ForeignKey(
        Child, on_delete=models.PROTECT, null=True, blank=True, related_name="pairings", verbose_name=_("子女")
    )
    household = models.ForeignKey(
        Household,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pairings",
        verbose_name=_("困难职工家庭"),
    )
    programme = models.CharField(_("结对项目"), max_length=30, choices=Programme)
    starts_on = models.DateField(_("结对开始日期"))
    ends_on = models.DateField(_("结对结束日期"), null=True, blank=True)
    yearly_amount = models.DecimalField(_("每年资助(元)"), max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta(VoidableRecord.Meta):
        verbose_name = _("结对关系")
        verbose_name_plural = _("结对关系")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["starts_on", "id"], name="pairing_date"),
            by_order("pairing", "number"),
        ]
        constraints = [
            unique_number("pairing", LIVE),
            models.UniqueConstraint(
                fields=["sponsor", "child", "programme"],
                condition=LIVE & models.Q(ends_on__isnull=True),
                name="pairing_open_once",
                violation_error_message=_("该结对方与该子女在这一项目中已有未结束的结对。"),
            ),
            models.UniqueConstraint(
                fields=["sponsor", "household", "programme"],
                condition=LIVE & models.Q(ends_on__isnull=True),
                name="pairing_worker_open_once",
                violation_error_message=_("该结对方与该职工在这一项目中已有未结束的结对。"),
            ),
            models.CheckConstraint(
                condition=models.Q(child__isnull=True) ^ models.Q(household__isnull=True),
                name="pairing_of_one",
                violation_error_message=_("结对对象是一名子女或一户的职工，只能是其中一个。"),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="pairing_in_order",
                violation_error_message=_("结对结束日期不能早于开始日期。"),
            ),
            models.CheckConstraint(
                condition=within("yearly_amount", MOST_OF_ONE),
                name="pairing_amount_bounded",
                violation_error_message=_("每年资助金额必须大于 0，不超过 100 万元。"),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def whom(self) -> Child | Household | None:
        """The child, or the family whose worker is paired with."""
        return self.child or self.household

    @whom.setter
    def whom(self, paired: Child | Household) -> None:
        self.child, self.household = (paired, None) if isinstance(paired, Child) else (None, paired)

    @property
    def paired_name(self) -> str:
        """The name of the child or worker."""
        return self.child.name if self.child else self.household.worker_name
