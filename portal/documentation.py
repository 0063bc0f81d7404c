"""Pages of docs/ that are written from declarations: what the commands that write them have in common."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from django.core.management.base import BaseCommand

from portal.settings.environment import BASE_DIR


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

    def handle(self, *args, **options):
        self.path.write_text(self.text(), encoding="utf-8")
