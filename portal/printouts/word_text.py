"""Text in a .docx: typefaces as GB/T 9704 names them, and only what XML may hold."""

import re
import unicodedata

from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

TEXT_FONT, LATIN_FONT = "仿宋", "Times New Roman"
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """`text` without the characters that no XML may hold."""
    return NOT_IN_XML.sub("", text)


def set_run(paragraph: Paragraph, text: str, size: float, font: str = TEXT_FONT) -> None:
    """`text`, its lines kept, in one typeface and size."""
    run = paragraph.add_run(legal(text))
    run.font.name, run.font.size = LATIN_FONT, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def breadth(text: str) -> float:
    """Of `text` in characters."""
    return sum(1 if unicodedata.east_asian_width(character) in "FWA" else 0.5 for character in text)
