"""Moves of a record from state to state: one table says which there are, one function applies them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Model
from django.utils.translation import gettext as _

from portal.access import Permission, can


class MoveRefused(Exception):  # noqa: N818  named after what happens to the move
    """A move that cannot be made, with the reason in words."""


@dataclass(frozen=True)
class Move:
    """One arrow of the diagram. `reason` says whether who makes it must write why."""

    name: str
    label: str
    sources: frozenset[str]
    target: str
    permission: Permission
    reason: bool = False


class WorkflowError(ValueError):
    """The table contradicts itself: found at import."""


@dataclass(frozen=True)
class Workflow:
    """All moves of one kind of record, whose state is in the field `field`."""

    states: type
    moves: tuple[Move, ...]
    field: str = "state"

    def __post_init__(self):
        names = [move.name for move in self.moves]
        known = set(self.states.values)
        strange = {state for move in self.moves for state in (*move.sources, move.target)} - known
        if strange or len(names) != len(set(names)):
            message = f"unknown states {sorted(strange)} or repeated moves in {names}"
            raise WorkflowError(message)

    @cached_property
    def by_name(self) -> dict[str, Move]:
        return {move.name: move for move in self.moves}

    def open_to(self, record: Model, user) -> Iterator[Move]:
        """The moves `user` may make with `record` as it stands: the buttons of its page."""
        state = getattr(record, self.field)
        return (move for move in self.moves if state in move.sources and can(user, move.permission))

    def apply(self, record: Model, name: str, *, actor, reason: str = "", also: Iterable[str] = ()) -> Move:
        """Make the move `name`; the caller holds the transaction and has set the fields named in `also`.

        Raises MoveRefused, with the state unchanged, if the record is no longer in a state the move starts from
        (somebody was quicker), if `actor` may not make it, or if a reason is required and missing.
        """
        move = self.by_name[name]
        if not can(actor, move.permission):
            message = _("您的岗位不能进行“%(move)s”。") % {"move": move.label}
            raise MoveRefused(message)
        if move.reason and not reason.strip():
            message = _("“%(move)s”必须写明原因。") % {"move": move.label}
            raise MoveRefused(message)
        changes = {field: getattr(record, field) for field in also} | {self.field: move.target}
        # One conditional UPDATE: of two people who press at once the second finds no row in a source state.
        moved = type(record).objects.filter(pk=record.pk, **{f"{self.field}__in": move.sources}).update(**changes)
        if not moved:
            record.refresh_from_db(fields=[self.field])
            state = self.states(getattr(record, self.field)).label
            message = _("现在的状态是“%(state)s”，不能“%(move)s”。") % {"state": state, "move": move.label}
            raise MoveRefused(message)
        setattr(record, self.field, move.target)
        return move
