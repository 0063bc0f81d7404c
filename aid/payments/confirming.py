"""A contribution is confirmed by a second person, by its voucher, before it can be paid from."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aid.models import Contribution, ContributionVoucher
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.documents.file_kinds import LARGEST_SCAN, SCANS
from portal.enums import AuditAction
from portal.keeping import attach, keep
from portal.models import User
from portal.records.editing import lock_unit
from portal.workflow import MoveRefused


@transaction.atomic
def confirm_contribution(contribution: Contribution, *, without_voucher: str = "", by: By) -> Contribution:
    """Say that the money came in as recorded: from then on it can be paid from. Pressed twice it is confirmed once.

    `without_voucher` says why no voucher was scanned, where none was. Locks the 填报单位. Writes the contribution, a
    version and one audit row. Raises MoveRefused if `by` does not release payments or entered it, its voiding is
    asked for, or there is neither a voucher nor a word why not.
    """
    contribution = _locked(contribution, by.actor)
    if contribution.is_confirmed:
        return contribution
    if reason := against_confirming(contribution, by.actor):
        raise MoveRefused(reason)
    has_voucher = contribution.vouchers.exists()
    if not has_voucher and not without_voucher.strip():
        raise MoveRefused(_("还没有上传凭证。请经办人上传，或写明没有凭证文件的原因。"))
    contribution.confirmed_amount = contribution.amount
    contribution.confirmed_by, contribution.confirmed_at = by.actor, timezone.now()
    contribution.without_voucher = "" if has_voucher else without_voucher.strip()
    keep(contribution, by, _("复核收款"))
    return contribution


def against_confirming(contribution: Contribution, actor: User) -> str:
    """Why `actor` cannot confirm it; '' if they can."""
    if not can(actor, Permission.RELEASE_PAYMENTS):
        return _("您的岗位不能复核收款。")
    if contribution.entered_by_id in actor.hands:
        return _("这笔收款由您登记，须由另一人复核。")
    if contribution.voiding_is_asked:
        return _("这笔收款已申请作废，请先处理作废申请。")
    return ""


@transaction.atomic
def keep_voucher(contribution: Contribution, *, name: str, content: bytes, by: By) -> ContributionVoucher:
    """Keep a scan or photo of the voucher, encrypted; the same file is kept once.

    Locks the 填报单位. Writes the file and one audit row. Raises MoveRefused if `by` keeps no records,
    ValidationError for anything but a .pdf, .jpg or .png, judged by its content, of at most 10 MB.
    """
    if not can(by.actor, Permission.KEEP_RECORDS):
        raise MoveRefused(_("您的岗位不能上传凭证。"))
    contribution = _locked(contribution, by.actor)
    made = ContributionVoucher(contribution=contribution, uploaded_by=by.actor)
    made.open_with(contribution)
    voucher, is_new = attach(made, name, content, among=contribution.vouchers.all(), kinds=SCANS, largest=LARGEST_SCAN)
    if is_new:
        audit.record(AuditAction.RECORD_SAVED, by=by, about=contribution, act=_("上传凭证"), digest=voucher.digest)
    return voucher


def _locked(contribution: Contribution, actor: User) -> Contribution:
    """The contribution as it is now, its unit locked."""
    lock_unit(contribution.union)
    found = Contribution.objects.visible_to(actor).select_related("union").filter(pk=contribution.pk).first()
    if found is None:
        raise MoveRefused(_("这笔收款已作废，或不在您的工会范围内。"))
    return found
