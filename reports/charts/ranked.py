"""Bars that lie, one below the other: for names too long to stand under a column."""

from collections.abc import Sequence
from decimal import Decimal

from reports.charts.marks import Bar, Chart, Label, Series, described, placed, table

WIDTH, ROW, BAR = 560, 26, 16
LEFT, RIGHT, TOP = 176, 96, 8  # the names, and the number behind the longest bar
PLOT_WIDTH = WIDTH - LEFT - RIGHT
LONGEST_NAME = 11  # characters that fit beside the bars; the table has all


def ranked(title: str, kind: str, categories: Sequence[str], series: Series, note: str = "") -> Chart:
    """One bar per category in the order given, the number behind it. `kind` heads the categories."""
    largest = max((series.height(position) for position in range(len(categories))), default=Decimal(0)) or Decimal(1)
    bars, labels = [], []
    for position, name in enumerate(categories):
        top, text = TOP + ROW * position, series.texts[position]
        length = placed(PLOT_WIDTH * series.height(position) / largest)
        bars.append(Bar(LEFT, top + (ROW - BAR) / 2, length, BAR, 0, f"{name} {text}"))
        labels.append(Label(LEFT - 8, top + ROW / 2 + 5, _short(name), "end"))
        labels.append(Label(LEFT + length + 6, top + ROW / 2 + 5, text, "start"))
    return Chart(
        title,
        described(title, categories, [series]),
        WIDTH,
        TOP * 2 + ROW * len(categories),
        [kind, series.name],
        table(categories, [series]),
        bars=bars,
        labels=labels,
        note=note,
    )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
