"""A pairing that begins from an application: with the sponsor and in the programme that it names."""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.editing.sponsor import PAIRING_FORM
from aid.enums import AidMode, CaseState, Programme
from aid.models import AidCase, Child, Household, Pairing
from portal.access import Permission, can
from portal.audit import By
from portal.records.editing import create_record, lock_unit
from portal.workflow import MoveRefused

OVER = frozenset({CaseState.REJECTED, CaseState.WITHDRAWN})


def whom_of(case: AidCase) -> Child | Household:
    """With whom: the child, or the family for its worker in 牵手千名困难职工 (notice, part one (three) 2)."""
    return case.child.household if case.known_programme == Programme.CIVILISED_TEAMS else case.child


def running_pairings(case: AidCase):
    """The pairings that have begun from it, or might have: of that sponsor and programme, not ended."""
    whom = whom_of(case)
    same = {str(whom._meta.model_name): whom, "programme": case.known_programme, "sponsor": case.known_sponsor_id}
    return Pairing.objects.filter(ends_on=None, **same)


def refusal_of_pairing(case: AidCase) -> str:
    """Why no pairing begins from `case`; '' where one does."""
    if case.mode != AidMode.PAIRING or case.status in OVER:
        return _("只有办理中或已通过的结对助学申请可以登记结对关系。")
    if not case.known_sponsor_id or not case.known_programme:
        return _("申请的结对项目和结对方须与名录中的一致，才能登记结对关系。")
    if running_pairings(case).exists():
        return _("该结对方在这一项目中已有未结束的结对。")
    return ""


@transaction.atomic
def begin_pairing(case: AidCase, *, by: By) -> Pairing:
    """Pair the sponsor of `case` with whom its programme means, from today on. Pressed twice it is refused.

    Locks the 填报单位. Writes the pairing, its version and one audit row. Raises MoveRefused with the reason, and
    RecordRefused as the form does. Whether the sponsor suits the programme was asked when the case was entered.
    """
    if not can(by.actor, Permission.KEEP_RECORDS):
        raise MoveRefused(_("您的岗位不能登记结对关系。"))
    lock_unit(case.union)  # before it is asked: of two presses at once the second is refused
    if reason := refusal_of_pairing(case):
        raise MoveRefused(reason)
    values = {"number": "", "sponsor": case.known_sponsor.number, "programme": case.known_programme}
    values["starts_on"] = localdate()
    return create_record(PAIRING_FORM, values=values, parent=whom_of(case), by=by).record
