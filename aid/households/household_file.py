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
from portal.models import User
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


def verified_today(household: Household, actor: User) -> bool:
    """Whether `actor` verified it today: the press can be taken back by the same hand within the day."""
    return household.verified_on == localdate() and household.verified_by_id == actor.pk


def unverify_household(household: Household, *, editing: Editing, by: By) -> Saved:
    """Take back a verification of today that was pressed at the wrong family: the one before it stands again.

    Writes the household with one version and one audit row. Raises RecordRefused where it is not theirs to take back.
    """
    if not verified_today(household, by.actor):
        raise RecordRefused({None: [_("只有当天核实的本人可以撤销核实。")]})
    earlier = household.history.exclude(verified_on=household.verified_on, verified_by=household.verified_by_id)
    last = earlier.order_by("-history_date", "-history_id").first()
    also = {"verified_on": last.verified_on if last else None, "verified_by": last.verified_by if last else None}
    return change_record(editing, household, values={}, also=also, by=by)


def _of_closed(editing: Editing) -> Editing:
    """The same form for a file that is closed."""
    return replace(editing, refusal=lambda _household: "")
