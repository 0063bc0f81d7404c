"""The plan of visits, and the route list that one takes along."""

import django_filters
from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.audit_words import VISIT_PLAN
from aid.views.payments.overview import campaign_in
from aid.visits.counts import visits_of
from aid.visits.plan import BY_STREET, STATES, Covered, PlanGroup
from portal import audit
from portal.access import Permission, can, path_range
from portal.audit import By
from portal.enums import AuditAction, RevealReason
from portal.models import Campaign, Union
from portal.records.exporting.answer import list_file
from portal.records.exporting.resource import ListResource, by_place
from portal.records.filters import CodeFilter, UnionFilter
from portal.records.lists.paging import turn_to
from portal.records.lists.table import table
from portal.views.listing import address_with
from portal.web.base import PortalPage

MOST_ON_A_ROUTE = 300
ROUTE_REASONS = (RevealReason.VISIT, RevealReason.CALL)
CHUNK = 500
PLACES = ("after", "before", "last")


class PlanFilters(django_filters.FilterSet):
    """Street, school, and whether somebody was there. Set `group` before asking."""

    group: PlanGroup
    union = UnionFilter(label=gettext_lazy("工会（街镇）"))
    school = django_filters.CharFilter(
        label=gettext_lazy("学校"),
        method="in_school",
        max_length=50,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    state = CodeFilter(label=gettext_lazy("走访情况"), choices=STATES, field_name="state")

    def in_school(self, people, _name, value):
        """Of children still in scope: the school of one who moved away is not to be found out by asking."""
        here = path_range(self.request.user.union.path, f"{self.group.home}__union_path")
        return people.filter(here, **{f"{self.group.school}__contains": value})


class PlanPage(PortalPage):
    """What the address asks: campaign, group of people, filters. Faulty ones are said, show nothing and answer 400."""

    permission = Permission.VIEW_RECORDS
    groups: tuple[PlanGroup, ...] = ()

    @cached_property
    def campaign(self) -> Campaign | None:
        return campaign_in(self.request)

    @cached_property
    def group(self) -> PlanGroup:
        asked = self.request.GET.get("group", self.groups[0].slug)
        found = next((group for group in self.groups if group.slug == asked), None)
        if found is None:
            raise Http404(_("没有这一类走访对象。"))
        return found

    @cached_property
    def people(self):
        return self.group.people(self.request.user, self.campaign)

    @cached_property
    def filterset(self) -> PlanFilters:
        filters = PlanFilters(self.request.GET, queryset=self.people, request=self.request)
        filters.group = self.group
        return filters

    @property
    def chosen(self):
        return self.filterset.qs if self.filterset.is_valid() else self.people.none()

    def visit_url(self, person) -> str:
        """Where a visit to the person is entered; '' for those who may not, and for who moved away."""
        name, key = self.group.subject
        is_here = bool(self.group.columns[0].url(person, self.request.user.union.path))
        may_keep = can(self.request.user, Permission.KEEP_RECORDS)
        return f"{reverse('visit_create')}?{name}={getattr(person, key)}" if may_keep and is_here else ""

    def address(self, *without: str, name: str = "visitplan", **changes: str) -> str:
        """The address of this page, or of `name`, with other parameters."""
        return reverse(name) + address_with(self.request, **dict.fromkeys((*PLACES, *without)) | changes)


class VisitPlan(PlanPage):
    """Who is due and who was visited: a tab for each group, coverage by union, and the people, street by street."""

    template_name = "aid/visitplan/show.html"

    def get(self, request, *args, **kwargs):
        if self.campaign is None:
            return self.render_to_response(super().get_context_data(campaign=None, **kwargs))
        context = self.get_context_data(**kwargs)
        return self.render_to_response(context, status=200 if self.filterset.is_valid() else 400)

    def get_context_data(self, **kwargs):
        user, group, top = self.request.user, self.group, self._top()
        by_union, moved = visits_of(group, user, self.campaign, top)
        page = turn_to(self.request.GET, group.joined(self.chosen), self.people, BY_STREET)
        return super().get_context_data(
            campaign=self.campaign,
            campaigns=Campaign.objects.all(),
            group=group,
            tabs=[(each, self.address("state", "school", group=each.slug), each is group) for each in self.groups],
            filterset=self.filterset,
            hidden={"group": group.slug},
            moved=moved,
            counts=self._counts(sum(by_union.values(), Covered())),
            units=self._units(by_union, top),
            top=top,
            page=page,
            rows=self._rows(page.records),
            headings=[column.heading(group.model) for column in group.columns],
            pages=self._pages(page),
            route_url=self.address(name="visitplan_route") if can(user, Permission.REVEAL_ALONE) else "",
            forms_url=self.address(name="visitplan_forms"),
            export_url=self.address(name="visitplan_export") if can(user, Permission.EXPORT_LISTS) else "",
            most=MOST_ON_A_ROUTE,
            reveal_reasons=[(reason.value, reason.label) for reason in ROUTE_REASONS],
            **kwargs,
        )

    def _top(self) -> Union:
        form = self.filterset.form
        return (form.is_valid() and form.cleaned_data["union"]) or self.request.user.union

    def _counts(self, found: Covered) -> list[tuple]:
        """Words, number and the list that the number counts: of the union chosen, whatever the other filters."""
        numbers = {"": found.people, "due": found.due, "door": found.door, "call": found.reached - found.door}
        words = {"": _("应走访"), **dict(STATES)}
        return [
            (words[state], number, self.address("state", "school", **({"state": state} if state else {})))
            for state, number in numbers.items()
        ]

    def _units(self, by_union: dict[str, Covered], top: Union) -> list[tuple]:
        """Each union right below with its coverage and its own plan; what `top` keeps itself has no list of its own."""
        unions = Union.objects.in_union(top).filter(path__in=by_union).order_by("code")
        return [
            (
                _("%(union)s（本级）") % {"union": union} if union == top else union.name,
                by_union[union.path],
                "" if union == top else self.address("state", "school", union=union.code),
            )
            for union in unions
        ]

    def _rows(self, people: list) -> list[dict]:
        group, user, words = self.group, self.request.user, dict(STATES)
        cells = table(group.columns, group.model, people, user.union.path).rows
        return [
            {
                "cells": row,
                "state": words[person.state],
                "is_due": person.state == "due",
                "visit_url": self.visit_url(person),
            }
            for person, row in zip(people, cells, strict=True)
        ]

    def _pages(self, page) -> dict[str, str]:
        places = {"first": page.first, "previous": page.previous, "next": page.next, "last": page.last}
        return {name: self.address(**place) for name, place in places.items() if place is not None}


class VisitPlanExport(PlanPage):
    """The people chosen, all pages, as a workbook. Writes one audit row."""

    permission = Permission.EXPORT_LISTS

    def get(self, request, *args, **kwargs):
        if self.campaign is None:
            return redirect("visitplan")
        if not self.filterset.is_valid():
            messages.error(request, _("筛选条件有误，没有导出。请更正后再试。"))
            return redirect("visitplan")
        title = f"{VISIT_PLAN} {self.campaign} {self.group.title}"
        people = BY_STREET.sort(self.group.joined(self.chosen))
        headings = [*(column.heading(self.group.model) for column in self.group.columns), _("走访情况")]
        resource = ListResource(self.group.title, by_place(headings))
        audit.record(AuditAction.EXPORTED, by=By.of(request), subject=title, count=self.chosen.count())
        return list_file(request, resource, self._rows(people), name=f"{title}_{localdate():%Y%m%d}")

    def _rows(self, people):
        scope, words = self.request.user.union.path, dict(STATES)
        for person in people.iterator(chunk_size=CHUNK):
            yield [*(column.text(person, scope) for column in self.group.columns), str(words[person.state])]
