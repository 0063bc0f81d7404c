"""A form on the paper of an official document: what .docx and .pdf print alike, in the sizes of GB/T 9704-2012.

Clause 5.2.2 sets the text in 3rd size (16 pt), 5.2.3 in 22 lines of 28 characters, "adjusted where a case calls for
it": a form that would need more pages than it is given is set in smaller type.
"""

import math
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.translation import gettext as _

from reports.annex.wording import Blank, Line, Space, Text
from reports.counting.derive import CityFigures
from reports.render.city import ALONE, CityPrint
from reports.render.city import title as missing_title
from reports.render.filled import FORM_NUMBERS, Filled
from reports.render.grid import UNIT_AFTER_BLANK

PAGE_WIDTH, PAGE_HEIGHT = 210, 297  # mm: A4 (5.1)
TOP, LEFT = 37, 28  # mm: 天头, 订口 (5.2.1)
TEXT_WIDTH, TEXT_HEIGHT = 156, 225  # mm: 版心 (5.2.1)
POINTS = 72 / 25.4  # in a millimetre
TITLE_SIZE, TITLE_PITCH = 22, 30  # pt: 2nd size (7.3.1); as much again is left free, half above and half below
HEADING_SIZE, HEADING_PITCH = 16, 26  # pt: "附件" and its number in 3rd size Hei, at the left of the first line (7.3.7)
HAND_SIZES, HAND_PITCH, HAND_AFTER = (12, 10.5, 9), 20, 8  # pt: the line filled in by hand, the first size that fits
LEAST_SPACE = 5.5  # characters: a name, or a telephone number of 11 digits
PAGE_NUMBER_SIZE = 14  # pt: 4th size, 7 mm below the text (7.5)
STAMP_SIZE, STAMP_BELOW, CODE_SIZE = 9, 8, 20  # pt, and mm: at the foot, within the 35 mm below the text
HANGING, INDENT = 1.5, 2.5  # characters: rows of a sentence below its first, and lines that continue it
LEAST_BLANK = 3.5  # characters
PAGES = {1: 2, 2: 1}  # a form of another number may take two, too
MOST_PAGES = 2
BETWEEN_PAGES = 5  # lines: what a sentence that is not parted may leave free


@dataclass(frozen=True)
class Type:
    """The size of the letters and the distance of the lines, in points."""

    size: float
    pitch: float

    @property
    def name(self) -> str:
        return f"{self.size:g}-{self.pitch:g}".replace(".", "_")


SIZES = (16, 15, 14, 12, 10.5)
PITCH_16, LEAST_PITCH = 28.95, 1.25  # 22 lines a page in 3rd size; of the size of the letters, where room is scarce
LIST_TYPE = Type(14, 22)


@dataclass(frozen=True)
class Piece:
    """A piece of a line: "text", a "space" filled in by hand, or a "figure" with the unit printed behind it."""

    kind: str
    text: str
    unit: str = ""


@dataclass(frozen=True)
class Row:
    """A line of the form; one `by_hand` has spaces for names."""

    pieces: tuple[Piece, ...]
    indented: bool = False

    @property
    def by_hand(self) -> bool:
        return any(piece.kind == "space" for piece in self.pieces)

    @property
    def hand(self) -> Type:
        """In what size a row by hand stands: small enough to be one line, unless that could not be read."""
        fits = (size for size in HAND_SIZES if _fits_by_hand(self, size))
        return Type(next(fits, HAND_SIZES[0]), HAND_PITCH)

    @property
    def is_name_alone(self) -> bool:
        """Whether the row has one space, whose name may run on over several lines."""
        return sum(piece.kind == "space" for piece in self.pieces) == 1 and self.pieces[-1].kind == "space"


@dataclass(frozen=True)
class Sheet:
    """A form, or the list of units, on pages of its own. A sentence is a row and those that continue it."""

    heading: str
    title: str
    sentences: tuple[tuple[Row, ...], ...]
    type: Type
    label: str


def sheets(filled: Filled, forms: Iterable[int] = FORM_NUMBERS) -> list[Sheet]:
    """The forms of one union."""
    return [_sheet(filled, number) for number in forms]


def city_sheets(
    filled: Filled, city: CityFigures, forms: Iterable[int] = FORM_NUMBERS, also: CityPrint = ALONE
) -> Iterator[Sheet]:
    """The city's forms (`filled`), the units that were summed, those that are missing, and the forms of each."""
    forms = tuple(forms)
    yield from (_sheet(filled, number, [lack.brief for lack in also.lacks if lack.form == number]) for number in forms)
    yield _unit_list(filled, city)
    if also.missing is not None:
        yield _missing_list(also)
    for unit, values in city.units.items() if also.with_units else ():
        yield from sheets(Filled(filled.campaign, unit, filled.cut_off, values), forms)


def _sheet(filled: Filled, number: int, below: Iterable[str] = ()) -> Sheet:
    """Form `number`, and the sentences that stand below it."""
    form = filled.form(number)
    lines = [Row(tuple(_pieces(filled, line)), line.indented) for line in form.lines]
    lines += [_said(sentence) for sentence in below]
    rows = [row for line in lines for row in (_rows_by_hand(line) if line.by_hand else [line])]
    heading = _("附件 %d") % number
    set_in = _type(rows, PAGES.get(number, MOST_PAGES))
    return Sheet(heading, form.title, _sentences(rows), set_in, label=f"{filled.union.name} {heading}")


def _unit_list(filled: Filled, city: CityFigures) -> Sheet:
    title = _("汇总单位名单")
    said = _("由下列 %(count)d 个填报单位汇总，统计截止日 %(day)s。") % {
        "count": len(city.units),
        "day": filled.cut_off,
    }
    return _list_sheet(title, said, (f"{unit.code} {unit.name}" for unit in city.units))


