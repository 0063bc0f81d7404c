"""Standards that units set for themselves: all of the own scope, one of them, setting them, and the city's answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.enums import Stage, TableState
from aid.forms.case import UnitTableForm
from aid.models import AidStandard, UnitStandard, UnitTable
from aid.standards.own import TABLE_WORKFLOW, amounts_of, answer_own, refusal_of_own, set_own
from portal.access import Permission
from portal.audit import By
from portal.models import Campaign
from portal.records.attribute import as_text
from portal.records.exporting.resource import ExportColumn
from portal.records.lists.paging import Keyset, turn_to
from portal.refusals.lookup import get_object_or_404
from portal.views.exporting import WholeListExport
from portal.views.listing import export_address, page_addresses
from portal.web.base import PortalPage, PortalView
from portal.workflow import MoveRefused

LATEST_FIRST = Keyset.parse("-id")


def tables_seen(user) -> QuerySet[UnitTable]:
    """The tables in the scope of `user`, with what a row of the list shows."""
    rows = Prefetch("standards", UnitStandard.objects.order_by("pk"))
    related = ("union", "campaign", "set_by", "decided_by")
    return UnitTable.objects.visible_to(user).select_related(*related).prefetch_related(rows)


def by_stage(table: UnitTable) -> dict[str, object]:
    return {row.stage: row.amount for row in table.standards.all()}


class UnitTableList(PortalPage):
    """The tables of the own scope, the latest first; `?state=` narrows them."""

    permission = Permission.VIEW_RECORDS
    template_name = "aid/unittable/list.html"

    @property
    def state(self) -> str:
        asked = self.request.GET.get("state", "")
        return asked if asked in TableState.values else ""

    def get_rows(self) -> QuerySet[UnitTable]:
        seen = tables_seen(self.request.user)
        return seen.filter(state=self.state) if self.state else seen

    def get_context_data(self, **kwargs):
        page = turn_to(self.request.GET, self.get_rows(), tables_seen(self.request.user), LATEST_FIRST)
        rows = [(table, [as_text(by_stage(table).get(stage)) for stage in Stage]) for table in page.records]
        shown = {"rows": rows, "stages": Stage.labels, "pages": page_addresses(self.request, page)}
        shown |= {
            "states": TableState.choices,
            "state": self.state,
            "export_url": export_address(self.request, "unittable_export"),
        }
        return super().get_context_data(**shown, **kwargs)


def _amount(stage: Stage) -> ExportColumn:
    return ExportColumn(stage.label, lambda table: by_stage(table).get(stage))


class UnitTableExport(WholeListExport, UnitTableList):
    permission = Permission.EXPORT_LISTS
    title = gettext_lazy("单位自定帮扶标准")
    list_name = "unittable_list"
    columns = (
        ExportColumn(gettext_lazy("填报单位"), lambda table: table.union.name),
        ExportColumn(gettext_lazy("活动年度"), lambda table: table.campaign.year),
        *map(_amount, Stage),
        ExportColumn(gettext_lazy("依据"), lambda table: table.grounds),
        ExportColumn(gettext_lazy("状态"), lambda table: table.get_state_display()),
        ExportColumn(gettext_lazy("设定人"), lambda table: table.set_by.name),
        ExportColumn(gettext_lazy("核准人"), lambda table: table.decided_by.name if table.decided_by else ""),
        ExportColumn(gettext_lazy("开始执行"), lambda table: table.holds_from),
        ExportColumn(gettext_lazy("停止执行"), lambda table: table.holds_until),
        ExportColumn(gettext_lazy("答复"), lambda table: table.answer),
    )

    def filters_used(self):
        return [_("状态")] if self.state else []


class UnitTableShow(PortalPage):
    """One table beside the city's, and what may be done with it now."""

    permission = Permission.VIEW_RECORDS
    template_name = "aid/unittable/show.html"

    @cached_property
    def table(self) -> UnitTable:
        return get_object_or_404(tables_seen(self.request.user), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        table, user = self.table, self.request.user
        return super().get_context_data(
            table=table,
            rows=beside_the_city(table),
            moves=list(TABLE_WORKFLOW.open_to(table, user)),
            set_url=""
            if refusal_of_own(table.campaign, user)
            else reverse("unittable_set", args=[table.campaign.year]),
            **kwargs,
        )


def beside_the_city(table: UnitTable) -> list[tuple[str, str, str]]:
    """By stage what the city grants, and what the table does."""
    city = from_city(table.campaign)
    own = by_stage(table)
    return [(str(stage.label), as_text(city.get(stage)), as_text(own.get(stage))) for stage in Stage]


def from_city(campaign: Campaign) -> dict:
    return dict(AidStandard.objects.filter(campaign=campaign).values_list("stage", "amount"))


class UnitTableMove(PortalView):
    """The city's answer to one table."""

    permission = Permission.MANAGE_CAMPAIGNS
    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        table = get_object_or_404(tables_seen(request.user), pk=pk)
        if name not in TABLE_WORKFLOW.by_name:
            raise Http404
        try:
            answer_own(table, name, answer=request.POST.get("answer", ""), by=By.of(request))
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("unittable_show", pk)
        words = {"move": TABLE_WORKFLOW.by_name[name].label, "unit": table.union.name}
        messages.success(request, _("已完成：%(move)s，%(unit)s。") % words)
        return redirect("unittable_show", pk)


class UnitTableSet(FormMixin, PortalPage, ProcessFormView):
    """What the own unit grants in one campaign, filled in with what waits or holds."""

    permission = Permission.APPROVE_CASES
    template_name = "aid/unittable/edit.html"
    form_class = UnitTableForm

    @cached_property
    def campaign(self) -> Campaign:
        campaign = get_object_or_404(Campaign, year=self.kwargs["year"])
        if reason := refusal_of_own(campaign, self.request.user):
            raise PermissionDenied(reason)
        return campaign

    @cached_property
    def standing(self) -> dict[str, UnitTable]:
        """By state what waits for the city and what holds: one of each at most."""
        states = (TableState.ASKED, TableState.IN_FORCE)
        own = UnitTable.objects.filter(union=self.request.user.union, campaign=self.campaign, state__in=states)
        return {table.state: table for table in own.order_by("pk")}

    @property
    def latest(self) -> UnitTable | None:
        return self.standing.get(TableState.ASKED) or self.standing.get(TableState.IN_FORCE)

    def get_form_kwargs(self):
        amounts = amounts_of(self.latest) if self.latest else {}
        return super().get_form_kwargs() | {"amounts": amounts, "from_city": from_city(self.campaign)}

    def get_initial(self):
        return {"grounds": self.latest.grounds if self.latest else ""}

    def get_context_data(self, **kwargs):
        holding = self.standing.get(TableState.IN_FORCE)
        return super().get_context_data(campaign=self.campaign, latest=self.latest, holding=holding, **kwargs)

    def form_valid(self, form):
        try:
            made = set_own(self.campaign, form.amounts, grounds=form.cleaned_data["grounds"], by=By.of(self.request))
        except ValidationError as refused:
            form.show(refused)
            return self.form_invalid(form)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        words = _("已保存，等市总核准后执行。") if made.is_asked else _("已保存，从今天起执行。")
        messages.success(self.request, words)
        return redirect("unittable_show", made.pk)
