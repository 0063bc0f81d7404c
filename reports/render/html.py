"""The form on screen, laid out like the paper form, each blank a link to its records."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.annex.wording import Blank, Space, Text, Token
from reports.render.filled import Filled


@dataclass(frozen=True)
class Piece:
    """A piece of a line: words ("text"), a "space" filled in by hand, or a "figure" with the address of its records."""

    text: str
    kind: str
    url: str = ""


@dataclass(frozen=True)
class Row:
    pieces: tuple[Piece, ...]
    indented: bool


def rows(filled: Filled, number: int, url_of: Callable[[str], str] = lambda _slug: "") -> list[Row]:
    """The lines of form `number` below its title; `url_of(slug)` is where a figure's records are listed, or ''."""
    return [
        Row(tuple(_piece(token, filled, url_of) for token in line.tokens), line.indented)
        for line in filled.form(number).lines
    ]


def _piece(token: Token, filled: Filled, url_of: Callable[[str], str]) -> Piece:
    match token:
        case Text(text):
            return Piece(text, "text")
        case Space(label):
            return Piece(filled.spaces.get(label, ""), "space")
        case Blank(slug):
            return Piece(filled.text(slug), "figure", url_of(slug))
