"""Long lists of values, cut for the database."""

from collections.abc import Iterable, Iterator
from itertools import islice

CHUNK = 900  # SQLite takes 999 variables a statement in its older builds


def in_chunks(values: Iterable) -> Iterator[list]:
    """`values` in lists small enough for one IN ()."""
    iterator = iter(values)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
