"""单位自定帮扶标准: what a 填报单位 that pays its own grants by stage, in place of the city's table."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import Stage, TableState
from portal.models import Campaign, UnionOwned
from portal.words.bounds import MOST_OF_ONE, within


class UnitTable(UnionOwned):
    """The table of one unit and campaign; a stage it leaves out keeps the city's standard.

    Never changed: another one takes its place. It holds from the day `holds_from` until the day before `holds_until`,
    so that it can be told later by which table a case was decided. It stays with a unit that was merged into another.
    """

    goes_to_heir = False

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="unit_tables", verbose_name=_("活动年度")
    )
    state = models.CharField(_("状态"), max_length=20, choices=TableState)
    grounds = models.CharField(_("依据"), max_length=200)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("设定人")
    )
    set_at = models.DateTimeField(_("设定时间"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("核准人")
    )
    decided_at = models.DateTimeField(_("核准时间"), null=True)
    answer = models.CharField(_("答复"), max_length=200, blank=True)
    holds_from = models.DateField(_("开始执行"), null=True)
    holds_until = models.DateField(_("停止执行"), null=True)

    class Meta(UnionOwned.Meta):
        verbose_name = _("单位自定帮扶标准")
        verbose_name_plural = _("单位自定帮扶标准")
        constraints = [
            models.UniqueConstraint(
                fields=["union", "campaign"],
                condition=models.Q(state=TableState.IN_FORCE),
                name="unittable_one_in_force",
                violation_error_message=_("本单位本年度已有执行中的自定标准。"),
            ),
            models.UniqueConstraint(
                fields=["union", "campaign"],
                condition=models.Q(state=TableState.ASKED),
                name="unittable_one_asked",
                violation_error_message=_("本单位本年度已有待核准的自定标准。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(decided_by=models.F("set_by")),
                name="unittable_four_eyes",
                violation_error_message=_("自定标准须由设定人以外的人核准。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=TableState.REFUSED) | ~models.Q(answer=""),
                name="unittable_refused_with_words",
                violation_error_message=_("不核准的，须写明原因。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=TableState.IN_FORCE) | models.Q(holds_from__isnull=False),
                name="unittable_in_force_since",
                violation_error_message=_("执行中的自定标准须有开始执行的日期。"),
            ),
        ]

    def __str__(self):
        return f"{self.campaign} {self._meta.verbose_name}"

    @property
    def audit_subject(self) -> str:
        return str(self)

    @property
    def is_asked(self) -> bool:
        return self.state == TableState.ASKED

    def held_on(self, day) -> bool:
        """Whether cases decided on `day` were decided by it."""
        begun = self.holds_from is not None and self.holds_from <= day
        return begun and (self.holds_until is None or day < self.holds_until)


class UnitStandard(models.Model):
    """One stage of a unit's own table, in yuan. Rows are only ever added."""

    table = models.ForeignKey(
        UnitTable, on_delete=models.PROTECT, related_name="standards", verbose_name=_("单位自定帮扶标准")
    )
    stage = models.CharField(_("学段"), max_length=20, choices=Stage)
    amount = models.DecimalField(_("帮扶标准(元)"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("单位自定帮扶标准（学段）")
        verbose_name_plural = _("单位自定帮扶标准（学段）")
        constraints = [
            models.UniqueConstraint(
                fields=["table", "stage"],
                name="unitstandard_one_per_stage",
                violation_error_message=_("这一学段的标准已有记录。"),
            ),
            models.CheckConstraint(
                condition=within("amount", MOST_OF_ONE),
                name="unitstandard_amount_bounded",
                violation_error_message=_("帮扶标准必须大于 0，不超过 100 万元。"),
            ),
        ]

    def __str__(self):
        return f"{self.get_stage_display()} {self.amount:,.2f} 元"
