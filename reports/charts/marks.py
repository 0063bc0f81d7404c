"""What a chart is made of, in units of its own plane: x to the right, y downwards, as in SVG."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Series:
    """Numbers under one name, with how each is printed; None where nothing is known."""

    name: str
    values: Sequence[Decimal | None]
    texts: Sequence[str]

    def height(self, position: int) -> Decimal:
        """What is drawn: nothing for what is unknown, nor below zero."""
        return max(Decimal(self.values[position] or 0), Decimal(0))


@dataclass(frozen=True)
class Bar:
    """A rectangle of series number `series`."""

    x: float
    y: float
    width: float
    height: float
    series: int
    says: str


@dataclass(frozen=True)
class Label:
    """Words; `anchor` is where (x, y) lies in them: start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Rule:
    """A line of the grid."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Chart:
    """A drawing and the table of the numbers in it. `points` are joined by `path` from left to right."""

    title: str
    description: str
    width: float
    height: float
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    bars: Sequence[Bar] = ()
    labels: Sequence[Label] = ()
    rules: Sequence[Rule] = ()
    points: Sequence[Label] = ()
    path: str = ""
    legend: Sequence[str] = ()
    note: str = field(default="")

    @property
    def is_number(self) -> bool:
        """Whether there is one point and nothing else: a number, for which no axis is drawn."""
        return len(self.points) == 1 and not self.bars


def table(categories: Sequence[str], series: Sequence[Series]) -> list[list[str]]:
    """A row per category with the printed numbers of all series."""
    return [[category, *(each.texts[position] for each in series)] for position, category in enumerate(categories)]


def described(title: str, categories: Sequence[str], series: Sequence[Series]) -> str:
    """The same numbers as a sentence for who does not see the drawing."""
    words = [
        f"{category}：" + "，".join(f"{each.name} {each.texts[position]}" for each in series)
        for position, category in enumerate(categories)
    ]
    return f"{title}。{'；'.join(words)}。"


def placed(number: Decimal | float) -> float:
    """A coordinate, to a tenth."""
    return round(float(number), 1)
