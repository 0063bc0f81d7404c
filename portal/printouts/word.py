"""Sheets as .docx: a section for each, so that the pages of each are numbered by themselves."""

import io
from collections.abc import Iterable, Iterator

from django.utils import timezone
from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from portal.documents import qr
from portal.printouts.content import Align, Beside, Block, Code, Printout, Prose, Ruled, Sealed
from portal.printouts.word_table import ruled_table, unruled_table
from portal.printouts.word_text import LATIN_FONT, TEXT_FONT, breadth, legal, set_run

# As GB/T 9704 names them. A machine without 小标宋 shows its own Song.
TITLE_FONT, HEADING_FONT, NUMBER_FONT = "方正小标宋简体", "黑体", "宋体"
PAGE_WIDTH, PAGE_HEIGHT = 210, 297  # mm: A4
TOP, LEFT, RIGHT, BOTTOM = 37, 28, 26, 35
TITLE_SIZE, TITLE_PITCH = 22, 30
NUMBER_SIZE, CODE_SIZE = 12, 28  # pt, mm
SEAL_ROOM = 14  # mm above who issues it


def printouts_docx(printouts: Iterable[Printout]) -> bytes:
    """The sheets as one file that names nobody as its author."""
    book = Document()
    _set_fonts(book)
    for number, printout in enumerate(printouts):
        section = book.add_section(WD_SECTION.NEW_PAGE) if number else book.sections[0]
        _set_page(section, printout)
        if not number:
            _set_properties(book, printout.title)
        _Writer(book, printout).write()
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


class _Writer:
    """Writes one sheet into the last section of `book`."""

    def __init__(self, book: Docx, printout: Printout):
        self.book, self.printout = book, printout
        self.size, self.pitch = (12.0, 17.0) if printout.is_form else (16.0, 28.0)
        across = PAGE_HEIGHT - TOP - BOTTOM if printout.is_wide else PAGE_WIDTH - LEFT - RIGHT
        self.breadth = float(across)

    def write(self) -> None:
        title = self._paragraph(self.printout.title, TITLE_SIZE, TITLE_PITCH, font=TITLE_FONT)
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_after = Pt(10 if self.printout.is_form else 28)
        for block in self.printout.blocks:
            self._add(block)

    def _add(self, block: Block) -> None:
        match block:
            case Ruled():
                self._body().append(ruled_table(block, self.breadth))
                self._after_table()
            case Beside():
                self._body().append(unruled_table(block, self.breadth, (self.size, self.pitch)))
                self._after_table()
            case Prose():
                self._prose(block)
            case Sealed():
                self._sealed(block)
            case Code():
                self._code(block)

    def _body(self) -> "_Body":
        return _Body(self.book)

    def _after_table(self) -> None:
        """Word joins two tables that touch, and wants a paragraph behind the last: one of no height."""
        thin = self._paragraph("", 1, 1)
        thin.paragraph_format.line_spacing = Pt(1)

    def _prose(self, block: Prose) -> None:
        size, pitch = (10.5, 15.0) if block.is_small else (self.size, self.pitch)
        paragraph = self._paragraph(block.text, size, pitch, font=HEADING_FONT if block.is_heading else TEXT_FONT)
        paragraph.paragraph_format.keep_with_next = block.is_heading
        if block.align is Align.INDENTED:
            paragraph.paragraph_format.first_line_indent = Pt(2 * size)
        if block.align is Align.CENTRED:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if block.is_small:
            paragraph.paragraph_format.space_before = Mm(2)

    def _sealed(self, block: Sealed) -> None:
        """The shorter of the two stands in the middle of the longer."""
        spare = (breadth(block.name) - breadth(block.day)) / 2
        for text, more in ((block.name, -spare), (block.day, spare)):
            paragraph = self._paragraph(text, self.size, self.pitch)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.right_indent = Pt((2 + max(0, more)) * self.size)
            paragraph.paragraph_format.space_before = Mm(SEAL_ROOM if text is block.name else 0)
            paragraph.paragraph_format.keep_with_next = text is block.name

    def _code(self, block: Code) -> None:
        paragraph = self._paragraph("", 12, 17)
        paragraph.paragraph_format.line_spacing = None
        paragraph.add_run().add_picture(io.BytesIO(qr.png(block.address)), width=Mm(CODE_SIZE))
        self._paragraph(block.label, 12, 17)

    def _paragraph(self, text: str, size: float, pitch: float, *, font: str = TEXT_FONT) -> Paragraph:
        paragraph = self.book.add_paragraph()
        spacing = paragraph.paragraph_format
        spacing.line_spacing, spacing.space_before, spacing.space_after = Pt(pitch), Pt(0), Pt(0)
        set_run(paragraph, text, size, font)
        return paragraph


class _Body:
    """The end of a document, before the properties of its last section."""

    def __init__(self, book: Docx):
        self.element = book.element.body

    def append(self, element: BaseOxmlElement) -> None:
        self.element.insert(len(self.element) - 1, element)


def _set_fonts(book: Docx) -> None:
    defaults = book.styles.element.find(qn("w:docDefaults"))
    fonts = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr")).find(qn("w:rFonts"))
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), LATIN_FONT)
    fonts.set(qn("w:eastAsia"), TEXT_FONT)


def _set_properties(book: Docx, title: str) -> None:
    properties = book.core_properties
    properties.title, properties.language = legal(title), "zh-CN"
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = timezone.now().replace(tzinfo=None, microsecond=0)


def _set_page(section: Section, printout: Printout) -> None:
    """A4; laid across, the margins turn with the paper. Pages are numbered from 1 in every section."""
    size, margins = (PAGE_WIDTH, PAGE_HEIGHT), (TOP, RIGHT, BOTTOM, LEFT)
    if printout.is_wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        size, margins = (PAGE_HEIGHT, PAGE_WIDTH), (LEFT, TOP, RIGHT, BOTTOM)
    section.page_width, section.page_height = map(Mm, size)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, margins)
    section.footer_distance = Mm(margins[2] - 12)
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.find(qn("w:pgMar")).addnext(start)
    _number_pages(section)


def _number_pages(section: Section) -> None:
    section.footer.is_linked_to_previous = False
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("第 ", "PAGE"), (" 页　共 ", "SECTIONPAGES"), (" 页", "")):
        set_run(paragraph, words, NUMBER_SIZE, NUMBER_FONT)
        for part in _field(field) if field else ():
            set_run(paragraph, "", NUMBER_SIZE, NUMBER_FONT)
            paragraph.runs[-1]._element.append(part)


def _field(name: str) -> Iterator[BaseOxmlElement]:
    """A field that Word works out: begin, name, end."""
    for step in ("begin", None, "end"):
        if step is None:
            part = OxmlElement("w:instrText")
            part.text = name
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), step)
        yield part
