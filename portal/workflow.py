"""Moves of a record from state to state: one table says which there are, one function applies them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.access import Permission, can


class MoveRefused(Exception):  # noqa: N818  named after what happens to the move
    """A move that cannot be made, with the reason in words."""


@dataclass(frozen=True)
class Guard:
    """What must hold besides state and role. `words` is for the documentation.

    `refusal(record, user)` says in words why it does not hold; '' when it does.
    """

    words: str | Promise
    refusal: Callable[[Any, Any], str]


@dataclass(frozen=True)
class Turn:
    """Where a move leads a record of which `holds` is true, in place of its target; `words` say which, for the page."""

    target: str
    words: str | Promise
    holds: Callable[[Any], bool]


@dataclass(frozen=True)
class Move:
    """One arrow of the diagram, or two if it may turn. `reason` says whether who makes it must write why."""

    name: str
    label: str | Promise
    sources: frozenset[str]
    target: str
    permission: Permission
    reason: bool = False
    guard: Guard | None = None
    turn: Turn | None = None

    @property
    def targets(self) -> tuple[str, ...]:
        """The states it may lead to, the usual one first."""
        return (self.target, self.turn.target) if self.turn else (self.target,)

    def target_of(self, record: Model) -> str:
        """The state it leads `record` to."""
        return self.turn.target if self.turn and self.turn.holds(record) else self.target

    def hindrance(self, record: Model, user: Any) -> str:
        """Why the guard keeps `user` from the move; '' when nothing does."""
        return self.guard.refusal(record, user) if self.guard else ""


class WorkflowError(ValueError):
    """The table contradicts itself: found at import."""


@dataclass(frozen=True)
class Workflow:
    """All moves of one kind of record, whose state is in the field `field`."""

    states: type[TextChoices]
    moves: tuple[Move, ...]
    field: str = "state"

    def __post_init__(self) -> None:
        names = [move.name for move in self.moves]
        known = set(self.states.values)
        strange = {state for move in self.moves for state in (*move.sources, *move.targets)} - known
        if strange or len(names) != len(set(names)):
            message = f"unknown states {sorted(strange)} or repeated moves in {names}"
            raise WorkflowError(message)

    @cached_property
    def by_name(self) -> dict[str, Move]:
        return {move.name: move for move in self.moves}

    @cached_property
    def way(self) -> tuple[str, ...]:
        """The states that a record passes when all goes well, in the order of `states`.

        Those that moves without a reason lead to, one after the other, from the first state: what needs a reason leads
        back or off the way.
        """
        reached, found = set(), {next(iter(self.states.values))}
        while found:
            reached |= found
            moves = (move for move in self.moves if not move.reason and move.sources & found)
            found = {target for move in moves for target in move.targets} - reached
        return tuple(state for state in self.states.values if state in reached)

    def next_by(self, state: str, user: Any) -> bool:
        """Whether it is up to `user` to move on what stands in `state`; what needs a reason is nobody's next step."""
        return any(state in move.sources and not move.reason and can(user, move.permission) for move in self.moves)

    def words(self, name: str) -> str:
        """What a move is called; the name itself of one that the table has no more."""
        return str(self.by_name[name].label) if name in self.by_name else name

    def open_to(self, record: Model, user: Any) -> Iterator[Move]:
        """The moves `user` may make with `record` as it stands: the buttons of its page."""
        state = getattr(record, self.field)
        return (
            move
            for move in self.moves
            if state in move.sources and can(user, move.permission) and not move.hindrance(record, user)
        )

    def misplaced(self, record: Model, move: Move) -> str:
        """Why the state of `record` keeps everybody from `move`; '' when it does not."""
        return "" if getattr(record, self.field) in move.sources else self._out_of_place(record, move)

    def apply(self, record: Model, name: str, *, actor: Any, reason: str = "", also: Iterable[str] = ()) -> Move:
        """Make the move `name`; the caller holds the transaction and has set the fields named in `also`.

        Raises MoveRefused, with the state unchanged, if the record is no longer in a state the move starts from
        (somebody was quicker), if `actor` may not make it, if a reason is required and missing, or by its guard.
        """
        move = self.by_name[name]
        if not can(actor, move.permission):
            message = _("您的岗位不能进行“%(move)s”。") % {"move": move.label}
            raise MoveRefused(message)
        if move.reason and not reason.strip():
            message = _("“%(move)s”必须写明原因。") % {"move": move.label}
            raise MoveRefused(message)
        if hindrance := move.hindrance(record, actor):
            record.refresh_from_db(fields=[self.field])
            in_place = getattr(record, self.field) in move.sources
            raise MoveRefused(hindrance if in_place else self._out_of_place(record, move))
        target = move.target_of(record)
        changes = {field: getattr(record, field) for field in also} | {self.field: target}
        # One conditional UPDATE: of two people who press at once the second finds no row in a source state.
        kind: Any = type(record)
        moved = kind.objects.filter(pk=record.pk, **{f"{self.field}__in": move.sources}).update(**changes)
        if not moved:
            record.refresh_from_db(fields=[self.field])
            raise MoveRefused(self._out_of_place(record, move))
        setattr(record, self.field, target)
        return move

    def _out_of_place(self, record: Model, move: Move) -> str:
        state = self.states(getattr(record, self.field)).label
        return _("现在的状态是“%(state)s”，不能“%(move)s”。") % {"state": state, "move": move.label}
