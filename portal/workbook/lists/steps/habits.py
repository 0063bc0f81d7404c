"""What a union said of its lists before: proposed again for the next file with the same headings."""

import json

from portal.fields import blind_index
from portal.models import ListHabit, Union
from portal.workbook.cells import DateCell
from portal.workbook.lists.saying import CAMPAIGN
from portal.workbook.lists.steps.draft import Draft
from portal.workbook.lists.table import ReadTable
from portal.workbook.reading.headings import fold_heading

WORDS = ""  # in the place of headings: what words mean in any list of the union


def recall(draft: Draft) -> ListHabit | None:
    """Give a fresh draft what the union decided of a list with these headings, if it did, and of words in any list."""
    habits = {
        habit.headings: habit
        for habit in ListHabit.objects.filter(union=draft.upload.union, headings__in=(WORDS, fingerprint(draft.table)))
    }
    if words := habits.get(WORDS):
        draft.reading.answers = json.loads(words.learned)
    known = habits.get(fingerprint(draft.table))
    if known:
        learned = json.loads(known.learned)
        if any(kind.name == learned["kind"] for kind in draft.kinds):
            draft.reading.kind, draft.reading.said, draft.reading.name = learned["kind"], learned["said"], known.name
            draft.reading.targets = {int(at): targets for at, targets in learned["targets"].items()}
    return known


def remember_columns(draft: Draft) -> None:
    """Keep what the columns were taken for, and what was said of all rows except days and the year. One row."""
    reading = draft.reading
    said = {place: value for place, value in reading.said.items() if _holds_next_time(draft, place)}
    learned = {"kind": reading.kind, "targets": reading.targets, "said": said}
    _keep(draft.upload.union, fingerprint(draft.table), json.dumps(learned, ensure_ascii=False), reading.name)


def remember_words(draft: Draft) -> None:
    """Keep what words were said to mean; one that was left open is asked for again in the next list. One row."""
    learned = {
        column: {word: meaning for word, meaning in words.items() if meaning}
        for column, words in draft.reading.answers.items()
    }
    _keep(draft.upload.union, WORDS, json.dumps(learned, ensure_ascii=False))


def _holds_next_time(draft: Draft, place: str) -> bool:
    title, _dot, attribute = place.partition(".")
    column = draft.kind.sheets[title].column(attribute)
    return attribute != CAMPAIGN and not isinstance(column.cell, DateCell)


def _keep(union: Union, headings: str, learned: str, name: str = "") -> None:
    ListHabit.objects.update_or_create(
        union=union, headings=headings, defaults={"learned": learned, "name": name, "union_path": union.path}
    )


def fingerprint(table: ReadTable) -> str:
    """The keyed hash of the headings, folded, each at its place."""
    return blind_index("\n".join(f"{at} {fold_heading(text)}" for at, text in sorted(table.headings.items())))
