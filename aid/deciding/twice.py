"""One card or telephone on file for several families: of those of other units no more than the unit's name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from aid.models import AidCase, Household
from portal.models import REPORTING_PATH_LENGTH, Union, User


@dataclass(frozen=True)
class Shared:
    """In words the other open files that name the same card, and the same telephone."""

    card: tuple[str, ...] = ()
    telephone: tuple[str, ...] = ()


def named_twice(cases: Iterable[AidCase], user: User) -> dict[int, Shared]:
    """By household what other open files share with it; three queries at most."""
    homes = {case.child.household_id: case.child.household for case in cases}
    cards, telephones = (_holders(homes, field) for field in ("bank_card_hash", "telephone_hash"))
    held_all = chain.from_iterable(chain(cards.values(), telephones.values()))
    paths = {path[:REPORTING_PATH_LENGTH] for _pk, _number, path in held_all}
    units = dict(Union.objects.filter(path__in=paths).values_list("path", "name")) if paths else {}

    def words(home: Household, held: dict[str, list], field: str) -> tuple[str, ...]:
        others = held.get(getattr(home, field), [])
        return tuple(_words(number, path, user, units) for pk, number, path in others if pk != home.pk)

    return {
        pk: Shared(words(home, cards, "bank_card_hash"), words(home, telephones, "telephone_hash"))
        for pk, home in homes.items()
    }


def _holders(homes: dict[int, Household], field: str) -> dict[str, list]:
    """By value all open files that name it, those of `homes` included."""
    held = defaultdict(list)
    values = {value for home in homes.values() if (value := getattr(home, field))}
    open_files = Household.objects.filter(**{f"{field}__in": values}, closed_on=None).order_by("number", "pk")
    for pk, value, number, path in open_files.values_list("pk", field, "number", "union_path"):
        held[value].append((pk, number, path))
    return held


def _words(number: str, path: str, user: User, units: dict[str, str]) -> str:
    if path.startswith(user.union.path):
        return _("家庭档案 %s") % number
    return _("“%s”的一个家庭") % units.get(path[:REPORTING_PATH_LENGTH], "")
