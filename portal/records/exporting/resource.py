"""What a list takes away, said once for every format: an import-export resource, with a field for each column."""

from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter

from django.db.models import Model
from django.utils.functional import Promise
from import_export.fields import Field
from import_export.resources import Resource

from portal.records.attribute import Attribute

LARGEST_EXPORT = 200_000  # rows of one file


class ExportColumn(Field):
    """A heading and what stands below it: `read` gives it from one row of the list. Never read back."""

    def __init__(self, heading: str | Promise, read: Callable):
        super().__init__(column_name=heading, readonly=True)
        self.read = read

    def export(self, instance: object, **_kwargs: object) -> object:
        """Numbers and days as such; everything else as text."""
        value = self.read(instance)
        return str(value) if isinstance(value, Promise) else value


class ListResource(Resource):
    """A list as it is exported. `title` is that of the sheet."""

    def __init__(self, title: str | Promise, columns: Iterable[ExportColumn]):
        super().__init__()
        self.title = str(title)
        self.fields = {str(place): column for place, column in enumerate(columns)}

    @property
    def headings(self) -> list[str]:
        headers: list[str] = self.get_export_headers()
        return headers

    def lines(self, rows: Iterable) -> Iterator[list]:
        """The cells of `rows`, which are read one by one and may be any number."""
        columns = self.get_export_fields()
        for row in rows:
            yield [column.export(row) for column in columns]


def columns_of(attributes: Iterable[Attribute], model: type[Model], scope: str) -> list[ExportColumn]:
    """The columns of a list of records, masked as they are shown to who sees the tree path `scope`."""
    return [ExportColumn(each.heading(model), each.exporter(scope)) for each in attributes]


def by_place(headings: Iterable[str | Promise]) -> list[ExportColumn]:
    """Columns of rows whose cells stand in the order of `headings`."""
    return [ExportColumn(heading, itemgetter(place)) for place, heading in enumerate(headings)]
