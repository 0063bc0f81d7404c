"""Deciding many cases: all that wait for a lead on one page, year by year, with what bears on each."""

import uuid
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import cached_property

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
from portal.web.base import PortalPage
from portal.workflow import Move

MOST_OF_A_YEAR = 200


@dataclass(frozen=True)
class YearOfCases:
    """The cases of one campaign that wait: how many there are, those that stand on the page, the key of its form."""

    campaign: Campaign
    total: int
    rows: list[DecisionRow]
    key: uuid.UUID

    @property
    def has_more(self) -> bool:
        return self.total > len(self.rows)


class CaseDecide(PortalPage):
    """What a lead may pass today at a `step`, and what is held up and why. Who reads it is kept in the log, once."""

    permission = Permission.APPROVE_CASES
    template_name = "aid/aidcase/decide.html"
    step: DecidingStep = APPROVE

    @property
    def cases(self) -> AidCaseQuerySet:
        return AidCase.objects.visible_to(self.request.user)

    @property
    def move(self) -> Move:
        return AID_CASE_WORKFLOW.by_name[self.step.move]

    @cached_property
    def years(self) -> list[YearOfCases]:
        found = to_be_decided(self.step.waiting(self.cases, self.request.user))
        by_year = groupby(found.order_by("-campaign__year", "applied_on", "pk"), key=lambda case: case.campaign)
        return [self._year(campaign, list(cases)) for campaign, cases in by_year]

    def _year(self, campaign: Campaign, cases: list[AidCase]) -> YearOfCases:
        rows = decision_rows(cases[:MOST_OF_A_YEAR], self.request.user, self.move)
        return YearOfCases(campaign, len(cases), rows, uuid.uuid4())

    def get_context_data(self, **kwargs):
        user, step = self.request.user, self.step
        waiting = step.held(self.cases, user)
        held = decision_rows(to_be_decided(waiting)[:MOST_OF_A_YEAR], user, self.move)
        rows = [row for year in self.years for row in year.rows]
        total = sum(year.total for year in self.years)
        numbers = [row.case.number for row in (*rows, *held)]
        if numbers:
            told = {"count": len(numbers), "case": "、".join(numbers)}
            audit.record(AuditAction.VIEWED, by=By.of(self.request), subject=str(step.subject), **told)
        return super().get_context_data(
            years=self.years,
            rows=held if self.request.GET.get("held") else rows,
            total=total,
            counted=step.count % {"total": total},
            held=held,
            held_total=waiting.count(),
            reasons=CaseReason.choices,
            step=step,
            move=self.move,
            **kwargs,
        )
