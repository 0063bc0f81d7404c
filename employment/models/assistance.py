"""就业帮扶."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.models import Employer
from employment.enums import KINDS_WITH_AMOUNT, AssistanceKind, CertificateLevel
from employment.models.graduate import Graduate
from portal.codes.fields import CodeField
from portal.fields import BlindIndexField, EncryptedTextField
from portal.models import VoidableRecord
from portal.models.owned import by_order, unique_number
from portal.models.voidable import LIVE
from portal.words.typed_words import TypedName


class Assistance(VoidableRecord):
    """One act of help to one graduate, counted in 人次. Stays with the union that gave it."""

    counts_with = (("employment.Graduate", "pk", "graduate"), ("employment.RetentionCheck", "placement", "pk"))

    number = models.CharField(_("业务编号"), max_length=40)
    graduate = models.ForeignKey(
        Graduate, on_delete=models.PROTECT, related_name="assistance", verbose_name=_("高校毕业生")
    )
    given_on = models.DateField(_("日期"))
    kind = models.CharField(_("类别"), max_length=20, choices=AssistanceKind)
    amount = models.DecimalField(_("金额(元)"), max_digits=14, decimal_places=2, null=True, blank=True)
    provider = models.CharField(_("提供单位"), max_length=100, blank=True)
    # Which employer of the directory of the same 填报单位 the word above names, if any.
    known_provider = models.ForeignKey(
        Employer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="assistance",
        verbose_name=_("提供单位（名录）"),
    )
    note = models.CharField(_("说明"), max_length=200, blank=True)
    # What no workbook carries.
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    certificate = models.CharField(_("证书名称"), max_length=100, blank=True)
    certificate_level = CodeField(_("证书等级"), max_length=10, choices=CertificateLevel, blank=True)
    certificate_number = EncryptedTextField(_("证书编号"), blank=True)
    certificate_hash = BlindIndexField("certificate_number", db_index=True)
    voucher = models.CharField(_("凭证号"), max_length=60, blank=True)

    class Meta(VoidableRecord.Meta):
        verbose_name = _("就业帮扶")
        verbose_name_plural = _("就业帮扶")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["given_on"], name="assistance_date"),
            by_order("assistance", "number"),
        ]
        constraints = [
            unique_number("assistance", LIVE),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0)
                | (models.Q(amount__isnull=True) & ~models.Q(kind__in=KINDS_WITH_AMOUNT)),
                name="assistance_amount_given_where_summed",
                violation_error_message=_("小额担保贷款和求职补贴必须填写大于 0 的金额。"),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("given_on")),
                name="assistance_in_order",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
        ]

    typed_words = (TypedName("provider", "known_provider"),)
    due_months = (
        None  # after how many months it is to be asked about, where employment.retention.services.due was asked
    )

    def __str__(self):
        return self.number
