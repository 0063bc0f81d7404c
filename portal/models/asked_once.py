"""What a page asks of the database several times is asked once while it is drawn: the answer is kept so long."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Answer = TypeVar("Answer")
# The answers by their questions; None where nobody keeps them.
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("asked_once", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Within it each question of `once` is asked a single time; nothing may be written that would change an answer."""
    before = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(before)


def once(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to `question`, which names all that it depends on: the one kept, else what `ask` finds."""
    kept = _kept.get()
    if kept is None:
        return ask()
    if question not in kept:
        kept[question] = ask()
    answer: Answer = kept[question]
    return answer
