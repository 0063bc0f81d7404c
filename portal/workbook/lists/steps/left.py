"""Rows that did not come in with their list: kept with their cells' reasons, and tried again by themselves."""

import json
from collections.abc import Container, Iterable
from dataclasses import asdict

from portal.models import HeldRow, ListUpload
from portal.models.lists import HeldState
from portal.workbook.lists.rows import Held
from portal.workbook.lists.service import ListOutcome, Understood
from portal.workbook.lists.steps.preview import WrongCell, faults_of


def hold(upload: ListUpload, understood: Understood, outcome: ListOutcome) -> None:
    """Keep the rows that did not come in, with the reasons."""
    rows = []
    for state, cells in ((HeldState.WRONG, outcome.held), (HeldState.WAITING, outcome.waits)):
        for number, wrong in _by_row(cells).items():
            row = HeldRow(upload=upload, row=number, state=state, faults=_dumps(wrong, understood))
            row.place_with(upload)
            rows.append(row)
    HeldRow.objects.bulk_create(rows, batch_size=1000)


def _by_row(held: Iterable[Held]) -> dict[int, list[Held]]:
    """The cells of each row."""
    found: dict[int, list[Held]] = {}
    for each in held:
        found.setdefault(each.row, []).append(each)
    return found


def _dumps(held: Iterable[Held], understood: Understood) -> str:
    return dump_faults(faults_of(held, understood.table.added))


def dump_faults(cells: Iterable[WrongCell]) -> str:
    """Cells with their reasons, as a held row keeps them for `faults`."""
    return json.dumps([asdict(cell) for cell in cells], ensure_ascii=False)


def faults(row: HeldRow) -> list[WrongCell]:
    """What is wrong with a held row, as it was last checked."""
    return [WrongCell(**fault) for fault in json.loads(row.faults)]


def narrowed(understood: Understood, numbers: Container[int]) -> Understood:
    """The list as if it had only the rows of these numbers."""
    understood.rows = [(number, cells) for number, cells in understood.rows if number in numbers]
    chosen = {number for number, _cells in understood.rows}
    understood.table.rows = [(number, cells) for number, cells in understood.table.rows if number in chosen]
    return understood


def keep_reasons(rows: dict[int, HeldRow], understood: Understood, outcome: ListOutcome) -> None:
    """Nothing came in: every one of `rows`, by number, stays, with what is wrong with it, or with nothing."""
    wrong = _by_row(outcome.held)
    for number, row in rows.items():
        row.state, row.faults = HeldState.WRONG, _dumps(wrong.get(number, ()), understood)
    HeldRow.objects.bulk_update(rows.values(), ["state", "faults"], batch_size=500)


def keep_what_is_left(rows: dict[int, HeldRow], understood: Understood, outcome: ListOutcome) -> None:
    """Of `rows`, by number, those that came in are held no longer; the others keep why they did not."""
    left = []
    for state, cells in ((HeldState.WRONG, outcome.held), (HeldState.WAITING, outcome.waits)):
        for number, wrong in _by_row(cells).items():
            row = rows[number]
            row.state, row.faults = state, _dumps(wrong, understood)
            left.append(row)
    numbers = {row.row for row in left}
    HeldRow.objects.filter(pk__in=[row.pk for number, row in rows.items() if number not in numbers]).delete()
    HeldRow.objects.bulk_update(left, ["state", "faults"], batch_size=500)
