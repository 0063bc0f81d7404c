"""What a household's file holds besides the household: members, yearly incomes, documents."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import DocumentKind, Health
from aid.models.household import Household
from portal.access import ScopedQuerySet
from portal.codes.fields import SealedCodeField, words_in
from portal.fields import EncryptedBinaryField, EncryptedTextField
from portal.models import VoidableRecord
from portal.models.voidable import LIVE
from portal.words.bounds import MOST_AT_ONCE, MOST_OF_ONE, within

MONTHS = 12
FEN = Decimal("0.01")
PICTURES = ("image/jpeg", "image/png")


class Member(VoidableRecord):
    """家庭成员: anybody of the family but the worker, children at school included. Goes with the household."""

    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="members", verbose_name=_("困难职工家庭")
    )
    name = models.CharField(_("姓名"), max_length=50)
    relation = models.CharField(_("与职工关系"), max_length=20)
    id_number = EncryptedTextField(_("证件号码"), blank=True)
    health = SealedCodeField(_("健康状况"), blank=True, codes=Health)
    occupation = models.CharField(_("工作或就读单位"), max_length=100, blank=True)
    monthly_income = models.DecimalField(_("月收入(元)"), max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta(VoidableRecord.Meta):
        verbose_name = _("家庭成员")
        verbose_name_plural = _("家庭成员")
        indexes = [*VoidableRecord.Meta.indexes, models.Index(fields=["name", "id"], name="member_name")]

    def __str__(self):
        return self.name

    def get_health_display(self) -> str:
        return words_in(self, "health")


class Income(VoidableRecord):
    """年度收入: what the family had in one year. Goes with the household."""

    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="incomes", verbose_name=_("困难职工家庭")
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    amount = models.DecimalField(_("家庭年收入(元)"), max_digits=14, decimal_places=2)
    people = models.PositiveSmallIntegerField(_("家庭人口"))
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta(VoidableRecord.Meta):
        verbose_name = _("年度收入")
        verbose_name_plural = _("年度收入")
        indexes = [*VoidableRecord.Meta.indexes, models.Index(fields=["year", "id"], name="income_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "year"],
                condition=LIVE,
                name="income_one_per_year",
                violation_error_message=_("该户这一年度的收入已有记录。"),
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0, amount__lte=MOST_AT_ONCE, people__gte=1),
                name="income_of_somebody_bounded",
                violation_error_message=_("收入不能为负数，不超过 1 亿元，家庭人口至少为 1。"),
            ),
        ]

    def __str__(self):
        return str(self.year)

    @property
    def per_head(self) -> Decimal:
        """Yuan a head and month."""
        return (self.amount / MONTHS / self.people).quantize(FEN)


class MinimumIncome(models.Model):
    """最低生活保障标准: yuan a head and month, in force in a year; what a family's income is held against."""

    year = models.PositiveSmallIntegerField(_("年度"))
    city = models.CharField(_("城市"), max_length=30)
    monthly = models.DecimalField(_("每人每月(元)"), max_digits=10, decimal_places=2)
    note = models.CharField(_("依据"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("最低生活保障标准")
        verbose_name_plural = _("最低生活保障标准")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "city"],
                name="minimum_income_one_per_year_and_city",
                violation_error_message=_("该城市这一年度的标准已有记录。"),
            ),
            models.CheckConstraint(
                condition=within("monthly", MOST_OF_ONE),
                name="minimum_income_bounded",
                violation_error_message=_("标准必须大于 0，不超过 100 万元。"),
            ),
        ]

    def __str__(self):
        return f"{self.city} {self.year}"


class KeptManager(models.Manager):
    """The papers that count; `everything` has those that were taken away as well."""

    def get_queryset(self):
        return super().get_queryset().filter(removed_at__isnull=True)


class DocumentQuerySet(ScopedQuerySet):
    """A document is where its household is: it keeps no copy of the union that would have to follow."""

    path_field = "household__union_path"


class Document(models.Model):
    """家庭材料: a scan or photo of a paper, kept encrypted; or the word of somebody who saw the paper that day.

    A paper that was only seen (`seen_on`) has no file: its name, content and digest are empty.
    """

    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="documents", verbose_name=_("困难职工家庭")
    )
    kind = models.CharField(_("材料种类"), max_length=20, choices=DocumentKind)
    file_name = models.CharField(_("文件名"), max_length=200)
    content_type = models.CharField(max_length=100)
    content = EncryptedBinaryField()
    size = models.PositiveIntegerField(_("大小"))
    digest = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    seen_on = models.DateField(_("见原件日期"), null=True, blank=True)

    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("作废人"),
    )
    removed_at = models.DateTimeField(_("作废时间"), null=True, blank=True)

    objects = KeptManager.from_queryset(DocumentQuerySet)()
    everything = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("家庭材料")
        verbose_name_plural = _("家庭材料")
        constraints = [
            models.UniqueConstraint(
                fields=["household", "kind", "digest"],
                condition=models.Q(removed_at__isnull=True),
                name="document_kept_once",
                violation_error_message=_("这份材料已经上传过。"),
            ),
            models.CheckConstraint(
                condition=models.Q(seen_on__isnull=False, digest="", size=0)
                | (models.Q(seen_on__isnull=True) & ~models.Q(digest="")),
                name="document_file_or_seen",
                violation_error_message=_("一份材料要么有文件，要么只登记见过原件。"),
            ),
        ]

    def __str__(self):
        return self.file_name or str(DocumentKind(self.kind).label)

    @property
    def is_picture(self) -> bool:
        """A scan that a page may show: attached as .jpg or .png, judged by its content then."""
        return self.content_type in PICTURES
