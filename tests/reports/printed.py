"""What a printed form must say."""

from reports.annex.wording import Blank, Space, Text
from reports.render.filled import FORM_NUMBERS, Filled


def expected(filled: Filled, forms=FORM_NUMBERS) -> str:
    """The wording of `forms` with the values filled in, without white space."""
    return squeezed("".join(f"附件{number}{filled.form(number).title}{_lines(filled, number)}" for number in forms))


def squeezed(text: str) -> str:
    return "".join(text.split())


def _lines(filled: Filled, number: int) -> str:
    return "".join(_printed(filled, token) for line in filled.form(number).lines for token in line.tokens)


def _printed(filled: Filled, token) -> str:
    match token:
        case Text(text):
            return text
        case Space(label):
            return filled.spaces.get(label, "")
        case Blank(slug):
            return filled.text(slug)
