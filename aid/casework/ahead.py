"""What keeps a case from going on, and where its money is: told beside it to who works on it."""

from collections.abc import Iterator

from django.utils.functional import Promise

from aid.enums import CaseState, LineResult
from aid.guards import against_following_up
from aid.models import AidCase, PaymentBatch
from aid.workflow import AID_CASE_WORKFLOW
from portal.access import Permission, can
from portal.models import User
from portal.workflow import Move


def hindrances(case: AidCase, user: User) -> Iterator[tuple[str | Promise, str]]:
    """The moves that bring it on which the person could make but for their condition, with the reason in words.

    Of those that undo something nothing is said where they are not open: nobody came for them.
    """
    for move in AID_CASE_WORKFLOW.moves:
        may = case.status in move.sources and not move.reason and can(user, move.permission)
        if may and not waits_for_money(case, move) and (words := move.hindrance(case, user)):
            yield move.label, words


def waits_for_money(case: AidCase, move: Move) -> bool:
    """Whether the move only waits for the payment, of which the page tells where it is."""
    return move.name == "follow_up" and case.status == CaseState.APPROVED


def payment_of(case: AidCase, user: User) -> dict:
    """Where the money of an approved case is that was not paid yet: its live batch, or that it is in none."""
    if case.status != CaseState.APPROVED or not against_following_up(case, user):
        return {}
    live = PaymentBatch.objects.visible_to(user).filter(items__case=case, items__result=LineResult.PENDING)
    return {"unpaid": True, "batch": live.first(), "may_prepare": can(user, Permission.PREPARE_PAYMENTS)}
