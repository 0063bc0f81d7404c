"""Visits and calls to many by one form, and the cases that the calls were about."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model

from aid.casework.moving import Why, move_case
from aid.casework.received import NOT_ASKED, Received
from aid.enums import FollowUpKind
from aid.models import AidCase
from aid.visits.services import Results, add_results
from portal.audit import By
from portal.records.editing import Editing, create_records
from portal.records.editing.saving import kept_whole
from portal.workflow import MoveRefused


class CaseRefused(Exception):  # noqa: N818  named after what happens to the case
    """A case that cannot be recorded as followed up: nothing is saved."""

    def __init__(self, case: AidCase, refused: MoveRefused):
        super().__init__(case, refused)
        self.case = case
        self.refused = refused


def record_visits(
    editing: Editing,
    *,
    to: type[Model],
    rows: Sequence[tuple[int, Mapping[str, Any]]],
    ask: Sequence[FollowUpKind] = (),
    follow_up: Sequence[AidCase] = (),
    received: Received = NOT_ASKED,
    by: By,
    key: UUID,
    digest: str,
) -> list[Model]:
    """Make a visit to each of many children, graduates or workers: pairs of the key of one of `to` and the values.

    All or nothing, once for each `key`: the visits with a version and an audit row of each, what each asks for (`ask`),
    then the move of the cases `follow_up`, which the calls were about, each with what was said of the money. Raises as
    `create_records` does, and CaseRefused.
    """
    with kept_whole():
        made = create_records(editing, rows=rows, by=by, key=key, digest=digest, above=to, each_audited=True)
        for visit in made if ask else ():
            add_results(visit, Results(ask), by=by)
        for case in follow_up:
            try:
                move_case(case, "follow_up", by=by, why=Why(batch=key), received=received)
            except MoveRefused as refused:
                raise CaseRefused(case, refused) from None
    return made
