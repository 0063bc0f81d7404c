"""资助来源: from which levels and sources one case is granted, each with its amount, together its standard."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aid.casework.moving import locked_case
from aid.enums import CaseState, FundSource, GrantLevel
from aid.guards.submitting import words_of_sum
from aid.models import AidCase, CaseShare
from aid.workbook.casework.parts import AMOUNTS, SOURCES, source_meant
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import keep_along, keep_many, keep_new
from portal.kept.revisions import raising
from portal.models import User
from portal.workbook.importing.chunks import in_chunks
from portal.workflow import MoveRefused

OPEN = (CaseState.DRAFT, CaseState.SUBMITTED)


@dataclass(frozen=True)
class Share:
    """What one level grants, in yuan, and from which source of the ledger."""

    level: str
    source: str
    amount: Decimal


def refusal_of_shares(case: AidCase) -> str:
    """Why the sources of `case` cannot be said now; '' where they can: what was checked or shown is not changed."""
    if case.status in OPEN:
        return ""
    return _("申请现在的状态是“%(state)s”，不能修改资助来源。") % {"state": case.get_status_display()}


@transaction.atomic
def set_shares(case: AidCase, shares: Iterable[Share], *, by: By) -> None:
    """Say from where `case` is granted, in place of what was said before; with none it is paid from whatever source.

    Locks the 填报单位. Writes each share that changed with a version, takes away those that are not named any more, and
    writes one audit row and, for grids and forms that were open meanwhile, the next version of the case if anything
    changed. Raises MoveRefused unless `by` keeps records and the case is not checked
    yet; ValidationError, by level where it is about one, with nothing written: an amount not above zero, a source that
    is not of the level, or a sum that is not the case's standard.
    """
    if not can(by.actor, Permission.KEEP_RECORDS):
        raise MoveRefused(_("您的岗位不能登记和修改助学申请。"))
    case, wanted = locked_case(case, by.actor), {share.level: share for share in shares}
    if refusal := refusal_of_shares(case):
        raise MoveRefused(refusal)
    if wrong := _faults(case, wanted.values()):
        raise ValidationError(wrong)
    before = {share.level: share for share in case.shares.all()}
    gone = [share for level, share in before.items() if level not in wanted]
    changed = [share for level, each in wanted.items() if (share := _changed(case, each, before.get(level)))]
    for share in changed:
        share.open_with(case)
        keep_along(share, by)
    _take_away(gone)
    if changed or gone:
        now = "、".join(f"{GrantLevel(each.level).label} {each.amount:,.2f}" for each in wanted.values())
        keep_along(case, by, _("资助来源：%(sources)s") % {"sources": now or _("不分")})
        audit.record(AuditAction.RECORD_SAVED, by=by, about=case, fields=[_("资助来源")], sources=now)


def keep_typed(cases: Iterable[AidCase], actor: User | None, reason: str) -> None:
    """Write what each level grants of `cases` as it was typed into their own attributes, each with a version.

    What is granted no more is taken away. The caller has judged them, holds the transaction and writes the audit rows.
    """
    cases = list(cases)
    before = {(share.case_id, share.level): share for share in _of(cases)}
    changed, new, gone = [], [], []
    for case in cases:
        for level, amount, source in _typed(case):
            known = before.get((case.pk, level))
            if amount is None:
                gone += [known] if known else []
            elif share := _changed(case, Share(level, source_meant(level, source), amount), known):
                share.place_with(case)
                (changed if known else new).append(share)
    keep_new(new, actor, reason)
    keep_many(changed, actor, reason, fields=("source", "amount"))
    _take_away(gone)


def _of(cases: list[AidCase]) -> Iterator[CaseShare]:
    for chunk in in_chunks([case.pk for case in cases]):
        yield from CaseShare.objects.filter(case__in=chunk)


def _typed(case: AidCase) -> Iterator[tuple[str, Decimal | None, str]]:
    for level, name in AMOUNTS.items():
        yield level, getattr(case, name), getattr(case, SOURCES.get(level, ""), "")


def _take_away(gone: list[CaseShare]) -> None:
    with raising(gone):
        for chunk in in_chunks([share.pk for share in gone]):
            CaseShare.objects.filter(pk__in=chunk).delete()


def _changed(case: AidCase, wanted: Share, share: CaseShare | None) -> CaseShare | None:
    """The record with what is wanted of it; None where it says so already."""
    if share and (share.source, share.amount) == (wanted.source, wanted.amount):
        return None
    share = share or CaseShare(case=case, level=wanted.level)
    share.source, share.amount = wanted.source, wanted.amount
    return share


def _faults(case: AidCase, shares: Iterable[Share]) -> dict[str | None, str]:
    shares = list(shares)
    for share in shares:
        if share.level not in GrantLevel.values or share.source not in FundSource.values:
            return {None: _("请选择资助层级和资金来源。")}
        if share.amount <= 0:
            return {share.level: _("金额必须大于 0。")}
        if (share.level == GrantLevel.SOCIAL) != (share.source == FundSource.SOCIAL):
            return {share.level: _("社会的资助从社会捐助支出，市级和区级的不从社会捐助支出。")}
    words = words_of_sum(case.standard, [share.amount for share in shares])
    return {None: words} if words else {}
