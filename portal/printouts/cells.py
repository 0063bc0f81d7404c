"""Lines of a form from a record: what is declared is which values stand beside each other, and how wide."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from portal.printouts.content import UNITS, Box, Boxes, Height, Look
from portal.records.attribute import Attribute, hidden

LABEL_UNITS = 4


@dataclass(frozen=True)
class Reader:
    """Whose eyes a sheet is written for: the scope of union paths, and whether whole numbers are told.

    What is masked by one of `kept` stays masked all the same.
    """

    scope: str
    reveal: bool = False
    kept: tuple[Callable[[str], str], ...] = ()

    def text(self, attribute: Attribute, record: Any) -> str:
        """The value as it is printed: masked where it is sensitive, unless revealed.

        What would be hidden whole is left empty, to be written by hand.
        """
        reveal = self.reveal and attribute.mask not in self.kept
        if attribute.mask is hidden and not reveal:
            return ""
        return attribute.text(record, self.scope, reveal=reveal)


def facts(reader: Reader, record: Any, *lines: tuple[Attribute, ...]) -> Iterator[Boxes]:
    """A line for each tuple of attributes: label and value of each, the breadth shared evenly among the values."""
    for attributes in lines:
        told = [(attribute.heading(type(record)), reader.text(attribute, record)) for attribute in attributes]
        yield labelled(*told)


def labelled(*told: tuple[str, str], height: Height = Height.PLAIN, look: Look = Look.VALUE) -> Boxes:
    """A line of labels, each with its text behind it."""
    units, rest = divmod(UNITS - LABEL_UNITS * len(told), len(told))
    widths = [units + (turn < rest) for turn in range(len(told))]
    boxes = (
        (Box(str(label), LABEL_UNITS, Look.LABEL), Box(str(text), width, look))
        for (label, text), width in zip(told, widths, strict=True)
    )
    return Boxes(tuple(box for pair in boxes for box in pair), height)


def opinion(head: str, text: str, *signing: str, units: int = UNITS) -> Box:
    """A box in which somebody says something, signs and seals it: what it is, what is known of it, who signs."""
    return Box(f"{head}{text}", units, Look.LONG, signing=signing)


def beside_label(label: str, lines: Iterable[Boxes], units: int = 2) -> tuple[Boxes, ...]:
    """`lines`, which leave `units` free at the left, with `label` down their side."""
    first, *others = lines
    down = Box(str(label), units, Look.LABEL, lines=1 + len(others))
    return (Boxes((down, *first.boxes), first.height), *others)
