import math
from datetime import date, datetime
from decimal import Decimal

import pytest

from portal.workbook.cells import (
    AmountCell,
    Boolean,
    CardCell,
    CellFault,
    CodeCell,
    CodeListCell,
    DateCell,
    ErrorValue,
    Formula,
    IdNumberCell,
    TelephoneCell,
    TextCell,
    WholeCell,
    YearCell,
    YesNoCell,
    shown,
)
from tests.portal.workbook.fruit import Fruit

CELLS = [
    TextCell(20),
    DateCell(),
    AmountCell(),
    WholeCell(0, 9),
    IdNumberCell(),
    CardCell(),
    TelephoneCell(),
    YesNoCell(),
    CodeCell(Fruit),
    CodeListCell(Fruit),
]


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: type(cell).__name__)
@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (Formula("1+1"), "公式"),
        (Boolean(value=True), "逻辑值"),
        (ErrorValue("#N/A"), "错误值"),
        ("\u202e1", "显示方向"),
    ],
)
def test_cell_refuses_what_is_never_data(cell, raw, reason):
    with pytest.raises(CellFault, match=reason):
        cell.clean(raw)


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: type(cell).__name__)
@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000", "\u200b"])
def test_cell_blank(cell, raw):
    text_kinds = (TextCell, IdNumberCell, CardCell, TelephoneCell, CodeCell)
    assert cell.clean(raw) == ("" if isinstance(cell, text_kinds) else None)


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: type(cell).__name__)
def test_cell_explains_itself(cell):
    assert cell.help


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (" 东湖 ", "东湖"),
        (310001.0, "310001"),
        (12, "12"),
        (1.5, "1.5"),
        ("０１２", "012"),
        (123456789012345.0, "123456789012345"),
    ],
)
def test_text_cell(raw, text):
    assert TextCell(20).clean(raw) == text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("一" * 21, "最多 20 字，现为 21 字"),
        (1.10101199001011e17, "末几位已丢失"),
        (110101199001011000, "末几位已丢失"),
        (1234567890123456.0, "末几位已丢失"),
        (math.inf, "不是有效的数字"),
        (date(2014, 8, 1), "是日期"),
    ],
)
def test_text_cell_refuses(raw, reason):
    with pytest.raises(CellFault, match=reason):
        TextCell(20).clean(raw)


def test_text_cell_lines():
    assert TextCell(20).clean("一\r\n二") == "一 二"
    assert TextCell(20, multiline=True).clean("一_x000D_\n二") == "一\n二"


@pytest.mark.parametrize("cell", [IdNumberCell(), CardCell()])
@pytest.mark.parametrize("raw", [3.10101197001011e17, 310101197001011000, 6.22202020011223e18])
def test_long_number_stored_as_number_is_refused(cell, raw):
    with pytest.raises(CellFault, match="请将此列设为文本格式后重填"):
        cell.clean(raw)


def test_numbers_that_are_text():
    assert IdNumberCell().clean(" 11010519491231002x ") == "11010519491231002X"
    assert CardCell().clean("6222 0202 0011 2230 004") == "6222020200112230004"
    assert TelephoneCell().clean(63211939.0) == "63211939"
    assert TelephoneCell().clean(13800001111) == "13800001111"


DAY = date(2014, 8, 25)


@pytest.mark.parametrize(
    "raw",
    [
        DAY,
        datetime(2014, 8, 25, 17, 30),  # noqa: DTZ001  a spreadsheet knows no time zone
        20140825,
        20140825.0,
        41876,
        41876.75,
        "2014-08-25",
        "2014-8-25",
        "2014/8/25",
        "20140825",
        "2014年8月25日",
        "２０１４年０８月２５日",
        " 2014／8／25 ",
    ],
)
def test_date_cell(raw):
    assert DateCell().clean(raw) == DAY


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (60, "不是日期"),
        (-1, "不是日期"),
        (19999, "不是日期"),
        (99999999, "不是日期"),
        (100000000, "不是日期"),
        (math.nan, "不是日期"),
        (math.inf, "不是日期"),
        (20140825.5, "不是日期"),
        ("2014-08/25", "不是日期"),
        ("2014.8", "不是日期"),
        ("٢٠١٤-٠٨-٢٥", "不是日期"),
        ("八月", "不是日期"),
        ("2014-02-30", "没有这一天"),
        (20141301, "没有这一天"),
        ("1900-02-28", "早于 1900 年"),
        (date(1899, 12, 31), "早于 1900 年"),
        ("2099-01-01", "晚于今天"),
    ],
)
def test_date_cell_refuses(raw, reason):
    with pytest.raises(CellFault, match=reason):
        DateCell().clean(raw)


