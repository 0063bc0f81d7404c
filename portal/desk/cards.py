"""What the first page and those of the areas show besides what waits: parts that the floors declare.

`settings.DESK_CARDS` names where.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from portal.access import Permission, can
from portal.models import User
from portal.web.navigation import HOME


class Place(Enum):
    """Where on the page a part stands."""

    MAIN = "main"
    BELOW = "below"  # what waits
    SIDE = "side"


@dataclass(frozen=True)
class Card:
    """One part of a page: `shown` says what its template is drawn with, None where it has nothing for that person.

    `areas` are the slugs of the areas on whose pages it stands.
    """

    template: str
    permission: Permission
    place: Place
    shown: Callable[[User], dict[str, Any] | None]
    areas: tuple[str, ...] = (HOME.slug,)


@dataclass(frozen=True)
class CardShown:
    """A part with what it is drawn with."""

    template: str
    place: Place
    data: dict[str, Any]


@cache
def all_cards() -> tuple[Card, ...]:
    """Every part, in the order in which the page has them."""
    return tuple(card for path in settings.DESK_CARDS for card in import_string(path))


def cards_for(user: User, slugs: Collection[str] = (HOME.slug,)) -> dict[str, list[CardShown]]:
    """The parts that `user` is shown on the page of the areas of these slugs, by the name a template has for them."""
    mine = (card for card in all_cards() if not {*card.areas}.isdisjoint(slugs) and can(user, card.permission))
    asked = [(card, card.shown(user)) for card in mine]
    shown = [CardShown(card.template, card.place, data) for card, data in asked if data is not None]
    return {f"{place.value}_cards": [card for card in shown if card.place is place] for place in Place}
