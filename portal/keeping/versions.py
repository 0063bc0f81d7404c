"""The one way to write a record again. Nobody else raises `version` or tells the history whose doing it was.

`reason` says in words what was done; the history holds the first hundred characters. The caller holds the transaction
and has locked what must not change meanwhile.
"""

from typing import Any

from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.kept.revisions import raising
from portal.models import AuditEntry

LONGEST_REASON = 100  # of simple-history's own column
TOLD_BY_REASON = (AuditAction.MOVED, AuditAction.RECORD_SAVED)  # what was done, the names of all others say


def keep(
    record: Any, by: By, reason: str, /, *, action: AuditAction = AuditAction.MOVED, about: Any = None, **detail: Any
) -> AuditEntry:
    """Write `record` as its next version, with a row of history that says by whom and why, and one audit row.

    A new record is written as its first. `detail` goes into the audit row, which is `about` the record itself unless
    told otherwise.
    """
    keep_along(record, by, reason)
    if reason and action in TOLD_BY_REASON:
        detail = {"act": reason} | detail
    return audit.record(action, by=by, about=about or record, **detail)


def keep_along(record: Any, by: By, reason: str = "", /) -> None:
    """The same without an audit row: of a record that changes along with another, whose row tells of both."""
    record.version += not record._state.adding
    keep_aside(record, by, reason)


def keep_aside(record: Any, by: By, reason: str, /) -> None:
    """A row of history alone. `version` stays: what changed is no field of a form that must be told of a conflict."""
    record._history_user = by.actor
    record._change_reason = reason[:LONGEST_REASON] or None
    with raising([record]):
        record.save()
