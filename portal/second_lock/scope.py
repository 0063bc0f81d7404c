"""Whose records the database gives out now; `portal.second_lock.postgresql` says it with each statement."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from portal.second_lock.across import Across

NOTHING = ""
EVERYTHING = "0"  # every path begins with it: roots are counted from 0001 on
SHAPE = re.compile(r"[0-9A-Z]*")  # the steps of a path; it is written into statements

outside = NOTHING  # what holds where nobody has said anything: tests, which ask as everybody, put EVERYTHING here
_now: ContextVar[str | None] = ContextVar("portal.scope", default=None)


def path_now() -> str:
    """The path of the union whose records are given out; NOTHING where none are."""
    path = _now.get()
    return outside if path is None else path


@contextmanager
def within(path: str) -> Iterator[None]:
    """While this holds, the records of the union at `path` and below it are given out, and none else.

    Raises ValueError for what is no path.
    """
    if not SHAPE.fullmatch(path):
        message = "this is no path of a union"
        raise ValueError(message)
    before = _now.set(path)
    try:
        yield
    finally:
        _now.reset(before)


@contextmanager
def whole_city(_reason: Across) -> Iterator[None]:
    """While this holds, the records of all units are given out, for a reason that is listed; a decorator, too.

    What is asked within it must not be shown: a yes or no, a number, or what the person's right reaches otherwise.
    """
    with within(EVERYTHING):
        yield
