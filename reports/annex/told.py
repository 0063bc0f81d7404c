"""What each figure counts, in the words of its declaration, for people who read it on screen."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.records.attribute import last_field
from reports.annex.wording import WORDINGS, parse
from reports.figures import FIGURES
from reports.figures.facts import FACTS
from reports.figures.measures import Kind
from reports.figures.registry import Fact, Figure

MEASURED = {
    Kind.COUNT: _("有几条记录算几"),
    Kind.DISTINCT: _("按“%(field)s”，每个填报单位内同一个只算一次"),
    Kind.SUM: _("把“%(field)s”加起来"),
    Kind.MONEY: _("把“%(field)s”加起来，按表上的单位打印"),
}


@dataclass(frozen=True)
class FigureTold:
    """One figure: its line and name, the records it is counted from, what they must satisfy besides, and how."""

    line: str
    label: str
    unit: str
    fact: str
    conditions: list[str]
    measured: str


@dataclass(frozen=True)
class FactTold:
    """What all figures over one kind of record ask of it."""

    label: str
    conditions: list[str]


def told(figure: Figure) -> FigureTold:
    """`figure`, a figure of records, in words."""
    return FigureTold(
        figure.line,
        str(figure.label),
        str(figure.unit.label),
        str(figure.source.label),
        [str(condition.name) for condition in figure.conditions],
        str(MEASURED[figure.measure.kind]) % {"field": _field_of(figure)},
    )


def _field_of(figure: Figure) -> str:
    if figure.measure.kind is Kind.COUNT:
        return ""
    return str(last_field(figure.source.model, figure.measure.field.replace("__", ".")).verbose_name)


def facts_told() -> list[FactTold]:
    """The kinds of records, each with what it must be to be counted at all."""
    return [_fact(fact) for fact in FACTS]


def _fact(fact: Fact) -> FactTold:
    return FactTold(str(fact.label), [str(condition.name) for condition in fact.conditions])


def forms_told() -> Iterator[tuple[str, list[FigureTold]]]:
    """The forms of the notice by their titles, each with its figures in order."""
    for number, wording in WORDINGS.items():
        title = parse(number, wording, year=0).title.removeprefix("0").strip()
        yield title, [told(figure) for figure in FIGURES.of_form(number)]
