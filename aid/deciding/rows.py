"""Cases to be decided together: the facts of each, its doubts, and what forbids it; doubtful ones first."""

from collections.abc import Iterable
from dataclasses import dataclass

from aid.deciding.doubts import Told, doubts_of
from aid.deciding.facts import RELATED, CaseFacts, facts_of
from aid.deciding.steps import against_move
from aid.models import AidCase
from portal.models import User
from portal.records.needing import works_on
from portal.workflow import Move


@dataclass(frozen=True)
class DecisionRow:
    """One case of a table of decisions; `cause` is '' for who does not work on the family."""

    facts: CaseFacts
    doubts: list[Told]
    hindrances: list[str]
    cause: str

    @property
    def case(self) -> AidCase:
        return self.facts.case


def decision_rows(cases: Iterable[AidCase], actor: User, move: Move) -> list[DecisionRow]:
    """The rows of `cases`, those with the most doubts first; as many queries for a thousand as for one.

    Each tells also what keeps `actor` from passing it by `move`, where it can be passed as it stands.
    """
    facts = facts_of(cases, actor)
    against = against_move([each.case for each in facts], move, actor)
    rows = [DecisionRow(each, doubts_of(each), against.get(each.case.pk, []), _cause(each, actor)) for each in facts]
    return sorted(rows, key=lambda row: (-len(row.hindrances), -len(row.doubts)))


def _cause(facts: CaseFacts, actor: User) -> str:
    home = facts.case.child.household
    return (home.get_main_cause_display() or home.cause) if works_on(actor, home) else ""


def to_be_decided(cases):
    """`cases` with what their rows read of them, those applied for first before others."""
    return cases.with_intake().select_related(*RELATED).order_by("applied_on", "pk")
