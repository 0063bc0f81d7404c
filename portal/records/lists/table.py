"""Records as a table of texts and addresses, ready for a template."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model

from portal.records.attribute import Attribute

SHORT = 12


@dataclass(frozen=True)
class Heading:
    """A column's heading. `direction` is the value of aria-sort; `url` sorts by it, '' where it does not sort."""

    label: str
    numeric: bool
    minor: bool
    url: str = ""
    direction: str = ""


@dataclass(frozen=True)
class TableCell:
    text: str
    url: str
    numeric: bool
    minor: bool
    voided: bool = False
    tone: str = ""

    @property
    def is_short(self) -> bool:
        """Not to be broken into lines: a date, a code, most record numbers."""
        return len(self.text) <= SHORT


@dataclass(frozen=True)
class Table:
    headings: list[Heading]
    rows: list[list[TableCell]]


def is_void(record: Model) -> bool:
    """Whether the record was taken back: shown struck through."""
    return getattr(record, "is_voided", False)


def heading(attribute: Attribute, model: type[Model]) -> Heading:
    return Heading(attribute.heading(model), attribute.is_numeric(model), attribute.minor)


def table(
    columns: Iterable[Attribute],
    model: type[Model],
    records: Iterable[Model],
    scope: str,
    head: Callable[[Attribute, type[Model]], Heading] = heading,
) -> Table:
    """`records` as a table of `columns`; nothing of a record outside the tree path `scope` is shown."""
    headings = [head(column, model) for column in columns]
    looks = [(column, column.is_numeric(model)) for column in columns]
    rows = [
        [
            TableCell(
                c.text(record, scope), c.url(record, scope), numeric, c.minor, is_void(record), c.tone(record, scope)
            )
            for c, numeric in looks
        ]
        for record in records
    ]
    return Table(headings, rows)
