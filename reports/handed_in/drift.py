"""Drift: what has changed in the records since a report was handed in, without changing anything."""

from dataclasses import dataclass
from datetime import datetime

from portal.access import path_range
from portal.models import Union
from reports.annex.campaign_figures import figures_of_submission
from reports.figures.registry import Fact, Registry, Window, by_fact
from reports.handed_in.freezing import frozen_rows
from reports.models import Submission

CAME, WENT, CHANGED = "came", "went", "changed"


@dataclass(frozen=True)
class Drifted:
    """One record whose part in the figures is not what it was: `before` and `after` are its cells, [] for none.

    `figures` are the slugs in which it counts differently, or whose list shows it otherwise; `by` and `at` tell who
    wrote its latest version, and when (None for a record that is gone).
    """

    fact: Fact
    kind: str
    pk: int
    before: list[str]
    after: list[str]
    figures: list[str]
    by: str = ""
    at: datetime | None = None


def drift(submission: Submission) -> list[Drifted]:
    """Records that came into, went out of, or changed within the figures since `submission`, at its own cut-off."""
    report = submission.report
    window = Window(report.campaign, report.campaign.starts_on, submission.cut_off)
    frozen = {kept.fact: kept.rows for kept in submission.records.all()}
    figures, found = figures_of_submission(submission), []
    for members in by_fact(figures):
        fact = members[0].fact
        _headings, rows = frozen_rows(members, window, report.union)
        found.extend(_differences(fact, frozen.get(fact.name, []), rows, report.union, figures))
    return found


def _differences(fact: Fact, before: list[dict], after: list[dict], union: Union, figures: Registry) -> list[Drifted]:
    old, new = ({row["pk"]: row for row in rows} for rows in (before, after))
    differing = [pk for pk in {**old, **new} if old.get(pk) != new.get(pk)]
    latest = _latest_versions(fact, differing, union)
    return [_drifted(fact, old.get(pk), new.get(pk), latest.get(pk), figures) for pk in differing]


def _drifted(fact: Fact, before: dict | None, after: dict | None, version, figures: Registry) -> Drifted:
    kind = CHANGED if before and after else CAME if after else WENT
    slugs = {*(before or {}).get("figures", ()), *(after or {}).get("figures", ())}
    return Drifted(
        fact=fact,
        kind=kind,
        pk=(before or after)["pk"],
        before=before["cells"] if before else [],
        after=after["cells"] if after else [],
        figures=[figure.slug for figure in figures if figure.slug in slugs],
        by=str(version.history_user or "") if version else "",
        at=version.history_date if version else None,
    )


def _latest_versions(fact: Fact, pks: list[int], union: Union) -> dict:
    """The last version of each record that was written while it was the unit's: what came later is another's."""
    versions = (
        fact.model.history.filter(path_range(union.path), id__in=pks)
        .select_related("history_user")
        .order_by("history_date", "history_id")
    )
    return {version.id: version for version in versions}
