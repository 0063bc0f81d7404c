"""One notice for every place from one press: the cases of one employer, or of one union, on a sheet of their own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aid.casework.batches import RowOutcome, lock_unit_of, outcomes_of
from aid.casework.notices import Details, NothingPosted, post_notice
from aid.enums import NoticeApart, NoticeKind
from aid.models import AidCase, PublicNotice
from portal.audit import By
from portal.models import User

MOST_SHEETS = 50  # of one press
NAMED_BY = {NoticeApart.BY_EMPLOYER: "child__household__employer", NoticeApart.BY_UNION: "union__name"}
LONGEST_PLACE = 100


def places(pks: Iterable[int], apart: NoticeApart, user: User) -> dict[str, list[int]]:
    """The cases `pks` that `user` sees, by the name of their place; '' for those of whom none is known."""
    cases = AidCase.objects.visible_to(user).filter(pk__in=set(pks)).order_by("number", "pk")
    found: dict[str, list[int]] = defaultdict(list)
    for key, name in cases.values_list("pk", NAMED_BY[apart]):
        found[name.strip()].append(key)
    return dict(sorted(found.items()))


def proposed_place(pks: Iterable[int], user: User, before: str) -> tuple[NoticeApart, str]:
    """How the cases `pks` are hung apart, and where, unless the person says otherwise; '' for a place to be typed.

    Those of several employers hang one sheet for each. The place of the last notice, `before`, is proposed only where
    it can be theirs: it is at the one employer of all of them, or no employer is known.
    """
    found = places(pks, NoticeApart.BY_EMPLOYER, user)
    employers = [name for name in found if name]
    if not employers:
        return NoticeApart.TOGETHER, before
    if len(employers) > 1:
        fits = len(found) <= MOST_SHEETS
        return (NoticeApart.BY_EMPLOYER if fits else NoticeApart.TOGETHER), ""
    is_theirs = len(found) == 1 and before.startswith(employers[0])
    return NoticeApart.TOGETHER, before if is_theirs else ""


@transaction.atomic
def post_notices(
    pks: Iterable[int], details: Details, *, apart: NoticeApart, by: By, key: UUID
) -> tuple[list[PublicNotice], list[RowOutcome]]:
    """Put cases on notices, one for each place; `details` name the place of those of whom none is known.

    All or nothing, but for rows that cannot be put on a notice: they are left out and told. Locks the 填报单位 and
    writes what `post_notice` writes for each sheet. Sent again with the same `key` it acts once. Raises what
    `post_notice` raises, and ValidationError for more than fifty places.
    """
    if apart == NoticeApart.TOGETHER:
        notice, outcomes = post_notice(pks, details, by=by, key=key)
        return [notice], outcomes
    lock_unit_of(by.actor)
    if before := outcomes_of(key):
        return notices_of(key, by.actor), before
    groups = places(pks, apart, by.actor)
    if len(groups) > MOST_SHEETS:
        words = _("要分成 %(number)d 张公示单，一次最多 %(most)d 张。请先筛选，分几次办理。")
        raise ValidationError(words % {"number": len(groups), "most": MOST_SHEETS})
    notices, outcomes = [], []
    for serial, (name, keys) in enumerate(groups.items()):
        try:
            with transaction.atomic():
                notice, done = post_notice(
                    keys, _at(name, details, apart), by=by, key=uuid5(key, str(serial)), batch=key
                )
        except NothingPosted as nothing:
            outcomes += nothing.outcomes
        else:
            notices.append(notice)
            outcomes += done
    if not notices:
        raise NothingPosted(outcomes)
    return notices, outcomes


def _at(name: str, details: Details, apart: NoticeApart) -> Details:
    if not name:
        return details
    board = _("公告栏")
    kind = NoticeKind.EMPLOYER if apart == NoticeApart.BY_EMPLOYER else details.kind
    return replace(details, kind=kind, place=name[: LONGEST_PLACE - len(board)] + board)


def notices_of(key: UUID, user: User) -> list[PublicNotice]:
    """The notices that were posted with the press of that key, visible to `user`."""
    keys = [key, *(uuid5(key, str(serial)) for serial in range(MOST_SHEETS))]
    return list(PublicNotice.objects.visible_to(user).filter(key__in=keys).order_by("pk"))
