"""A workbook on its way in through the browser: uploaded, checked, looked at, confirmed."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import shortened
from portal.models import Union, WorkbookUpload
from portal.models.upload import UploadState
from portal.workbook.importing.service import Outcome, import_workbook
from portal.workbook.sheets import Workbook

KEPT = timedelta(days=7)


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

    Removes uploads older than a week, whosever they are. Writes one audit row.
    """
    with as_file(content) as path:
        outcome = import_workbook(path, workbook=workbook, unit=unit, dry_run=True)
    with transaction.atomic():
        WorkbookUpload.objects.filter(uploaded_at__lt=timezone.now() - KEPT).delete()
        upload = WorkbookUpload(uploaded_by=by.actor, file_name=shortened(name), content=content, kind=kind)
        upload.place_in(unit)
        _keep(upload, outcome, done=UploadState.CHECKED)
        audit.record(AuditAction.UPLOADED, by=by, union=unit, errors=len(outcome.errors))
    return upload


@transaction.atomic
def confirm_upload(upload: WorkbookUpload, *, workbook: Workbook, by: By) -> WorkbookUpload:
    """Import an upload that was checked; confirmed twice it acts once.

    It is checked again, since records may have changed in between; then it may turn out faulty. The content is wiped
    once it is imported.
    """
    upload = WorkbookUpload.objects.select_for_update().get(pk=upload.pk)
    if upload.state != UploadState.CHECKED:
        return upload
    with as_file(upload.content) as path:
        outcome = import_workbook(path, workbook=workbook, unit=upload.union, by=by, name=upload.file_name)
    if outcome.ok:
        upload.content = b""
    return _keep(upload, outcome, done=UploadState.IMPORTED)


def _keep(upload: WorkbookUpload, outcome: Outcome, *, done: UploadState) -> WorkbookUpload:
    upload.state = done if outcome.ok else UploadState.FAULTY
    upload.outcome = outcome.dumps()
    upload.save()
    return upload
