"""What each campaign grants by stage: read by everybody who sees records, set by those who set up campaigns."""

from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.casework.policies import set_standards
from aid.enums import Stage
from aid.forms.case import StandardsForm
from aid.models import AidStandard
from portal.access import Permission, can
from portal.audit import By
from portal.models import Campaign
from portal.records.attribute import as_text
from portal.records.exporting.resource import ExportColumn
from portal.views.exporting import WholeListExport
from portal.web.base import PortalPage
from portal.workflow import MoveRefused


class AidStandardList(PortalPage):
    """All campaigns, newest first, a column for each stage: some twenty rows."""

    permission = Permission.VIEW_RECORDS
    template_name = "aid/aidstandard/list.html"

    def get_rows(self) -> list[tuple[Campaign, dict]]:
        """Each campaign with its amounts in yuan by stage."""
        amounts = defaultdict(dict)
        for row in AidStandard.objects.all():
            amounts[row.campaign_id][row.stage] = row.amount
        return [(campaign, amounts[campaign.pk]) for campaign in Campaign.objects.all()]

    def get_context_data(self, **kwargs):
        rows = [(campaign, [as_text(amounts.get(stage)) for stage in Stage]) for campaign, amounts in self.get_rows()]
        given = {"rows": rows, "stages": Stage.labels, "export_url": reverse("aidstandard_export")}
        may_edit = can(self.request.user, Permission.MANAGE_CAMPAIGNS)
        return super().get_context_data(may_edit=may_edit, **given, **kwargs)


def _amount(stage: Stage) -> ExportColumn:
    return ExportColumn(stage.label, lambda row: row[1].get(stage))


class AidStandardExport(WholeListExport, AidStandardList):
    permission = Permission.EXPORT_LISTS
    title = gettext_lazy("年度帮扶标准")
    list_name = "aidstandard_list"
    columns = (ExportColumn(gettext_lazy("活动年度"), lambda row: row[0].year), *map(_amount, Stage))


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
            set_standards(self.campaign, form.cleaned_data, by=by)
        except ValidationError as refused:
            form.show(refused)
            return self.form_invalid(form)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("帮扶标准已保存。"))
        return redirect("aidstandard_list")
