"""The .docx, read back paragraph by paragraph."""

import io
import zipfile
from decimal import Decimal

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from portal.models import Union
from reports.annex.wording import Blank
from reports.counting.derive import derive_units
from reports.render import paper
from reports.render.docx import annex_docx, city_docx
from reports.render.filled import Filled, texts
from tests.reports import builders as make
from tests.reports.printed import expected, squeezed

LONG_NAME = ("<&>\"'\x0b甲乙丙丁" * 12)[:100]


@pytest.fixture
def filled(unit, year_2014):
    make.payment(unit, amount=Decimal("520.48"))
    make.contribution(unit, amount=Decimal("123456789.12"))
    make.event(unit, posts=592)
    return Filled.live(year_2014, unit, make.AS_OF)


def opened(content: bytes):
    return Document(io.BytesIO(content))


def text_of(book) -> str:
    return squeezed("".join(paragraph.text for paragraph in book.paragraphs))


def underlined(book) -> list[str]:
    return [run.text.strip() for paragraph in book.paragraphs for run in paragraph.runs if run.underline]


@pytest.mark.parametrize("forms", [(1,), (2,), (1, 2)])
def test_text_is_the_wording_with_the_values(filled, forms):
    assert text_of(opened(annex_docx(filled, forms))) == expected(filled, forms)


@pytest.mark.parametrize("number", [1, 2])
def test_values_and_spaces_are_underlined_and_nothing_else(filled, number):
    name, contact, telephone, *values = underlined(opened(annex_docx(filled, (number,))))
    assert (name, contact, telephone) == (filled.union.name, "", "")
    assert values == [filled.text(slug) for slug in filled.form(number).slugs]
    assert dict(zip(filled.form(number).slugs, values, strict=True)) == texts(filled.values, filled.figures, (number,))


def test_contact_of_a_report_is_printed(filled):
    class Kept(Filled):
        spaces = {"填报单位": filled.union.name, "填报人": "顾佳", "联系电话": "63211939-3151"}

    kept = Kept(filled.campaign, filled.union, filled.cut_off, filled.values)
    book = opened(annex_docx(kept, (1,)))
    assert underlined(book)[:3] == [filled.union.name, "顾佳", "63211939-3151"]
    assert text_of(book) == expected(kept, (1,))


def test_page_is_that_of_an_official_document(filled):
    (section,) = opened(annex_docx(filled)).sections
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 28]
    text_block = (
        section.page_width - section.left_margin - section.right_margin,
        section.page_height - section.top_margin - section.bottom_margin,
    )
    assert [round(size / Mm(1)) for size in text_block] == [156, 225]


def test_type_is_that_of_an_official_document(filled):
    book = opened(annex_docx(filled, (1,)))
    styles = {style.name: style for style in book.styles if style.name.startswith(("附件", "统计"))}
    found = {
        name: (style.font.size.pt, style.element.rPr.rFonts.get(qn("w:eastAsia"))) for name, style in styles.items()
    }
    assert found == {
        "附件号": (16, "黑体"),
        "统计表标题": (22, "方正小标宋简体"),
        "统计句 16-28_95": (16, "仿宋"),
        "统计句续行 16-28_95": (16, "仿宋"),
    }


def test_lines_that_continue_a_sentence_are_indented(filled):
    paragraphs = opened(annex_docx(filled, (1,))).paragraphs[3:]
    indents = [paragraph.style.paragraph_format.left_indent for paragraph in paragraphs]
    lines = filled.form(1).lines[1:]
    assert indents == [Pt(16 * (paper.INDENT if line.indented else paper.HANGING)) for line in lines]


def test_each_form_begins_a_page(filled):
    paragraphs = opened(annex_docx(filled)).paragraphs
    breaks = [paragraph.text for paragraph in paragraphs if paragraph.paragraph_format.page_break_before]
    assert breaks == ["附件 2"]


def test_name_with_special_characters_is_text(filled):
    Union.objects.filter(pk=filled.union.pk).update(name=LONG_NAME)
    filled.union.refresh_from_db()
    book = opened(annex_docx(filled))
    assert underlined(book)[0] == LONG_NAME.replace("\x0b", "")
    assert text_of(book) == expected(filled).replace("\x0b", "")


