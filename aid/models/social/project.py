"""社会助学 projects that social organisations run, what was paid for them, and what the children got of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import Acceptance, ProjectState, ProjectWay
from aid.models.schooling import Child
from aid.models.social.lists import ProjectQuerySet
from aid.models.social.organisation import Organisation
from portal.models import VoidableRecord
from portal.models.owned import by_order, unique_number
from portal.models.voidable import LIVE, LiveManager
from portal.words.bounds import MOST_AT_ONCE, MOST_HOURS_OF_PROJECT, MOST_OF_ONE, within

NOT_YET_ACCEPTED = models.Q(accepted_on__isnull=True, acceptance="", accepted_by="")


class Project(VoidableRecord):
    """社会助学项目 (notice, part one (three) 4): 购买服务 by contract and budget, or 志愿者项目 with people and hours.

    No figure of the notice counts it: annex 1 counts aid that is paid for cases, and money raised.
    """

    number = models.CharField(_("业务编号"), max_length=40)
    title = models.CharField(_("项目名称"), max_length=100)
    way = models.CharField(_("项目形式"), max_length=20, choices=ProjectWay)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="projects", verbose_name=_("承接的社会组织")
    )
    starts_on = models.DateField(_("项目开始日期"))
    ends_on = models.DateField(_("项目结束日期"), null=True, blank=True)
    description = models.CharField(_("项目内容"), max_length=500, blank=True)
    contract_number = models.CharField(_("合同编号"), max_length=60, blank=True)
    contract_on = models.DateField(_("合同签订日期"), null=True, blank=True)
    budget = models.DecimalField(_("预算(元)"), max_digits=14, decimal_places=2, null=True, blank=True)
    volunteers = models.PositiveIntegerField(_("志愿者人数"), null=True, blank=True)
    hours = models.DecimalField(_("服务时数(小时)"), max_digits=8, decimal_places=2, null=True, blank=True)
    state = models.CharField(
        _("状态"), max_length=20, choices=ProjectState, default=ProjectState.PLANNED, editable=False
    )
    state_note = models.CharField(_("办理说明"), max_length=200, blank=True, editable=False)
    accepted_on = models.DateField(_("验收日期"), null=True, blank=True, editable=False)
    acceptance = models.CharField(_("验收结果"), max_length=20, choices=Acceptance, blank=True, editable=False)
    accepted_by = models.CharField(_("验收人"), max_length=100, blank=True, editable=False)

    objects = LiveManager.from_queryset(ProjectQuerySet)()

    paid, children_aided = 0, 0  # told by `as_listed`

    class Meta(VoidableRecord.Meta):
        verbose_name = _("社会助学项目")
        verbose_name_plural = _("社会助学项目")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["starts_on", "id"], name="project_date"),
            by_order("project", "number"),
        ]
        constraints = [
            unique_number("project", LIVE),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="project_in_order",
                violation_error_message=_("项目结束日期不能早于开始日期。"),
            ),
            models.CheckConstraint(
                condition=models.Q(way=ProjectWay.PURCHASED)
                | models.Q(contract_number="", contract_on__isnull=True, budget__isnull=True),
                name="project_contract_of_purchase",
                violation_error_message=_("只有购买服务的项目有合同和预算。"),
            ),
            models.CheckConstraint(
                condition=within("budget", MOST_AT_ONCE),
                name="project_budget_bounded",
                violation_error_message=_("预算必须大于 0，不超过 1 亿元。"),
            ),
            models.CheckConstraint(
                condition=(models.Q(volunteers__isnull=True) | models.Q(volunteers__gt=0))
                & within("hours", MOST_HOURS_OF_PROJECT),
                name="project_effort_bounded",
                violation_error_message=_("志愿者人数和服务时数必须大于 0，时数不超过 99,999。"),
            ),
            models.CheckConstraint(
                condition=NOT_YET_ACCEPTED
                | (models.Q(accepted_on__isnull=False) & ~models.Q(acceptance="") & ~models.Q(accepted_by="")),
                name="project_acceptance_whole",
                violation_error_message=_("验收日期、结果和验收人须同时有。"),
            ),
            models.CheckConstraint(
                condition=models.Q(state=ProjectState.CLOSED)
                | (models.Q(state=ProjectState.ACCEPTED) & models.Q(accepted_on__isnull=False))
                | (models.Q(state__in=[ProjectState.PLANNED, ProjectState.RUNNING]) & NOT_YET_ACCEPTED),
                name="project_accepted_with_result",
                violation_error_message=_("已验收的项目必须有验收日期、结果和验收人。"),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def unpaid(self):
        """What is left of the budget, of a project that was read `as_listed`; None without a budget."""
        return None if self.budget is None else self.budget - self.paid


class ProjectPayment(VoidableRecord):
    """项目付款 to the provider of 购买服务. Together within the budget: judged under the lock of the 填报单位."""

    number = models.CharField(_("业务编号"), max_length=40)
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="payments", verbose_name=_("社会助学项目")
    )
    paid_on = models.DateField(_("付款日期"))
    amount = models.DecimalField(_("付款金额(元)"), max_digits=14, decimal_places=2)
    note = models.CharField(_("付款说明"), max_length=200, blank=True)

    class Meta(VoidableRecord.Meta):
        verbose_name = _("项目付款")
        verbose_name_plural = _("项目付款")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["paid_on", "id"], name="projectpayment_date"),
            by_order("projectpayment", "number"),
        ]
        constraints = [
            unique_number("projectpayment", LIVE),
            models.CheckConstraint(
                condition=within("amount", MOST_AT_ONCE),
                name="projectpayment_bounded",
                violation_error_message=_("付款金额必须大于 0，不超过 1 亿元。"),
            ),
        ]

    def __str__(self):
        return self.number


class ProjectGain(VoidableRecord):
    """项目受益: what one child got of a project, in words and perhaps in yuan. Stays with the union of the project."""

    number = models.CharField(_("业务编号"), max_length=40)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="gains", verbose_name=_("社会助学项目"))
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="gains", verbose_name=_("子女"))
    what = models.CharField(_("得到的帮助"), max_length=100)
    value = models.DecimalField(_("折合金额(元)"), max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta(VoidableRecord.Meta):
        verbose_name = _("项目受益")
        verbose_name_plural = _("项目受益")
        indexes = [*VoidableRecord.Meta.indexes, by_order("projectgain", "number")]
        constraints = [
            unique_number("projectgain", LIVE),
            models.UniqueConstraint(
                fields=["project", "child", "what"],
                condition=LIVE,
                name="projectgain_once",
                violation_error_message=_("该子女已登记从这个项目得到这一帮助。"),
            ),
            models.CheckConstraint(
                condition=within("value", MOST_OF_ONE),
                name="projectgain_value_bounded",
                violation_error_message=_("折合金额必须大于 0，不超过 100 万元。"),
            ),
        ]

    def __str__(self):
        return self.number
