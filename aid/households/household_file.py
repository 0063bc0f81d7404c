"""Closing, reopening and verifying a household's file (domain.md, Household).

`editing` is the form of households: what follows from the change and the rules it is checked with come from there.
"""

from dataclasses import replace
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.enums import ClosingReason
from aid.models import Household
from portal.audit import By
from portal.records.editing import Editing, RecordRefused, Saved, change_record


def close_household(household: Household, *, closed_on: date, reason: ClosingReason, editing: Editing, by: By) -> Saved:
    """Close the file on `closed_on` for one of the reasons; its children are no longer on file.

    Writes household and children with their versions, and one audit row. Raises RecordRefused if the file is closed
    already, a transfer of it waits for an answer, or a date on file contradicts.
    """
    if household.transfers.waiting().exists():
        raise RecordRefused({None: [_("该户正在办理转移，请先办完或取消转移。")]})
    values = {"closed_on": closed_on, "closed_reason": str(ClosingReason(reason).label)}
    return change_record(editing, household, values=values, by=by)


def reopen_household(household: Household, *, editing: Editing, by: By) -> Saved:
    """Take a closing back; its children are on file again.

    Writes household and children with their versions, and one audit row; nothing if the file is open. Raises
    RecordRefused if the worker or a child has an open file elsewhere, whose unit's name is all it tells.
    """
    values = {"closed_on": None, "closed_reason": ""}
    return change_record(_of_closed(editing), household, values=values, by=by)


def verify_household(household: Household, *, editing: Editing, by: By) -> Saved:
    """Note that what is on file was verified today (动态管理, notice part one (two) 2).

    Writes the household with one version and one audit row; nothing the second time on one day. Raises RecordRefused
    for a closed file.
    """
    also = {"verified_on": localdate(), "verified_by": by.actor}
    return change_record(editing, household, values={}, also=also, by=by)


def _of_closed(editing: Editing) -> Editing:
    """The same form for a file that is closed."""
    return replace(editing, refusal=lambda _household: "")