def test_date_cell_bounds():
    assert DateCell(future=True).clean("2099-01-01") == date(2099, 1, 1)
    assert DateCell().clean("1900-03-01") == date(1900, 3, 1)


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        (1234.56, "1234.56"),
        (0.1, "0.10"),
        (1200, "1200.00"),
        ("1,234.5", "1234.50"),
        ("1234.5600", "1234.56"),
        ("１，２３４", "1234.00"),
        ("999999999999.99", "999999999999.99"),
        ("0012", "12.00"),
    ],
)
def test_amount_cell(raw, amount):
    clean = AmountCell().clean(raw)
    assert clean == Decimal(amount)
    assert str(clean) == amount


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("一千", "不是数字"),
        ("1e3", "^是科学计数法，请填写完整的数字，如 1234.56$"),
        ("2.5E+03", "^是科学计数法，请填写完整的数字，如 1234.56$"),
        ("'1200", "^数字里有撇号（'），请删去，如 1234.56$"),
        ("1’200.00", "^数字里有撇号（'），请删去，如 1234.56$"),
        ("1000-2000", "^数字里有横线（-），请只填写一个数字，如 1234.56$"),
        ("2000—", "^数字里有横线（-），请只填写一个数字，如 1234.56$"),
        ("1_000", "不是数字"),
        ("12,34", "不是数字"),
        ("٣", "不是数字"),
        ("NaN", "不是数字"),
        (math.inf, "不是数字"),
        (math.nan, "不是数字"),
        (DAY, "不是数字"),
        ("9" * 100_000, "不是数字"),
        (0, "应大于 0"),
        (-5, "应大于 0"),
        ("-5", "应大于 0"),
        (1.005, "两位小数"),
        ("0.001", "两位小数"),
        (1e12, "最多 12 位"),
        (1e300, "最多 12 位"),
    ],
)
def test_amount_cell_refuses(raw, reason):
    with pytest.raises(CellFault, match=reason):
        AmountCell().clean(raw)


def test_amount_cell_from_zero_on():
    cell = AmountCell(minimum=0, exclusive=False)
    assert str(cell.clean("-0.00")) == "0.00"
    with pytest.raises(CellFault, match="不能小于 0"):
        cell.clean(-0.01)


@pytest.mark.parametrize(("raw", "number"), [("2014", 2014), (2014.0, 2014), ("2,014", 2014), ("2014.0", 2014)])
def test_whole_cell(raw, number):
    clean = WholeCell(2005, 2030).clean(raw)
    assert clean == number
    assert type(clean) is int


@pytest.mark.parametrize(
    ("raw", "reason"), [(2014.5, "整数"), (2004, "2005 至 2030"), ("2031", "2005 至 2030"), ("今年", "不是数字")]
)
def test_whole_cell_refuses(raw, reason):
    with pytest.raises(CellFault, match=reason):
        WholeCell(2005, 2030).clean(raw)


@pytest.mark.parametrize(("raw", "year"), [(2014, 2014), ("2014", 2014), (2014.0, 2014), ("２０１４", 2014)])
def test_year_cell(raw, year):
    assert YearCell().clean(raw) == year


@pytest.mark.parametrize("raw", ["今年", "2014年度", "14", 14, 2014.5, 20140825, DAY, "2014-08-25", math.inf, "2.0E3"])
def test_year_cell_asks_for_a_year(raw):
    with pytest.raises(CellFault, match=r"^应填四位数的年份，如 2014$"):
        YearCell().clean(raw)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("6.22202E+18", "是科学计数法，末几位已丢失，请将此列设为文本格式后按证件重填"),
        ("'6222020200112230004", "含有撇号（'），请删去，只留号码"),
        ("6222-0202-0011-2230-004", "含有横线（-），请删去，只留号码"),
        ("6222—0202—0011—2230—004", "含有横线（-），请删去，只留号码"),
    ],
)
@pytest.mark.parametrize("cell", [IdNumberCell(), CardCell()], ids=["id", "card"])
def test_what_spoils_a_number_is_named(cell, raw, reason):
    with pytest.raises(CellFault) as refused:
        cell.clean(raw)
    assert str(refused.value) == reason


def test_telephone_may_have_dashes_and_no_power_of_ten():
    assert TelephoneCell().clean("021—63211939") == "021-63211939"
    with pytest.raises(CellFault, match=r"^是科学计数法"):
        TelephoneCell().clean("1.38E+10")
    with pytest.raises(CellFault, match=r"^含有撇号"):
        TelephoneCell().clean("'13812345678")


def test_yes_no_cell():
    cell = YesNoCell()
    assert (cell.clean(" 是 "), cell.clean("否")) == (True, False)
    assert [cell.render(value) for value in (True, False, None)] == ["是", "否", None]
    for raw in ("Y", "对", 1, DAY):
        with pytest.raises(CellFault, match="“是”或“否”"):
            cell.clean(raw)


def test_code_cell():
    cell = CodeCell(Fruit, {"梨": "雪梨"})
    assert (cell.clean("苹果"), cell.clean("梨"), cell.clean("李子（大）")) == ("apple", "pear", "plum")
    assert (cell.render("plum"), cell.render("")) == ("李子（大）", None)
    assert cell.words == ("苹果", "雪梨", "李子（大）")
    for raw in ("apple", "苹果、雪梨", 1.0, DAY):
        with pytest.raises(CellFault, match="应为下列之一：苹果、雪梨、李子（大）"):
            cell.clean(raw)


def test_code_list_cell():
    cell = CodeListCell(Fruit)
    assert cell.clean("雪梨、 苹果、雪梨") == "pear,apple"
    assert cell.render("pear,apple") == "雪梨、苹果"
    for raw in ("雪梨,苹果", "雪梨、", "桃"):
        with pytest.raises(CellFault, match=r"^应为下列之一或几项，几项之间用“、”隔开：苹果、雪梨、李子（大）$"):
            cell.clean(raw)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (None, None),
        (" a ", " a "),
        (-5.0, "-5"),
        (3.10101197001011e17, "310101197001011000"),
        (1234.56, "1234.56"),
        (1e-7, "0.0000001"),
        (math.inf, "inf"),
        (date(2099, 1, 1), "2099-01-01"),
        (Formula("1+1"), "=1+1"),
        (Formula("=1+1"), "=1+1"),
        (Boolean(value=False), "FALSE"),
        (ErrorValue("#N/A"), "#N/A"),
    ],
)
def test_shown_as_a_clerk_sees_it(raw, text):
    assert shown(raw) == text
