"""What a distinct count counts: things that several records name, and the records of each.

A thing counts once in each 填报单位 (annexes.md, line 7 of annex 1), so that the city counts it in each of them.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Model, QuerySet, Window
from django.db.models.functions import DenseRank, Substr
from django.utils.translation import gettext as _

from portal.models.owned import unit_path
from portal.records.attribute import Attribute, last_field
from reports.counting.lineage import latest_first
from reports.figures.registry import Fact, Figure

PLACE, RECORDS = "thing_place", "thing_records"  # of a record of `by_thing`
PERSON = "same_person"  # the key of the person in a frozen row


def by_thing(records: QuerySet, figure: Figure) -> QuerySet:
    """`records`, which a distinct `figure` counts, those of one thing together.

    Of each, `thing_place` is the number of its thing, counted from 1, and `thing_records` how many name it.
    """
    thing: list[Substr | F] = [unit_path(), F(figure.measure.field)]
    places = {
        PLACE: Window(DenseRank(), order_by=thing),
        RECORDS: Window(Count("pk"), partition_by=thing),
    }
    return latest_first(records.annotate(**places), figure.source, PLACE)


def said_briefly(figure: Figure, value: int, records: int) -> str:
    """How many things, in how many records."""
    number = {"value": figure.unit.format(value), "unit": figure.unit.label, "records": records}
    return _("%(value)s %(unit)s，来自 %(records)d 条记录") % number


def said(figure: Figure, value: int, records: int) -> str:
    """The same, and by what the things are told apart."""
    words = _("%(brief)s。同一填报单位内，“%(thing)s”相同的只计一次。")
    return words % {"brief": said_briefly(figure, value, records), "thing": thing_label(figure)}


def place_heading(figure: Figure) -> str:
    """What stands over the number of the thing in a file."""
    return _("第几%(unit)s") % {"unit": figure.unit.label}


def thing_label(figure: Figure) -> str:
    """What kind of thing is counted, as the records call it."""
    field: Any = last_field(figure.source.model, figure.measure.field.replace("__", "."))
    return str(field.verbose_name)


def counts_persons(figures: Iterable[Figure]) -> bool:
    """Whether one of `figures` counts persons once each.

    Frozen rows must then tell who is the same, as names do not. What else is counted once stands among the cells.
    """
    return any(figure.is_distinct and figure.measure.field == figure.source.person for figure in figures)


def thing_of(record: Model, figure: Figure, scope: str) -> str:
    """The name of the thing that `record` names; what kind of thing it is where the lists of the fact name none."""
    column = naming(figure.source, figure.measure.field)
    return column.text(record, scope) if column else thing_label(figure)


def naming(fact: Fact, field: str) -> Attribute | None:
    """The column that names what the path `field` leads to: the field itself, or the name beside a person."""
    path = field.replace("__", ".")
    owner, _dot, _person = path.rpartition(".")
    wanted = (path, f"{owner}.name".removeprefix("."))
    return next((column for column in fact.columns if column.path in wanted), None)
