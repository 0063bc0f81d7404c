"""What the city changed in the code lists: one word of its own, and one that is used no more."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.enums import EmployerState, WorkState
from portal.audit import By
from portal.codes.changing import add_word, codes_now, withdraw_word
from portal.codes.declaration import code_lists
from portal.models import User


def change_code_lists(reviewer: User) -> None:
    """A way of working that the national list does not know, and a state of employers of another time."""
    by, year, reason = By(reviewer), localdate().year, _("演示数据，不是正式通知")
    work, employers = code_lists()["work-state"], code_lists()["employer-state"]
    if codes_now(work).version or codes_now(employers).version:
        return
    add_word(
        work, code="flexible", word=_("灵活就业"), year=year, after=WorkState.AT_WORK, reason=reason, seen=0, by=by
    )
    withdraw_word(employers, EmployerState.RESTRUCTURED, last_year=year - 1, reason=reason, seen=0, by=by)
