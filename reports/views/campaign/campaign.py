"""Campaigns as the department keeps them: the list, next year's, dates and rules."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin, ProcessFormView

from portal.access import Permission
from portal.audit import By
from portal.models import Campaign
from portal.models.campaign import year_may_open
from portal.records.exporting.resource import ExportColumn
from portal.text import as_year
from portal.views.exporting import WholeListExport
from portal.web.base import PortalPage, PortalView
from portal.workflow import MoveRefused
from reports.annex.campaign_figures import FORM_NUMBERS, declared_for, form_of
from reports.campaign.campaigns import copy_forms, earlier_years, make_next, open_earlier, set_dates, way_to_notice
from reports.enums import OVERTAKEN
from reports.forms.campaign import CampaignForm
from reports.views.preparing.preparation import show_refusal
from reports.views.selection import campaign_of


class CampaignView(PortalView):
    """What is done with the campaign that the address names by its year."""

    permission = Permission.MANAGE_CAMPAIGNS

    @cached_property
    def campaign(self) -> Campaign:
        return campaign_of(self.kwargs["year"])

    @property
    def by(self) -> By:
        """Who makes a change, and from where."""
        return By.of(self.request)


class CampaignPage(CampaignView, PortalPage):
    """A page about a campaign."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"campaign": self.campaign, **kwargs})


class CampaignChange(FormMixin, CampaignPage, ProcessFormView):
    """One form about a campaign. What the service refuses is shown on it, with everything that was typed."""

    done = ""

    def save(self, form) -> None:
        raise NotImplementedError

    def refuse(self, form, refused: ValidationError) -> None:
        show_refusal(form, refused)

    def form_valid(self, form):
        try:
            self.save(form)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        except ValidationError as refused:
            self.refuse(form, refused)
            if getattr(refused, "code", None) == OVERTAKEN:
                form.renew(version=Campaign.objects.values_list("version", flat=True).get(pk=self.campaign.pk))
        else:
            messages.success(self.request, self.done)
            return redirect(self.get_success_url())
        return self.form_invalid(form)


class CampaignList(PortalPage):
    """Every year, with its forms and figures."""

    permission = Permission.MANAGE_CAMPAIGNS
    template_name = "reports/campaign/list.html"

    def get_rows(self) -> list[tuple]:
        """Each campaign with its forms, the number of its own figures, and how its cases come to an approval."""
        return [
            (
                campaign,
                [form_of(campaign, number) for number in FORM_NUMBERS],
                len(declared_for(campaign).own),
                way_to_notice(campaign),
            )
            for campaign in Campaign.objects.all()
        ]

    def get_context_data(self, **kwargs):
        rows = self.get_rows()
        latest = rows[0][0] if rows else None
        following = latest.year + 1 if latest and year_may_open(latest.year + 1) else None
        given = {"rows": rows, "latest": latest, "following": following, "earlier": earlier_years()}
        return super().get_context_data(export_url=reverse("campaign_export"), **given, **kwargs)


class CampaignExport(WholeListExport, CampaignList):
    title = gettext_lazy("活动年度与表式")
    list_name = "campaign_list"
    columns = (
        ExportColumn(gettext_lazy("年度"), lambda row: row[0].year),
        ExportColumn(gettext_lazy("统计开始日期"), lambda row: row[0].starts_on),
        ExportColumn(gettext_lazy("统计截止日期"), lambda row: row[0].ends_on),
        ExportColumn(gettext_lazy("报送期限"), lambda row: row[0].due_on),
        ExportColumn(gettext_lazy("初审和公示"), lambda row: row[3]),
        ExportColumn(gettext_lazy("表式"), lambda row: "；".join(form.title for form in row[1])),
        ExportColumn(gettext_lazy("自设的指标"), lambda row: row[2]),
    )


class CampaignNext(CampaignView):
    """Makes next year's campaign from this one."""

    def post(self, request, **_kwargs):
        try:
            made = make_next(self.campaign, by=self.by)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("campaign_list")
        words = _("已由 %(from)s 年新建 %(to)s 年的活动，请核对日期和表式。")
        messages.success(request, words % {"from": self.campaign, "to": made})
        return redirect("campaign_edit", made.year)


class CampaignEarlier(CampaignView):
    """Makes the campaign of an earlier year, for what was reported then."""

    def post(self, request, **_kwargs):
        year = as_year(request.POST.get("year", ""))
        try:
            made = open_earlier(year or 0, by=self.by)
        except MoveRefused as refused:
            messages.error(request, str(refused) if year else _("请选择要补建的年度。"))
            return redirect("campaign_list")
        words = _("已补建 %(year)s 年的活动，请核对日期和表式；各单位可以补报当年的数字。")
        messages.success(request, words % {"year": made})
        return redirect("campaign_edit", made.year)


class CampaignCopy(CampaignView):
    """Takes over the forms and figures of the year before."""

    def post(self, request, **_kwargs):
        try:
            copy_forms(self.campaign, by=self.by)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("已照搬上一年的表式和自设的指标，请核对。"))
        return redirect("campaign_figures", self.campaign.year)


class CampaignEdit(CampaignChange):
    """Dates and rules."""

    template_name = "reports/campaign/edit.html"
    form_class = CampaignForm

    def get_initial(self):
        return CampaignForm.initial_of(self.campaign)

    def get_success_url(self):
        return reverse("campaign_list")

    def save(self, form):
        set_dates(self.campaign, **form.cleaned_data, by=self.by)
        self.done = _("已保存 %(year)s 年的设置。") % {"year": self.campaign}
