"""Households on their way: what was offered, asked for and settled, from both sides."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.enums import TransferState
from aid.forms.household import TakeForm
from aid.models import Transfer
from aid.transfers.services import Side, move_transfer, moves_of, sides, take_household
from portal.access import Permission
from portal.audit import By
from portal.forms.filters import PortalFilter
from portal.records.editing import Editing, RecordRefused
from portal.records.exporting.resource import ExportColumn
from portal.records.filters import CodeFilter, YesNoFilter
from portal.refusals.lookup import get_object_or_404
from portal.views.exporting import ListExport
from portal.views.listing import FilteredList
from portal.web.base import PortalPage, PortalView
from portal.workflow import MoveRefused


class TransferFilters(PortalFilter):
    state = CodeFilter(label=_("状态"), choices=TransferState)
    own = YesNoFilter(label=_("由谁办理"), words=(_("等本单位办理"), _("其他")), method="filter_own")

    class Meta:
        model = Transfer
        fields: list[str] = []

    def filter_own(self, transfers, _name, value):
        own = Transfer.objects.answered_by(self.request.user).values("pk")
        return transfers.filter(pk__in=own) if value else transfers.exclude(pk__in=own)


def transfers_of(user):
    related = ("household__union", "union", "to_union", "begun_by__union", "settled_by__union")
    return Transfer.objects.visible_to(user).select_related(*related)


def shown(transfer: Transfer, user) -> dict:
    """A transfer for a template. Whose file it is stays with the giver until it is offered."""
    own = sides(transfer, user)
    tells = Side.GIVER in own or transfer.state in {TransferState.OFFERED, TransferState.TAKEN}
    visible = transfer.household.union_path.startswith(user.union.path)
    return {
        "transfer": transfer,
        "name": f"{transfer.household.number} {transfer.household.worker_name}" if tells else "",
        "url": reverse("household_detail", args=[transfer.household_id]) if visible else "",
        "moves": moves_of(transfer, user),
        "begun_by": _name(transfer.begun_by, user),
        "settled_by": _name(transfer.settled_by, user),
    }


def _name(person, user) -> str:
    """Who it was, of one's own people; of others their unit is enough."""
    return str(person) if person and user.union.contains(person.union) else ""


class TransferList(FilteredList):
    permission = Permission.VIEW_RECORDS
    template_name = "aid/transfer/list.html"
    filter_class = TransferFilters
    export_name = "transfer_export"

    def get_queryset(self):
        return transfers_of(self.request.user).order_by("-pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"rows": [shown(transfer, self.request.user) for transfer in context["rows"]]}


class TransferExport(ListExport, TransferList):
    """The transfers as they are filtered; whose file it is stays as hidden as on the page."""

    permission = Permission.EXPORT_LISTS
    title = gettext_lazy("档案转移")
    list_name = "transfer_list"
    columns = (
        ExportColumn(gettext_lazy("发起日期"), lambda row: localtime(row["transfer"].begun_at).date()),
        ExportColumn(gettext_lazy("档案"), lambda row: row["name"]),
        ExportColumn(gettext_lazy("转出工会"), lambda row: str(row["transfer"].union)),
        ExportColumn(gettext_lazy("转入工会"), lambda row: str(row["transfer"].to_union)),
        ExportColumn(gettext_lazy("状态"), lambda row: row["transfer"].get_state_display()),
    )

    def exported_rows(self):
        return (shown(transfer, self.request.user) for transfer in super().exported_rows())


class TransferShow(PortalPage):
    """One transfer with the buttons of the side on which one works."""

    permission = Permission.VIEW_RECORDS
    template_name = "aid/transfer/show.html"

    def get_context_data(self, **kwargs):
        transfer = get_object_or_404(transfers_of(self.request.user), pk=self.kwargs["pk"])
        return super().get_context_data(**shown(transfer, self.request.user), **kwargs)


class TransferMove(PortalView):
    """Agrees, refuses or takes back."""

    permission = Permission.KEEP_RECORDS

    def post(self, request, pk: int, name: str):
        transfer = get_object_or_404(transfers_of(request.user), pk=pk)
        answer = request.POST.get("answer", "").strip()[:200]
        try:
            move_transfer(transfer, name, by=By.of(request), answer=answer)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("已办理。"))
        return redirect("transfer_show", pk)


class TransferTake(FormMixin, PortalPage, ProcessFormView):
    """Takes an offered household into a union of one's own."""

    permission = Permission.KEEP_RECORDS
    template_name = "aid/transfer/take.html"
    form_class = TakeForm
    editing: Editing | None = None

    @cached_property
    def transfer(self) -> Transfer:
        return get_object_or_404(transfers_of(self.request.user), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"editing": self.editing, "user": self.request.user}

    def get_initial(self):
        return {"union": self.transfer.to_union.code}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**shown(self.transfer, self.request.user), **kwargs)

    def form_valid(self, form):
        by = By.of(self.request)
        try:
            home = take_household(self.transfer, **form.cleaned_data, editing=self.editing, by=by)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        except RecordRefused as refused:
            form.refuse(refused.by_field)
        else:
            messages.success(self.request, _("档案已转入。"))
            return redirect("household_detail", home.pk)
        return self.form_invalid(form)
