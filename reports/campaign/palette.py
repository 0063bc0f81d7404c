"""Every figure that a form of a campaign may have: the notice's and the campaign's own, and where each one stands."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reports.annex.campaign_figures import Declared
from reports.annex.places import Place, places
from reports.figures.own import OwnFigure
from reports.figures.registry import Figure
from reports.figures.units import Unit


@dataclass(frozen=True)
class Known:
    """A figure by what a form needs to know of it. `own` is the declaration of a campaign's own figure."""

    slug: str
    label: str
    unit: Unit
    parts: tuple[str, ...] = ()
    at_most: str = ""
    own: OwnFigure | None = None
    places: tuple[Place, ...] = ()

    @property
    def blank(self) -> str:
        """As the department writes it in a text."""
        return f"{{{self.label}}}"

    @property
    def named(self) -> str:
        """As sentences name it."""
        return f"“{self.label}”"


def palette(declared: Declared) -> dict[str, Known]:
    """The figures by slug: those of the notice in its order, then the campaign's own."""
    standing: dict[str, list[Place]] = {}
    for place in all_places(declared):
        standing.setdefault(place.slug, []).append(place)
    known = [*map(_of_notice, declared.notice()), *map(_of_campaign, declared.own)]
    return {each.slug: _placed(each, standing.get(each.slug, ())) for each in known}


def all_places(declared: Declared) -> list[Place]:
    """Every blank of both forms."""
    return [place for number, wording in declared.wordings.items() for place in places(number, wording)]


def _of_notice(figure: Figure) -> Known:
    return Known(figure.slug, str(figure.label), figure.unit, figure.parts)


def _of_campaign(own: OwnFigure) -> Known:
    return Known(own.slug, own.label, Unit(own.unit), own.parts, own.at_most, own)


def _placed(known: Known, standing: Iterable[Place]) -> Known:
    return replace(known, places=tuple(standing))
