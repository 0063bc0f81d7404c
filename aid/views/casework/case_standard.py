"""What each campaign grants by stage: read by everybody who sees records, set by those who set up campaigns."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.casework.policies import set_standards
from aid.enums import Stage, TableState
from aid.forms.case import StandardsForm
from aid.models import AidStandard, UnitTable
from aid.standards.own import refusal_of_own
from portal.access import Permission, can
from portal.audit import By
from portal.enums import OwnStandards
from portal.models import Campaign
from portal.records.attribute import as_text
from portal.records.exporting.resource import ExportColumn
from portal.refusals.lookup import get_object_or_404
from portal.views.exporting import WholeListExport
from portal.web.base import PortalPage
from portal.workflow import MoveRefused


@dataclass(frozen=True)
class StandardRow:
    """One table: the city's of a campaign, or that of the reader's own unit which holds in its place."""

    campaign: Campaign
    whose: str
    amounts: Mapping[str, Decimal]
    table: UnitTable | None = None


class AidStandardList(PortalPage):
    """All campaigns, newest first, a column for each stage: some twenty rows; below each the table of the own unit."""

    permission = Permission.VIEW_RECORDS
    template_name = "aid/aidstandard/list.html"

    def get_rows(self) -> list[StandardRow]:
        """Each campaign with its amounts in yuan by stage, and those of the own unit where it has a table in force."""
        amounts: dict[int, dict[str, Decimal]] = defaultdict(dict)
        for row in AidStandard.objects.all():
            amounts[row.campaign_id][row.stage] = row.amount
        own, rows = self._own(), []
        for campaign in Campaign.objects.all():
            rows.append(StandardRow(campaign, _("市总标准"), amounts[campaign.pk]))
            if campaign.pk in own:
                table = own[campaign.pk]
                set_apart = {each.stage: each.amount for each in table.standards.all()}
                rows.append(StandardRow(campaign, _("本单位自定"), set_apart, table))
        return rows

    def _own(self) -> dict[int, UnitTable]:
        """By campaign what holds in the unit of the person; of the city nothing, which has its list of all units."""
        tables = UnitTable.objects.filter(union_path=self.request.user.union.reporting_path, state=TableState.IN_FORCE)
        allowed = tables.exclude(campaign__own_standards=OwnStandards.NONE).prefetch_related("standards")
        return {table.campaign_id: table for table in allowed}

    def get_context_data(self, **kwargs):
        user, current = self.request.user, Campaign.objects.current()
        rows = [(row, [as_text(row.amounts.get(stage)) for stage in Stage]) for row in self.get_rows()]
        given = {"rows": rows, "stages": Stage.labels, "export_url": reverse("aidstandard_export")}
        may_set = current is not None and not refusal_of_own(current, user)
        given |= {"may_edit": can(user, Permission.MANAGE_CAMPAIGNS), "sets_for": current if may_set else None}
        return super().get_context_data(**given, **kwargs)


def _amount(stage: Stage) -> ExportColumn:
    return ExportColumn(stage.label, lambda row: row.amounts.get(stage))


class AidStandardExport(WholeListExport, AidStandardList):
    permission = Permission.EXPORT_LISTS
    title = gettext_lazy("年度帮扶标准")
    list_name = "aidstandard_list"
    columns = (
        ExportColumn(gettext_lazy("活动年度"), lambda row: row.campaign.year),
        ExportColumn(gettext_lazy("标准"), lambda row: row.whose),
        *map(_amount, Stage),
    )


class AidStandardEdit(FormMixin, PortalPage, ProcessFormView):
    """The standards of one campaign."""

    permission = Permission.MANAGE_CAMPAIGNS
    template_name = "aid/aidstandard/edit.html"
    form_class = StandardsForm

    @cached_property
    def campaign(self) -> Campaign:
        return get_object_or_404(Campaign, year=self.kwargs["year"])

    def get_form_kwargs(self):
        rows = AidStandard.objects.filter(campaign=self.campaign).values_list("stage", "amount")
        return super().get_form_kwargs() | {"amounts": dict(rows)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(campaign=self.campaign, **kwargs)

    def form_valid(self, form):
        by = By.of(self.request)
        try:
            set_standards(self.campaign, form.amounts, by=by)
        except ValidationError as refused:
            form.show(refused)
            return self.form_invalid(form)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("帮扶标准已保存。"))
        return redirect("aidstandard_list")
