"""What a move of an aid case asks besides state and role. Each answers why not; '' when nothing is against it.

A guard judges an act, now and by this person; `aid.record_rules` judges what a record says, also of history that comes
in decided. A case that a guard let through keeps every rule. The other way round not: the rules ask neither for days of
notice enough nor for the day after the last (workbook.md, "here, where history comes in, the same day is accepted";
domain.md, "no approval before the last day has passed").
"""

from aid.guards.approving import against_approving
from aid.guards.checking import against_checking
from aid.guards.following_up import against_following_up
from aid.guards.posting import against_posting
from aid.guards.submitting import against_submitting
from aid.guards.undoing import against_resuming, against_withdrawing

__all__ = [
    "against_approving",
    "against_checking",
    "against_following_up",
    "against_posting",
    "against_resuming",
    "against_submitting",
    "against_withdrawing",
]