def test_file_says_nothing_of_who_wrote_it_and_holds_no_macro(filled):
    content = annex_docx(filled)
    properties = opened(content).core_properties
    assert properties.title == filled.form(1).title
    assert {properties.author, properties.last_modified_by, properties.comments, properties.keywords} == {""}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if "vba" in name.lower() or name.endswith(".bin")]


def test_city_has_its_forms_then_its_units_then_theirs(filled, units):
    city = derive_units(filled.campaign, make.AS_OF)
    whole = Filled(filled.campaign, Union.objects.get(depth=1), filled.cut_off, city.total)
    book = opened(city_docx(whole, city))
    names = squeezed("".join(f"{turn}.{unit.code}{unit.name}" for turn, unit in enumerate(units, start=1)))
    said = f"汇总单位名单由下列{len(units)}个填报单位汇总，统计截止日2014-08-31。"
    of_units = [expected(Filled(filled.campaign, unit, filled.cut_off, values)) for unit, values in city.units.items()]
    assert text_of(book) == "".join((expected(whole), said, names, *of_units))
    assert "PAGE" in book.sections[0].footer._element.xml


def test_every_blank_is_on_one_row_with_its_unit(filled):
    for number in (1, 2):
        (sheet,) = paper.sheets(filled, (number,))
        figures = [p for s in sheet.sentences for row in s for p in row.pieces if p.kind == "figure"]
        blanks = [token for line in filled.form(number).lines for token in line.tokens if isinstance(token, Blank)]
        assert len(figures) == len(blanks)
        assert {figure.unit[0] for figure in figures} == {"（"}


@pytest.mark.parametrize(
    ("name", "rows"), [("东湖区总工会", 1), ("示例市经济信息化系统工会联合会", 1), (LONG_NAME, 2), ("", 1)]
)
def test_name_that_is_long_has_a_row_of_its_own(filled, name, rows):
    filled.union.name = name
    for sheet in paper.sheets(filled):
        by_hand = [row for sentence in sheet.sentences for row in sentence if row.by_hand]
        assert len(by_hand) == rows


@pytest.mark.parametrize(
    ("name", "contact", "telephone", "size"),
    [
        ("东湖区总工会", "", "", 12),
        ("东湖区机电工业系统总工会", "欧阳建国", "13800000000", 10.5),
        ("示例市经济信息化系统工会联合会", "欧阳建国", "13800000000", 9),
    ],
)
def test_three_blanks_of_the_head_stand_on_one_line_in_a_size_that_fits(filled, name, contact, telephone, size):
    """156 mm are 36.85 characters of 12 pt, 42.1 of 10.5, 49.1 of 9. Words 14.6, contact 5.5, telephone 7.16."""

    class Kept(Filled):
        spaces = {"填报单位": name, "填报人": contact, "联系电话": telephone}

    kept = Kept(filled.campaign, filled.union, filled.cut_off, filled.values)
    (sheet,) = paper.sheets(kept, (1,))
    (row,) = [row for sentence in sheet.sentences for row in sentence if row.by_hand]
    assert row.hand.size == size
    words = sum(paper.width(piece.text) for piece in row.pieces if piece.kind == "text")
    assert words + sum(paper.breadths_by_hand(row)) == pytest.approx(156 * 72 / 25.4 / size)
    assert text_of(opened(annex_docx(kept, (1,)))) == expected(kept, (1,))


def test_blank_has_no_place_where_a_line_may_break(filled):
    """A plain or an en space may be broken at, and half of the blank stand on the next line."""
    book = opened(annex_docx(filled))
    blanks = [run.text.rstrip("\t") for paragraph in book.paragraphs for run in paragraph.runs if run.underline]
    assert len(blanks) == 49 + 2 * 3
    assert [blank for blank in blanks if set(blank) & set(" \u2002\u2003\u3000\t")] == []
    assert {blank[0] for blank in blanks} == {"\u00a0"}
