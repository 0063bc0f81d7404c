import io

import pytest
from openpyxl import load_workbook

from portal.workbook.reading.reader import read_workbook
from portal.workbook.template import write_template


@pytest.fixture
def template(fruit_workbook):
    file = io.BytesIO()
    write_template(fruit_workbook, file)
    return load_workbook(file)


def test_template_has_every_sheet_and_heading(template):
    assert template.sheetnames == ["水果箱", "备注"]
    assert [cell.value for cell in template["备注"][1]] == ["编号*", "箱号", "说明"]
    assert template["水果箱"].max_row == 1
    assert template["水果箱"].freeze_panes == "A2"


def test_template_heading_has_a_note(template):
    assert template["水果箱"]["E1"].comment.text == "下列之一：苹果、雪梨、李子（大）\n每箱一种"


def test_template_keeps_digits_by_text_format(template):
    columns = template["水果箱"].column_dimensions
    assert [columns[letter].number_format for letter in "ABCDH"] == ["@", "@", "@", "@", "yyyy-mm-dd"]


def test_template_offers_the_words(template):
    choices = {str(choice.sqref): choice for choice in template["水果箱"].data_validations.dataValidation}
    assert choices["E2:E20000"].formula1 == '"苹果,雪梨,李子（大）"'
    assert choices["E2:E20000"].showErrorMessage is True
    assert choices["F2:F20000"].showErrorMessage is False  # several may be joined
    assert choices["G2:G20000"].formula1 == '"是,否"'


def test_template_is_read_without_fault(template, fruit_workbook, tmp_path):
    template.save(tmp_path / "t.xlsx")
    read = read_workbook(tmp_path / "t.xlsx", list(fruit_workbook.by_title))
    assert [(sheet.header[0], sheet.rows) for sheet in read.sheets] == [("箱号*", []), ("编号*", [])]
