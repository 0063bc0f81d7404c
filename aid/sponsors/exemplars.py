"""Exemplars: their pictures and consents, and whether they are public."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.enums import ExemplarFileKind
from aid.models import Exemplar, ExemplarFile
from portal import audit
from portal.audit import By
from portal.documents.file_kinds import LARGEST_SCAN, PICTURES, SCANS
from portal.enums import AuditAction
from portal.keeping import attach, keep
from portal.records.editing import lock_unit

ACCEPTED = {ExemplarFileKind.PICTURE: PICTURES, ExemplarFileKind.CONSENT: SCANS}


@transaction.atomic
def add_file(exemplar: Exemplar, *, kind: ExemplarFileKind, name: str, content: bytes, by: By) -> ExemplarFile:
    """Keep a picture or the scan of the consent, encrypted; the same file once.

    Locks the 填报单位. Writes the file and one audit row. Raises ValidationError for other kinds of file, judged by the
    content, and above 10 MB.
    """
    lock_unit(exemplar.union)
    file = ExemplarFile(exemplar=exemplar, kind=kind, uploaded_by=by.actor)
    file.open_with(exemplar)
    alike = exemplar.files.filter(kind=kind)
    kept, is_new = attach(file, name, content, among=alike, kinds=ACCEPTED[kind], largest=LARGEST_SCAN)
    if is_new:
        audit.record(AuditAction.RECORD_SAVED, by=by, about=exemplar, act=_("上传文件"), what=file.get_kind_display())
    return kept


@transaction.atomic
def publish(exemplar: Exemplar, *, by: By) -> Exemplar:
    """Make it public, as of today; done twice it is done once.

    Locks the 填报单位. Writes the exemplar, one version and one audit row. Raises ValidationError unless there is a
    consent: by whom, when, and its scan.
    """
    lock_unit(exemplar.union)
    exemplar = Exemplar.objects.select_related("union").get(pk=exemplar.pk)
    if exemplar.published_on:
        return exemplar
    if not exemplar.consent_by:
        raise ValidationError(_("请先填写同意人。没有本人（单位）同意，不能公开。"))
    if not exemplar.consent_on:
        raise ValidationError(_("请先填写同意宣传日期。没有本人（单位）同意，不能公开。"))
    if not exemplar.files.filter(kind=ExemplarFileKind.CONSENT).exists():
        raise ValidationError(_("请先上传同意书。没有本人（单位）同意，不能公开。"))
    return _set(exemplar, localdate(), _("公开"), by)


@transaction.atomic
def withdraw(exemplar: Exemplar, *, by: By) -> Exemplar:
    """No longer public. Locks the 填报单位. Writes the exemplar, one version and one audit row, if it was public."""
    lock_unit(exemplar.union)
    exemplar = Exemplar.objects.select_related("union").get(pk=exemplar.pk)
    return _set(exemplar, None, _("取消公开"), by) if exemplar.published_on else exemplar


def _set(exemplar: Exemplar, day, act: str, by: By) -> Exemplar:
    exemplar.published_on = day
    keep(exemplar, by, act)
    return exemplar
