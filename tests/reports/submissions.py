"""Reports in any state, handed in with figures of our choosing: quicker than freezing records."""

import itertools
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from portal.models import Campaign, Union, User
from reports.enums import ReportState
from reports.figures import FIGURES
from reports.handed_in.guard import allowed_moves
from reports.models import Adjustment, FrozenFigure, FrozenRecords, Report, Submission
from reports.sealing.proving import seal
from reports.sealing.snapshot import Snapshot, short_code
from tests.factories import UserFactory

Adjustments = Mapping[str, tuple[int | Decimal, str]]
_serial = itertools.count(1)


def report(campaign: Campaign, union: Union, state: ReportState = ReportState.DRAFT, **values) -> Report:
    """The report of `union` in `state`; one that was handed in has the frozen `values`, every other figure being 0."""
    made = Report.objects.open(campaign, union)
    if state != ReportState.DRAFT:
        hand_in(made, **values)
    set_state(made, state)
    return made


def set_state(of: Report, state: ReportState) -> None:
    """Bring `of` to `state` by one move after another: the database lets no other change of it through."""
    of.refresh_from_db()
    for step in _way(of.state, state):
        Report.objects.filter(pk=of.pk).update(state=step)
    of.refresh_from_db()


def _way(source: str, target: str) -> list[str]:
    """The states from `source` to `target`, the first left out."""
    ways = [[source]]
    for way in ways:
        if way[-1] == target:
            return way[1:]
        ways += [[*way, after] for before, after in sorted(allowed_moves()) if before == way[-1] and after not in way]
    message = f"no moves lead from {source} to {target}"
    raise ValueError(message)


def hand_in(
    of: Report,
    *,
    by: User | None = None,
    adjusted: Adjustments | None = None,
    rows: Mapping | None = None,
    explanations: Mapping[str, str] | None = None,
    at: datetime | None = None,
    due_on: str = "",
    **values,
) -> Submission:
    """The next submission of `of`; `rows` are the frozen records by fact. The report's state is left to the caller.

    It is handed in `at`, else now, and in time unless `due_on` says otherwise.
    """
    at = at or timezone.now()
    content = {"serial": next(_serial), "unit": of.union.code, "unit_name": of.union.name}
    content |= {"due_on": due_on or f"{timezone.localtime(at):%Y-%m-%d}"}
    frozen = Snapshot(
        content | {"explanations": dict(explanations or {})},
        dict.fromkeys((figure.slug for figure in FIGURES), Decimal()) | {s: Decimal(v) for s, v in values.items()},
        {slug: Adjustment(slug=slug, difference=more, reason=why) for slug, (more, why) in (adjusted or {}).items()},
        {fact: (["编号", "金额"], list(kept)) for fact, kept in (rows or {}).items()},
    )
    made = Submission(
        report=of,
        number=of.submissions.count() + 1,
        submitted_at=at,
        submitted_by=by or UserFactory(role="lead", union=of.union),
        cut_off=of.campaign.cut_off(),
        content=frozen.content,
        digest=frozen.digest,
        code=short_code(frozen.digest),
    )
    made.place_in(of.union)
    made.save()
    FrozenFigure.objects.bulk_create(frozen.figures(made))
    FrozenRecords.objects.bulk_create(frozen.lists(made))
    seal(made, frozen)
    of.submission = made
    Report.objects.filter(pk=of.pk).update(submission=made)
    return made
