import io
import zipfile

from openpyxl import load_workbook

from portal.workbook.errors import WorkbookError
from portal.workbook.marked import write_marked_copy
from portal.workbook.sheets import Workbook
from tests.portal.workbook.fruit import Crates, Notes
from tests.portal.workbook.packages import heading_row, text_cell

RED = "00F8CBCB"
FORMULA = '<row r="2"><c r="A2"><f>1+1</f><v>9</v></c>' + text_cell("B2", "=2+2") + "</row>"
ROWS = heading_row("箱号*", "价格（元）", "个数") + FORMULA
MERGED = '<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>'


def marked(path, *errors):
    file = io.BytesIO()
    write_marked_copy(path, errors, file, workbook=Workbook((Crates(), Notes())))
    file.seek(0)
    return file


def fault(row, column, reason, sheet="水果箱", value=None):
    return WorkbookError(sheet, row, column, value, reason)


def test_error_as_json():
    assert fault(2, "箱号", "空", value="x").as_json() == {
        "sheet": "水果箱",
        "row": 2,
        "column": "箱号",
        "value": "x",
        "reason": "空",
    }


def test_faulty_cells_are_filled_and_commented(xlsx):
    file = marked(
        xlsx(("水果箱", ROWS)),
        fault(2, "价格(元)", "不是数字", value="=2+2"),
        fault(2, "价格(元)", "过大"),
        fault(7, "箱号", "未填写"),
    )
    tab = load_workbook(file)["水果箱"]
    assert (tab["B2"].fill.fgColor.rgb, tab["B2"].comment.text) == (RED, "不是数字\n过大")
    assert tab["A7"].comment.text == "未填写"
    assert tab["C2"].comment is None


def test_faults_without_row_or_column_stand_on_the_heading(xlsx):
    file = marked(xlsx(("水果箱", ROWS)), fault(None, "个数", "一"), fault(None, "没有", "二"), fault(None, None, "三"))
    tab = load_workbook(file)["水果箱"]
    assert (tab["C1"].comment.text, tab["A1"].comment.text) == ("一", "二\n三")


def test_marks_find_the_headings_below_title_rows(xlsx):
    title = heading_row("2014 年水果箱登记表", "填报单位：东湖") + '<row r="2"></row>'
    headings = heading_row("序号", "箱号*", "价 格", "个数").replace('1"', '3"')
    data = f'<row r="4">{text_cell("B4", "7")}{text_cell("C4", "多")}</row>'
    errors = [fault(4, "价格(元)", "不是数字"), fault(None, "个数", "出现两次"), fault(None, None, "整张表")]
    tab = load_workbook(marked(xlsx(("水果箱", title + headings + data)), *errors))["水果箱"]
    comments = {cell.coordinate: cell.comment.text for row in tab.iter_rows() for cell in row if cell.comment}
    assert comments == {"C4": "不是数字", "D3": "出现两次", "A3": "整张表"}


def test_misspelt_heading_and_sheet_are_marked_themselves(xlsx):
    rows = heading_row("箱号", "价格", "个数栏")
    errors = [
        fault(None, "个数", "表头相近", value="个数栏"),
        WorkbookError("备注", None, None, "备注页", "名称相近"),
    ]
    spreadsheet = load_workbook(marked(xlsx(("水果箱", rows), ("备注页", heading_row("编号"))), *errors))
    assert spreadsheet["水果箱"]["C1"].comment.text == "表头相近"
    assert spreadsheet["备注页"]["A1"].comment.text == "名称相近"


def test_list_of_faults_comes_first(xlsx):
    file = marked(
        xlsx(("水果箱", ROWS)), fault(2, "箱号", "公式", value="=1+1"), fault(None, None, "整份文件", sheet=None)
    )
    spreadsheet = load_workbook(file)
    assert spreadsheet.sheetnames == ["错误清单", "水果箱"]
    assert [[cell.value for cell in row] for row in spreadsheet["错误清单"].iter_rows()] == [
        ["工作表", "行", "列", "填写内容", "原因"],
        ["水果箱", 2, "箱号", "=1+1", "公式"],
        [None, None, None, None, "整份文件"],
    ]


def test_marked_copy_holds_no_formula(xlsx):
    file = marked(xlsx(("水果箱", ROWS)), fault(2, "箱号", "公式", value="=1+1"))
    with zipfile.ZipFile(file) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name) or b"<f " in archive.read(name)]
    tab = load_workbook(file)["水果箱"]
    assert [(tab[place].value, tab[place].data_type) for place in ("A2", "B2")] == [("=1+1", "s"), ("=2+2", "s")]


def test_mark_on_merged_cells_stands_on_their_first(xlsx):
    tab = load_workbook(marked(xlsx(("水果箱", ROWS, MERGED)), fault(3, "个数", "合并")))["水果箱"]
    assert tab["B2"].comment.text == "合并"


def test_marks_of_an_earlier_round_go(xlsx, tmp_path):
    first = marked(xlsx(("水果箱", ROWS)), fault(2, "个数", "一"))
    again = tmp_path / "again.xlsx"
    again.write_bytes(first.getvalue())
    spreadsheet = load_workbook(marked(again, fault(2, "箱号", "二")))
    assert spreadsheet.sheetnames == ["错误清单", "水果箱"]
    assert spreadsheet["水果箱"]["C2"].comment is None
    assert spreadsheet["水果箱"]["C2"].fill.fill_type is None
    assert spreadsheet["水果箱"]["A2"].comment.text == "二"


def test_refused_file_gives_the_list_alone(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"<html>")
    spreadsheet = load_workbook(marked(path, fault(None, None, "这是网页", sheet=None)))
    assert spreadsheet.sheetnames == ["错误清单"]
    assert spreadsheet["错误清单"]["E2"].value == "这是网页"
