"""Trying a composed figure before it is saved: the city's number, and the first records behind it."""

from dataclasses import dataclass

from django.core.paginator import Paginator

from portal.models import Campaign, User
from portal.records.lists.table import Table, table
from reports.counting.derive import derive
from reports.counting.lineage import lineage
from reports.counting.near_misses import near_misses
from reports.figures.own import OwnFigure
from reports.figures.registry import Figure

SHOWN = 10


@dataclass(frozen=True)
class Trial:
    """What a figure would be of the whole city today. `records` are the first of `count`; `misses` are not counted."""

    figure: Figure
    value: str
    count: int
    misses: int
    records: Table


def try_figure(own: OwnFigure, campaign: Campaign, user: User) -> Trial:
    """Count `own`, a composed figure without problems, in the scope of `user`."""
    figure = own.figure(1, "", {})
    value = derive(campaign, user.union, figures=(figure,))[own.slug]
    found = Paginator(lineage(figure, campaign, user.union, user=user), SHOWN)
    misses = near_misses(figure, campaign, user.union, user=user).count()
    shown = table(figure.fact.columns, figure.fact.model, found.page(1).object_list, user.union.path)
    return Trial(figure, figure.unit.format(value), found.count, misses, shown)
