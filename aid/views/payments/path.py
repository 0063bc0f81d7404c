"""The path of every fen of a campaign, from its source to the child, masked; on a page and as a workbook."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import FundSource, PaymentMethod, PaymentState
from aid.models import Disbursement
from aid.payments.path import STATIONS, path_row, payments_on_path, unit_names, write_path
from aid.views.payments.batch import BY_KEY
from aid.views.payments.overview import CampaignAsked
from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.records.attribute import as_text
from portal.records.filters import CodeFilter, RecordFilterSet
from portal.records.lists.paging import turn_to
from portal.views.listing import address_with, page_addresses
from portal.web.base import PortalPage


class PathFilters(RecordFilterSet):
    source = CodeFilter(label=gettext_lazy("资金来源"), choices=FundSource)
    method = CodeFilter(label=gettext_lazy("方式"), choices=PaymentMethod)
    status = CodeFilter(label=gettext_lazy("状态"), choices=PaymentState)

    class Meta(RecordFilterSet.Meta):
        model = Disbursement


class PathAsked(CampaignAsked):
    """The payments that the filters leave; faulty filters leave none."""

    @cached_property
    def filterset(self) -> PathFilters:
        payments = payments_on_path(self.request.user, self.campaign)
        return PathFilters(self.request.GET, queryset=payments, request=self.request)

    @property
    def found(self):
        return self.filterset.qs if self.filterset.is_valid() else self.filterset.queryset.none()


class PathPage(PathAsked, PortalPage):
    """Every payment with the stations of its way."""

    template_name = "aid/payment/path.html"

    def get(self, request, *args, **kwargs):
        context = self.get_context_data(**kwargs)
        return self.render_to_response(context, status=200 if self.filterset.is_valid() else 400)

    def get_context_data(self, **kwargs):
        user = self.request.user
        page, units = turn_to(self.request.GET, self.found, self.filterset.queryset, BY_KEY), unit_names(user)
        shown = [each for each in STATIONS if not each.filed and (each.name != "unit" or user.union.is_city)]
        export = reverse("payment_path_export", args=[self.campaign.year])
        return super().get_context_data(
            campaign=self.campaign,
            listing={"filterset": self.filterset},
            stations=shown,
            rows=[self._row(payment, shown, units) for payment in page.records],
            page=page,
            pages=page_addresses(self.request, page),
            export_url=export + address_with(self.request, after=None, before=None, last=None),
            back_url=f"{reverse('coverage')}?campaign={self.campaign.year}",
            **kwargs,
        )

    def _row(self, payment: Disbursement, shown: list, units: dict[str, str]) -> list[tuple]:
        """Each station with its text, and the address of its page where it has one."""
        item, told = getattr(payment, "item", None), path_row(payment, units)
        urls = {
            "payment": reverse("disbursement_detail", args=[payment.pk]),
            "case": reverse("aidcase_detail", args=[payment.case_id]),
            "child": reverse("child_detail", args=[payment.case.child_id]),
        }
        if item and item.union_path.startswith(self.request.user.union.path):
            urls["batch"] = reverse("paymentbatch_detail", args=[item.batch_id])
        return [(station, as_text(told[station.name]), urls.get(station.name, "")) for station in shown]


class PathExport(PathAsked):
    """The same as a workbook, all pages, with the pools and the receipts. Writes one audit row."""

    permission = Permission.EXPORT_ANNEX

    def get(self, request, year: int):
        if not self.filterset.is_valid():
            messages.error(request, _("筛选条件有误，没有导出。请更正后再试。"))
            return redirect("payment_path", year)
        file, count = write_path(request.user, self.campaign, self.found)
        title = _("%(year)s年度资金流向") % {"year": self.campaign}
        audit.record(AuditAction.EXPORTED, by=By.of(request), subject=title, count=count)
        return FileResponse(file, as_attachment=True, filename=f"{title}_{timezone.localdate():%Y%m%d}.xlsx")