def _missing_list(also: CityPrint) -> Sheet:
    said = _("下列 %(count)d 个填报单位未计入。") % {"count": len(also.missing)} if also.missing else also.said
    # Below the forms the first units alone are named.
    return _list_sheet(missing_title(), said, also.missing, also.remarks)


def _list_sheet(title: str, said: str, names: Iterable[str], after: Iterable[str] = ()) -> Sheet:
    """A sentence, numbered names, and the sentences `after` them."""
    numbered = (f"{turn}. {name}" for turn, name in enumerate(names, start=1))
    sentences = tuple((_said(text),) for text in (said, *numbered, *after))
    return Sheet("", title, sentences, LIST_TYPE, label=title)


def _said(sentence: str) -> Row:
    return Row((Piece("text", sentence),))


def _pieces(filled: Filled, line: Line) -> Iterator[Piece]:
    """`line` with its values; the unit behind a figure goes with the figure, so that they can stay on one row."""
    taken = 0  # of the next words, printed with the figure before them
    for token, following in pairwise((*line.tokens, Text(""))):
        match token:
            case Text(text):
                if text[taken:]:
                    yield Piece("text", text[taken:])
                taken = 0
            case Space(label):
                yield Piece("space", filled.spaces.get(label, ""))
            case Blank(slug):
                unit = UNIT_AFTER_BLANK.match(following.text) if isinstance(following, Text) else None
                taken = len(unit[0]) if unit else 0
                yield Piece("figure", filled.text(slug), unit[0] if unit else "")


def _sentences(rows: Iterable[Row]) -> tuple[tuple[Row, ...], ...]:
    found: list[list[Row]] = []
    for row in rows:
        if row.indented and found:
            found[-1].append(row)
        else:
            found.append([row])
    return tuple(tuple(sentence) for sentence in found)


def _type(rows: list[Row], pages: int) -> Type:
    """The largest letters in which `rows` fit on `pages`, with as much between the lines as there is room for."""
    for size in SIZES:
        pitch = _pitch(rows, pages, size)
        if pitch >= LEAST_PITCH * size:
            return Type(size, pitch)
    return Type(SIZES[-1], LEAST_PITCH * SIZES[-1])


def _pitch(rows: list[Row], pages: int, size: float) -> float:
    """How far apart the lines of letters of `size` may be, in half points."""
    by_hand = sum(row.by_hand for row in rows)
    head = HEADING_PITCH + TITLE_PITCH * 2 + HAND_PITCH * (by_hand + _lines_of_names(rows)) + HAND_AFTER * by_hand
    lines = sum(_lines(row, size) for row in rows if not row.by_hand)
    spare = 1 + (pages - 1) * BETWEEN_PAGES
    room = (pages * TEXT_HEIGHT * POINTS - head) / (lines + spare)
    return min(PITCH_16 * size / 16, math.floor(room * 2) / 2)


def _lines_of_names(rows: list[Row]) -> int:
    """How many lines more than one the names take that have a row of their own."""
    alone = [(row.pieces[-1].text, breadths_by_hand(row)[0]) for row in rows if row.by_hand and row.is_name_alone]
    return sum(max(1, math.ceil(width(name) / max(1, breadth - 1))) - 1 for name, breadth in alone)


def _rows_by_hand(row: Row) -> list[Row]:
    """One row, or two where the first space (the unit's name) leaves too little for the others."""
    texts = [piece.text for piece in row.pieces if piece.kind == "space"]
    if len(texts) == 1 or _fits_by_hand(row, row.hand.size):
        return [row]
    cut = 1 + next(position for position, piece in enumerate(row.pieces) if piece.kind == "space")
    following, *rest = row.pieces[cut:]
    return [Row(row.pieces[:cut]), Row((replace(following, text=following.text.lstrip()), *rest))]


def breadths_by_hand(row: Row) -> list[float]:
    """How many characters wide each space of `row` is: as its text needs, and half of what is left to the first."""
    needs = [_need(piece.text) for piece in row.pieces if piece.kind == "space"]
    free = _free_by_hand(row, row.hand.size)
    left = max(0, free - sum(needs))
    if len(needs) == 1:
        return [needs[0] + left] if left else [max(LEAST_SPACE, free)]
    return [needs[0] + left / 2, *(need + left / 2 / (len(needs) - 1) for need in needs[1:])]


def _need(text: str) -> float:
    return max(LEAST_SPACE, width(text) + 1)


def _fits_by_hand(row: Row, size: float) -> bool:
    return sum(_need(piece.text) for piece in row.pieces if piece.kind == "space") <= _free_by_hand(row, size)


def _free_by_hand(row: Row, size: float) -> float:
    return TEXT_WIDTH * POINTS / size - sum(width(piece.text) for piece in row.pieces if piece.kind == "text")


def _lines(row: Row, size: float) -> int:
    """How many lines `row` takes, a figure never parted from its unit."""
    room = TEXT_WIDTH * POINTS / size
    lines, column = 1, INDENT if row.indented else 0.0
    for breadth in _breadths(row):
        if column + breadth > room:
            lines, column = lines + 1, INDENT if row.indented else HANGING
        column += breadth
    return lines


def _breadths(row: Row) -> Iterator[float]:
    for piece in row.pieces:
        if piece.kind == "figure":
            yield max(LEAST_BLANK, width(piece.text) + 0.8) + width(piece.unit)
        else:
            yield from map(width, piece.text)


def width(text: str) -> float:
    """Of `text` in characters; a letter or digit is a little wider than half a character in some typefaces."""
    return sum(_width(character) for character in text)


def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "FWA":
        return 1
    return 0.3 if character in " ." else 0.56
