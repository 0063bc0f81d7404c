import zipfile
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from portal.workbook.export import write_workbook
from portal.workbook.reading.reader import read_workbook

TRIGGERS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "=HYPERLINK(\"http://x\")", "'=1", "一\n二"]  # fmt: skip


@pytest.fixture
def exported(fruit_workbook, tmp_path):
    def export(**instances):
        path = tmp_path / "out.xlsx"
        write_workbook(fruit_workbook, instances, path)
        return path

    return export


def note(text):
    return SimpleNamespace(number="1", crate=None, text=text)


def test_export_is_read_back_to_equal_values(exported, fruit_workbook, crate):
    (crates, notes) = read_workbook(exported(水果箱=[crate]), list(fruit_workbook.by_title)).sheets
    sheet = fruit_workbook.by_title["水果箱"]
    assert crates.header == [column.heading for column in sheet.columns]
    ((number, values),) = crates.rows
    assert number == 2
    clean = {column.attribute: column.cell.clean(raw) for column, raw in zip(sheet.columns, values, strict=True)}
    assert clean.pop("owner") == crate.keeper.id_number
    assert clean == {name: getattr(crate, name) for name in clean}
    assert notes.rows == []


def test_export_formats(exported, crate):
    (row,) = load_workbook(exported(水果箱=[crate]))["水果箱"].iter_rows(min_row=2)
    assert [cell.number_format for cell in row][:4] == ["@"] * 4
    assert [(cell.data_type, cell.number_format) for cell in row[7:]] == [
        ("d", "yyyy-mm-dd"),
        ("n", "0.00"),
        ("n", "0"),
    ]


def test_export_writes_no_formula(exported, fruit_workbook):
    path = exported(备注=[note(text) for text in TRIGGERS])
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name) or b"<f " in archive.read(name)]
    rows = load_workbook(path)["备注"].iter_rows(min_row=2, min_col=3, max_col=3)
    assert [(cell.value, cell.data_type, bool(cell.quotePrefix)) for (cell,) in rows] == [
        (text, "s", text[0] in "=+-@＝") for text in TRIGGERS
    ]
    notes = read_workbook(path, ["备注"]).sheets[0]
    assert [values[2] for _number, values in notes.rows] == TRIGGERS


def test_export_strips_what_xml_cannot_hold(exported):
    path = exported(备注=[note("东\x00湖\x0b路\ud800")])
    assert load_workbook(path)["备注"]["C2"].value == "东湖路"


def test_export_of_blank_cells(exported):
    path = exported(备注=[note("")])
    assert [cell.value for cell in load_workbook(path)["备注"][2]] == ["1", None, None]
