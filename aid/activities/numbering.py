"""Many new records of one model that name a child each: numbered and kept at once."""

from collections.abc import Sequence

from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import keep_new
from portal.models import Union, VersionedRecord
from portal.workbook.numbers import next_numbers


def keep_numbered(rows: Sequence[VersionedRecord], *, unit: Union, prefix: str, by: By) -> int:
    """Number and write `rows`, a version of each and one audit row; how many there were.

    The caller has locked `unit`.
    """
    if rows:
        model = type(rows[0])
        numbers = next_numbers(model, unit=unit, prefix=prefix, count=len(rows))
        for row, number in zip(rows, numbers, strict=True):
            row.number = number
        keep_new(rows, by.actor)
        audit.record(AuditAction.RECORD_SAVED, by=by, subject=str(model._meta.verbose_name), count=len(rows))
    return len(rows)
