"""A list of accounts on its way in: brought, looked at, confirmed, and agreed to by a second person."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.account_lists.checking import JudgedRow, by_rules, compare
from portal.account_lists.sheet import ListedRow, read_rows
from portal.accounts.second_person import agree_to_all, ask_to_open, settle_all
from portal.accounts.services import open_accounts
from portal.audit import By, record
from portal.enums import AccountFate, AccountOutcome, AuditAction, BatchState
from portal.forms.account import ROLES
from portal.keeping import shortened
from portal.models import AccountBatch, AccountRequest
from portal.workbook.uploading import as_file

LONG = 200  # rows: what is more is done in a job
Tick = Callable[[], object]


def keep_batch(content: bytes, *, name: str, by: By) -> AccountBatch:
    """Keep a list of accounts as it was read, encrypted, to be checked.

    Effects: the list, one audit row. Raises WorkbookRefused, in words, for a file that is no such list.
    """
    with as_file(content) as path:
        rows = read_rows(path)
    batch = AccountBatch(brought_by=by.person, file_name=shortened(name), content=content, state=BatchState.READ)
    batch.rows = [JudgedRow(row.number, row.cells, row.faults).kept() for row in rows]
    with transaction.atomic():
        batch.save()
        record(AuditAction.UPLOADED, by=by, subject=_subject(batch), count=len(rows))
    return batch


def check_batch(batch: AccountBatch, *, tick: Tick = bool) -> AccountBatch:
    """Write down what would become of each row of a list; no account is opened. Checked before, it stays as it is.

    `tick` is called for each row, and once more before what was found is written for good. Effects: the list.
    """
    if not batch.is_to_check:
        return batch
    rows = by_rules(map(_listed, batch.rows), tick)
    compare(rows)
    batch.rows, batch.state = [row.kept() for row in rows], BatchState.CHECKED
    changes = {"outcome": batch.outcome, "state": batch.state}
    with transaction.atomic():
        AccountBatch.objects.filter(pk=batch.pk, state=BatchState.READ).update(**changes)
        tick()
    return batch


def is_long(count: int) -> bool:
    """Whether so many rows take longer than one waits for a page."""
    return count > LONG


def _subject(batch: AccountBatch) -> str:
    return f"{batch._meta.verbose_name} {batch.pk}"


def confirm_batch(batch: AccountBatch, *, by: By, tick: Tick = bool) -> AccountBatch:
    """Open the accounts of a list, and ask a second person for those that decide; confirmed twice it acts once.

    Each row is judged again, since accounts may have changed meanwhile; those that are refused stay in the list, with
    their reasons. `tick` is called for each row, and once more when all is written: what it raises then undoes all.
    Effects: the accounts, the requests, the list, whose file is wiped, and an audit row for each. Raises
    ValidationError for anybody but who brought it, where nothing can be opened, and where somebody opened one of the
    accounts in the same moment.
    """
    if batch.brought_by_id != by.person.pk:
        raise ValidationError(_("由上传名单的人确认。"))
    # Outside the transaction, which is to be short; what a row says is never written anew.
    rows = by_rules(map(_listed, batch.rows), tick) if batch.is_to_confirm else []
    try:
        with transaction.atomic():
            confirmed = _confirm(AccountBatch.objects.select_for_update().get(pk=batch.pk), rows, by)
            tick()
            return confirmed
    except IntegrityError:
        raise ValidationError(_("刚刚有人开了其中的账号，没有写入，请再确认一次。")) from None


def _confirm(batch: AccountBatch, rows: list[JudgedRow], by: By) -> AccountBatch:
    if batch.is_confirmed:
        return batch
    if not batch.is_to_confirm:
        raise ValidationError(_("名单还没有检查，或已过期清除，请刷新页面。"))
    compare(rows)
    opened, asked = _with_fate(rows, AccountFate.OPEN), _with_fate(rows, AccountFate.SECOND)
    if not opened and not asked:
        raise ValidationError(_("没有可以开通的账号。"))
    open_accounts(opened, by=by)
    ask_to_open(asked, batch=batch, by=by)
    batch.rows = [row.kept() for row in rows]
    batch.state, batch.confirmed_at, batch.content = BatchState.CONFIRMED, timezone.now(), b""
    batch.save()
    record(AuditAction.IMPORTED, by=by, subject=_subject(batch), created=len(opened), count=len(rows))
    return batch


def _listed(row: dict[str, Any]) -> ListedRow:
    """A kept row as it was read. What was wrong with a cell itself, as a formula, still is."""
    return ListedRow(row["number"], row["cells"], row["unread"])


def _with_fate(rows: list[JudgedRow], fate: AccountFate) -> list[dict[str, Any]]:
    return [row.fields for row in rows if row.fate == fate]


def to_agree(batch: AccountBatch, by: By) -> QuerySet[AccountRequest]:
    """The requests of a list that wait for this person as the second one."""
    waiting: QuerySet[AccountRequest] = AccountRequest.objects.for_second(by.person).filter(batch=batch)
    return waiting.select_related("union", "asked_by").order_by("pk")


def agree_to_batch(batch: AccountBatch, *, by: By, tick: Tick = bool) -> int:
    """Agree to all accounts of a list that wait for this person; how many are left, which are possible no more.

    They wait on, one by one. `tick` is called as by `confirm_batch`. Effects: those of `agree_to_all`. Raises
    ValidationError where nothing waits.
    """
    found = {row.number: row for row in by_rules(map(_as_listed, to_agree(batch, by)), tick)}
    try:
        with transaction.atomic():
            asked = _locked(to_agree(batch, by))
            rows = [(each, found[each.pk]) for each in asked if each.pk in found]
            compare([row for _each, row in rows])
            possible = [(each, row) for each, row in rows if row.fate == AccountFate.ASKED]
            agree_to_all([each for each, _row in possible], [row.fields for _each, row in possible], by=by)
            tick()
    except IntegrityError:
        raise ValidationError(_("刚刚有人开了其中的账号，没有写入，请再确认一次。")) from None
    return len(asked) - len(possible)


def _as_listed(asked: AccountRequest) -> ListedRow:
    words = {value: word for word, value in ROLES.items()}
    fields = asked.fields | {"username": asked.username, "role": words.get(asked.fields["role"], "")}
    return ListedRow(asked.pk, fields)


def _locked(waiting: QuerySet[AccountRequest]) -> Sequence[AccountRequest]:
    asked = list(waiting.select_for_update(of=("self",)))
    if not asked:
        raise ValidationError(_("没有等您办理的申请。"))
    return asked


def refuse_batch(batch: AccountBatch, *, reason: str, by: By) -> None:
    """Say no to all accounts of a list that wait for this person, for a reason. Raises ValidationError."""
    with transaction.atomic():
        settle_all(_locked(to_agree(batch, by)), AccountOutcome.REFUSED, reason=_given(reason), by=by)


def withdraw_batch(batch: AccountBatch, *, reason: str, by: By) -> None:
    """Take one's own requests of a list back that still wait, for a reason. Raises ValidationError."""
    own = AccountRequest.objects.waiting().filter(batch=batch, asked_by=by.person).order_by("pk")
    with transaction.atomic():
        asked = _locked(own.select_related("union"))
        settle_all(asked, AccountOutcome.WITHDRAWN, reason=_given(reason), by=by)


def _given(reason: str) -> str:
    if not reason.strip():
        raise ValidationError(_("请写明原因。"))
    return reason.strip()[:200]
