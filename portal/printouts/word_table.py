"""The tables of a sheet as Word has them: a grid of 24 columns, boxes that span some, lines of a least height."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from portal.printouts.content import MILLIMETRES, UNITS, Beside, Box, Height, Look, Ruled
from portal.printouts.word_text import set_run

SIZES = {False: (12.0, 17.0), True: (10.5, 15.0)}  # pt: letters and distance of lines, of plain and of small tables
LABEL_SIZE, SIGNING_PITCH, SEAL_ROOM = 10.5, 20, 14  # pt, pt, mm
ALIGNED = {Look.NUMBER: WD_ALIGN_PARAGRAPH.RIGHT, Look.LONG: WD_ALIGN_PARAGRAPH.LEFT}
TALL = (Height.ROOMY, Height.SEALED)


def ruled_table(block: Ruled, breadth: float) -> BaseOxmlElement:
    """A table with grid lines, `breadth` mm wide; its head is repeated on every page."""
    table = _table(UNITS, breadth, lines="single")
    size = SIZES[block.is_small]
    reaching: list[tuple[int, Box, int]] = []  # where a box of a line above stands, and how many lines more it reaches
    for number, line in enumerate(block.lines):
        row, left = _row(line.height, is_head=number < block.heads), list(line.boxes)
        at, still = 0, []
        while at < UNITS:
            above = next(((box, more) for start, box, more in reaching if start == at), None)
            box, more = above or (left[0], left[0].lines)
            row.append(_cell(box, breadth, size, line.height, merged=bool(above)))
            if not above:
                left.pop(0)
            if more > 1:
                still.append((at, box, more - 1))
            at += box.units
        reaching = still
        table.append(row)
    return table


def unruled_table(block: Beside, breadth: float, size: tuple[float, float]) -> BaseOxmlElement:
    """Texts beside each other; room to sign where they are signed."""
    table = _table(len(block.texts), breadth, lines="nil")
    row = _row(Height.BY_HAND if block.is_signed else None)
    for text in block.texts:
        cell = _empty_cell(1, breadth / len(block.texts), valign="bottom" if block.is_signed else "center")
        _fill(cell, text, size, WD_ALIGN_PARAGRAPH.LEFT)
        row.append(cell)
    table.append(row)
    return table


def _table(columns: int, breadth: float, *, lines: str) -> BaseOxmlElement:
    table, looks, grid = OxmlElement("w:tbl"), OxmlElement("w:tblPr"), OxmlElement("w:tblGrid")
    looks.append(_made("w:tblW", w=Mm(breadth).twips, type="dxa"))
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_made(f"w:{side}", val=lines, sz=6, space=0))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_made(f"w:{side}", w=Mm(1).twips, type="dxa"))
    for part in (_made("w:jc", val="center"), borders, _made("w:tblLayout", type="fixed"), margins):
        looks.append(part)
    for _column in range(columns):
        grid.append(_made("w:gridCol", w=Mm(breadth / columns).twips))
    table.append(looks)
    table.append(grid)
    return table


def _row(height: Height | None, *, is_head: bool = False) -> BaseOxmlElement:
    row, looks = OxmlElement("w:tr"), OxmlElement("w:trPr")
    looks.append(_made("w:cantSplit"))
    if height:
        looks.append(_made("w:trHeight", val=Mm(MILLIMETRES[height]).twips, hRule="atLeast"))
    if is_head:
        looks.append(_made("w:tblHeader"))
    row.append(looks)
    return row


def _cell(box: Box, breadth: float, size: tuple[float, float], height: Height, *, merged: bool) -> BaseOxmlElement:
    is_top = height in TALL and box.look is Look.LONG
    cell = _empty_cell(box.units, breadth * box.units / UNITS, valign="top" if is_top else "center")
    looks = cell[0]
    if box.lines > 1:
        looks.insert(2, _made("w:vMerge", val="continue" if merged else "restart"))
    if merged:
        _fill(cell, "", size, WD_ALIGN_PARAGRAPH.CENTER)
        return cell
    letters = (min(size[0], LABEL_SIZE), size[1]) if box.look is Look.LABEL else size
    _fill(cell, box.text, letters, ALIGNED.get(box.look, WD_ALIGN_PARAGRAPH.CENTER))
    for number, words in enumerate(box.signing):
        paragraph = _fill(cell, words, (size[0], SIGNING_PITCH), WD_ALIGN_PARAGRAPH.RIGHT)
        paragraph.paragraph_format.space_before = Mm(SEAL_ROOM if box.is_sealed and not number else 0)
        paragraph.paragraph_format.right_indent = Mm(2)
    return cell


def _empty_cell(units: int, breadth: float, *, valign: str) -> BaseOxmlElement:
    cell, looks = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    parts = (
        _made("w:tcW", w=Mm(breadth).twips, type="dxa"),
        _made("w:gridSpan", val=units),
        _made("w:vAlign", val=valign),
    )
    for part in parts:
        looks.append(part)
    cell.append(looks)
    return cell


def _fill(cell: BaseOxmlElement, text: str, size: tuple[float, float], align: WD_ALIGN_PARAGRAPH) -> Paragraph:
    element = OxmlElement("w:p")
    cell.append(element)
    paragraph = Paragraph(element, cell)
    spacing = paragraph.paragraph_format
    spacing.line_spacing, spacing.space_before, spacing.space_after = Pt(size[1]), Pt(0), Pt(0)
    paragraph.alignment = align
    set_run(paragraph, text, size[0])
    return paragraph


def _made(name: str, **values: object) -> BaseOxmlElement:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), str(value))
    return element
