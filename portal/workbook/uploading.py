"""A workbook on its way in through the browser: uploaded, checked, looked at, confirmed."""

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import shortened
from portal.models import Union, WorkbookUpload
from portal.models.upload import UploadState
from portal.workbook.errors import WorkbookError
from portal.workbook.importing.holding import WeightyRow
from portal.workbook.importing.service import Outcome, SecondPerson, import_workbook
from portal.workbook.sheets import Workbook
from portal.workflow import MoveRefused

KEPT = timedelta(days=7)
LONGEST_ANSWER = 200
CHANGED = gettext_lazy("这些行在您查看之后有变化，请重新核对。")


@contextmanager
def as_file(content: bytes) -> Iterator[Path]:
    """The content as a file that only this process's user may read, gone afterwards."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        yield Path(file.name)


def upload_workbook(
    content: bytes, *, name: str, workbook: Workbook, unit: Union, by: By, kind: str = "workbook"
) -> WorkbookUpload:
    """Keep an uploaded workbook, encrypted, with the outcome of its check; no record is written.

    Removes uploads older than a week, whosever they are, but for those that wait for a second person.
    Writes one audit row.
    """
    with as_file(content) as path:
        outcome = import_workbook(path, workbook=workbook, unit=unit, dry_run=True)
    with transaction.atomic():
        old = WorkbookUpload.objects.filter(uploaded_at__lt=timezone.now() - KEPT)
        old.exclude(state=UploadState.WAITING).delete()
        upload = WorkbookUpload(uploaded_by=by.actor, file_name=shortened(name), content=content, kind=kind)
        upload.open_in(unit)
        _keep(upload, outcome, done=UploadState.CHECKED)
        audit.record(AuditAction.UPLOADED, by=by, union=unit, errors=len(outcome.errors))
    return upload


class RestRefused(Exception):  # noqa: N818  named after what happened to the rest
    """The other rows cannot come in without those that wait; the text says which cell is the first to need them."""

    def __init__(self, error: WorkbookError):
        where = " ".join(str(part) for part in (error.sheet, error.row, error.column) if part is not None)
        super().__init__(f"{where}：{error.reason}")


@transaction.atomic
def confirm_upload(upload: WorkbookUpload, *, workbook: Workbook, by: By, rest_at_once: bool = False) -> WorkbookUpload:
    """Import an upload that was checked; confirmed twice it acts once.

    It is checked again, since records may have changed in between; then it may turn out faulty. Rows that need a
    second person wait for one (four eyes): with them the whole workbook, or with `rest_at_once` they alone. The content
    is wiped once it is imported. Raises RestRefused, with nothing written, if the rest cannot come in alone.
    """
    upload = WorkbookUpload.objects.select_for_update().get(pk=upload.pk)
    if upload.state != UploadState.CHECKED:
        return upload
    imported = partial(
        import_workbook,
        workbook=workbook,
        unit=upload.union,
        by=by,
        second=SecondPerson(),
        name=upload.file_name,
    )
    with as_file(bytes(upload.content)) as path:
        outcome = imported(path)
        if outcome.waits and rest_at_once:
            rest = imported(path, leave_out={held.place for held in outcome.held})
            if not rest.ok:
                raise RestRefused(rest.errors[0])
    if not outcome.waits:
        return _finish(upload, outcome)
    upload.sent_by = by.actor
    _record(upload, by, act=_("送审核人复核导入"), count=len(outcome.held))
    return _keep(upload, outcome, done=UploadState.WAITING)


@transaction.atomic
def agree_to_upload(upload: WorkbookUpload, *, workbook: Workbook, digest: str, by: By) -> WorkbookUpload:
    """Import what waits: the second person agrees to just the rows whose `digest` was shown. Twice acts once.

    The records are written in the name of whoever sent them; one audit row tells who agreed. Raises MoveRefused if
    `by` is no second person, or if the rows are no longer those that were looked at: then the new ones wait.
    """
    upload = _locked(upload, by)
    if upload.state != UploadState.WAITING:
        return upload
    seen = Outcome.loads(upload.outcome).held
    if digest_of(seen) != digest:
        raise MoveRefused(CHANGED)
    with as_file(bytes(upload.content)) as path:
        outcome = import_workbook(
            path,
            workbook=workbook,
            unit=upload.union,
            by=By(upload.sent_by),
            second=SecondPerson(seen, by.actor),
            name=upload.file_name,
        )
    if outcome.waits:
        return _keep(upload, outcome, done=UploadState.WAITING)
    upload.answered_by = by.actor
    _record(upload, by, act=_("复核同意导入"), count=len(seen))
    return _finish(upload, outcome)


@transaction.atomic
def refuse_upload(upload: WorkbookUpload, *, reason: str, by: By) -> WorkbookUpload:
    """Send the rows that wait back, with the reason; nothing of them is written and the content is wiped.

    Raises MoveRefused if `by` is no second person or gives no reason.
    """
    upload = _locked(upload, by)
    if upload.state != UploadState.WAITING:
        return upload
    if not reason.strip():
        raise MoveRefused(_("请写明不同意的原因。"))
    upload.state, upload.content = UploadState.REFUSED, b""
    upload.answered_by, upload.answer = by.actor, reason.strip()[:LONGEST_ANSWER]
    upload.save()
    _record(upload, by, act=_("复核不同意导入"), reason=upload.answer)
    return upload


def digest_of(held: Iterable[WeightyRow]) -> str:
    """What a page carries of the rows that it showed."""
    shown = json.dumps([asdict(row) for row in held], ensure_ascii=False)
    return hashlib.sha256(shown.encode()).hexdigest()


def _locked(upload: WorkbookUpload, by: By) -> WorkbookUpload:
    if not can(by.actor, Permission.APPROVE_CASES):
        raise MoveRefused(_("您的岗位不能复核导入。"))
    upload = WorkbookUpload.objects.select_for_update(of=("self",)).select_related("union", "sent_by").get(pk=upload.pk)
    if not by.person.hands.isdisjoint({upload.uploaded_by_id, upload.sent_by_id}):
        raise MoveRefused(_("这份工作簿由您上传或送审，须由另一人复核。"))
    return upload


def _finish(upload: WorkbookUpload, outcome: Outcome) -> WorkbookUpload:
    if outcome.ok:
        upload.content = b""
    return _keep(upload, outcome, done=UploadState.IMPORTED)


def _record(upload: WorkbookUpload, by: By, **detail: Any) -> None:
    subject = f"{upload._meta.verbose_name} {upload.pk}"
    audit.record(AuditAction.MOVED, by=by, union=upload.union, subject=subject, **detail)


def _keep(upload: WorkbookUpload, outcome: Outcome, *, done: UploadState) -> WorkbookUpload:
    upload.state = done if outcome.ok else UploadState.FAULTY
    upload.outcome = outcome.dumps()
    upload.save()
    return upload
