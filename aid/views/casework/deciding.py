"""Deciding many cases: all that wait for a lead on one page, year by year, with what bears on each."""

import uuid
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from aid.casework.waiting import held_up, ready
from aid.deciding.rows import DecisionRow, decision_rows, to_be_decided
from aid.enums import CaseReason
from aid.models import AidCase
from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.models import Campaign
from portal.web.base import PortalPage

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
    """What a lead may approve today, and what is held up and why. Who reads it is kept in the audit log, once."""

    permission = Permission.APPROVE_CASES
    template_name = "aid/aidcase/decide.html"

    @cached_property
    def years(self) -> list[YearOfCases]:
        found = to_be_decided(ready(AidCase.objects.visible_to(self.request.user), self.request.user))
        by_year = groupby(found.order_by("-campaign__year", "applied_on", "pk"), key=lambda case: case.campaign)
        return [self._year(campaign, list(cases)) for campaign, cases in by_year]

    def _year(self, campaign: Campaign, cases: list[AidCase]) -> YearOfCases:
        rows = decision_rows(cases[:MOST_OF_A_YEAR], self.request.user)
        return YearOfCases(campaign, len(cases), rows, uuid.uuid4())

    def get_context_data(self, **kwargs):
        user = self.request.user
        waiting = held_up(AidCase.objects.visible_to(user), user)
        held = decision_rows(to_be_decided(waiting)[:MOST_OF_A_YEAR], user)
        rows = [row for year in self.years for row in year.rows]
        numbers = [row.case.number for row in (*rows, *held)]
        if numbers:
            subject, told = _("待审批名单"), "、".join(numbers)
            audit.record(AuditAction.VIEWED, by=By.of(self.request), subject=subject, count=len(numbers), case=told)
        return super().get_context_data(
            years=self.years,
            rows=held if self.request.GET.get("held") else rows,
            total=sum(year.total for year in self.years),
            held=held,
            held_total=waiting.count(),
            reasons=CaseReason.choices,
            **kwargs,
        )
