"""Proposed graduates: the list, its export, declining one and taking one up after all."""

import django_filters
from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.enums import Stage
from aid.models import Child
from aid.views.payments.overview import campaign_in
from employment.forms.proposal import DeclineForm
from employment.models import DeclinedProposal
from employment.proposals.services import TERTIARY, decline_proposal, declined, proposed, school_ends_on, take_up_again
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.models import Campaign
from portal.records.attribute import Attribute, relations
from portal.records.exporting.answer import list_file
from portal.records.exporting.resource import ListResource, by_place
from portal.records.filters import CodeFilter, UnionFilter
from portal.records.lists.paging import Keyset, turn_to
from portal.records.lists.table import table
from portal.refusals.lookup import get_object_or_404
from portal.views.listing import address_with
from portal.web.base import PortalPage, PortalView
from portal.workflow import MoveRefused

BY_NAME = Keyset("initials")
CHUNK = 500
PLACES = ("after", "before", "last")
COLUMNS = (
    Attribute("name", link="self"),
    Attribute("school", minor=True),
    Attribute("household.number", label=gettext_lazy("家庭档案"), link="household", minor=True),
    Attribute("household.worker_name", link="household", minor=True),
    Attribute("union", minor=True),
)
FURTHER_HEADINGS = (
    gettext_lazy("学段"),
    gettext_lazy("毕业日期"),
    gettext_lazy("毕业日期来源"),
    gettext_lazy("处理情况"),
)
STATES = (("proposed", gettext_lazy("待处理")), ("declined", gettext_lazy("暂不登记")))


class ProposalFilters(django_filters.FilterSet):
    union = UnionFilter()
    stage = CodeFilter(
        label=gettext_lazy("学段"),
        choices=[(stage.value, stage.label) for stage in Stage if stage in TERTIARY],
        field_name="last_stage",
    )


class ProposalPage(PortalPage):
    """What the address asks: the year, whether those who wait or those declined, filters. Faulty ones answer 400."""

    permission = Permission.VIEW_RECORDS

    @cached_property
    def campaign(self) -> Campaign | None:
        return campaign_in(self.request)

    @property
    def state(self) -> str:
        return "declined" if self.request.GET.get("state") == "declined" else "proposed"

    def of_state(self, state: str):
        children = Child.objects.visible_to(self.request.user)
        return {"proposed": proposed, "declined": declined}[state](children, self.campaign.year)

    @cached_property
    def children(self):
        return self.of_state(self.state)

    @cached_property
    def filterset(self) -> ProposalFilters:
        return ProposalFilters(self.request.GET, queryset=self.children, request=self.request)

    @property
    def chosen(self):
        found = self.filterset.qs if self.filterset.is_valid() else self.children.none()
        return found.select_related(*relations(Child, [column.path for column in COLUMNS]), "union")

    def address(self, *without: str, name: str = "proposal_list", **changes: str) -> str:
        return reverse(name) + address_with(self.request, **dict.fromkeys((*PLACES, *without)) | changes)


class ProposalList(ProposalPage):
    """Who is put forward this year, with what a clerk does about it; and who was declined, to be taken up after all."""

    template_name = "employment/proposal/list.html"

    def get(self, request, *args, **kwargs):
        if self.campaign is None:
            return self.render_to_response(super().get_context_data(campaign=None, **kwargs))
        context = self.get_context_data(**kwargs)
        return self.render_to_response(context, status=200 if self.filterset.is_valid() else 400)

    def get_context_data(self, **kwargs):
        page = turn_to(self.request.GET, self.chosen, self.children, BY_NAME)
        places = {"first": page.first, "previous": page.previous, "next": page.next, "last": page.last}
        may_export = can(self.request.user, Permission.EXPORT_LISTS)
        return super().get_context_data(
            campaign=self.campaign,
            campaigns=Campaign.objects.all(),
            state=self.state,
            hidden={"state": self.state},
            tabs=[
                (words, self.of_state(state).count(), self.address(state=state), state == self.state)
                for state, words in STATES
            ],
            filterset=self.filterset,
            page=page,
            rows=self._rows(page.records),
            headings=[(column.heading(Child), column.minor) for column in COLUMNS],
            pages={name: self.address(**place) for name, place in places.items() if place is not None},
            export_url=self.address(name="proposal_export") if may_export else "",
            may_keep=can(self.request.user, Permission.KEEP_RECORDS),
            **kwargs,
        )

    def _rows(self, children: list[Child]) -> list[dict]:
        decisions = decisions_on(children, self.campaign) if self.state == "declined" else {}
        cells = table(COLUMNS, Child, children, self.request.user.union.path).rows
        return [
            {
                "child": child,
                "cells": row,
                "degree": Stage(child.last_stage).label,
                "ends_on": school_ends_on(child),
                "is_estimated": not child.graduates_on,
                "decision": decisions.get(child.pk),
            }
            for child, row in zip(children, cells, strict=True)
        ]


