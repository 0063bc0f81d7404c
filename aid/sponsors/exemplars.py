"""Exemplars: their pictures and consents, and whether they are public."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.enums import ExemplarFileKind
from aid.models import Exemplar, ExemplarFile
from portal import audit
from portal.documents.file_kinds import JPEG, MEGABYTE, PDF, PNG, kind_of
from portal.enums import AuditAction
from portal.models import User
from portal.records.editing import lock_unit

LARGEST = 10 * MEGABYTE
LONGEST_NAME = 200
ACCEPTED = {ExemplarFileKind.PICTURE: (JPEG, PNG), ExemplarFileKind.CONSENT: (PDF, JPEG, PNG)}


@transaction.atomic
def add_file(
    exemplar: Exemplar, *, kind: ExemplarFileKind, name: str, content: bytes, actor: User, address: str | None = None
) -> ExemplarFile:
    """Keep a picture or the scan of the consent, encrypted; the same file once.

    Locks the 填报单位. Writes the file and one audit row. Raises ValidationError for other kinds of file, judged by the
    content, and above 10 MB.
    """
    found = kind_of(content, name, ACCEPTED[kind], largest=LARGEST)
    lock_unit(exemplar.union)
    digest = hashlib.sha256(content).hexdigest()
    known = exemplar.files.filter(kind=kind, digest=digest).defer("content").first()
    if known:
        return known
    made = ExemplarFile(
        exemplar=exemplar,
        kind=kind,
        file_name=name[-LONGEST_NAME:],
        content_type=found.content_type,
        content=content,
        digest=digest,
        uploaded_by=actor,
    )
    made.place_with(exemplar)
    made.save()
    _log(AuditAction.RECORD_SAVED, exemplar, actor, address, act=_("上传文件"), what=made.get_kind_display())
    return made


def hand_out(file: ExemplarFile, *, actor: User, address: str | None = None) -> bytes:
    """The content of a file, with one audit row that says who had it."""
    _log(AuditAction.EXPORTED, file.exemplar, actor, address, act=_("查看文件"), what=file.get_kind_display())
    return bytes(file.content)


@transaction.atomic
def publish(exemplar: Exemplar, *, actor: User, address: str | None = None) -> Exemplar:
    """Make it public, as of today; done twice it is done once.

    Locks the 填报单位. Writes the exemplar, one version and one audit row. Raises ValidationError unless there is a
    consent, dated and scanned.
    """
    lock_unit(exemplar.union)
    exemplar = Exemplar.objects.select_related("union").get(pk=exemplar.pk)
    if exemplar.published_on:
        return exemplar
    if not exemplar.consent_on:
        raise ValidationError(_("请先填写同意宣传日期。没有本人（单位）同意，不能公开。"))
    if not exemplar.files.filter(kind=ExemplarFileKind.CONSENT).exists():
        raise ValidationError(_("请先上传同意书。没有本人（单位）同意，不能公开。"))
    return _set(exemplar, localdate(), _("公开"), actor, address)


@transaction.atomic
def withdraw(exemplar: Exemplar, *, actor: User, address: str | None = None) -> Exemplar:
    """No longer public. Locks the 填报单位. Writes the exemplar, one version and one audit row, if it was public."""
    lock_unit(exemplar.union)
    exemplar = Exemplar.objects.select_related("union").get(pk=exemplar.pk)
    return _set(exemplar, None, _("取消公开"), actor, address) if exemplar.published_on else exemplar


def _set(exemplar: Exemplar, day, act: str, actor: User, address: str | None) -> Exemplar:
    exemplar.published_on = day
    exemplar.version += 1
    exemplar._history_user = actor
    exemplar.save()
    _log(AuditAction.MOVED, exemplar, actor, address, act=act)
    return exemplar


def _log(action: AuditAction, exemplar: Exemplar, actor: User, address: str | None, **detail) -> None:
    subject = f"{exemplar._meta.verbose_name} {exemplar.number}"
    audit.record(action, actor=actor, address=address, union=exemplar.union, subject=subject, **detail)
