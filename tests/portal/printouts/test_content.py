"""Sheets as they are put together: lines as wide as the text, and the three ways to draw them."""

import re

import pytest

from portal.documents.pdf import static_style
from portal.printouts.content import (
    MILLIMETRES,
    Beside,
    Box,
    Boxes,
    Code,
    Height,
    NotFilledError,
    Printout,
    Prose,
    Ruled,
    Sealed,
)
from portal.printouts.kind import all_printouts
from portal.printouts.paged import printouts_pdf
from portal.printouts.word import printouts_docx
from tests.printing import content_text, docx_text, paper_of_docx, paper_of_pdf, pdf_pages, pdf_text

EVERYTHING = Printout(
    "一张什么都有的表",
    (
        Beside(("左边：甲", "右边：乙")),
        Ruled(
            (
                Boxes((Box("头一", 12), Box("头二", 12))),
                Boxes((Box("下\n伸", 2, lines=2), Box("一", 10), Box("二", 12))),
                Boxes((Box("三", 10), Box("意见：同意", 12, signing=("签名：", "（盖章）"))), Height.SEALED),
                Boxes((Box("<&>\"'", 24),)),
            ),
            heads=1,
        ),
        Prose("一、标题", is_heading=True),
        Prose("正文。"),
        Code("http://portal.example.org/x/", "扫码"),
        Beside(("经办：", "复核："), is_signed=True),
        Sealed("一个名字很长很长的工会", "2014年7月1日"),
    ),
)


@pytest.mark.parametrize(
    "lines",
    [
        (Boxes((Box("", 23),)),),
        (Boxes((Box("", 20), Box("", 5))),),
        (Boxes((Box("", 4, lines=2), Box("", 20))), Boxes((Box("", 24),))),
        (Boxes((Box("", 4, lines=2), Box("", 20))),),
    ],
    ids=["too narrow", "too wide", "under a box that reaches down", "reaching down below the last line"],
)
def test_lines_that_do_not_fill_the_text_are_refused(lines):
    with pytest.raises(NotFilledError):
        Ruled(lines)


def test_style_sheet_has_the_heights_of_the_declaration():
    found = re.findall(r"\.printout-line-([a-z-]+) > \* \{\s*height: (\d+)mm;", static_style("css/printout.css"))
    assert {name: float(height) for name, height in found} == {
        str(name): height for name, height in MILLIMETRES.items()
    }


def test_every_text_is_in_the_word_file_in_its_order_and_nothing_else():
    assert docx_text(printouts_docx([EVERYTHING])) == content_text(EVERYTHING)


@pytest.mark.pdf
def test_every_text_is_in_the_pdf_in_its_order_and_nothing_else(printer, tmp_path):
    assert pdf_text(pdf_pages(printouts_pdf([EVERYTHING]), tmp_path)) == content_text(EVERYTHING)


@pytest.mark.pdf
def test_pages_of_each_sheet_are_numbered_by_themselves(printer, tmp_path):
    long = Printout("长", tuple(Prose(f"第{number}段。") for number in range(60)), is_form=False)
    pages = pdf_pages(printouts_pdf([long, EVERYTHING]), tmp_path)
    assert [re.search(r"第\d+页共\d+页", page)[0] for page in pages] == [
        "第1页共3页", "第2页共3页", "第3页共3页", "第1页共1页",
    ]  # fmt: skip


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("is_wide", "size", "margins"), [(False, (210, 297), (37, 26, 35, 28)), (True, (297, 210), (28, 37, 26, 35))]
)
def test_paper_is_a4_with_the_margins_of_official_documents(printer, tmp_path, is_wide, size, margins):
    sheet = Printout("纸", EVERYTHING.blocks, is_wide=is_wide)
    assert paper_of_docx(printouts_docx([sheet, sheet])) == [(size, margins)] * 2
    assert set(paper_of_pdf(printouts_pdf([sheet]), tmp_path)) == {size}


def test_word_file_names_nobody_and_holds_what_xml_may_not():
    content = printouts_docx([Printout("标题\x0b", (Prose("零\x00宽"),))])
    assert docx_text(content) == "标题零宽"


def test_sheets_of_the_portal_have_names_of_their_own():
    assert len(all_printouts()) == 7
