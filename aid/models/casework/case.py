"""助学申请: an aid case, one per child and campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import (
    AidMode,
    CasePayment,
    CaseState,
    Decision,
    GrantLevel,
    Intake,
    Programme,
    Sex,
    Stage,
    WorkerCategory,
)
from aid.models.casework.case_lists import APPROVED_STATES, AidCaseQuerySet
from aid.models.casework.parts import PartOfCase
from aid.models.casework.passing import check_that_stands
from aid.models.person import Person
from aid.models.schooling import Child
from portal.models import Campaign, VersionedRecord
from portal.models.owned import by_order, unique_number
from portal.words.typed_words import TypedCode, TypedName

if TYPE_CHECKING:
    from aid.models.casework.beside import CaseEvent
    from aid.models.payee import Payee


class AidCase(VersionedRecord):
    """An application, its public notice and its decision.

    `counted_*` is what the figures group by: copied from the case and its household when the case becomes approved,
    and left alone afterwards, so that a household that changes does not rewrite last year's form.
    """

    counts_with = (
        ("aid.Child", "pk", "child"),
        ("aid.Household", "pk", "child__household"),
        ("aid.Visit", "person", "person"),
        ("aid.Visit", "person", "child__household__worker"),
        ("aid.Disbursement", "case", "pk"),
    )

    number = models.CharField(_("业务编号"), max_length=40)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="cases", verbose_name=_("子女"))
    # The child's person: two unions may each hold a record of one child, yet a campaign aids the person once.
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("人员")
    )
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="cases", verbose_name=_("活动年度"))
    stage = models.CharField(_("学段"), max_length=20, choices=Stage)
    mode = models.CharField(_("助学方式"), max_length=20, choices=AidMode)
    standard = models.DecimalField(_("帮扶标准(元)"), max_digits=14, decimal_places=2)
    programme = models.CharField(_("结对项目"), max_length=100, blank=True)
    sponsor = models.CharField(_("结对方"), max_length=100, blank=True)
    # What the two words above mean, as far as it is known; of a name the record of the same 填报单位. Empty is NULL:
    # the columns were added to a table that is not rewritten for it.
    known_programme = models.CharField(  # noqa: DJ001
        _("结对项目（代码）"), max_length=30, choices=Programme, null=True, blank=True, editable=False
    )
    known_sponsor = models.ForeignKey(
        "aid.Sponsor",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="cases",
        verbose_name=_("结对方（名录）"),
    )
    applied_on = models.DateField(_("申请日期"))
    notice_from = models.DateField(_("公示开始日期"), null=True, blank=True)
    notice_to = models.DateField(_("公示结束日期"), null=True, blank=True)
    notice_place = models.CharField(_("公示地点"), max_length=100, blank=True)
    decided_on = models.DateField(_("审批日期"), null=True, blank=True)
    decision = models.CharField(_("审批结果"), max_length=20, choices=Decision, blank=True)
    status = models.CharField(_("状态"), max_length=20, choices=CaseState, default=CaseState.DRAFT, editable=False)
    # What the family said when it was called back; None while nobody asked. `aid.casework.received` says what goes with
    # what: a constraint would make the table anew on SQLite, where triggers of others read it.
    received_on = models.DateField(_("收到日期"), null=True, blank=True, editable=False)
    received_in_full = models.BooleanField(_("是否足额收到"), null=True, editable=False)
    counted_stage = models.CharField(_("统计学段"), max_length=20, choices=Stage, blank=True, editable=False)
    counted_category = models.CharField(
        _("统计职工类别"), max_length=20, choices=WorkerCategory, blank=True, editable=False
    )
    counted_single = models.BooleanField(_("统计单亲"), null=True, editable=False)
    counted_single_mother = models.BooleanField(_("统计为困难单亲女职工"), default=False, editable=False)

    objects = AidCaseQuerySet.as_manager()
    typed_words = (TypedCode("programme", "known_programme", Programme), TypedName("sponsor", "known_sponsor"))

    class Meta(VersionedRecord.Meta):
        verbose_name = _("助学申请")
        verbose_name_plural = _("助学申请")
        indexes = [
            *VersionedRecord.Meta.indexes,
            models.Index(fields=["applied_on", "id"], name="aidcase_applied"),
            by_order("aidcase", "number"),
            by_order("aidcase", "standard"),
        ]
        constraints = [
            unique_number("aidcase"),
            models.UniqueConstraint(
                fields=["campaign", "person"],
                name="aidcase_one_per_child_and_campaign",
                violation_error_message=_("该子女本年度已有助学申请。"),
            ),
            models.CheckConstraint(
                condition=models.Q(standard__gt=0),
                name="aidcase_standard_positive",
                violation_error_message=_("帮扶标准必须大于 0。"),
            ),
            models.CheckConstraint(
                condition=models.Q(notice_from__isnull=True)
                | models.Q(notice_to__isnull=True)
                | models.Q(notice_from__lte=models.F("notice_to")),
                name="aidcase_notice_in_order",
                violation_error_message=_("公示结束日期不能早于公示开始日期。"),
            ),
            models.CheckConstraint(
                condition=models.Q(decided_on__isnull=True, decision="")
                | (models.Q(decided_on__isnull=False) & ~models.Q(decision="")),
                name="aidcase_decision_has_date",
                violation_error_message=_("审批日期和审批结果须同时填写。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=APPROVED_STATES)
                | (models.Q(decision=Decision.APPROVED) & ~models.Q(counted_stage="") & ~models.Q(counted_category="")),
                name="aidcase_approved_is_counted",
                violation_error_message=_("已通过的申请必须记下统计学段和职工类别。"),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_approved(self) -> bool:
        return self.status in APPROVED_STATES

    @property
    def awaits_check(self) -> bool:
        """Submitted, in a campaign that puts on notice only what somebody else has looked at."""
        return self.status == CaseState.SUBMITTED and self.campaign.check_first

    @property
    def passed_check(self) -> CaseEvent | None:
        """The move by which the case passed 初审; None of one that did not since it was last submitted."""
        return check_that_stands(self.events.all())

    @property
    def payee(self) -> Payee:
        """Whose account is paid to."""
        return self.child.payee

    # Yuan that each level grants, and the source that the unions' levels take it from: see `shares`.
    city_share = PartOfCase(GrantLevel.CITY, "amount", None)
    unit_share = PartOfCase(GrantLevel.UNIT, "amount", None)
    social_share = PartOfCase(GrantLevel.SOCIAL, "amount", None)
    city_source = PartOfCase(GrantLevel.CITY, "source", "")
    unit_source = PartOfCase(GrantLevel.UNIT, "source", "")

    @property
    def sources(self) -> str:
        """From where it is granted, where that was said; '' of one paid from whatever source there is."""
        return "、".join(map(str, self.shares.all()))

    stands_unposted = False  # told by the sheet: approved without a notice before the row that names it was read
    payment = ""  # told by `with_payment`
    checked_at, checked_by = None, ""  # told by `with_check`

    def get_payment_display(self) -> str:
        """发放情况, of a case that was read `with_payment`; '' of one that is not approved."""
        return str(CasePayment(self.payment).label) if self.payment else ""

    @property
    def intake(self) -> str:
        """新纳入 or 继续帮扶, of a case that was read `with_intake`."""
        return str((Intake.CONTINUED if self.continued else Intake.NEW).label)

    def copy_counted(self, *, category: str = "", single: bool | None = None) -> None:
        """Copy what the case is counted by from it and its household; called when it becomes approved.

        `category` and `single` are what was written down of an approval elsewhere, in place of what the household says.
        """
        household = self.child.household
        self.counted_stage = self.stage
        self.counted_category = category or household.worker_category
        self.count_single(single=household.single_parent if single is None else single)

    def count_single(self, *, single: bool) -> None:
        """Count the worker as a single parent, or not: 困难单亲女职工 if it is a woman (annex 1, line 6)."""
        self.counted_single = single
        self.counted_single_mother = single and self.child.household.sex == Sex.FEMALE
