"""What stands on a printed sheet, finished: texts in boxes and paragraphs, places for signatures and seals.

The page, the .docx and the .pdf are three ways to draw the same `Printout`; none of them adds a word of its own, save
the number of the page. Widths are 24ths of the text, so that a form lines up whatever the paper.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from django.utils.safestring import SafeString

from portal.documents import qr

UNITS = 24  # of the breadth of the text, in which the boxes of a line are measured


class Look(StrEnum):
    """How the text of a box stands."""

    LABEL = "label"
    VALUE = "value"
    NUMBER = "number"
    LONG = "long"


class Height(StrEnum):
    """How high a line is at least."""

    PLAIN = "plain"
    BY_HAND = "by-hand"  # something is written or signed in it
    ROOMY = "roomy"  # some sentences are written in it
    SEALED = "sealed"  # a seal goes over it, 42 mm across


MILLIMETRES = {Height.PLAIN: 7.0, Height.BY_HAND: 11.0, Height.ROOMY: 24.0, Height.SEALED: 44.0}


class Align(StrEnum):
    """How a paragraph stands."""

    INDENTED = "indented"
    FLUSH = "flush"
    CENTRED = "centred"


@dataclass(frozen=True)
class Box:
    """A box of a ruled table, `units` wide and `lines` high.

    `signing` stands at its foot, below room in which a seal stands, if it `is_sealed`.
    """

    text: str = ""
    units: int = 3
    look: Look = Look.VALUE
    lines: int = 1
    signing: tuple[str, ...] = ()
    is_sealed: bool = True


@dataclass(frozen=True)
class Boxes:
    """Boxes beside each other. Boxes of lines above that reach down into it are not named again."""

    boxes: tuple[Box, ...]
    height: Height = Height.PLAIN


@dataclass(frozen=True)
class Ruled:
    """A table with grid lines; its first `heads` lines stand on every page. `is_small`: many columns, or many lines."""

    lines: tuple[Boxes, ...]
    heads: int = 0
    is_small: bool = False
    kind: ClassVar[str] = "ruled"

    def __post_init__(self) -> None:
        check_filled(self.lines)

    @property
    def units(self) -> range:
        return range(UNITS)

    @property
    def head(self) -> tuple[Boxes, ...]:
        return self.lines[: self.heads]

    @property
    def body(self) -> tuple[Boxes, ...]:
        return self.lines[self.heads :]


@dataclass(frozen=True)
class Prose:
    """A paragraph. `is_heading`: of the first level, set in Hei (GB/T 9704-2012, 7.3.3)."""

    text: str
    align: Align = Align.INDENTED
    is_small: bool = False
    is_heading: bool = False
    kind: ClassVar[str] = "prose"


@dataclass(frozen=True)
class Beside:
    """Texts beside each other without lines: what is said above a table, or with `is_signed` who signs below it."""

    texts: tuple[str, ...]
    is_signed: bool = False
    kind: ClassVar[str] = "beside"


@dataclass(frozen=True)
class Sealed:
    """Who issues it, and the day: at the right, with room above for the seal (GB/T 9704-2012, 7.3.5)."""

    name: str
    day: str
    kind: ClassVar[str] = "sealed"


@dataclass(frozen=True)
class Code:
    """A QR code of `address`, with a word beside it."""

    address: str
    label: str
    kind: ClassVar[str] = "code"

    @property
    def picture(self) -> SafeString:
        return qr.svg(self.address, self.label)


Block = Ruled | Prose | Beside | Sealed | Code


@dataclass(frozen=True)
class Printout:
    """One sheet. `is_form`: smaller letters and a title close to what follows; `is_wide`: on paper laid across."""

    title: str
    blocks: tuple[Block, ...]
    is_form: bool = True
    is_wide: bool = False


class NotFilledError(ValueError):
    """A line of a ruled table has too few or too many boxes."""


def check_filled(lines: Iterable[Boxes]) -> None:
    """Raise NotFilledError unless each line is as wide as the text, boxes that reach down into it counted."""
    reaching: list[list[int]] = []  # units, and how many lines more
    for number, line in enumerate(lines, start=1):
        taken = sum(units for units, _left in reaching) + sum(box.units for box in line.boxes)
        if taken != UNITS:
            message = f"line {number} is {taken} units wide"
            raise NotFilledError(message)
        reaching = [[units, left - 1] for units, left in reaching if left > 1]
        reaching += [[box.units, box.lines - 1] for box in line.boxes if box.lines > 1]
    if reaching:
        message = "a box reaches down below the last line"
        raise NotFilledError(message)


def heading_line(*columns: tuple[str, int]) -> Boxes:
    """The head of a list: words and widths."""
    return Boxes(tuple(Box(str(words), units, Look.LABEL) for words, units in columns))


def list_line(line: Boxes, texts: Iterable[str], *, looks: Iterable[Look] = (), height: Height = Height.PLAIN) -> Boxes:
    """A line of a list below the head `line`; a text for each box of it, in the middle unless `looks` say otherwise."""
    given = tuple(looks) or (Look.VALUE,) * len(line.boxes)
    boxes = zip(line.boxes, texts, given, strict=True)
    return Boxes(tuple(Box(str(text), box.units, look) for box, text, look in boxes), height)
