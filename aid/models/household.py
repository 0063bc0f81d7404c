"""困难职工家庭档案."""

from django.conf import settings
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aid.enums import (
    Disability,
    EmployerNature,
    EmployerState,
    Ethnicity,
    HardshipCategory,
    HardshipCause,
    Health,
    Housing,
    Marriage,
    MedicalInsurance,
    ModelWorker,
    PayeePerson,
    PoliticalStatus,
    Registration,
    Sex,
    WorkerCategory,
    WorkState,
)
from aid.models.household_lists import YEAR, HouseholdQuerySet
from aid.models.payee import Payee, named_payee
from aid.models.person import Person
from portal.codes.fields import CodeField, SealedCodeField, words_in
from portal.fields import BlindIndexField, EncryptedTextField
from portal.models import VoidableRecord
from portal.models.owned import by_order, unique_number
from portal.models.voidable import LIVE, LiveManager


class Household(Payee, VoidableRecord):
    """One file per family: the worker, why the family is in need, and where the money goes."""

    own_person, own_name = PayeePerson.WORKER, "worker_name"

    number = models.CharField(_("档案编号"), max_length=40)
    worker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("职工"))
    worker_name = models.CharField(_("职工姓名"), max_length=50)
    worker_initials = models.CharField(_("姓名拼音首字母"), max_length=50, editable=False, blank=True)
    worker_category = models.CharField(_("职工类别"), max_length=20, choices=WorkerCategory)
    single_parent = models.BooleanField(_("单亲"))
    hardship_category = models.CharField(_("困难类别"), max_length=30, choices=HardshipCategory)
    cause = EncryptedTextField(_("致困原因"), blank=True)
    employer = models.CharField(_("工作单位"), max_length=100, blank=True)
    telephone = EncryptedTextField(_("联系电话"), blank=True)
    telephone_hash = BlindIndexField("telephone", db_index=True)  # families that give one telephone
    address = EncryptedTextField(_("家庭住址"), blank=True)
    family_size = models.PositiveSmallIntegerField(_("家庭人口"), null=True, blank=True)
    monthly_income = models.DecimalField(_("家庭月收入(元)"), max_digits=14, decimal_places=2, null=True, blank=True)
    filed_on = models.DateField(_("建档日期"))
    closed_on = models.DateField(_("注销日期"), null=True, blank=True)
    closed_reason = models.CharField(_("注销原因"), max_length=100, blank=True)
    # What a passport does not tell, and what is counted asks: 困难单亲女职工 (annex 1, line 6).
    worker_sex = models.CharField(_("性别(证件号码不含的)"), max_length=10, choices=Sex, blank=True)
    # What the paper file has besides, and no workbook carries. Causes and health are codes.
    other_contact = EncryptedTextField(_("其他联系方式"), blank=True)
    main_cause = SealedCodeField(_("主要致困原因"), blank=True, codes=HardshipCause)
    other_causes = SealedCodeField(_("次要致困原因"), blank=True, codes=HardshipCause)  # joined by commas
    health = SealedCodeField(_("职工健康状况"), blank=True, codes=Health)
    health_note = EncryptedTextField(_("健康情况说明"), blank=True)
    housing = CodeField(_("住房类型"), max_length=20, choices=Housing, blank=True)
    housing_area = models.DecimalField(_("住房面积(平方米)"), max_digits=8, decimal_places=2, null=True, blank=True)
    # What the file of the whole country has besides (aid.enums.national); sealed what nobody need know of a worker.
    ethnicity = SealedCodeField(_("民族"), blank=True, codes=Ethnicity)
    political_status = SealedCodeField(_("政治面貌"), blank=True, codes=PoliticalStatus)
    marriage = SealedCodeField(_("婚姻状况"), blank=True, codes=Marriage)
    disability = SealedCodeField(_("残疾类别"), blank=True, codes=Disability)
    medical_insurance = SealedCodeField(_("医保状况"), blank=True, codes=MedicalInsurance)
    registered_at = EncryptedTextField(_("户口所在地"), blank=True)
    registration = CodeField(_("户口类型"), max_length=20, choices=Registration, blank=True)
    work_state = CodeField(_("工作状态"), max_length=20, choices=WorkState, blank=True)
    model_worker = CodeField(_("劳模类型"), max_length=20, choices=ModelWorker, blank=True)
    employer_nature = CodeField(_("单位性质"), max_length=20, choices=EmployerNature, blank=True)
    employer_state = CodeField(_("企业状况"), max_length=20, choices=EmployerState, blank=True)
    self_reliant = models.BooleanField(_("有一定自救能力"), null=True, blank=True)
    jobless_family = models.BooleanField(_("零就业家庭"), null=True, blank=True)
    other_yearly_income = models.DecimalField(
        _("家庭其他年收入(元)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    verified_on = models.DateField(_("最近核实日期"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("核实人"),
    )

    objects = LiveManager.from_queryset(HouseholdQuerySet)()

    class Meta(VoidableRecord.Meta):
        verbose_name = _("困难职工家庭")
        verbose_name_plural = _("困难职工家庭")
        indexes = [
            *VoidableRecord.Meta.indexes,
            by_order("household", "number"),
            models.Index(fields=["worker_initials", "id"], name="household_initials"),
            models.Index(fields=["filed_on", "id"], name="household_filed"),  # the order of the city's list
            models.Index(fields=["bank_card_tail_hash"], name="household_card_tail"),
        ]
        constraints = [
            unique_number("household", LIVE),
            models.UniqueConstraint(
                fields=["worker"],
                condition=LIVE & models.Q(closed_on__isnull=True),
                name="household_worker_has_one_open_file",
                violation_error_message=_("该职工已有未注销的档案。"),
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True) | models.Q(closed_on__gte=models.F("filed_on")),
                name="household_closed_after_filed",
                violation_error_message=_("注销日期不能早于建档日期。"),
            ),
            models.CheckConstraint(
                condition=models.Q(family_size__isnull=True) | models.Q(family_size__gte=1),
                name="household_family_size_positive",
                violation_error_message=_("家庭人口至少为 1。"),
            ),
            models.CheckConstraint(
                condition=models.Q(monthly_income__isnull=True) | models.Q(monthly_income__gte=0),
                name="household_income_not_negative",
                violation_error_message=_("家庭月收入不能为负数。"),
            ),
            models.CheckConstraint(
                condition=models.Q(other_yearly_income__isnull=True) | models.Q(other_yearly_income__gte=0),
                name="household_other_income_not_negative",
                violation_error_message=_("家庭其他年收入不能为负数。"),
            ),
            named_payee("household", PayeePerson.WORKER),
        ]

    def __str__(self):
        return self.number

    def get_main_cause_display(self) -> str:
        return words_in(self, "main_cause")

    def get_other_causes_display(self) -> str:
        return words_in(self, "other_causes")

    def get_health_display(self) -> str:
        return words_in(self, "health")

    def get_ethnicity_display(self) -> str:
        return words_in(self, "ethnicity")

    def get_political_status_display(self) -> str:
        return words_in(self, "political_status")

    def get_marriage_display(self) -> str:
        return words_in(self, "marriage")

    def get_disability_display(self) -> str:
        return words_in(self, "disability")

    def get_medical_insurance_display(self) -> str:
        return words_in(self, "medical_insurance")

    @property
    def sex(self) -> str:
        """Of the worker: as the number tells it, else as it was said."""
        return self.worker.sex or self.worker_sex

    def get_sex_display(self) -> str:
        return str(Sex(self.sex).label) if self.sex else ""

    @property
    def is_open(self) -> bool:
        """Not closed (未注销)."""
        return self.closed_on is None

    def get_is_open_display(self) -> str:
        return gettext("在档") if self.is_open else gettext("已注销")

    @property
    def is_stale(self) -> bool:
        """一年未核实: as the list `unverified` says of it."""
        return self.is_open and (self.verified_on or self.filed_on) < localdate() - YEAR
