"""The result of a list that came in, as it stands now: rows that waited came in since, wait still, or wait no more."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils import timezone

from portal.models import HeldRow, ListUpload
from portal.models.lists import HeldState
from portal.workbook.lists.service import ListOutcome
from portal.workbook.lists.steps.left import faults
from portal.workbook.lists.steps.preview import CHANGED, HELD, NEW, SAME, WAITS, Preview, PreviewRow

GONE = "gone"  # dropped, or held too long
CAME = frozenset({NEW, CHANGED, SAME})


def came_later(upload: ListUpload, tried: Iterable[PreviewRow], outcome: ListOutcome) -> list[str]:
    """Put those of the `tried` rows that came in now into the result of `upload`, with their counts and notices.

    Writes the upload, which the caller has locked, if there are any. Answers the notices that were not told before.
    """
    now = timezone.now().isoformat()
    came = {row.number: replace(row, later=now) for row in tried if row.fate in CAME}
    if not came or not upload.outcome:
        return []
    preview = Preview.loads(upload.outcome)
    preview.rows = [came.get(row.number, row) for row in preview.rows]
    added = {"created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged}
    for name, counts in added.items():
        told = preview.outcome[name]
        for title, count in counts.items():
            told[title] = told.get(title, 0) + count
    told_before = preview.outcome["notices"]
    fresh = [notice for notice in outcome.notices if notice not in told_before]
    told_before.extend(fresh)
    preview.outcome.setdefault("later", []).append({"at": now, "rows": len(came)})
    upload.outcome = preview.dumps()
    upload.save(update_fields=["outcome"])
    return fresh


def as_it_stands(rows: Iterable[PreviewRow], held: Mapping[int, HeldRow]) -> list[PreviewRow]:
    """The rows of a result, those that did not come in with what is said of them now; `held` by number."""
    return [row if row.fate in CAME else _waiting(row, held.get(row.number)) for row in rows]


def _waiting(row: PreviewRow, held: HeldRow | None) -> PreviewRow:
    if held is None:
        return replace(row, fate=GONE, faults=[])
    wrong = faults(held)
    if held.state == HeldState.WAITING:
        return replace(row, fate=WAITS, faults=[], why="，".join(dict.fromkeys(fault.reason for fault in wrong)))
    return replace(row, fate=HELD, faults=wrong)
