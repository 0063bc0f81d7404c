"""Pages of docs/ that are written from declarations: what the commands that write them have in common."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand
from django.db.models import TextChoices

from portal.access import ROLE_PERMISSIONS
from portal.settings.environment import BASE_DIR
from portal.workflow import Move, Workflow


def markdown_table(headings: Iterable[str], rows: Iterable[Iterable]) -> Iterator[str]:
    """The lines of a table, and the blank line after it."""
    headings = list(headings)
    yield _line(headings)
    yield f"|{'---|' * len(headings)}"
    yield from map(_line, rows)
    yield ""


def _line(cells: Iterable) -> str:
    return f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |"


class DocumentationCommand(BaseCommand):
    """Writes one page and changes nothing else. A subclass names the page and yields its lines."""

    page: ClassVar[str]
    folder: ClassVar[Path] = BASE_DIR / "docs"

    def lines(self) -> Iterator[str]:
        raise NotImplementedError

    def text(self) -> str:
        """The page, whole."""
        return "\n".join(self.lines())

    @property
    def path(self) -> Path:
        return self.folder / self.page

    def handle(self, *args: Any, **options: Any) -> None:
        self.path.write_text(self.text(), encoding="utf-8")


class WorkflowCommand(DocumentationCommand):
    """The page of one workflow: its states, its moves, its diagram. A subclass names the table and how it begins."""

    workflow: ClassVar[Workflow]
    head: ClassVar[str]
    start: ClassVar[str]

    def lines(self) -> Iterator[str]:
        yield self.head
        yield from self._states()
        yield "## Moves\n"
        headings = ("move", "from", "to", "roles", "reason", "only when")
        yield from markdown_table(headings, map(self._row, self.workflow.moves))
        yield from self._diagram()

    def _states(self) -> Iterator[str]:
        yield "## States\n"
        rows = [(f"{state.label} `{state.value}`", self._leaving(state) or "—") for state in self.workflow.states]
        yield from markdown_table(("state", "moves that leave it"), rows)

    def _leaving(self, state: TextChoices) -> str:
        return "、".join(str(move.label) for move in self.workflow.moves if state in move.sources)

    def _row(self, move: Move) -> tuple:
        sources = "、".join(str(state.label) for state in self.workflow.states if state in move.sources)
        roles = "、".join(str(role.label) for role, held in ROLE_PERMISSIONS.items() if move.permission in held)
        reason = "required" if move.reason else "—"
        guard = move.guard.words if move.guard else "—"
        return f"{move.label} `{move.name}`", sources, self._target(move), roles, reason, guard

    def _target(self, move: Move) -> str:
        usual = str(self.workflow.states(move.target).label)
        return f"{usual}；{move.turn.words}：{self.workflow.states(move.turn.target).label}" if move.turn else usual

    def _diagram(self) -> Iterator[str]:
        states = self.workflow.states
        yield "## Diagram\n"
        yield "```mermaid"
        yield "stateDiagram-v2"
        yield from (f"    {state.value}: {state.label}" for state in states)
        yield f"    [*] --> {self.start}"
        for move in self.workflow.moves:
            for state in states:
                if state in move.sources:
                    yield from (f"    {state.value} --> {target}: {move.label}" for target in move.targets)
        yield "```\n"
