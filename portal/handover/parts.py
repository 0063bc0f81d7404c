"""What goes over: each floor declares its parts, `settings.HANDOVER` names where."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from portal.audit import By
from portal.desk.season import SeasonDay
from portal.models import User


@dataclass(frozen=True)
class HandoverPart:
    """One part of somebody's work.

    `rows` are what it consists of, `url` their list for who may open it. `take` gives it to the successor; without it
    nothing is written: whoever works in the union goes on with it, and who began it stays the first of the four eyes.
    `days` are when something of it is due; `against` says why it cannot go over by itself.
    """

    label: str | Promise
    rows: Callable[[User], QuerySet]
    url: Callable[[User], str]
    take: Callable[[User, User, By], int] | None = None
    days: Callable[[User], Iterable[SeasonDay]] = lambda _predecessor: ()
    against: Callable[[User], str | Promise] = lambda _predecessor: ""


@cache
def all_parts() -> tuple[HandoverPart, ...]:
    """Every part, in the order in which it is told."""
    return tuple(part for path in settings.HANDOVER for part in import_string(path))
