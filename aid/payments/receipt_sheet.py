"""签领表 as .docx: who gets how much, with room for a signature; no identity number, card, telephone or address."""

import io

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from aid.models import PaymentBatch
from portal.workbook.writing import NOT_IN_XML

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTHS = (14, 30, 30, 28, 40, 28)  # millimetres


def receipt_rows(batch: PaymentBatch) -> list[tuple]:
    """Number, who fetches it, for which child, how much."""
    lines = batch.lines.select_related("item__case__child").order_by("number").defer("card")
    return [(line.number, line.name, line.item.case.child.name, line.amount) for line in lines]


def receipt_docx(batch: PaymentBatch) -> bytes:
    """The sheet, headings repeated on every page."""
    book = Document()
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    style = book.styles["Normal"]
    style.font.size = Pt(12)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    _heading(book, batch)
    rows = receipt_rows(batch)
    table = book.add_table(rows=1, cols=len(WIDTHS))
    table.style, table.autofit = "Table Grid", False
    _fill(table.rows[0], (_("序号"), _("领款人"), _("子女"), _("金额(元)"), _("签名"), _("日期")))
    _repeat(table.rows[0])
    for number, name, child, amount in rows:
        _fill(table.add_row(), (number, name, child, f"{amount:,.2f}", "", ""))
    total = sum(row[-1] for row in rows)
    _fill(table.add_row(), (_("合计"), _("%(count)d 笔") % {"count": len(rows)}, "", f"{total:,.2f}", "", ""))
    book.add_paragraph()
    book.add_paragraph(_("经办人：　　　　　　　　复核人：　　　　　　　　日期：　　　　年　　月　　日"))
    book.core_properties.author = book.core_properties.comments = ""
    book.core_properties.title = f"{batch.number}"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _heading(book, batch: PaymentBatch) -> None:
    title = book.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(_("%(year)s 年金秋助学款签领表") % {"year": batch.campaign})
    run.bold, run.font.size = True, Pt(18)
    words = _("单位：%(unit)s　　批次：%(number)s　　来源：%(source)s　　用途：%(purpose)s")
    values = {
        "unit": batch.union,
        "number": batch.number,
        "source": batch.get_source_display(),
        "purpose": batch.purpose,
    }
    book.add_paragraph(NOT_IN_XML.sub("", words % values))


def _fill(row, texts) -> None:
    for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):
        cell.width, cell.text = Mm(width), NOT_IN_XML.sub("", str(text))


def _repeat(row) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
