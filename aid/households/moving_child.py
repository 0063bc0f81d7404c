"""A child that was entered at the wrong family is put where it belongs, with all that was entered about it."""

from django.db import transaction
from django.utils.translation import gettext as _

from aid.models import Child, Household
from aid.models.casework.case_lists import APPROVED_STATES
from portal.audit import By
from portal.records.editing import Editing, Saved, change_record, lock_units
from portal.workflow import MoveRefused


def against_moving(child: Child) -> str:
    """Why the child stays where it is; '' while no case of it was approved for this family."""
    decided = child.cases.filter(status__in=APPROVED_STATES).order_by("number").values_list("number", flat=True)
    if not decided:
        return ""
    words = _("申请 %(numbers)s 已按这一户审批通过，不能再改到另一户。")
    return words % {"numbers": "、".join(decided)}


@transaction.atomic
def move_child(child: Child, household: Household, *, editing: Editing, by: By) -> Saved:
    """Put a child that was entered at the wrong family to `household`; its cases, entries and visits go along.

    Locks the 填报单位 of both. Writes the child and what follows it, their versions, and one audit row. Raises
    MoveRefused if it is there already, a case of it was approved or that file is closed, RecordRefused by the rules:
    the worker himself.
    """
    if child.household_id == household.pk:
        raise MoveRefused(_("该子女就在这一户。"))
    lock_units(child.union, household.union)
    if reason := against_moving(child):
        raise MoveRefused(reason)
    household.refresh_from_db(fields=["closed_on"])
    if reason := editing.barred(household):
        raise MoveRefused(reason)
    return change_record(editing, child, values={"household": household.number}, by=by)
