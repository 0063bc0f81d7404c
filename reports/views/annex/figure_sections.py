"""A page of records in sections: near misses by their reason, what a distinct count counts by its things."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Model
from django.utils.translation import gettext as _

from portal.models import REPORTING_PATH_LENGTH, Union
from portal.records.lists.table import Heading, Table, TableCell, TableRow, table
from reports.counting.distinct import PLACE, RECORDS, thing_label, thing_of
from reports.counting.near_misses import MissReason, key_of, reasons
from reports.figures.registry import Figure, Window


@dataclass(frozen=True)
class Section:
    """Records of one page that belong together; the section may go on over the next page. '' heads all in one."""

    heading: str
    table: Table


def whole(figure: Figure, records: Iterable[Model], scope: str) -> list[Section]:
    """All records in one section; none without a record."""
    shown = _table(figure, records, scope)
    return [Section("", shown)] if shown.rows else []


def by_reason(
    figure: Figure, records: Iterable[Model], scope: str, window: Window, found: Iterable[MissReason]
) -> list[Section]:
    """Near misses by the reasons `found`; the second cell of each record says why it is not counted."""
    headings = {reason.key: counted(str(reason), reason.count) for reason in found}
    groups = _together(records, lambda record: key_of(record, figure))
    # A record may have changed since the reasons were counted: it stands without a heading.
    return [Section(headings.get(key, ""), _missed(figure, of, scope, window)) for key, of in groups]


def by_thing(figure: Figure, records: Iterable[Model], scope: str, *, of_city: bool) -> list[Section]:
    """What is counted by the things it names; those of the city are told with the unit that counts them."""
    groups = _together(records, lambda record: getattr(record, PLACE))
    units = _units([first for _place, (first, *_others) in groups]) if of_city else {}
    return [
        Section(counted(_thing(figure, first, scope, units), getattr(first, RECORDS)), _table(figure, of, scope))
        for _place, of in groups
        for first in of[:1]
    ]


def thing_tab(figure: Figure) -> str:
    """What opens the records of a distinct figure by the things it counts."""
    return _("按“%(thing)s”分组") % {"thing": thing_label(figure)}


def _together(records: Iterable[Model], key: Callable[[Model], str | int]) -> list[tuple]:
    return [(name, list(of)) for name, of in groupby(records, key)]


def counted(words: str, count: int) -> str:
    """What heads `count` records."""
    return _("%(words)s（%(count)d 条）") % {"words": words, "count": count}


def _units(records: Iterable[Model]) -> dict[str, str]:
    """The names of the 填报单位 of `records` by path. One query."""
    paths = {record.union_path[:REPORTING_PATH_LENGTH] for record in records}
    return dict(Union.objects.filter(path__in=paths).values_list("path", "name"))


def _thing(figure: Figure, record: Model, scope: str, units: dict[str, str]) -> str:
    name = f"{getattr(record, PLACE)}. {thing_of(record, figure, scope)}"
    unit = units.get(record.union_path[:REPORTING_PATH_LENGTH])
    return f"{name}，{unit}" if unit else name


def _table(figure: Figure, records: Iterable[Model], scope: str) -> Table:
    return table(figure.source.columns, figure.source.model, records, scope)


def _missed(figure: Figure, records: Sequence[Model], scope: str, window: Window) -> Table:
    made = _table(figure, records, scope)
    why = [TableCell("；".join(reasons(record, figure, window)), "", numeric=False, minor=False) for record in records]
    number, *headings = made.headings
    return Table(
        [number, Heading(_("不计入的原因"), numeric=False, minor=False), *headings],
        [TableRow(row.pk, [row[0], cell, *row[1:]]) for row, cell in zip(made.rows, why, strict=True)],
    )
