"""Cases that ask for another sum than the campaign's table grants for their stage, said wherever they are decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from aid.enums import CaseState
from aid.models import AidCase, AidStandard, CaseEvent
from aid.models.casework.case_lists import UNDER_WAY

UNDECIDED = (CaseState.DRAFT, *UNDER_WAY)


@dataclass(frozen=True)
class Departure:
    """A case, what the table grants, and why it asks for something else, in the words it was submitted with."""

    case: AidCase
    usual: Decimal
    why: str = ""

    @property
    def words(self) -> str:
        apart = self.case.standard - self.usual
        words = {"usual": f"{self.usual:,.2f}", "asked": f"{self.case.standard:,.2f}", "apart": f"{abs(apart):,.2f}"}
        if apart > 0:
            return _("标准 %(usual)s 元，申请 %(asked)s 元，高出 %(apart)s 元") % words
        return _("标准 %(usual)s 元，申请 %(asked)s 元，低 %(apart)s 元") % words


def usual_sums(campaigns: Iterable[int | None]) -> dict[tuple[int, str], Decimal]:
    """What the tables of the campaigns grant, in yuan, by campaign and stage; one question."""
    rows = AidStandard.objects.filter(campaign__in=set(campaigns))
    return {(row.campaign_id, row.stage): row.amount for row in rows}


def departures(cases: Iterable[AidCase]) -> list[Departure]:
    """Those of `cases` still undecided that ask for more or less than the table, in their order; two questions."""
    cases = [case for case in cases if case.status in UNDECIDED]
    usual = usual_sums({case.campaign_id for case in cases})
    apart = [case for case in cases if usual.get((case.campaign_id, case.stage), case.standard) != case.standard]
    told = CaseEvent.objects.filter(case__in=apart, move="submit").order_by("pk")
    why = {event.case_id: event.comment for event in told}  # the last submission's
    return [Departure(case, usual[case.campaign_id, case.stage], why.get(case.pk, "")) for case in apart]


def departure_of(case: AidCase) -> Departure | None:
    """How an undecided case departs from the table; None of one that does not, and of one decided long since."""
    return next(iter(departures([case])), None)


def unexplained(case: AidCase, comment: str) -> str:
    """What a case that departs from the table is not submitted without; '' where it does not, or it is said."""
    if comment.strip():
        return ""
    departure = departure_of(case)
    return _("%(words)s，请在“说明”中写明理由。") % {"words": departure.words} if departure else ""
