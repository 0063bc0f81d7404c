"""What the first page shows besides what waits: parts that the floors declare, `settings.HOME_CARDS` names where."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from portal.access import Permission, can
from portal.models import User


class Place(Enum):
    """Where on the page a part stands."""

    MAIN = "main"
    BELOW = "below"  # what waits
    SIDE = "side"


@dataclass(frozen=True)
class Card:
    """One part of the page: `shown` says what its template is drawn with, None where it has nothing for that person."""

    template: str
    permission: Permission
    place: Place
    shown: Callable[[User], dict[str, Any] | None]


@dataclass(frozen=True)
class CardShown:
    """A part with what it is drawn with."""

    template: str
    place: Place
    data: dict[str, Any]


@cache
def all_cards() -> tuple[Card, ...]:
    """Every part, in the order in which the page has them."""
    return tuple(card for path in settings.HOME_CARDS for card in import_string(path))


def cards_for(user: User) -> list[CardShown]:
    """The parts that `user` is shown."""
    asked = ((card, card.shown(user)) for card in all_cards() if can(user, card.permission))
    return [CardShown(card.template, card.place, data) for card, data in asked if data is not None]
