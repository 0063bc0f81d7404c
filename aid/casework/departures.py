"""Cases that ask for another sum than the campaign's table grants for their stage, said wherever they are decided."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from aid.enums import CaseState
from aid.models import AidCase, CaseEvent
from aid.models.casework.case_lists import UNDER_WAY
from aid.standards.granted import Granted, Usual, granted
from portal.enums import OwnStandards

UNDECIDED = (CaseState.DRAFT, *UNDER_WAY)


@dataclass(frozen=True)
class Departure:
    """A case, what its table grants, and why it asks for something else, in the words it was submitted with."""

    case: AidCase
    usual: Usual
    why: str = ""

    @property
    def words(self) -> str:
        asked, usual = self.case.standard, self.usual.amount
        words = {"usual": f"{usual:,.2f}", "asked": f"{asked:,.2f}", "apart": f"{abs(asked - usual):,.2f}"}
        # Where units may set their own it has to be said whose it is; elsewhere there is one.
        has_one = self.case.campaign.own_standards == OwnStandards.NONE
        words["whose"] = _("标准") if has_one else self.usual.short
        if asked > usual:
            return _("%(whose)s %(usual)s 元，申请 %(asked)s 元，高出 %(apart)s 元") % words
        return _("%(whose)s %(usual)s 元，申请 %(asked)s 元，低 %(apart)s 元") % words


def departures(cases: Iterable[AidCase], tables: Granted | None = None) -> list[Departure]:
    """Those of `cases` still undecided that ask for more or less than the table, in their order.

    Four questions at the most, however many cases there are, where the `tables` are not known yet; read the cases with
    their campaign.
    """
    cases = [case for case in cases if case.status in UNDECIDED]
    tables = tables or granted(cases)
    apart = [(case, usual) for case in cases if (usual := tables.of(case)) and usual.amount != case.standard]
    told = CaseEvent.objects.filter(case__in=[case.pk for case, _usual in apart], move="submit").order_by("pk")
    why = {event.case_id: event.comment for event in told}  # the last submission's
    return [Departure(case, usual, why.get(case.pk, "")) for case, usual in apart]


def departure_of(case: AidCase) -> Departure | None:
    """How an undecided case departs from the table; None of one that does not, and of one decided long since."""
    return next(iter(departures([case])), None)


def unexplained(case: AidCase, comment: str) -> str:
    """What a case that departs from the table is not submitted without; '' where it does not, or it is said."""
    if comment.strip():
        return ""
    departure = departure_of(case)
    return _("%(words)s，请在“说明”中写明理由。") % {"words": departure.words} if departure else ""
