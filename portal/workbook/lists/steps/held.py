"""待补正: rows of an imported list that were wrong, kept until they are completed or dropped."""

import json
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from portal.audit import By
from portal.models import HeldRow, ListUpload
from portal.models.lists import ListState
from portal.workbook.lists.kinds import ListKind
from portal.workbook.lists.rows import Held
from portal.workbook.lists.service import ListOutcome, Understood, import_list
from portal.workbook.lists.steps.draft import Draft
from portal.workbook.lists.steps.preview import WrongCell, faults_of

KEPT = timedelta(days=90)


def hold(upload: ListUpload, understood: Understood, held: Iterable[Held]) -> None:
    """Keep the rows that `held` names, with the reasons."""
    by_row: dict[int, list[Held]] = {}
    for each in held:
        by_row.setdefault(each.row, []).append(each)
    rows = []
    for number, wrong in by_row.items():
        row = HeldRow(upload=upload, row=number, faults=_dumps(wrong, understood))
        row.place_with(upload)
        rows.append(row)
    HeldRow.objects.bulk_create(rows, batch_size=1000)


def _dumps(held: Iterable[Held], understood: Understood) -> str:
    return json.dumps([asdict(fault) for fault in faults_of(held, understood.table.added)], ensure_ascii=False)


def faults(row: HeldRow) -> list[WrongCell]:
    """What is wrong with a held row, as it was last checked."""
    return [WrongCell(**fault) for fault in json.loads(row.faults)]


@transaction.atomic
def complete(
    upload: ListUpload,
    typed: AnyMapping[int, AnyMapping[str, str]],
    *,
    kinds: Sequence[ListKind],
    by: By,
) -> ListOutcome:
    """Put what was typed, by row and place, into held rows of `upload`, and write those of them that are right now.

    The others stay, with what was typed and their reasons. Rows that nothing was typed into are tried, too: what they
    lacked may be on file by now. Writes records as `import_list` does, and the held rows.
    """
    upload = ListUpload.objects.select_for_update(of=("self",)).select_related("union").get(pk=upload.pk)
    rows = {row.row: row for row in HeldRow.objects.filter(upload=upload)}
    draft = Draft(upload, kinds)
    draft.type_in({number: cells for number, cells in typed.items() if number in rows})
    draft.save()
    understood = draft.understood()
    understood.rows = [(number, cells) for number, cells in understood.rows if number in rows]
    chosen = {number for number, _cells in understood.rows}
    understood.table.rows = [(number, cells) for number, cells in understood.table.rows if number in chosen]
    outcome = import_list(
        understood,
        unit=upload.union,
        said=draft.said,
        answers=draft.reading.answers,
        by=by,
        name=upload.file_name,
        upload=upload,
        by_one=True,
    )
    if not outcome.reason:
        _keep_what_is_left(rows, understood, outcome)
    return outcome


def _keep_what_is_left(rows: dict[int, HeldRow], understood: Understood, outcome: ListOutcome) -> None:
    by_row: dict[int, list[Held]] = {}
    for each in outcome.held:
        by_row.setdefault(each.row, []).append(each)
    HeldRow.objects.filter(pk__in=[row.pk for number, row in rows.items() if number not in by_row]).delete()
    left = [rows[number] for number in by_row]
    for row in left:
        row.faults = _dumps(by_row[row.row], understood)
    HeldRow.objects.bulk_update(left, ["faults"], batch_size=500)


@transaction.atomic
def drop(upload: ListUpload, numbers: Iterable[int]) -> int:
    """Give up held rows of `upload` for good; how many."""
    deleted, _by_model = HeldRow.objects.filter(upload=upload, row__in=list(numbers)).delete()
    return deleted


def reopen(upload: ListUpload) -> None:
    """Put a list whose import was taken back to where its columns are decided; the caller has locked it.

    Its held rows go: they are rows of the list like those that came in, and found again by the next check, with all
    that was typed into them.
    """
    HeldRow.objects.filter(upload=upload).delete()
    upload.state, upload.outcome = ListState.OPEN, ""
    upload.save(update_fields=["state", "outcome"])


def sweep_lists(now: datetime | None = None) -> tuple[int, int]:
    """Delete held rows and uploaded lists, files and all, that are older than KEPT; how many of each."""
    before = (now or timezone.now()) - KEPT
    held = HeldRow.objects.filter(held_at__lt=before).delete()[0]
    uploads = ListUpload.objects.filter(uploaded_at__lt=before).exclude(held_rows__isnull=False)
    return held, uploads.delete()[0]
