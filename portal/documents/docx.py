"""A .docx on A4 as GB/T 9704 sets it: page, typefaces, paragraphs and a plain table."""

import io
import re
from collections.abc import Iterable

from django.utils import timezone
from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph

TITLE_FONT, TEXT_FONT, LATIN_FONT = "方正小标宋简体", "仿宋", "Times New Roman"
PAGE_WIDTH, PAGE_HEIGHT = 210, 297
TOP, LEFT, RIGHT, BOTTOM = 37, 28, 26, 35
TITLE_SIZE, TEXT_SIZE, TABLE_SIZE = 22, 16, 14
PITCH = 28
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def new_document(title: str) -> Docx:
    """An empty document with page and typefaces set, that names nobody as its author."""
    book = Document()
    section = book.sections[0]
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    fonts = (
        book.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr")).find(qn("w:rFonts"))
    )
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), LATIN_FONT)
    fonts.set(qn("w:eastAsia"), TEXT_FONT)
    properties = book.core_properties
    properties.title, properties.language = legal(title), "zh-CN"
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = timezone.now().replace(tzinfo=None, microsecond=0)
    return book


def legal(text: str) -> str:
    """`text` without the characters that no XML may hold."""
    return NOT_IN_XML.sub("", text)


def add_title(book: Docx, text: str) -> Paragraph:
    paragraph = _add(book, text, size=TITLE_SIZE, font=TITLE_FONT)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(PITCH)
    return paragraph


def add_text(book: Docx, text: str, *, indent: bool = True) -> Paragraph:
    """A paragraph of running text, its first line two characters in."""
    paragraph = _add(book, text, size=TEXT_SIZE, font=TEXT_FONT)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * TEXT_SIZE)
    return paragraph


def add_signature(book: Docx, text: str) -> Paragraph:
    paragraph = add_text(book, text, indent=False)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return paragraph


def add_table(book: Docx, headings: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """A ruled table whose head stands on every page."""
    headings = list(headings)
    table = book.add_table(rows=1, cols=len(headings))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    _fill(table.rows[0], headings)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in rows:
        _fill(table.add_row(), row)


def _fill(row: Row, texts: Iterable[str]) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, text, size=TABLE_SIZE, font=TEXT_FONT)


def _add(book: Docx, text: str, *, size: int, font: str) -> Paragraph:
    paragraph = book.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(PITCH)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    _run(paragraph, text, size=size, font=font)
    return paragraph


def _run(paragraph: Paragraph, text: str, *, size: int, font: str) -> None:
    run = paragraph.add_run(legal(text))
    run.font.name, run.font.size = LATIN_FONT, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def saved(book: Docx) -> bytes:
    """The file."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