def decisions_on(children: list[Child], campaign: Campaign) -> dict[int, DeclinedProposal]:
    """The decline of each child in the campaign's year. One query."""
    found = DeclinedProposal.objects.filter(child__in=children, year=campaign.year).select_related("declined_by")
    return {decision.child_id: decision for decision in found}


class ProposalExport(ProposalPage):
    """The children chosen, all pages, as a workbook. Writes one audit row."""

    permission = Permission.EXPORT_LISTS

    def get(self, request, *args, **kwargs):
        if self.campaign is None or not self.filterset.is_valid():
            messages.error(request, _("筛选条件有误，没有导出。请更正后再试。"))
            return redirect("proposal_list")
        title = _("拟登记毕业生 %(year)s") % {"year": self.campaign}
        headings = [*(column.heading(Child) for column in COLUMNS), *FURTHER_HEADINGS]
        resource = ListResource(_("拟登记毕业生"), by_place(headings))
        audit.record(AuditAction.EXPORTED, by=By.of(request), subject=title, count=self.chosen.count())
        return list_file(request, resource, self._rows(), name=f"{title}_{localdate():%Y%m%d}")

    def _rows(self):
        scope = self.request.user.union.path
        of_year = DeclinedProposal.objects.filter(year=self.campaign.year)
        children = self.chosen.prefetch_related(Prefetch("declined", of_year, to_attr="decisions"))
        for child in BY_NAME.sort(children).iterator(chunk_size=CHUNK):
            shown = [column.text(child, scope) for column in COLUMNS]
            estimated = "" if child.graduates_on else _("推算")
            yield [*shown, str(Stage(child.last_stage).label), school_ends_on(child), estimated, self._decided(child)]

    def _decided(self, child: Child) -> str:
        """What the page tells of its handling: why it was declined, else that it waits."""
        if not child.decisions:
            return str(dict(STATES)[self.state])
        (decision,) = child.decisions
        return "：".join(filter(None, [str(decision.get_reason_display()), decision.text]))


class ProposalDecline(FormMixin, PortalPage, ProcessFormView):
    """Why one child is not taken up this year."""

    permission = Permission.KEEP_RECORDS
    template_name = "employment/proposal/decline.html"
    form_class = DeclineForm

    @cached_property
    def child(self) -> Child:
        visible = Child.objects.visible_to(self.request.user).select_related("union", "household")
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    def get(self, request, *args, **kwargs):
        get_object_or_404(proposed(Child.objects.filter(pk=self.child.pk), self.kwargs["year"]))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        shown = {"child": self.child, "year": self.kwargs["year"], "back_url": list_of(self.kwargs["year"])}
        return super().get_context_data(**kwargs | shown)

    def form_valid(self, form):
        by = By.of(self.request)
        try:
            decline_proposal(self.child, year=self.kwargs["year"], **form.cleaned_data, by=by)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("已登记为暂不登记，可在“暂不登记”中恢复。"))
        return redirect(list_of(self.kwargs["year"]))


class ProposalTakeUp(PortalView):
    """A declined child is put forward again."""

    permission = Permission.KEEP_RECORDS
    http_method_names = ["post", "options"]

    def post(self, request, *args, **kwargs):
        visible = Child.objects.visible_to(request.user).select_related("union")
        child = get_object_or_404(visible, pk=kwargs["pk"])
        take_up_again(child, year=kwargs["year"], by=By.of(request))
        messages.success(request, _("已恢复到拟登记名单。"))
        return redirect(list_of(kwargs["year"]))


def list_of(year: int) -> str:
    return f"{reverse('proposal_list')}?campaign={year}"
