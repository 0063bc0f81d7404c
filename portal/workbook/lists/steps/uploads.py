"""The steps of a list in the browser; each is stored before the next is shown, so that none is lost."""

import hashlib
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.fields import blind_index
from portal.keeping import shortened
from portal.models import ListUpload, Union
from portal.models.lists import ListState
from portal.workbook.lists.kinds import ListKind
from portal.workbook.lists.mapping import map_headings
from portal.workbook.lists.service import ListOutcome, Tick, import_list, nobody_counts, understand
from portal.workbook.lists.steps.choices import chosen, put
from portal.workbook.lists.steps.draft import Draft, Reading
from portal.workbook.lists.steps.habits import recall, remember_columns, remember_words
from portal.workbook.lists.steps.left import hold
from portal.workbook.lists.steps.preview import Preview, Previewer
from portal.workbook.lists.steps.questions import questions
from portal.workbook.lists.steps.second import send
from portal.workbook.lists.steps.stored import dump_table
from portal.workbook.uploading import as_file


class NotReady(Exception):  # noqa: N818  named after what the list is
    """A step that cannot be made, with the reason in words."""


def upload_list(content: bytes, *, name: str, kinds: Sequence[ListKind], unit: Union, by: By) -> ListUpload:
    """Keep an uploaded list, encrypted, with what its columns are taken for: as the union did last time, or proposed.

    No record is written. Writes the upload and one audit row. Raises WorkbookRefused.
    """
    with as_file(content) as path:
        understood = understand(path, kinds=kinds, name=name)
    reading = Reading(understood.mapping.kind.name, name=Path(name).stem[:100])
    told = hashlib.sha256()
    upload = ListUpload(
        uploaded_by=by.actor,
        file_name=shortened(name),
        content=content,
        table=dump_table(understood.table, told.update),
        reading=reading.dumps(),
        digest=blind_index(told.hexdigest()),
    )
    upload.open_in(unit)
    draft = Draft(upload, kinds)
    draft.take(understood.mapping)
    recall(draft)
    upload.reading = draft.reading.dumps()
    with transaction.atomic():
        upload.save()
        audit.record(AuditAction.UPLOADED, by=by, union=unit, errors=0)
    return upload


def change_kind(draft: Draft, name: str) -> None:
    """Take the list for one of the kind `name`: its columns are proposed anew."""
    kind = next(kind for kind in draft.kinds if kind.name == name)
    draft.take(map_headings(draft.table, kind))
    draft.reading.said = {}
    _reopen(draft)


def change_columns(draft: Draft, taken: AnyMapping[int, str], *, said: AnyMapping[str, str], name: str) -> None:
    """Take each column as a select says, and keep what is said of all rows; remembered for the union."""
    mapping = draft.mapping
    for position, value in taken.items():
        if value != chosen(mapping.targets.get(position, ())):
            put(mapping, position, value)
    draft.take(mapping)
    draft.reading.said = {place: value for place, value in said.items() if value}
    draft.reading.name = name
    remember_columns(draft)
    _reopen(draft)


def answer_words(draft: Draft, answers: AnyMapping[tuple[str, str], str]) -> None:
    """Keep what (工作表.列, word) means, for the union too; '' leaves its rows of this list to be completed by hand."""
    for (column, word), meaning in answers.items():
        draft.reading.answers.setdefault(column, {})[word] = meaning
    remember_words(draft)
    _reopen(draft)


def type_into_cells(draft: Draft, typed: AnyMapping[int, AnyMapping[str, str]]) -> None:
    """Keep what was typed into cells, by row and place."""
    draft.type_in(typed)
    _reopen(draft)


def _reopen(draft: Draft) -> None:
    draft.upload.state, draft.upload.outcome = ListState.OPEN, ""
    draft.save()


def check_list(draft: Draft, *, tick: Tick = nobody_counts) -> Preview:
    """Say what would become of each row; nothing but that is written. `tick` is told of the rows that are read.

    Raises NotReady if the list was changed meanwhile.
    """
    understood = draft.understood()
    previewer = Previewer(understood)
    outcome = import_list(
        understood,
        unit=draft.upload.union,
        said=draft.said,
        answers=draft.reading.answers,
        dry_run=True,
        look=previewer,
        by_one=True,
        tick=tick,
    )
    preview = Preview(outcome.as_json(), previewer.rows, questions(draft, understood, outcome.words))
    with transaction.atomic():
        _locked(draft, ListState.OPEN, ListState.CHECKED)
        draft.upload.state, draft.upload.outcome = ListState.CHECKED, preview.dumps()
        draft.save()
    return preview


def _locked(draft: Draft, *states: ListState) -> ListUpload:
    """The upload, locked. Raises NotReady if it is in none of `states`, or was changed since the draft was opened."""
    upload = ListUpload.objects.select_for_update().get(pk=draft.upload.pk)
    if upload.state not in states or upload.reading != draft.upload.reading:
        raise NotReady(_("这份清单已经导入，或检查之后又有改动，请再看一遍。"))
    return upload


def bring_in(draft: Draft, *, by: By, tick: Tick = nobody_counts) -> ListOutcome:
    """Write the rows that are right, and hold those that are wrong until they are completed; once, pressed twice.

    Rows that decide, pay or change a card are held and sent to a second person.

    Writes records as `import_list` does, the held rows, and the upload, all in one transaction. `tick` is told of the
    rows that are read before it begins. Raises NotReady if it was not checked as it stands, or nothing can be written.
    """
    upload = draft.upload
    understood = draft.understood()
    previewer = Previewer(understood)

    def keep(outcome: ListOutcome) -> None:
        hold(upload, understood, outcome)
        if outcome.waits:
            send(upload, kinds=draft.kinds, by=by)
        draft.upload.state = ListState.IMPORTED
        draft.upload.outcome = Preview(outcome.as_json(), previewer.rows).dumps()
        draft.save()

    outcome = import_list(
        understood,
        unit=upload.union,
        said=draft.said,
        answers=draft.reading.answers,
        by=by,
        look=previewer,
        name=upload.file_name,
        upload=upload,
        by_one=True,
        tick=tick,
        first=lambda: _locked(draft, ListState.CHECKED),
        then=keep,
    )
    if not outcome.may_come:
        raise NotReady(outcome.reason or _("没有一行可以导入，请先按各行的原因改正。"))
    return outcome
