"""One move for many cases: every row is judged by itself, and what cannot be done is said row by row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from aid.casework.moving import Posted, Why, move_case
from aid.models import AidCase, CaseEvent
from portal.audit import By
from portal.models import Union, User
from portal.workflow import MoveRefused

DECISIONS = frozenset({"check", "approve", "return", "reject"})  # never about two campaigns at once
LARGEST = 1000  # rows in one press: more would hold the lock of the unit for minutes


@dataclass(frozen=True)
class RowOutcome:
    """What became of one case of a batch: `refusal` says why nothing did, `left` what is still to be filled in."""

    case: AidCase
    refusal: str = ""
    repeated: bool = False
    left: str = ""

    @property
    def is_done(self) -> bool:
        return not self.refusal


def lock_unit_of(actor: User) -> Union:
    """The 填报单位 of `actor`, locked before anything is looked at: a batch sent twice at once then acts once."""
    return Union.objects.select_for_update().get(path=actor.union.reporting_path)


@transaction.atomic
def run_batch(pks: Iterable[int], name: str, *, by: By, why: Why, posted: Posted | None = None) -> list[RowOutcome]:
    """Make the move `name` for the cases `pks` in the scope of `by`, each in a savepoint of its own.

    Locks the 填报单位. Writes what `move_case` writes for every row that may be moved; a row that may not leaves the
    others alone. Sent again with the same `why.batch` it does nothing to the rows that were done. Raises MoveRefused,
    with nothing done, for a decision on cases of two campaigns.
    """
    pks = set(pks)
    if name in DECISIONS and len(by_campaign(pks, by.actor)) > 1:
        raise MoveRefused(_("选中的申请属于不同的活动年度，请分年度办理。"))
    lock_unit_of(by.actor)
    done = set(CaseEvent.objects.filter(batch=why.batch).values_list("case", flat=True)) if why.batch else set()
    cases = AidCase.objects.visible_to(by.actor).filter(pk__in=pks).select_related("child").order_by("number", "pk")
    return list(_outcomes(cases, name, done, by=by, why=why, posted=posted))


def by_campaign(pks: Iterable[int], actor: User) -> dict[int, list[int]]:
    """By year of the campaign those of the cases `pks` that are in the scope of `actor`, the latest year first."""
    found: dict[int, list[int]] = {}
    cases = AidCase.objects.visible_to(actor).filter(pk__in=set(pks)).order_by("-campaign__year", "pk")
    for pk, year in cases.values_list("pk", "campaign__year"):
        found.setdefault(year, []).append(pk)
    return found


def _outcomes(cases, name: str, done: set[int], **given) -> Iterator[RowOutcome]:
    for case in cases:
        if case.pk in done:
            yield RowOutcome(case, repeated=True)
            continue
        try:
            with transaction.atomic():
                move_case(case, name, **given)
        except MoveRefused as refused:
            yield RowOutcome(case, refusal=str(refused))
        else:
            yield RowOutcome(case)


def outcomes_of(batch) -> list[RowOutcome]:
    """What the batch of that key did when it was sent first."""
    events = CaseEvent.objects.filter(batch=batch).select_related("case__child").order_by("case__number")
    return [RowOutcome(event.case, repeated=True) for event in events]


def in_words(outcomes: list[RowOutcome]) -> str:
    """How many were done and how many were not."""
    done = sum(outcome.is_done for outcome in outcomes)
    return _("共 %(all)d 条：办理 %(done)d 条，未办理 %(refused)d 条。") % {
        "all": len(outcomes),
        "done": done,
        "refused": len(outcomes) - done,
    }
