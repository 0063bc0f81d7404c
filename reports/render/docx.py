"""The forms as .docx: each on pages of its own, sentences as printed, each value an underlined run."""

import io
import re
from collections.abc import Iterable

from django.utils import timezone
from docx import Document
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from portal.documents import qr
from reports.counting.derive import CityFigures
from reports.render import paper
from reports.render.city import ALONE, CityPrint
from reports.render.filled import FORM_NUMBERS, Filled, Stamp
from reports.render.paper import Row, Sheet, Type

# As GB/T 9704 names them. A machine without 小标宋 shows its own Song.
TITLE_FONT, HEADING_FONT, TEXT_FONT, NUMBER_FONT = "方正小标宋简体", "黑体", "仿宋", "宋体"
LATIN_FONT = "Times New Roman"
STAMP_GAP = 3  # mm between the picture and the words
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Underlined wherever it stands, as a plain space at the end of a line is not, and never broken from what is beside it;
# two of them are as wide as half a character.
HARD_SPACE = "\u00a0"


def annex_docx(filled: Filled, forms: Iterable[int] = FORM_NUMBERS) -> bytes:
    """The forms of one union."""
    return _bytes(paper.sheets(filled, forms), stamp=filled.stamp)


def city_docx(filled: Filled, city: CityFigures, forms: Iterable[int] = FORM_NUMBERS, also: CityPrint = ALONE) -> bytes:
    """The city's forms, the units that were summed, and the forms of each; with page numbers."""
    return _bytes(paper.city_sheets(filled, city, forms, also))


def _bytes(sheets: Iterable[Sheet], *, stamp: Stamp | None = None) -> bytes:
    """With `stamp` at the foot of each page, else with page numbers."""
    book = Document()
    set_page(book.sections[0])
    set_defaults(book)
    looks = ParagraphStyles(book)
    for position, sheet in enumerate(sheets):
        if not position:
            set_properties(book, sheet.title)
        _add_sheet(book, looks, sheet, new_page=position > 0)
    if stamp:
        _stamp_pages(book, stamp)
    else:
        number_pages(book)
    return saved(book)


def saved(book: Docx) -> bytes:
    """The file."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def set_page(section: Section) -> None:
    section.page_width, section.page_height = Mm(paper.PAGE_WIDTH), Mm(paper.PAGE_HEIGHT)
    section.top_margin, section.left_margin = Mm(paper.TOP), Mm(paper.LEFT)
    section.bottom_margin = Mm(paper.PAGE_HEIGHT - paper.TOP - paper.TEXT_HEIGHT)
    section.right_margin = Mm(paper.PAGE_WIDTH - paper.LEFT - paper.TEXT_WIDTH)
    # The page number stands 7 mm below the text (7.5).
    section.footer_distance = section.bottom_margin - Mm(7) - Pt(paper.PAGE_NUMBER_SIZE)


def set_defaults(book: Docx) -> None:
    """Chinese text in fonts of our own: the library's template names the fonts of an English theme."""
    defaults = book.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    fonts = defaults.find(qn("w:rFonts"))
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), LATIN_FONT)
    fonts.set(qn("w:eastAsia"), TEXT_FONT)
    language = defaults.find(qn("w:lang"))
    language.set(qn("w:val"), "en-US")  # Latin letters and digits: in Chinese a number may be broken anywhere
    language.set(qn("w:eastAsia"), "zh-CN")


def set_properties(book: Docx, title: str) -> None:
    """A title and nothing of who or what wrote the file."""
    properties = book.core_properties
    properties.title, properties.language = _legal(title), "zh-CN"
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = timezone.now().replace(tzinfo=None, microsecond=0)


class ParagraphStyles:
    """The paragraph styles of a document, each made when it is first used."""

    def __init__(self, book: Docx):
        self._book = book
        self._styles: dict[str, ParagraphStyle] = {}

    def heading(self) -> ParagraphStyle:
        return self._style("附件号", HEADING_FONT, Type(paper.HEADING_SIZE, paper.HEADING_PITCH))

    def title(self) -> ParagraphStyle:
        style = self._style("统计表标题", TITLE_FONT, Type(paper.TITLE_SIZE, paper.TITLE_PITCH))
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(paper.TITLE_PITCH / 2)
        return style

    def by_hand(self, set_in: Type) -> ParagraphStyle:
        style = self._style(f"填报单位 {set_in.name}", TEXT_FONT, set_in)
        style.paragraph_format.space_after = Pt(paper.HAND_AFTER)
        return style

    def sentence(self, set_in: Type) -> ParagraphStyle:
        style = self._style(f"统计句 {set_in.name}", TEXT_FONT, set_in)
        style.paragraph_format.left_indent = Pt(paper.HANGING * set_in.size)
        style.paragraph_format.first_line_indent = -style.paragraph_format.left_indent
        return style

    def continuation(self, set_in: Type) -> ParagraphStyle:
        style = self._style(f"统计句续行 {set_in.name}", TEXT_FONT, set_in)
        style.paragraph_format.left_indent = Pt(paper.INDENT * set_in.size)
        return style

    def _style(self, name: str, font: str, set_in: Type) -> ParagraphStyle:
        if name not in self._styles:
            style = self._book.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = self._book.styles["Normal"]
            style.font.name, style.font.size = LATIN_FONT, Pt(set_in.size)
            style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
            spacing = style.paragraph_format
            spacing.space_before = spacing.space_after = Pt(0)
            spacing.line_spacing = Pt(set_in.pitch)
            spacing.keep_together = True
            self._styles[name] = style
        return self._styles[name]


