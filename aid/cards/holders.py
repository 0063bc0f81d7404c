"""On which open files a card stands: of the family itself, and of its children."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from aid.models import Child, Household
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city
from portal.workbook.importing.chunks import in_chunks


class Holder(NamedTuple):
    """A family that names a card: its key, the number of its file, and the path of its union."""

    pk: int
    number: str
    path: str


@whole_city(Across.SHARED)
def holders_of(cards: Iterable[str]) -> dict[str, list[Holder]]:
    """By the hash of a card every open file that names it, each once, by number. One query, but for long lists."""
    found: dict[str, set[Holder]] = defaultdict(set)
    for chunk in in_chunks({card for card in cards if card}):
        homes = Household.objects.filter(bank_card_hash__in=chunk, closed_on=None)
        children = Child.objects.filter(bank_card_hash__in=chunk, on_file=True)
        own = homes.values_list("bank_card_hash", "pk", "number", "union_path")
        theirs = children.values_list("bank_card_hash", "household", "household__number", "household__union_path")
        for card, *holder in own.union(theirs):
            found[card].add(Holder(*holder))
    return {card: sorted(held, key=lambda holder: (holder.number, holder.pk)) for card, held in found.items()}
