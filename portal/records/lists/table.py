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


class TableRow(list[TableCell]):
    """The cells of one record, whose key is `pk`: an address comes back to it."""

    pk: int

    def __init__(self, pk: int, cells: Iterable[TableCell]):
        super().__init__(cells)
        self.pk = pk


@dataclass(frozen=True)
class Table:
    headings: list[Heading]
    rows: list[TableRow]


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
    rows = [TableRow(record.pk, _cells(looks, record, scope)) for record in records]
    return Table(headings, rows)


def _cells(looks: Iterable[tuple[Attribute, bool]], record: Model, scope: str) -> Iterable[TableCell]:
    voided = is_void(record)
    for column, numeric in looks:
        text, url, tone = column.text(record, scope), column.url(record, scope), column.tone(record, scope)
        yield TableCell(text, url, numeric, column.minor, voided, tone)
