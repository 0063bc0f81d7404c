"""A contribution is confirmed by a second person, by its voucher, before it can be paid from."""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aid.models import Contribution, ContributionVoucher
from portal import audit
from portal.access import Permission, can
from portal.documents.file_kinds import JPEG, MEGABYTE, PDF, PNG, kind_of
from portal.enums import AuditAction
from portal.models import User
from portal.records.editing import lock_unit
from portal.workflow import MoveRefused

ACCEPTED = (PDF, JPEG, PNG)
LARGEST = 10 * MEGABYTE
LONGEST_NAME = 200


@transaction.atomic
def confirm_contribution(
    contribution: Contribution, *, without_voucher: str = "", actor: User, address: str | None = None
) -> Contribution:
    """Say that the money came in as recorded: from then on it can be paid from. Pressed twice it is confirmed once.

    `without_voucher` says why no voucher was scanned, where none was. Locks the 填报单位. Writes the contribution, a
    version and one audit row. Raises MoveRefused if `actor` does not release payments or entered it, its voiding is
    asked for, or there is neither a voucher nor a word why not.
    """
    contribution = _locked(contribution, actor)
    if contribution.is_confirmed:
        return contribution
    if reason := against_confirming(contribution, actor):
        raise MoveRefused(reason)
    has_voucher = contribution.vouchers.exists()
    if not has_voucher and not without_voucher.strip():
        raise MoveRefused(_("还没有上传凭证。请经办人上传，或写明没有凭证文件的原因。"))
    contribution.confirmed_amount = contribution.amount
    contribution.confirmed_by, contribution.confirmed_at = actor, timezone.now()
    contribution.without_voucher = "" if has_voucher else without_voucher.strip()
    contribution.version += 1
    contribution._history_user, contribution._change_reason = actor, _("复核收款")
    contribution.save()
    _log(AuditAction.MOVED, contribution, actor, address, act=_("复核收款"))
    return contribution


def against_confirming(contribution: Contribution, actor: User) -> str:
    """Why `actor` cannot confirm it; '' if they can."""
    if not can(actor, Permission.RELEASE_PAYMENTS):
        return _("您的岗位不能复核收款。")
    if contribution.entered_by_id == actor.pk:
        return _("这笔收款由您登记，须由另一人复核。")
    if contribution.voiding_is_asked:
        return _("这笔收款已申请作废，请先处理作废申请。")
    return ""


@transaction.atomic
def keep_voucher(
    contribution: Contribution, *, name: str, content: bytes, actor: User, address: str | None = None
) -> ContributionVoucher:
    """Keep a scan or photo of the voucher, encrypted; the same file is kept once.

    Locks the 填报单位. Writes the file and one audit row. Raises MoveRefused if `actor` keeps no records,
    ValidationError for anything but a .pdf, .jpg or .png, judged by its content, of at most 10 MB.
    """
    if not can(actor, Permission.KEEP_RECORDS):
        raise MoveRefused(_("您的岗位不能上传凭证。"))
    found = kind_of(content, name, ACCEPTED, largest=LARGEST)
    contribution = _locked(contribution, actor)
    digest = hashlib.sha256(content).hexdigest()
    known = contribution.vouchers.filter(digest=digest).defer("content").first()
    if known:
        return known
    voucher = ContributionVoucher(
        contribution=contribution,
        file_name=name[-LONGEST_NAME:],
        content_type=found.content_type,
        content=content,
        digest=digest,
        uploaded_by=actor,
    )
    voucher.place_with(contribution)
    voucher.save()
    _log(AuditAction.RECORD_SAVED, contribution, actor, address, act=_("上传凭证"), digest=digest)
    return voucher


def hand_out_voucher(voucher: ContributionVoucher, *, actor: User, address: str | None = None) -> bytes:
    """The content of a voucher, with one audit row that says who had it."""
    _log(AuditAction.EXPORTED, voucher.contribution, actor, address, act=_("下载凭证"), digest=voucher.digest)
    return bytes(voucher.content)


def _locked(contribution: Contribution, actor: User) -> Contribution:
    """The contribution as it is now, its unit locked."""
    lock_unit(contribution.union)
    found = Contribution.objects.visible_to(actor).select_related("union").filter(pk=contribution.pk).first()
    if found is None:
        raise MoveRefused(_("这笔收款已作废，或不在您的工会范围内。"))
    return found


def _log(action: AuditAction, contribution: Contribution, actor: User, address: str | None, **detail) -> None:
    subject = f"{contribution._meta.verbose_name} {contribution.number}"
    audit.record(action, actor=actor, address=address, union=contribution.union, subject=subject, **detail)
