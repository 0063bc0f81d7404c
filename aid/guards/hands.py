"""Whose hands a case went through: who entered, changed or submitted it does not judge it (domain.md, four eyes)."""

from collections.abc import Iterable

from django.db.models import Q

from aid.models import AidCase, CaseEvent
from portal.models import User
from portal.models.personal.handover import by_same_hands
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.writing import BY_LIST, BY_WORKBOOK


def by_hand() -> Q:
    """Versions of a case that somebody typed or brought in; those made by a move do not count."""
    brought = [str(words) for words in ("", BY_WORKBOOK, BY_LIST)]
    return Q(history_change_reason__isnull=True) | Q(history_change_reason__in=brought)


def had_a_hand_in(cases: Iterable[AidCase], user: User) -> set[int]:
    """The keys of those of `cases` that `user`, or who had the desk before, entered or submitted; two queries."""
    found: set[int] = set()
    for keys in in_chunks([case.pk for case in cases]):
        submitted = CaseEvent.objects.filter(by_same_hands("actor", user), case__in=keys, move="submit")
        typed = AidCase.history.filter(by_hand(), by_same_hands("history_user", user), id__in=keys)
        found |= set(submitted.values_list("case", flat=True)) | set(typed.values_list("id", flat=True))
    return found
