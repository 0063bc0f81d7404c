"""What a person is given out by the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from portal.access import Permission, can
from portal.second_lock.scope import EVERYTHING, NOTHING, within


def path_of(user: Any) -> str:
    """What `user` may be given at all: of the own union and below, which for the city is everything; NOTHING for who
    works with no records."""
    if not can(user, Permission.VIEW_RECORDS):
        return NOTHING
    return EVERYTHING if user.union.is_city else user.union.path


@contextmanager
def scope_of(user: Any) -> Iterator[None]:
    """While this holds, what `user` may see is given out: for work that is done for somebody outside a request."""
    with within(path_of(user) if settings.SECOND_LOCK else EVERYTHING):
        yield
