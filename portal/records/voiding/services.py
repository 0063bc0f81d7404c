"""Voiding a record, agreeing to it as the second person, and taking it back."""

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction, VoidReason
from portal.keeping import keep, keep_along
from portal.models import User, VoidableRecord
from portal.records.editing.declaration import Editing
from portal.records.editing.saving import kept_whole, lock_unit
from portal.records.voiding.declaration import Voiding
from portal.records.voiding.judging import against_restoring

STAMPS = ("void_reason", "void_note", "void_asked_by", "void_asked_at", "voided_by", "voided_at")


class VoidRefused(Exception):  # noqa: N818  named after what happens
    """What stands in the way, in words."""


def ask_to_void(record: VoidableRecord, voiding: Voiding, *, reason: str, note: str = "", by: By) -> VoidableRecord:
    """Void `record`; or, where a second person decides, ask for it. `reason` is a code of VoidReason.

    Locks the 填报单位. Writes the record and what goes along, their versions, and one audit row. Raises VoidRefused if
    `by` keeps no records, it is void or asked for already, or something hinders it.
    """
    with kept_whole():
        record = _locked(record, by.person)
        if not can(by.actor, Permission.KEEP_RECORDS):
            raise VoidRefused(_("您的岗位不能作废记录。"))
        if record.is_voided:
            raise VoidRefused(_("这条记录已经作废。"))
        if record.voiding_is_asked:
            raise VoidRefused(_("这条记录已申请作废，正等另一人复核。"))
        if reason not in VoidReason.values or (reason == VoidReason.OTHER and not note.strip()):
            raise VoidRefused(_("请选择作废原因；其他原因请写明。"))
        _refuse_hindered(record, voiding)
        record.void_reason, record.void_note = reason, note.strip() or None
        record.void_asked_by, record.void_asked_at = by.actor, timezone.now()
        if voiding.needs_second(record):
            _keep(record, _("申请作废：%(why)s"), by)
        else:
            _void(record, voiding, by)
    return record


def agree_to_void(record: VoidableRecord, voiding: Voiding, *, by: By) -> VoidableRecord:
    """Void `record` as the second person. Writes as `ask_to_void` does.

    Raises VoidRefused if nobody asked for it, `by` did, `by` approves nothing, or something hinders it by now.
    """
    with kept_whole():
        record = _asked(record, by.person)
        if not can(by.actor, Permission.APPROVE_CASES) or record.void_asked_by_id in by.person.hands:
            raise VoidRefused(_("作废涉及资金或审批，须由申请人以外的单位审核人同意。"))
        _refuse_hindered(record, voiding)
        _void(record, voiding, by)
    return record


def refuse_to_void(record: VoidableRecord, *, by: By) -> VoidableRecord:
    """Leave the record as it is: answered by who approves, or taken back by who asked.

    Writes the record, a version and one audit row. Raises VoidRefused if nobody asked for it or `by` is neither.
    """
    with kept_whole():
        record = _asked(record, by.person)
        if not can(by.actor, Permission.APPROVE_CASES) and record.void_asked_by_id != by.person.pk:
            raise VoidRefused(_("只有申请人或单位审核人可以撤销作废申请。"))
        _clear(record)
        _keep(record, _("不作废"), by)
    return record


def restore(record: VoidableRecord, voiding: Voiding, *, by: By, editing: Editing | None = None) -> VoidableRecord:
    """Make a void record count again: by who voided it, on the same day, checked as if it were entered now.

    Locks the 填报单位. Writes the record and what went along, their versions, and one audit row. Raises VoidRefused.
    """
    with kept_whole():
        record = _locked(record, by.person)
        if reason := against_undoing(record, by.person):
            raise VoidRefused(reason)
        voided_at = record.voided_at
        _clear(record)
        if reason := against_restoring(record, editing, by.person):
            raise VoidRefused(reason)
        _keep(record, _("撤销作废"), by)
        for companion in voiding.companions(record):
            if companion.voided_at == voided_at:
                _clear(companion)
                keep_along(companion, by, _("撤销作废"))
    return record


def against_undoing(record: VoidableRecord, actor: User) -> str:
    """Why `actor` cannot undo the voiding of `record`; '' if they can."""
    if not record.is_voided:
        return _("这条记录没有作废。")
    if record.voided_by_id != actor.pk:
        return _("只有作废的本人可以撤销作废。")
    if timezone.localtime(record.voided_at).date() != timezone.localdate():
        return _("作废只能在当天撤销；请重新登记一条正确的记录。")
    return ""


def _locked(record: VoidableRecord, actor: User) -> VoidableRecord:
    """The record as it is now, its unit locked."""
    lock_unit(record.union)
    kind = type(record)
    found = kind.everything.visible_to(actor).select_related("union").filter(pk=record.pk).first()
    if found is None:
        raise VoidRefused(_("这条记录不在您的工会范围内。"))
    return found


def _asked(record: VoidableRecord, actor: User) -> VoidableRecord:
    found = _locked(record, actor)
    if not found.voiding_is_asked:
        raise VoidRefused(_("没有待复核的作废申请。"))
    return found


def _refuse_hindered(record: VoidableRecord, voiding: Voiding) -> None:
    if reason := voiding.against(record):
        raise VoidRefused(reason)


def _void(record: VoidableRecord, voiding: Voiding, by: By) -> None:
    record.voided_by, record.voided_at = by.actor, timezone.now()
    for companion in voiding.companions(record):
        if not companion.is_voided:
            _stamp_like(companion, record)
            keep_along(companion, by, _("作废"))
    _keep(record, _("作废：%(why)s"), by)
    voiding.follows(record, by)


def _stamp_like(companion: VoidableRecord, record: VoidableRecord) -> None:
    for name in STAMPS:
        setattr(companion, name, getattr(record, name))


def _clear(record: VoidableRecord) -> None:
    for name in STAMPS:
        setattr(record, name, None)


def _keep(record: VoidableRecord, act: str, by: By) -> None:
    keep(record, by, act % {"why": record.void_words}, action=AuditAction.RECORD_SAVED)
