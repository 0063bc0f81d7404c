"""Deciding many cases: all that wait for a lead on one page, year by year, with what bears on each."""

from itertools import groupby

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

from aid.deciding.choosing import ROWS, Choice, YearOfCases
from aid.deciding.rows import DecisionRow, decision_rows, to_be_decided
from aid.deciding.steps import APPROVE, DecidingStep
from aid.enums import CaseReason
from aid.models import AidCase
from aid.models.casework.case_lists import AidCaseQuerySet
from aid.workflow import AID_CASE_WORKFLOW
from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.models import Campaign
from portal.text import as_key
from portal.views.listing import address_with
from portal.web.base import PortalPage
from portal.workflow import Move


class CaseDecide(PortalPage):
    """What a lead may pass today at a `step`, and what is held up and why. Who reads it is kept in the log, once.

    Each campaign is a form of its own. Sent here, not to be decided, it turns to another page of that campaign and
    keeps what was ticked. With `held` only what is held up is listed, on pages.
    """

    permission = Permission.APPROVE_CASES
    template_name = "aid/aidcase/decide.html"
    step: DecidingStep = APPROVE

    @property
    def cases(self) -> AidCaseQuerySet:
        return AidCase.objects.visible_to(self.request.user)

    @property
    def move(self) -> Move:
        return AID_CASE_WORKFLOW.by_name[self.step.move]

    @property
    def only_held(self) -> bool:
        return bool(self.request.GET.get("held"))

    @cached_property
    def years(self) -> list[YearOfCases]:
        if self.only_held:
            return []
        found = to_be_decided(self.step.waiting(self.cases, self.request.user))
        turned = as_key(self.request.POST.get("year", ""))
        if turned is not None:
            found = found.filter(campaign__year=turned)
        by_year = groupby(found.order_by("-campaign__year", "applied_on", "pk"), key=lambda case: case.campaign)
        return [self._year(campaign, self._rows(cases)) for campaign, cases in by_year]

    def _year(self, campaign: Campaign, rows: list[DecisionRow]) -> YearOfCases:
        data = self.request.POST
        return YearOfCases(campaign, rows, as_key(data.get("page", "")) or 1, Choice.sent(data))

    def _rows(self, cases) -> list[DecisionRow]:
        return decision_rows(cases, self.request.user, self.move)

    @cached_property
    def held(self) -> Page:
        rows: list[DecisionRow] = []
        if self.request.method != "POST":
            rows = self._rows(to_be_decided(self.step.held(self.cases, self.request.user)))
        return Paginator(rows, ROWS).get_page(self.request.GET.get("page"))

    def post(self, request, *args, **kwargs):
        return self.get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        rows = [row for year in self.years for row in year.page]
        self._keep_view([*rows, *self.held])
        total = sum(year.total for year in self.years)
        return super().get_context_data(
            years=self.years,
            rows=self.held.object_list if self.only_held else rows,
            total=total,
            counted=self.step.count % {"total": total},
            only_held=self.only_held,
            held=self.held,
            held_total=self.held.paginator.count,
            held_pages=self._held_pages(),
            reasons=CaseReason.choices,
            step=self.step,
            move=self.move,
            **kwargs,
        )

    def _held_pages(self) -> dict[str, str]:
        held = self.held
        numbers = {
            "previous": held.has_previous() and held.previous_page_number(),
            "next": held.has_next() and held.next_page_number(),
        }
        return {name: address_with(self.request, held="yes", page=number) for name, number in numbers.items() if number}

    def _keep_view(self, rows: list[DecisionRow]) -> None:
        if rows:
            told = {"count": len(rows), "case": "、".join(row.case.number for row in rows)}
            audit.record(AuditAction.VIEWED, by=By.of(self.request), subject=str(self.step.subject), **told)
