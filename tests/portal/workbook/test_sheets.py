import pytest

from portal.workbook.cells import TextCell
from portal.workbook.sheets import Column, Sheet, SheetDeclarationError, Workbook, heading_text
from tests.portal.workbook.fruit import Crates


class Plain(Sheet):
    title = "清单"
    number = Column("编号", "number", TextCell(20), required=True)


def test_sheet_lists_its_columns_in_order(fruit_workbook):
    notes = fruit_workbook.by_title["备注"]
    assert [column.heading for column in notes.columns] == ["编号", "箱号", "说明"]
    assert notes.key.attribute == "number"
    assert notes.column("crate").refers == ("水果箱",)
    assert list(notes.by_heading) == ["编号", "箱号", "说明"]
    assert Crates().by_heading["价格(元)"].attribute == "price"


def test_heading_text_of_required_column():
    assert heading_text(" 价格（元） * ") == "价格(元)"


def test_sheet_exports_through_import_export(crate):
    sheet = Crates()
    assert sheet.get_export_headers()[:2] == ["箱号", "主人身份证号"]
    assert sheet.export_resource(crate) == [
        "0012",
        "11010519491231002X",
        "6222020200112230004",
        "021-63211939",
        "雪梨",
        "苹果、李子（大）",
        "否",
        crate.picked,
        crate.price,
        0,
    ]


def test_sheet_exports_blank_where_the_path_ends(crate):
    crate.keeper = None
    assert Crates().export_resource(crate)[1] is None


def test_workbook_refuses_repeated_title():
    with pytest.raises(SheetDeclarationError, match="清单"):
        Workbook((Plain(), Plain()))


def test_workbook_refuses_repeated_heading():
    class Twice(Sheet):
        title = "两次"
        one = Column("编号", "one", TextCell(20))
        two = Column("编号*", "two", TextCell(20))

    with pytest.raises(SheetDeclarationError, match="编号"):
        Workbook((Twice(),))


def test_workbook_refuses_reference_to_unknown_sheet():
    class Refers(Sheet):
        title = "引用"
        one = Column("编号", "one", TextCell(20), refers=("清单", "没有"))

    with pytest.raises(SheetDeclarationError, match="没有"):
        Workbook((Plain(), Refers()))
