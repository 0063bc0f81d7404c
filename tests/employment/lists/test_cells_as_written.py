"""The table of lists.md, cell by cell: what stands in a list, and what it is taken as or why it waits."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from employment.lists.kinds import LIST_KINDS
from portal.workbook.cells import Boolean, CellFault, ErrorValue, Formula
from portal.workbook.lists.cells import Unknown, read_cell

SHEETS = {title: sheet for kind in LIST_KINDS for title, sheet in kind.sheets.items()}
AUGUST = date(2014, 8, 25)


def column(name: str):
    title, _dot, heading = name.partition(".")
    return next(each for each in SHEETS[title].columns if each.heading == heading)


def read(name: str, raw, **options):
    return read_cell(column(name), raw, **options).value


FILED, CLOSED = "困难职工家庭.建档日期", "困难职工家庭.注销日期"


@pytest.mark.parametrize(
    "raw",
    [
        "2014-08-25",
        "2014/8/25",
        "2014.8.25",
        "2014.08.25",
        "2014. 8. 25",
        "2014。8。25",
        "2014.8.25.",
        "20140825",
        20140825,
        20140825.0,
        41876,
        41876.75,
        "2014年8月25日",
        "2014年8月25号",
        "2014 年 8 月 25 日",
        "2014年 08月25日 ",
        "2014-08-25 00:00:00",
        "2014.8.25 10:30",
        "2014年8月25日 上午9:30",
        "２０１４－０８－２５",
        "2014—8—25",
        "\u200b2014-8-25",
        date(2014, 8, 25),
        datetime(2014, 8, 25, 13, 5),  # noqa: DTZ001  as a spreadsheet gives it
    ],
)
def test_date(raw):
    assert read(FILED, raw) == AUGUST


@pytest.mark.parametrize(
    "raw", ["2014.9", "2014-09", "2014/9", "2014年9月", "2014年9月份", "201409", 201409, 2014.9, "2014年", "2014", 2014]
)
def test_month_alone_is_left_to_be_completed(raw):
    with pytest.raises(CellFault, match="只有年月，请补全到日"):
        read(FILED, raw)


@pytest.mark.parametrize("raw", ["14.8.25", "14-8-25", "14/08/25", "14年8月25日", "14. 8. 25"])
def test_year_of_two_digits_is_left_to_be_completed(raw):
    with pytest.raises(CellFault, match="年份只有两位，请补全为四位"):
        read(FILED, raw)


@pytest.mark.parametrize("raw", ["2014-02-30", "八月二十五日", "25.8.2014", "下周"])
def test_what_is_no_day_is_left_to_be_completed(raw):
    with pytest.raises(CellFault):
        read(FILED, raw)


SIZE = "困难职工家庭.家庭人口"
INCOME, STANDARD = "困难职工家庭.家庭月收入(元)", "助学申请.帮扶标准(元)"


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        ("2000", "2000.00"),
        (2000, "2000.00"),
        (2000.5, "2000.50"),
        (330.00000000000006, "330.00"),
        ("￥2000", "2000.00"),
        ("¥2,000.00", "2000.00"),
        ("¥ 2000.00元", "2000.00"),
        ("2000元", "2000.00"),
        ("2000 元", "2000.00"),
        ("2000元整", "2000.00"),
        ("2,000元整", "2000.00"),
        ("2，000元", "2000.00"),
        ("2000元/月", "2000.00"),
        ("2000/月", "2000.00"),
        ("2000元每月", "2000.00"),
        ("2000元/人", "2000.00"),
        ("2000元/学年", "2000.00"),
        ("人民币2000元", "2000.00"),
        ("RMB 2000", "2000.00"),
        ("1 200", "1200.00"),
        ("１２００元", "1200.00"),
        ("12,345,678.90", "12345678.90"),
        ("0.2万元", "2000.00"),
        ("1.5万", "15000.00"),
    ],
)
def test_amount(raw, amount):
    assert read(STANDARD, raw) == Decimal(amount)


@pytest.mark.parametrize(("raw", "amount"), [("0.2", "2000.00"), (0.2, "2000.00"), (1.25, "12500.00"), (3, "30000.00")])
def test_amount_where_the_heading_says_ten_thousands(raw, amount):
    assert read(STANDARD, raw, ten_thousands=True) == Decimal(amount)


def test_amount_that_says_its_own_unit_is_not_multiplied_again():
    """Below 万元 a cell 0.2万元 is 2 000, and one of 2000元 is that."""
    assert read(STANDARD, "0.2万元", ten_thousands=True) == Decimal("2000.00")
    assert read(STANDARD, "2000元", ten_thousands=True) == Decimal("2000.00")


@pytest.mark.parametrize("raw", ["约2000", "2000左右", "两千", "2000-3000", "1000+1000", "待定", "2000多", "2.5.1"])
def test_amount_that_is_no_number_is_left_to_be_completed(raw):
    with pytest.raises(CellFault):
        read(STANDARD, raw)


@pytest.mark.parametrize("raw", ["3人", "3口", "3口人", "3 人", "3个人", "3户", 3, 3.0, "３"])
def test_count(raw):
    assert read(SIZE, raw) == 3


@pytest.mark.parametrize("raw", ["三人", "3-4人", "约3人", 2.5, "0", "3大1小"])
def test_count_that_is_no_number_is_left_to_be_completed(raw):
    with pytest.raises(CellFault):
        read(SIZE, raw)


SINGLE = "困难职工家庭.单亲"


@pytest.mark.parametrize("raw", ["是", "有", "√", "✓", "Y", "y", "1", 1, 1.0, "单亲", " 是 ", "Ｙ"])
def test_yes(raw):
    assert read(SINGLE, raw) is True


@pytest.mark.parametrize("raw", ["否", "无", "×", "✗", "X", "x", "N", "n", "0", 0, 0.0, "非单亲"])
def test_no(raw):
    assert read(SINGLE, raw) is False


@pytest.mark.parametrize("raw", ["离异", "不详", "/", "2", "父母离婚", "待核实"])
def test_neither_yes_nor_no_is_asked(raw):
    with pytest.raises(Unknown):
        read(SINGLE, raw)


HARDSHIP, WORKER, STAGE = "困难职工家庭.困难类别", "困难职工家庭.职工类别", "子女.学段"
SOURCE, PLACE, ASKED = "资金筹集.来源", "高校毕业生.生源地", "招聘岗位.最低学历"


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        (HARDSHIP, "低保户", "minimum_income"),
        (HARDSHIP, "低保", "minimum_income"),
        (HARDSHIP, "低 保", "minimum_income"),
        (HARDSHIP, "低保边缘", "near_minimum_income"),
        (HARDSHIP, "深困", "deep"),
        (HARDSHIP, "深度困难", "deep"),
        (HARDSHIP, "相困", "relative"),
        (WORKER, "农民工", "migrant"),
        (WORKER, "困难农民工", "migrant"),
        (STAGE, "中专", "vocational"),
        (STAGE, "职高", "vocational"),
        (STAGE, "技校", "vocational"),
        (STAGE, "初二", "junior"),
        (STAGE, "初中二年级", "junior"),
        (STAGE, "八年级", "junior"),
        (STAGE, "预初", "junior"),
        (STAGE, "小学三年级", "primary"),
        (STAGE, "三年级", "primary"),
        (STAGE, "高一", "senior"),
        (STAGE, "研二", "postgraduate"),
        (STAGE, "大专二年级", "college"),
        (STAGE, "本科三年级", "bachelor"),
        (SOURCE, "上级工会拨款", "union"),
        (SOURCE, "区财政局拨款", "government"),
        (SOURCE, "企业爱心捐款", "social"),
        (PLACE, "江苏南京", "elsewhere"),
        (PLACE, "上海市徐汇区", "local"),
        (PLACE, "广西壮族自治区", "elsewhere"),
        (PLACE, "沪", "local"),
        (PLACE, "非上海", "elsewhere"),
        (ASKED, "大专及以上", "college"),
        (ASKED, "本科以上学历", "bachelor"),
        (ASKED, "硕士(含)以上", "postgraduate"),
        (ASKED, "高中及以上", ""),
        (ASKED, "中专", ""),
    ],
)
def test_code(name, raw, value):
    assert read(name, raw) == value
    assert not read_cell(column(name), raw).remark


def test_places_of_another_city_are_those_of_the_setting(settings):
    settings.HOME_CITY = "苏州市"
    words = ("江苏省苏州市", "苏州工业园区", "上海市徐汇区", "非苏州", "江苏南京")
    assert [read(PLACE, word) for word in words] == ["local", "local", "elsewhere", "elsewhere", "elsewhere"]


def test_doubtful_grade_is_read_and_asked_once():
    answer = read_cell(column(STAGE), "大三")
    assert answer.value == "bachelor"
    assert answer.remark == "“大三”读作“本科”，请核对"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        (HARDSHIP, "低收入"),
        (HARDSHIP, "零就业家庭"),
        (STAGE, "幼儿园"),
        (STAGE, "中学二年级"),
        (WORKER, "退休"),
        (SOURCE, "工会会员捐款"),
        (SOURCE, "其他"),
        (PLACE, "郊区"),
    ],
)
def test_unknown_word_is_asked(name, raw):
    with pytest.raises(Unknown, match=f"没有“{raw}”这一类"):
        read(name, raw)


def test_answer_to_an_unknown_word_is_its_meaning():
    assert read(HARDSHIP, "低收入", answers={"低收入": "低保边缘户"}) == "near_minimum_income"


@pytest.mark.parametrize("raw", ["无", "/", "-", "—", "——", "暂无", "不详", " 无 ", "／", "－", None, "", "　"])
@pytest.mark.parametrize(
    ("name", "empty"),
    [
        ("困难职工家庭.致困原因", ""),
        ("困难职工家庭.联系电话", ""),
        ("困难职工家庭.银行卡号", ""),
        (SIZE, None),
        (INCOME, None),
        (CLOSED, None),
    ],
)
def test_word_for_nothing_is_blank_in_an_optional_cell(name, empty, raw):
    assert read(name, raw) == empty


@pytest.mark.parametrize("raw", ["无", "/", "暂无", None, ""])
def test_word_for_nothing_does_not_fill_a_required_cell(raw):
    with pytest.raises(CellFault, match="必须填写"):
        read("困难职工家庭.身份证号", raw)


TELEPHONE = "困难职工家庭.联系电话"


@pytest.mark.parametrize(
    ("raw", "number", "rest"),
    [
        ("13800138000", "13800138000", ""),
        (13800138000, "13800138000", ""),
        ("138 0013 8000", "13800138000", ""),
        ("138-0013-8000", "13800138000", ""),
        ("021-63211939", "021-63211939", ""),
        ("63211939-3151", "63211939-3151", ""),
        ("13800138000、13900139000", "13800138000", "13900139000"),
        ("13800138000/63211939", "13800138000", "63211939"),
        ("63211939 13800138000", "63211939", "13800138000"),
        ("13800138000；021-63211939，13900139000", "13800138000", "021-63211939、13900139000"),
        ("123、13800138000", "13800138000", "123"),
        ("13800138000(母)", "13800138000", "母"),
        ("张三13800138000", "13800138000", "张三"),
        ("13800138000 母亲13900139000", "13800138000", "母亲13900139000"),
    ],
)
def test_telephone_is_the_first_valid_one_and_the_rest_goes_to_the_note(raw, number, rest):
    answer = read_cell(column(TELEPHONE), raw)
    assert (answer.value, answer.rest) == (number, rest)


@pytest.mark.parametrize("raw", ["123", "1380013800", "没有电话机"])
def test_telephone_without_a_valid_number_is_left_to_be_completed(raw):
    with pytest.raises(CellFault):
        read(TELEPHONE, raw)


ID_NUMBER, CARD = "困难职工家庭.身份证号", "困难职工家庭.银行卡号"


@pytest.mark.parametrize(
    "raw",
    [
        "310109197001102015",
        "310109 19700110 2015",
        "310109-19700110-2015",
        "310109—19700110—2015",
        "'310109197001102015",
        "‘310109197001102015",
        "\u200b310109197001102015\ufeff",
        "\u202d310109197001102015",
        "３１０１０９１９７００１１０２０１５",
        "310109197001102015\n",
        "\t310109197001102015",
    ],
)
def test_identity_number(raw):
    assert read(ID_NUMBER, raw) == "310109197001102015"


def test_identity_number_that_ends_with_a_small_x():
    assert read(ID_NUMBER, "31010920070221302x") == "31010920070221302X"


@pytest.mark.parametrize("raw", ["6228 4800 0000 0010 009", "6228-4800-0000-0010-009", "'6228480000000010009"])
def test_card(raw):
    assert read(CARD, raw) == "6228480000000010009"


@pytest.mark.parametrize("raw", ["3.10109E+17", "3.10109197001102E+17", "3.1e17", "3.10109 E+17"])
def test_scientific_notation_has_lost_digits(raw):
    with pytest.raises(CellFault, match="末几位已丢失"):
        read(ID_NUMBER, raw)


@pytest.mark.parametrize("raw", [310109197001102015, 3.10109197001102e17, 6228480000000010009, 6.22848e18])
@pytest.mark.parametrize("name", [ID_NUMBER, CARD])
def test_number_of_more_than_fifteen_digits_has_lost_digits(name, raw):
    with pytest.raises(CellFault, match="末几位已丢失"):
        read(name, raw)


@pytest.mark.parametrize("raw", [Formula("A1+1"), Boolean(value=True), ErrorValue("#N/A")])
@pytest.mark.parametrize("name", [FILED, STANDARD, SINGLE, HARDSHIP, TELEPHONE, ID_NUMBER, SIZE, "子女.就读学校"])
def test_what_is_never_data_is_left_to_be_completed(name, raw):
    with pytest.raises(CellFault):
        read(name, raw)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("张　三", "张三"),
        ("张 三", "张三"),
        ("俞 建 国", "俞建国"),
        ("张\n三", "张三"),
        ("古丽・买买提", "古丽·买买提"),
        ("古丽•买买提", "古丽·买买提"),
        ("古丽.买买提", "古丽·买买提"),
        ("John Smith", "John Smith"),
    ],
)
def test_name(raw, name):
    assert read("困难职工家庭.职工姓名", raw) == name


@pytest.mark.parametrize(
    ("raw", "ways"),
    [
        ("谈心", "talk"),
        ("谈心、暑期补习", "talk,tutoring"),
        ("谈心，赠书", "talk,books"),
        ("谈心 补习", "talk,tutoring"),
        ("谈心/其它", "talk,other"),
        ("谈心\n赠送书籍学习用品", "talk,books"),
    ],
)
def test_several_ways_in_one_cell(raw, ways):
    assert read("走访慰问.慰问方式", raw) == ways


@pytest.mark.parametrize(("raw", "year"), [("2014", 2014), (2014, 2014), ("2014年", 2014), ("2014年度", 2014)])
def test_year(raw, year):
    assert read("助学申请.活动年度", raw) == year
