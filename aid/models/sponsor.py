"""结对方 and 结对关系: who pairs with which children, under which programme of the notice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import Programme, SponsorKind
from aid.models.schooling import Child
from portal.fields import EncryptedTextField
from portal.models import VoidableRecord
from portal.models.owned import by_order, unique_number, unit_path
from portal.models.voidable import LIVE


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
    """One sponsor and one child, from a day on and perhaps to a day. Stays with the union of the sponsor."""

    number = models.CharField(_("业务编号"), max_length=40)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="pairings", verbose_name=_("结对方"))
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="pairings", verbose_name=_("子女"))
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
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="pairing_in_order",
                violation_error_message=_("结对结束日期不能早于开始日期。"),
            ),
            models.CheckConstraint(
                condition=models.Q(yearly_amount__isnull=True) | models.Q(yearly_amount__gt=0),
                name="pairing_amount_positive",
                violation_error_message=_("每年资助金额必须大于 0。"),
            ),
        ]

    def __str__(self):
        return self.number
