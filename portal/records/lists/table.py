"""Records as a table of texts and addresses, ready for a template."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

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

    def drawn(self) -> str:
        """The cell in the table: what opens a record as a link, of a void record struck through."""
        looks = (("number", self.numeric), ("records-minor", self.minor), ("records-short", self.is_short))
        text: str = escape(self.text)
        if self.url:
            text = f'<a href="{escape(self.url)}">{text}</a>'
        elif self.tone:
            text = f'<span class="portal-tag portal-tag-{escape(self.tone)}">{text}</span>'
        struck = f"<s>{text}</s>" if self.voided else text
        return f'<td class="{" ".join(name for name, is_so in looks if is_so)}">{struck}'


class TableRow(list[TableCell]):
    """The cells of one record, whose key is `pk`: an address comes back to it; None where the row is of no record."""

    pk: int | None

    def __init__(self, pk: int | None, cells: Iterable[TableCell]):
        super().__init__(cells)
        self.pk = pk

    def drawn(self) -> SafeString:
        """The cells of the row; drawn here, since a page of fifty rows asks a template some thousand times for less."""
        cells = [cell.drawn() for cell in self]
        if self and self[0].voided:
            cells[0] += f' <span class="records-void">{escape(_("已作废"))}</span>'
        return mark_safe("</td>\n".join([*cells, ""]))  # noqa: S308  every part is escaped where it is made

    def ticked(self) -> SafeString:
        """The same behind a box that sends the key as `ids`."""
        label = escape(_("选中 %(name)s") % {"name": self[0].text})
        box = f'<input class="form-check-input" type="checkbox" name="ids" value="{self.pk}" aria-label="{label}">'
        return mark_safe(f'<td class="case-tick">{box}</td>\n{self.drawn()}')  # noqa: S308  what is not ours is escaped


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
    looks = [(column, column.teller(scope), column.is_numeric(model)) for column in columns]
    rows = [TableRow(record.pk, _cells(looks, record, scope)) for record in records]
    return Table(headings, rows)


def _cells(
    looks: Iterable[tuple[Attribute, Callable[[Model], str], bool]], record: Model, scope: str
) -> Iterable[TableCell]:
    voided = is_void(record)
    for column, tell, numeric in looks:
        url, tone = column.url(record, scope), column.tone(record, scope)
        yield TableCell(tell(record), url, numeric, column.minor, voided, tone)
