"""What becomes of a promise: kept by help already given, or dropped; and help that comes with the next promise."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from employment.assistance.repeating import refuse_repeats
from employment.editing.assistance import ASSISTANCE_FORM
from employment.editing.promise import PROMISE_FORM, closed
from employment.models import Assistance, Graduate, Promise
from portal.access import Permission, can
from portal.audit import By
from portal.models import User
from portal.records.editing import (
    RecordRefused,
    RecordsRefused,
    Saved,
    change_record,
    create_record,
    create_records,
    lock_unit,
)
from portal.records.editing.saving import kept_whole
from portal.workflow import MoveRefused

LONGEST_REASON = 200


class PromiseRefused(Exception):  # noqa: N818  named after what happens to the promise
    """The help could be saved and the promise that came with it could not; `refused` says why."""

    def __init__(self, refused: Exception):
        super().__init__(refused)
        self.refused = refused


def help_that_keeps(promise: Promise, user: User):
    """Help in the scope of `user` by which `promise` may be called kept: of its kind, not before it, unused so far."""
    given = Assistance.objects.visible_to(user).filter(graduate=promise.graduate_id, kind=promise.kind)
    return given.filter(given_on__gte=promise.promised_on, promises_kept=None).order_by("given_on", "pk")


def keep_promise(promise: Promise, help_: Assistance, *, by: By) -> Promise:
    """Call `promise` kept by `help_`, for which see `help_that_keeps`. Sent twice it is kept once.

    Locks the 填报单位. Writes the promise with one version and one audit row. Raises MoveRefused if it is closed
    otherwise, the help does not keep it, or `by` keeps no records.
    """
    with kept_whole():
        promise = _locked(promise, by.actor)
        if promise.kept_by_id == help_.pk:
            return promise
        if not help_that_keeps(promise, by.actor).filter(pk=help_.pk).exists():
            raise MoveRefused(closed(promise) or _("这条帮扶不能兑现这一承诺。"))
        return _close(promise, {"kept_by": help_, "closed_on": help_.given_on}, by)


def drop_promise(promise: Promise, reason: str, *, by: By) -> Promise:
    """Close `promise` without help, for a reason. Sent twice it is dropped once.

    Locks the 填报单位. Writes the promise with one version and one audit row. Raises MoveRefused if it is closed
    otherwise or `by` keeps no records, ValidationError without a reason.
    """
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise ValidationError({"reason": _("请写明为什么取消。")})
    with kept_whole():
        promise = _locked(promise, by.actor)
        if promise.dropped_reason == reason:
            return promise
        return _close(promise, {"dropped_reason": reason, "closed_on": localdate()}, by)


def help_once(
    graduate: Graduate,
    *,
    values: Mapping[str, Any],
    promised: Mapping[str, Any] | None,
    by: By,
    key: UUID,
    digest: str,
    is_meant: bool = False,
) -> Saved:
    """One act of help and, if something was `promised` with it, the promise: both or neither.

    Effects and refusals are those of `create_record`, for each of the two; PromiseRefused for the promise, and
    Repeated for help that seems to be on file already, unless `is_meant`.
    """
    with kept_whole():
        saved = create_record(ASSISTANCE_FORM, values=values, parent=graduate, key=key, digest=digest, by=by)
        refuse_repeats([saved.record], actor=by.actor, meant={graduate.pk} if is_meant else ())
        if promised:
            with _told_apart():
                create_record(PROMISE_FORM, values=promised, parent=graduate, by=by)
    return saved


def help_many(
    rows: Sequence[tuple[int, Mapping[str, Any]]],
    *,
    promised: Mapping[str, Any] | None,
    by: By,
    key: UUID,
    digest: str,
    meant: Collection[int] = (),
) -> list[Assistance]:
    """The same for many: `rows` are pairs of a graduate's key and the values of the help; all or nothing.

    Effects and refusals are those of `create_records`, for both; PromiseRefused for a promise, and Repeated for help
    that seems to be on file already, save of the graduates whose keys are `meant`.
    """
    with kept_whole():
        made = create_records(ASSISTANCE_FORM, rows=rows, key=key, digest=digest, by=by)
        refuse_repeats(made, actor=by.actor, meant=meant)
        if promised:
            with _told_apart():
                create_records(PROMISE_FORM, rows=[(graduate, promised) for graduate, _values in rows], by=by)
    return made


@contextmanager
def _told_apart() -> Iterator[None]:
    """What is refused of the promise is no fault of the help."""
    try:
        yield
    except (RecordRefused, RecordsRefused) as refused:
        raise PromiseRefused(refused) from None


def _locked(promise: Promise, actor: User) -> Promise:
    """The promise as it is now, its unit locked."""
    if not can(actor, Permission.KEEP_RECORDS):
        raise MoveRefused(_("您的岗位不能办理帮扶承诺。"))
    lock_unit(promise.union)
    found = Promise.objects.visible_to(actor).select_related("union").filter(pk=promise.pk).first()
    if found is None:
        raise MoveRefused(_("这条承诺不在您的工会范围内。"))
    return found


def _close(promise: Promise, also: Mapping[str, Any], by: By) -> Promise:
    try:
        return change_record(PROMISE_FORM, promise, values={}, also=also, by=by).record
    except RecordRefused as refused:
        raise MoveRefused(_("；").join(word for words in refused.by_field.values() for word in words)) from None
