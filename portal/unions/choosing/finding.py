"""Unions within somebody's scope: all of them where they are few, else by what is typed of their code or name."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from portal.models import Union

OFFERED = 50  # unions that a list offers; of more, one is typed
MOST_LIKE = 20  # unions that are offered for what was typed


class NotOneError(LookupError):
    """What was typed names no union of the scope, or several; `like` are those that may be meant."""

    def __init__(self, like: Iterable[Union]):
        self.like = list(like)
        super().__init__("no one union")


def few(scope: QuerySet[Union]) -> list[Union] | None:
    """All unions of `scope` in the order of the tree; None where they are more than a list offers. One query."""
    found = list(scope.order_by("path")[: OFFERED + 1])
    return found if len(found) <= OFFERED else None


def spoken(union: Union) -> str:
    """What stands in the box for a union, and finds it again: its code and its name."""
    return f"{union.code} {union.name}"


def like(scope: QuerySet[Union], typed: str) -> list[Union]:
    """The first of `scope` whose code begins with what was typed, or whose name holds it; upper levels come first."""
    typed = " ".join(typed.split())
    meant = Q(code__startswith=typed) | Q(name__contains=typed)
    return list(scope.filter(meant).order_by("depth", "path")[:MOST_LIKE]) if typed else []


def named(scope: QuerySet[Union], typed: str) -> Union:
    """The union of `scope` with that code, that whole name, or both as `spoken`. Raises NotOneError."""
    typed = " ".join(typed.split())
    code, _space, name = typed.partition(" ")
    exact = Q(code=typed) | Q(name=typed) | Q(code=code, name=name)
    found = list(scope.filter(exact).order_by("path")[:MOST_LIKE])
    if one := _the_one(found, typed):
        return one
    raise NotOneError(found or like(scope, typed))


def _the_one(found: list[Union], typed: str) -> Union | None:
    """Of those that have what was typed as code or name, the one that is meant."""
    by_code = [union for union in found if union.code in (typed, typed.partition(" ")[0])]
    return (by_code or found)[0] if len(by_code or found) == 1 else None


class KnownUnions:
    """All unions of a scope in memory, among which those of many rows are found. One query."""

    def __init__(self, scope: QuerySet[Union]) -> None:
        self._by_word: dict[str, list[Union]] = {}
        for union in scope.order_by("path"):
            for word in dict.fromkeys((union.code, union.name, spoken(union))):
                self._by_word.setdefault(word, []).append(union)

    def named(self, typed: str) -> Union:
        """The same as `named` of the scope. Raises NotOneError, with those that have the name, if there are several."""
        typed = " ".join(typed.split())
        found = self._by_word.get(typed, [])
        if one := _the_one(found, typed):
            return one
        raise NotOneError(found)
