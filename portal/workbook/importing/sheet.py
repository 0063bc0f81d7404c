"""What a sheet declares beyond its columns so that it can be imported."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar

from django.db.models import Count, Model, QuerySet
from django.utils.functional import Promise

from portal.days import is_future
from portal.models import Union, User, VoidableRecord
from portal.models.voidable import LIVE
from portal.record_rules import Doubt, Fault, Party, Rule
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.sheets import Column, Sheet


class IdentityColumn(Column):
    """A column by which records of the sheet are found: `lookup` on file, with the cell's value made comparable."""

    @property
    def lookup(self) -> str:
        return str(self.path)

    def lookup_value(self, value: Any) -> Any:
        return value


class ImportedSheet(Sheet):
    """A sheet with its rules, and the steps that turn a row into a record.

    `related` is joined when records on file are loaded; `exclusive` are the fields of a unique constraint that rows may
    exchange, the reference among them first; `rules` look at one record and what it refers to; `set_rules` look at
    all rows at once; `remarks` are accepted with a notice.
    """

    related: ClassVar[tuple[str, ...]] = ()
    exclusive: ClassVar[tuple[str, ...]] = ()
    rules: ClassVar[tuple[Rule, ...]] = ()
    set_rules: ClassVar[tuple[Callable[[Book], Iterable[Fault]], ...]] = ()
    prefetched: ClassVar[tuple[str, ...]] = ()  # what the attributes `beside` are read from
    dated_by: ClassVar[str] = ""  # the day that says of which year a record is, where words of code lists have years
    weighs_by: str = ""  # where it is always the same attribute for whose sake a row weighs

    def identified_by(self, column: Column) -> IdentityColumn:
        """The column of this sheet that a referring `column` elsewhere means: the one of the same kind of cell."""
        return next(
            own for own in self.columns if isinstance(own, IdentityColumn) and type(own.cell) is type(column.cell)
        )

    def on_file(self, union: Union, column: IdentityColumn, values: Iterable) -> QuerySet:
        """Records of `union` and below that `column` identifies by one of `values`."""
        return self._named(self.model.objects.in_union(union), column, values)

    def void_on_file(self, union: Union, column: IdentityColumn, values: Iterable) -> QuerySet:
        """The same of records that were taken back, the latest last."""
        if not issubclass(self.model, VoidableRecord):
            return self.model.objects.none()
        return self._named(self.model.everything.in_union(union).filter(~LIVE), column, values).order_by("voided_at")

    def _named(self, records: QuerySet, column: IdentityColumn, values: Iterable) -> QuerySet:
        wanted = [column.lookup_value(value) for value in values]
        return records.filter(**{f"{column.lookup}__in": wanted}).select_related("union", *self.related)

    def referred(self, column: Column, found: Model) -> Model:
        """What a reference stores of the record it found; the record itself unless a sheet says otherwise."""
        return found

    def complete(self, record: Model, row: Row | None) -> None:
        """Set what follows from the cells. `row` is None for a record on file that follows a changed one."""

    def followers(self, book: Book) -> Iterable[QuerySet]:
        """Records on file that change because others did (the children of a household that moves)."""
        return ()

    def bring_along(self, book: Book, record: Model) -> None:
        """Set what changes of a record found by `followers`: what follows from its cells, unless a sheet knows more."""
        self.complete(record, None)

    def settle(self, book: Book, rows: list[Row]) -> None:
        """Set what of records without a fault depends on who brings them (`book.actor`); called twice it acts once."""

    def keep_beside(self, records: Sequence[Any], actor: User | None, change: str) -> None:
        """Write what the records say of the attributes `beside`, after they are written themselves."""

    def weighs(self, book: Book, row: Row) -> str:
        """Why a second person looks at a new or changed row before it counts, in words; '' if nobody has to."""
        return ""

    def weighing(self, row: Row) -> str:
        """The attribute for whose sake a row that weighs does so; the key where it is the row as a whole."""
        return self.weighs_by or self.key.attribute

    def recall(self, book: Book) -> None:
        """Put into `book.seen` what remarks compare with: asked once, of every sheet, also of those not in the file."""

    def doubts(self, book: Book, row: Row) -> Iterator[Doubt]:
        """What a form asks to be confirmed before the row is saved; an import tells it as a notice."""
        return iter(())

    def remarks(self, book: Book, row: Row) -> Iterator[str]:
        """Notices about an accepted row."""
        return iter(())


def cached(record: Model, name: str) -> Model | None:
    """The object a reference of `record` already holds; None where its cell was refused. Never asks the database."""
    return record._state.fields_cache.get(name)


def changed_pks(book: Book, model: type[Model], *attributes: str) -> set:
    """Records of `model` on file of which a row changed one of `attributes`."""
    return {
        row.record.pk
        for row in book.all_rows()
        if type(row.record) is model and not row.is_new and row.changed.intersection(attributes)
    }


def people_came(
    book: Book,
    model: type[Model],
    below: type[Model],
    by: str,
    message: str | Promise,
    *,
    day: str = "held_on",
    odd: Callable[[Any], bool] = lambda _record: False,
    unmoved: frozenset[str] = frozenset(),
) -> Iterator[Fault]:
    """Of records of `model` that have rows of `below`, which point to them `by`: neither ahead nor in another union.

    `odd` says what else they cannot be, of the fields `unmoved`. `message` tells with %(people)d how many there are.
    """
    fields = unmoved | {day, "union"}
    records: dict[Any, Any] = {row.record.pk: row.record for row in book.records_of(model) if row.record}
    for chunk in in_chunks(changed_pks(book, model, *fields)):
        came = below._default_manager.filter(**{f"{by}__in": chunk}).order_by().values(by, "union")
        for key, union, people in came.annotate(people=Count("pk")).values_list(by, "union", "people"):
            record = records[key]
            if odd(record) or record.union_id != union or is_future(getattr(record, day)):
                named = next(iter(sorted(unmoved)), day)
                yield Fault(str(message), (Party(record, named, fields, as_changed=True),), {"people": people})
