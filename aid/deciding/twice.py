"""One card or telephone on file for several families: of those of other units no more than the unit's name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from aid.cards.holders import Holder, holders_of
from aid.models import AidCase, Household
from portal.models import REPORTING_PATH_LENGTH, Union, User
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city


@dataclass(frozen=True)
class Shared:
    """In words the other open files that name the same card, and the same telephone."""

    card: tuple[str, ...] = ()
    telephone: tuple[str, ...] = ()


def named_twice(cases: Iterable[AidCase], user: User) -> dict[int, Shared]:
    """By household what other open files share with it; three queries at most."""
    cases = list(cases)
    homes = {case.child.household_id: case.child.household for case in cases}
    named = _cards(cases)
    cards, telephones = holders_of(chain.from_iterable(named.values())), _same_telephone(homes)
    held_all = chain.from_iterable(chain(cards.values(), telephones.values()))
    paths = {holder.path[:REPORTING_PATH_LENGTH] for holder in held_all}
    units = dict(Union.objects.filter(path__in=paths).values_list("path", "name")) if paths else {}

    def words(home: Household, held: dict[str, list[Holder]], values: Iterable[str]) -> tuple[str, ...]:
        others = {holder: None for value in values for holder in held.get(value, ()) if holder.pk != home.pk}
        return tuple(_words(holder.number, holder.path, user, units) for holder in others)

    return {
        pk: Shared(words(home, cards, named[pk]), words(home, telephones, [home.telephone_hash]))
        for pk, home in homes.items()
    }


def _cards(cases: Iterable[AidCase]) -> dict[int, list[str]]:
    """By household the card of the family, and those of the children that apply."""
    named: dict[int, list[str]] = defaultdict(list)
    for case in cases:
        named[case.child.household_id] += [case.child.household.bank_card_hash, case.child.bank_card_hash]
    return named


@whole_city(Across.SHARED)
def _same_telephone(homes: dict[int, Household]) -> dict[str, list[Holder]]:
    """By telephone all open files that name it, those of `homes` included."""
    held = defaultdict(list)
    values = {home.telephone_hash for home in homes.values() if home.telephone_hash}
    open_files = Household.objects.filter(telephone_hash__in=values, closed_on=None).order_by("number", "pk")
    for telephone, *holder in open_files.values_list("telephone_hash", "pk", "number", "union_path"):
        held[telephone].append(Holder(*holder))
    return held


def _words(number: str, path: str, user: User, units: dict[str, str]) -> str:
    if path.startswith(user.union.path):
        return _("家庭档案 %s") % number
    return _("“%s”的一个家庭") % units.get(path[:REPORTING_PATH_LENGTH], "")
