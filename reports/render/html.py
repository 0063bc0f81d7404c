"""The form on screen, laid out like the paper form, each blank a link to its records."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.annex.wording import Blank, Space, Text, Token
from reports.render.filled import Filled


@dataclass(frozen=True)
class HtmlPiece:
    """A piece of a line: words ("text"), a "space" filled in by hand, or a "figure" with the address of its records."""

    text: str
    kind: str
    url: str = ""


@dataclass(frozen=True)
class HtmlRow:
    pieces: tuple[HtmlPiece, ...]
    indented: bool


def rows(filled: Filled, number: int, url_of: Callable[[str], str] = lambda _slug: "") -> list[HtmlRow]:
    """The lines of form `number` below its title; `url_of(slug)` is where a figure's records are listed, or ''."""
    return [
        HtmlRow(tuple(_piece(token, filled, url_of) for token in line.tokens), line.indented)
        for line in filled.form(number).lines
    ]


def _piece(token: Token, filled: Filled, url_of: Callable[[str], str]) -> HtmlPiece:
    match token:
        case Text(text):
            return HtmlPiece(text, "text")
        case Space(label):
            return HtmlPiece(filled.spaces.get(label, ""), "space")
        case Blank(slug):
            return HtmlPiece(filled.text(slug), "figure", url_of(slug))
