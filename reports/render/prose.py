"""A text as .docx in the sizes of GB/T 9704: title in 2nd size, text in 3rd, indented, pages numbered."""

import re

from docx import Document
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.styles.style import ParagraphStyle

from reports.render import paper
from reports.render.docx import (
    HEADING_FONT,
    LATIN_FONT,
    TEXT_FONT,
    ParagraphStyles,
    add_paragraph,
    number_pages,
    saved,
    set_defaults,
    set_page,
    set_properties,
)

SIZE, PITCH, INDENTED = 16, paper.PITCH_16, 2  # pt (5.2.2); characters (7.3.3)
SECTION = re.compile("^[一二三四五六七八九十]+、")  # the first level is set in Hei (7.3.3)


def prose_docx(title: str, text: str, signature: str) -> bytes:
    """`text`, a paragraph for each line, under `title`; `signature` is who writes, at the end."""
    book = Document()
    set_page(book.sections[0])
    set_defaults(book)
    set_properties(book, title)
    add_paragraph(book, ParagraphStyles(book).title(), title)
    section, body = _style(book, "一级标题", HEADING_FONT), _style(book, "正文段落", TEXT_FONT)
    for line in filter(None, text.split("\n")):
        add_paragraph(book, section if SECTION.match(line) else body, line)
    add_paragraph(book, body, signature).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    number_pages(book)
    return saved(book)


def _style(book: Docx, name: str, font: str) -> ParagraphStyle:
    style = book.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = book.styles["Normal"]
    style.font.name, style.font.size = LATIN_FONT, Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    spacing = style.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing, spacing.first_line_indent = Pt(PITCH), Pt(INDENTED * SIZE)
    return style
