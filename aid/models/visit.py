"""走访慰问."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import VisitWay
from aid.models.person import Person
from portal.fields import EncryptedTextField
from portal.models import VoidableRecord
from portal.models.owned import by_order, unique_number
from portal.models.voidable import LIVE


class Visit(VoidableRecord):
    """A visit to a child, graduate or worker. Stays with the union that made it."""

    number = models.CharField(_("业务编号"), max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("走访对象"))
    visited_on = models.DateField(_("走访日期"))
    visitor = models.CharField(_("走访人"), max_length=50)
    ways = models.CharField(_("慰问方式"), max_length=100, blank=True)  # VisitWay values joined by commas
    needs = EncryptedTextField(_("需求与反馈"), blank=True)
    # 回访 is a visit by telephone (domain.md, Visit). No workbook tells; what one brings was made at the door.
    by_telephone = models.BooleanField(_("电话回访"), default=False)

    # What was brought. It is no aid that a figure of annex 1 counts: that is paid by the ledger, for a case.
    gift_money = models.DecimalField(_("慰问金(元)"), max_digits=14, decimal_places=2, null=True, blank=True)
    goods = models.CharField(_("慰问品"), max_length=100, blank=True)
    goods_value = models.DecimalField(_("慰问品价值(元)"), max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta(VoidableRecord.Meta):
        verbose_name = _("走访慰问")
        verbose_name_plural = _("走访慰问")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["visited_on"], name="visit_date"),
            by_order("visit", "number"),
        ]
        constraints = [unique_number("visit", LIVE)]

    def __str__(self):
        return self.number

    def get_ways_display(self) -> str:
        return "、".join(str(VisitWay(way).label) for way in self.ways.split(",") if way)
