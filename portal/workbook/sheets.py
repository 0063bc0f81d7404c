"""What a sheet consists of, said once: the template, the import, the messages and the export all follow from it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.utils.functional import Promise
from import_export.fields import Field
from import_export.resources import Resource

from portal.identity import clean_text
from portal.models import UnionOwned
from portal.workbook.cells import Cell
from portal.workbook.reading.headings import fold_heading

REQUIRED_MARK = "*"


class SheetDeclarationError(Exception):
    """The sheets contradict each other or themselves: found at start-up, never by a user."""


class Column(Field):
    """One column: its heading on paper, the attribute it fills, and the kind of its cells.

    `refers` names the sheets whose keys the cell may hold; `path` is read on export if it differs from the attribute.
    `synonyms` are other words for the heading, by which lists of a union's own making know the column.
    In a list, what a cell holds besides its value goes to the column `rest_to`, where the sheet has it.
    `empty_keeps`: an empty cell says nothing, where others clear what is on file.
    `lenient`: what cannot be read of it in a list is told and left out, or goes to `rest_to`; it holds no row.
    `unlike`: words in a list's heading by which it is something else, and what is told if it is taken for this one.
    """

    empty_keeps: ClassVar = False

    def __init__(
        self,
        heading: str,
        attribute: str,
        cell: Cell,
        *,
        required: bool = False,
        refers: Iterable[str] = (),
        path: str | None = None,
        note: str | Promise = "",
        synonyms: Iterable[str] = (),
        rest_to: str = "",
        unlike: Mapping[str, str | Promise] | None = None,
        lenient: bool = False,
    ):
        super().__init__(attribute=attribute, column_name=heading, widget=cell)
        self.heading = heading
        self.cell = cell
        self.required = required
        self.refers = tuple(refers)
        self.path = path or attribute
        self.note = note
        self.synonyms = tuple(synonyms)
        self.rest_to = rest_to
        self.unlike = unlike or {}
        self.lenient = lenient
        self._steps = tuple(self.path.split("__"))

    def doubt_of(self, heading: str) -> str:
        """What is to be told where the column `heading` of a list is taken for this one; '' where nothing is."""
        return "".join(str(told) for word, told in self.unlike.items() if word in heading)

    def is_nearly(self, heading: str) -> str:
        """What is to be told of a list's `heading` that is not this column, but for one of the words `unlike`."""
        known = [fold_heading(word) for word in (self.heading, *self.synonyms)]
        for word, told in self.unlike.items():
            rest = fold_heading(heading).replace(word, "")
            if word in heading and rest and any(rest.endswith(each) or each.endswith(rest) for each in known):
                return str(told)
        return ""

    def get_value(self, instance: Any) -> Any:
        """The value behind the path; None as soon as a step of it is missing."""
        for step in self._steps:
            instance = getattr(instance, step, None)
            if instance is None:
                return None
        return instance

    def export(self, instance: Any, **kwargs: Any) -> Any:
        return self.cell.render(self.get_value(instance))


@dataclass(frozen=True)
class TwoInOne:
    """One column of a list for two of a sheet: its headings, the attributes it fills, and how a cell is cut in two."""

    headings: tuple[str, ...]
    attributes: tuple[str, str]
    cut: Callable[[str], tuple[str, str]]


class Sheet(Resource):
    """A declared sheet. Its first column is the natural key.

    For lists: `subjects` are the words that stand before a heading where it is about the person of this sheet
    (子女姓名), `two_in_one` the columns that hold two things, `put_before` those whose words stand before what another
    holds: 证件类型 before the number. Attributes `beside` are held by records beside those of
    the sheet, as if they were fields of these.
    """

    title: ClassVar[str]
    model: ClassVar[type[UnionOwned]]
    subjects: ClassVar[tuple[str, ...]] = ()
    two_in_one: ClassVar[tuple[TwoInOne, ...]] = ()
    beside: ClassVar[frozenset[str]] = frozenset()
    put_before: ClassVar[Mapping[str, str]] = {}

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(self.fields.values())

    @property
    def key(self) -> Column:
        return self.columns[0]

    @cached_property
    def by_heading(self) -> dict[str, Column]:
        return {heading_text(column.heading): column for column in self.columns}

    @cached_property
    def by_folded(self) -> dict[str, Column]:
        """Columns by their headings as they are compared."""
        return {fold_heading(column.heading): column for column in self.columns}

    @cached_property
    def by_attribute(self) -> dict[str, Column]:
        return {column.attribute: column for column in self.columns}

    def column(self, attribute: str) -> Column:
        return self.by_attribute[attribute]


def heading_text(heading: str) -> str:
    """A heading in the form by which it is found: cleaned, and without the mark of required columns."""
    return clean_text(heading).removesuffix(REQUIRED_MARK).rstrip()


@dataclass(frozen=True)
class Workbook:
    """The sheets that travel together, in the order in which a template shows them.

    `unlisted` are sheets of records that no file carries and that follow those a file changes.
    """

    sheets: tuple[Sheet, ...]
    unlisted: tuple[Sheet, ...] = ()

    def __post_init__(self) -> None:
        _refuse_repeated([clean_text(sheet.title) for sheet in self.sheets], "sheet title")
        for sheet in self.sheets:
            _refuse_repeated([fold_heading(column.heading) for column in sheet.columns], f"heading in {sheet.title}")
            _refuse_repeated([column.attribute for column in sheet.columns], f"attribute in {sheet.title}")
            self._check_references(sheet)

    def _check_references(self, sheet: Sheet) -> None:
        titles = {other.title for other in self.sheets}
        for column in sheet.columns:
            unknown = set(column.refers) - titles
            if unknown:
                message = f"{sheet.title}.{column.heading} refers to sheets that do not exist: {sorted(unknown)}"
                raise SheetDeclarationError(message)

    @cached_property
    def by_title(self) -> dict[str, Sheet]:
        return {clean_text(sheet.title): sheet for sheet in self.sheets}


def _refuse_repeated(names: list[str], what: str) -> None:
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        message = f"{what} used twice: {sorted(repeated)}"
        raise SheetDeclarationError(message)
