"""Long lists of values: cut for the database, and told in few words."""

from collections.abc import Iterable, Iterator
from itertools import islice

CHUNK = 900  # SQLite takes 999 variables a statement in its older builds


def in_chunks(values: Iterable) -> Iterator[list]:
    """`values` in lists small enough for one IN ()."""
    iterator = iter(values)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def numbers_in_words(numbers: Iterable[int]) -> str:
    """2, 3, 4 and 7 as "2–4、7"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return "、".join("–".join(map(str, run)) for run in runs)
