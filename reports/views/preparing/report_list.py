"""Every report that somebody above the reporting units may read: the list of those who do not prepare one."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.access import Permission, can
from portal.forms.filters import PortalFilter
from portal.records.exporting.resource import ExportColumn
from portal.records.filters import CampaignFilter, CodeFilter, UnionFilter
from portal.views.exporting import ListExport, moment
from portal.views.listing import FilteredList
from reports.enums import ReportState
from reports.models import Report


class ReportFilters(PortalFilter):
    campaign = CampaignFilter()
    union = UnionFilter(label=_("填报单位"))
    state = CodeFilter(label=_("状态"), choices=ReportState)

    class Meta:
        model = Report
        fields: list[str] = []


class AllReports(FilteredList):
    """All reports in scope that were begun, the newest campaign first; beside it the board for those who review."""

    permission = Permission.VIEW_REPORTS
    template_name = "reports/report/all.html"
    filter_class = ReportFilters
    export_name = "report_export"

    def get_queryset(self):
        reports = Report.objects.visible_to(self.request.user).select_related("campaign", "union")
        return reports.order_by("-campaign__year", "union_path", "number")

    def get_context_data(self, **kwargs):
        board = reverse("review_board") if can(self.request.user, Permission.REVIEW_REPORTS) else ""
        return super().get_context_data(board_url=board, **kwargs)


class ReportExport(ListExport, AllReports):
    """The reports as they are filtered."""

    permission = Permission.EXPORT_LISTS
    title = _("报表")
    list_name = "report_list"
    columns = (
        ExportColumn(_("活动年度"), lambda report: f"{report.campaign} {report.supplement}".strip()),
        ExportColumn(_("填报单位"), lambda report: report.union.name),
        ExportColumn(_("状态"), lambda report: report.get_state_display()),
        ExportColumn(_("报送期限"), lambda report: None if report.number else report.due_on),
        ExportColumn(_("更新时间"), lambda report: moment(report.updated_at)),
    )
