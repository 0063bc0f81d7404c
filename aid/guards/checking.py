"""What keeps a case from passing 初审: the campaign does without, the same hands, policies nobody has answered."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from aid.guards.hands import had_a_hand_in
from aid.guards.submitting import words_of_unanswered
from aid.models import AidCase
from portal.models import User


def against_checking(case: AidCase, actor: User) -> str:
    """Everything that is against passing `case`; '' when nothing is."""
    return " ".join(reasons_against_checking([case], actor)[case.pk])


def reasons_against_checking(cases: Iterable[AidCase], actor: User) -> dict[int, list[str]]:
    """By the key of each case all that keeps `actor` from passing it; the same few queries however many there are."""
    cases = list(cases)
    own, unanswered = had_a_hand_in(cases, actor), words_of_unanswered(cases)
    return {case.pk: _reasons(case, unanswered[case.pk], is_own=case.pk in own) for case in cases}


def _reasons(case: AidCase, unanswered: str, *, is_own: bool) -> list[str]:
    if not case.campaign.check_first:
        return [_("本年度活动不设初审，由经办人直接公示。")]
    hands = _("这份申请由您登记、修改或提交，须由另一人初审。") if is_own else ""
    return [words for words in (hands, unanswered) if words]