def _add_sheet(book: Docx, looks: ParagraphStyles, sheet: Sheet, *, new_page: bool) -> None:
    first = add_paragraph(book, looks.heading(), sheet.heading)
    first.paragraph_format.page_break_before = new_page
    add_paragraph(book, looks.title(), sheet.title)
    for sentence in sheet.sentences:
        paragraphs = [_add_row(book, looks, sheet.type, row) for row in sentence]
        for paragraph in paragraphs[:-1]:
            paragraph.paragraph_format.keep_with_next = True


def add_paragraph(book: Docx, style: ParagraphStyle, text: str = "") -> Paragraph:
    """A paragraph with its style named by id: to find the id from the style takes longer than all the rest."""
    paragraph = book.add_paragraph(_legal(text))
    paragraph._p.style = style.style_id
    return paragraph


def _add_row(book: Docx, looks: ParagraphStyles, set_in: Type, row: Row) -> Paragraph:
    if row.by_hand:
        return _add_row_by_hand(add_paragraph(book, looks.by_hand(row.hand)), row)
    style = looks.continuation(set_in) if row.indented else looks.sentence(set_in)
    paragraph = add_paragraph(book, style)
    for piece in row.pieces:
        if piece.kind == "figure":
            paragraph.add_run(_padded(piece.text)).underline = True
        if words := piece.unit or (piece.kind == "text" and piece.text):
            paragraph.add_run(_legal(words))
    return paragraph


def _padded(value: str) -> str:
    """`value` in the middle of a blank of at least the usual width."""
    margin = HARD_SPACE * 2 * max(1, round(paper.LEAST_BLANK - paper.width(value)))
    return f"{margin}{value}{margin}"


def _add_row_by_hand(paragraph: Paragraph, row: Row) -> Paragraph:
    """Words, and spaces as underlined tabs: their ends stand where the tab stops are, whatever the typeface."""
    breadths = iter(paper.breadths_by_hand(row))
    end = 0.0
    for piece in row.pieces:
        if piece.kind == "space":
            end += next(breadths)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(end * row.hand.size - 0.5))
            paragraph.add_run(_legal(f"{HARD_SPACE}{piece.text}\t")).underline = True
        else:
            end += paper.width(piece.text)
            paragraph.add_run(_legal(piece.text))
    return paragraph


def _stamp_pages(book: Docx, stamp: Stamp) -> None:
    """The code and its words in the lower margin, so that they take no line from the form."""
    section = book.sections[0]
    section.footer_distance = Mm(paper.STAMP_BELOW)
    section.footer.is_linked_to_previous = False
    paragraph = section.footer.paragraphs[0]
    if stamp.url:
        picture = io.BytesIO(qr.png(stamp.url))
        paragraph.add_run().add_picture(picture, width=Mm(paper.CODE_SIZE), height=Mm(paper.CODE_SIZE))
        paragraph.paragraph_format.left_indent = Mm(paper.CODE_SIZE + STAMP_GAP)  # the second line beside the picture
        paragraph.paragraph_format.first_line_indent = -paragraph.paragraph_format.left_indent
        paragraph.add_run("\t")
    run = paragraph.add_run(_legal(stamp.words))
    run.font.name, run.font.size = LATIN_FONT, Pt(paper.STAMP_SIZE)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), NUMBER_FONT)


def number_pages(book: Docx) -> None:
    """ "— 1 —", at the outer edge of the page (GB/T 9704, 7.5)."""
    book.settings.odd_and_even_pages_header_footer = True
    section = book.sections[0]
    _write_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _write_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _write_number(footer: _Footer, alignment: WD_ALIGN_PARAGRAPH) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = alignment
    for text in ("— ", None, " —"):
        run = paragraph.add_run(text)
        run.font.name, run.font.size = NUMBER_FONT, Pt(paper.PAGE_NUMBER_SIZE)
        run._element.rPr.rFonts.set(qn("w:eastAsia"), NUMBER_FONT)
        if text is None:
            for kind in ("begin", "instruction", "end"):
                run._element.append(_field_part(kind))


def _field_part(kind: str):
    if kind == "instruction":
        part = OxmlElement("w:instrText")
        part.text = "PAGE"
        return part
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    return part


def _legal(text: str) -> str:
    """`text` without the characters that XML cannot hold; a line break in a name is a space."""
    return NOT_IN_XML.sub("", text).replace("\r", " ").replace("\n", " ")
