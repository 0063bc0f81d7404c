"""Upright columns, stacked where there are several series; and a line over the same axes."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from reports.charts.marks import Bar, Chart, Label, Rule, Series, described, placed, table
from reports.charts.scale import printed, ticks

WIDTH, HEIGHT = 560, 280
LEFT, RIGHT, TOP, BOTTOM = 72, 16, 24, 32  # around the plot
PLOT_WIDTH, PLOT_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
FILLED = 0.6  # of the room of a category
MOST_FILLED = 64
CHARACTER = 8  # breadth of a digit in the words of a drawing, with room to spare


def stacked(title: str, kind: str, categories: Sequence[str], series: Sequence[Series]) -> Chart:
    """One column per category, the first series at its bottom and the others on top. `kind` heads the categories."""
    sums = [sum((each.height(position) for each in series), Decimal(0)) for position in range(len(categories))]
    axis = ticks(max(sums, default=Decimal(0)))
    bars = []
    for position, category in enumerate(categories):
        below = Decimal(0)
        for number, each in enumerate(series):
            height, says = each.height(position), f"{category} {each.name} {each.texts[position]}"
            left, breadth = _span(position, len(categories))
            lower, upper = _y(below, axis[-1]), _y(below + height, axis[-1])
            bars.append(Bar(left, upper, breadth, placed(lower - upper), number, says))
            below += height
    return Chart(
        title,
        described(title, categories, series),
        WIDTH,
        HEIGHT,
        [kind, *(each.name for each in series)],
        table(categories, series),
        bars=[bar for bar in bars if bar.height],
        labels=[*_axis_labels(axis), *_names(categories)],
        rules=_grid(axis),
        legend=[each.name for each in series] if len(series) > 1 else (),
    )


def line(title: str, kind: str, categories: Sequence[str], series: Series) -> Chart:
    """The numbers of one series joined by a line, which starts anew after what is unknown."""
    axis = ticks(max((series.height(position) for position in range(len(categories))), default=Decimal(0)))
    points, path, joined = [], [], False
    for position in range(len(categories)):
        if series.values[position] is None:
            joined = False
            continue
        x, y = _middle(position, len(categories)), _y(series.height(position), axis[-1])
        points.append(Label(x, y, series.texts[position]))
        path.append(f"{'L' if joined else 'M'}{x} {y}")
        joined = True
    return Chart(
        title,
        described(title, categories, [series]),
        WIDTH,
        HEIGHT,
        [kind, series.name],
        table(categories, [series]),
        labels=[*_axis_labels(axis), *_names(categories)],
        rules=_grid(axis),
        points=_told_apart(points),
        path=" ".join(path),
    )


def _told_apart(points: Sequence[Label]) -> list[Label]:
    """The same points, without the words that would run into those of the next: the latest keep theirs."""
    kept: list[Label] = []
    free = float(WIDTH)
    for point in reversed(points):
        half = len(point.text) * CHARACTER / 2
        fits = point.x + half <= free
        kept.append(point if fits else replace(point, text=""))
        free = point.x - half if fits else free
    return kept[::-1]


def _span(position: int, count: int) -> tuple[float, float]:
    """Where a column begins, and how broad it is."""
    breadth = min(PLOT_WIDTH / count * FILLED, MOST_FILLED)
    return placed(_middle(position, count) - breadth / 2), placed(breadth)


def _middle(position: int, count: int) -> float:
    return placed(LEFT + PLOT_WIDTH * (position + 0.5) / count)


def _y(value: Decimal, top: Decimal) -> float:
    return placed(TOP + PLOT_HEIGHT * (1 - float(value / top)))


def _grid(axis: Sequence[Decimal]) -> list[Rule]:
    return [Rule(LEFT, _y(tick, axis[-1]), WIDTH - RIGHT, _y(tick, axis[-1])) for tick in axis]


def _axis_labels(axis: Sequence[Decimal]) -> list[Label]:
    return [Label(LEFT - 8, _y(tick, axis[-1]) + 4, printed(tick), "end") for tick in axis]


def _names(categories: Sequence[str]) -> list[Label]:
    count = len(categories)
    return [Label(_middle(position, count), HEIGHT - 10, name) for position, name in enumerate(categories)]
