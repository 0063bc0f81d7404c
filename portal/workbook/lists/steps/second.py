"""Four eyes on a list: rows that decide, pay or change a card wait for a second person, as those of a workbook do."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.models import HeldRow, ListUpload
from portal.models.lists import HeldState
from portal.workbook.importing.holding import WeightyRow
from portal.workbook.importing.service import SecondPerson
from portal.workbook.lists.kinds import ListKind
from portal.workbook.lists.service import ListOutcome, Understood, import_list
from portal.workbook.lists.steps.draft import Draft
from portal.workbook.lists.steps.later import came_later
from portal.workbook.lists.steps.left import dump_faults, faults, keep_what_is_left, narrowed
from portal.workbook.lists.steps.preview import Previewer, PreviewRow
from portal.workbook.uploading import CHANGED, LONGEST_ANSWER, digest_of
from portal.workflow import MoveRefused


def send(upload: ListUpload, *, kinds: Sequence[ListKind], by: By) -> None:
    """Show the waiting rows of `upload` to a second person, as they would be written now; the caller has locked it.

    Those that are not right any more are left to be completed. Writes the held rows, the upload, and one audit row.
    """
    rows, understood, outcome, _looked = _tried(upload, kinds, by)
    keep_what_is_left({row: rows[row] for row in {held.row for held in outcome.held}}, understood, outcome)
    _show(upload, outcome.weighty, by)
    _record(upload, by, act=_("送审核人复核导入"), count=len(outcome.weighty))


def _tried(
    upload: ListUpload, kinds: Sequence[ListKind], by: By, /, **given: Any
) -> tuple[dict[int, HeldRow], Understood, ListOutcome, list[PreviewRow]]:
    """The waiting rows by number, the list as if it had only them, what became of it or would, and of each row."""
    rows = {row.row: row for row in HeldRow.objects.filter(upload=upload).waiting()}
    draft = Draft(upload, kinds)
    understood: Understood = narrowed(draft.understood(), rows)
    previewer = Previewer(understood)
    given = {"dry_run": True} | given
    outcome: ListOutcome = import_list(
        understood, unit=upload.union, said=draft.said, answers=draft.reading.answers, by=by, look=previewer, **given
    )
    return rows, understood, outcome, previewer.rows


def _show(upload: ListUpload, weighty: Sequence[WeightyRow], by: By) -> None:
    waits = HeldRow.objects.filter(upload=upload).waiting().exists()
    upload.waiting = json.dumps([asdict(row) for row in weighty], ensure_ascii=False) if waits else ""
    upload.sent_by = by.actor if waits else None
    upload.save(update_fields=["waiting", "sent_by"])


def waiting_rows(upload: ListUpload) -> list[WeightyRow]:
    """What a second person sees of the rows that wait."""
    return [WeightyRow(**row) for row in json.loads(upload.waiting or "[]")]


@transaction.atomic
def agree_to_list(upload: ListUpload, *, kinds: Sequence[ListKind], digest: str, by: By) -> ListUpload:
    """Write the rows that wait: the second person agrees to just those whose `digest` was shown. Twice acts once.

    The records are written in the name of whoever sent them; one audit row tells who agreed. Raises MoveRefused if
    `by` is no second person, or the rows are no longer those that were looked at; those that changed since they were
    sent are not written and wait anew.
    """
    upload = _locked(upload, by)
    if upload.sent_by is None:
        return upload
    seen = waiting_rows(upload)
    if digest_of(seen) != digest:
        raise MoveRefused(CHANGED)
    sender = By(upload.sent_by)
    second = SecondPerson(seen, by.actor)
    rows, _understood, outcome, looked = _tried(
        upload, kinds, sender, second=second, dry_run=False, name=upload.file_name, upload=upload
    )
    if outcome.reason:
        raise MoveRefused(outcome.reason)
    if outcome.held or outcome.weighty != seen:
        send(upload, kinds=kinds, by=sender)
        return upload
    HeldRow.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()
    came_later(upload, looked, outcome)
    _show(upload, [], sender)
    _record(upload, by, act=_("复核同意导入"), count=len(seen))
    return upload


@transaction.atomic
def refuse_list(upload: ListUpload, *, reason: str, by: By) -> ListUpload:
    """Send the rows that wait back to be completed or dropped, with the reason. Twice acts once.

    Raises MoveRefused if `by` is no second person or gives no reason.
    """
    upload = _locked(upload, by)
    if upload.sent_by is None:
        return upload
    answer = reason.strip()[:LONGEST_ANSWER]
    if not answer:
        raise MoveRefused(_("请写明不同意的原因。"))
    words = _("%(why)s：审核人%(who)s不同意，%(answer)s")
    rows = list(HeldRow.objects.filter(upload=upload).waiting())
    for row in rows:
        told = [
            replace(each, reason=words % {"why": each.reason, "who": by.actor, "answer": answer})
            for each in faults(row)
        ]
        row.state, row.faults = HeldState.REFUSED, dump_faults(told)
    HeldRow.objects.bulk_update(rows, ["state", "faults"], batch_size=500)
    _show(upload, [], by)
    _record(upload, by, act=_("复核不同意导入"), reason=answer)
    return upload


def _locked(upload: ListUpload, by: By) -> ListUpload:
    if not can(by.actor, Permission.APPROVE_CASES):
        raise MoveRefused(_("您的岗位不能复核导入。"))
    uploads = ListUpload.objects.select_for_update(of=("self",)).select_related("union", "sent_by")
    locked: ListUpload = uploads.get(pk=upload.pk)
    if not by.person.hands.isdisjoint({locked.uploaded_by_id, locked.sent_by_id}):
        raise MoveRefused(_("这份清单由您上传或送审，须由另一人复核。"))
    return locked


def _record(upload: ListUpload, by: By, **detail: Any) -> None:
    subject = f"{upload._meta.verbose_name} {upload.pk}"
    audit.record(AuditAction.MOVED, by=by, union=upload.union, subject=subject, **detail)
