"""What a cell of each kind is read from, through a real .xlsx."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from aid.models import AidCase, Child, Contribution, Disbursement, Entry, Household, Visit
from employment.models import Graduate
from portal.models import Union
from tests.workbook.sheets import (
    BOOLEAN,
    CASE,
    CHILD,
    ENTRY,
    ERROR,
    EVENT,
    FORMULA,
    FUNDS,
    GRADUATE,
    HELP,
    HOUSEHOLD,
    HUA,
    MING,
    PAYMENT,
    POST,
    TAO,
    VISIT,
    WANG,
    day,
    id_number,
)

DATES = [
    date(2014, 8, 25),
    datetime(2014, 8, 25, 23, 59, 59),  # noqa: DTZ001  a spreadsheet knows no time zone
    20140825,
    20140825.0,
    "2014-08-25",
    "2014/8/25",
    "20140825",
    "2014年8月25日",
    "2014-8-25",
    "2014/08/25",
    "2014年08月25日",
    " 2014-08-25 ",
    "２０１４年８月２５日",
    "２０１４－０８－２５",
    "2014-08-25\u200b",
    41876,  # the serial number of that day, its format lost
]
AMOUNTS = [
    (1234.56, "1234.56"),
    (1234.5599999999999, "1234.56"),  # what spreadsheets write for it; the shortest decimal that names it is 1234.56
    (0.07, "0.07"),
    (1234, "1234.00"),
    ("1234.56", "1234.56"),
    ("1,234.56", "1234.56"),
    ("1,234,567.8", "1234567.80"),
    ("１２３４．５６", "1234.56"),
    ("１，２３４．５６", "1234.56"),
    (" 1234.5 ", "1234.50"),
    ("1234.500", "1234.50"),
    (99999999.99, "99999999.99"),
]
TEXTS = [
    ("  第一\u3000食品商店 ", "第一 食品商店"),
    ("第一\u200b食品\ufeff商店", "第一食品商店"),
    ("Ａ１咖啡（东湖店）", "A1咖啡(东湖店)"),
    ("ｶﾌｪ", "カフェ"),
    (310001, "310001"),
    (310001.0, "310001"),
    ("\u00a0商店\t", "商店"),
    ("商\u00ad店\u200e", "商店"),
]
TELEPHONES = [
    (13812345678, "13812345678"),
    (63211939, "63211939"),
    (63211939.0, "63211939"),
    ("１３８１２３４５６７８", "13812345678"),
    ("138\u200b12345678", "13812345678"),
]
IDENTITIES = [
    WANG,
    f" {WANG}\u3000",
    f"{WANG[:6]} {WANG[6:14]} {WANG[14:]}",
    "".join(chr(ord(digit) + 0xFEE0) for digit in WANG),
    f"{WANG[:6]}\u200b{WANG[6:]}",
]


@pytest.mark.parametrize("raw", DATES, ids=repr)
def test_date(accepted, book, raw):
    book.put(FUNDS, "Z002", "收款日期", raw)
    accepted(book.only(FUNDS, "Z002"))
    assert Contribution.objects.get().received_on == date(2014, 8, 25)


@pytest.mark.parametrize("raw", [time(8, 25), 20140832, "2014.5", "25/8/2014", "2014-08-25 之后", -1, 0.5], ids=repr)
def test_no_date(refused, book, raw):
    place = book.put(FUNDS, "Z002", "收款日期", raw)
    assert refused(book) == [place]


@pytest.mark.parametrize(("raw", "amount"), AMOUNTS, ids=repr)
def test_amount(accepted, book, raw, amount):
    book.put(FUNDS, "Z001", "金额(元)", raw)
    accepted(book.only(FUNDS, "Z001"))
    assert Contribution.objects.get().amount == Decimal(amount)


@pytest.mark.parametrize(("raw", "text"), TEXTS, ids=repr)
def test_text(accepted, book, raw, text):
    book.put(FUNDS, "Z001", "出资方", raw)
    accepted(book.only(FUNDS, "Z001"))
    assert Contribution.objects.get().donor == text


@pytest.mark.parametrize(("raw", "number"), TELEPHONES, ids=repr)
def test_telephone(accepted, book, raw, number):
    book.put(HOUSEHOLD, "D001", "联系电话", raw)
    accepted(book.only(HOUSEHOLD, "D001"))
    assert Household.objects.get().telephone == number


@pytest.mark.parametrize("raw", IDENTITIES, ids=repr)
def test_identity_number(accepted, book, raw):
    book.put(HOUSEHOLD, "D001", "身份证号", raw)
    accepted(book.only(HOUSEHOLD, "D001"))
    worker = Household.objects.get().worker
    assert (worker.id_number, worker.birth_date, worker.sex) == (WANG, date(1970, 2, 3), "male")


@pytest.mark.parametrize("final", ["x", "X", "ｘ", "Ｘ"])
def test_identity_number_with_a_final_x(accepted, book, final):
    number = next(number for number in map(id_number, range(12)) if number.endswith("X"))
    book.put(HOUSEHOLD, "D001", "身份证号", number[:-1] + final)
    accepted(book.only(HOUSEHOLD, "D001"))
    assert Household.objects.get().worker.id_number == number


@pytest.mark.parametrize(
    "raw", ["6222 0210 0111 6245 702", "６２２２０２１００１１１６２４５７０２", "6222021001116245702 "]
)
def test_card_number(accepted, book, raw):
    book.put(HOUSEHOLD, "D001", "银行卡号", raw)
    accepted(book.only(HOUSEHOLD, "D001"))
    assert Household.objects.get().bank_card == "6222021001116245702"


@pytest.mark.parametrize("heading", ["身份证号", "银行卡号"])
@pytest.mark.parametrize("raw", [310101197001011000, 6222021001116245702, 3.10101197001011e17, 4111111111111111])
def test_number_of_more_than_15_digits_has_lost_some(bring, book, heading, raw):
    place = book.put(HOUSEHOLD, "D004", heading, raw)
    [error] = bring(book).errors
    assert (error.sheet, error.row, error.column) == place
    assert "文本" in error.reason


@pytest.mark.parametrize("word", ["中专", "职高", "技校", "中职", " 中专 ", "技\u200b校"])
def test_other_words_for_vocational_school(accepted, book, word):
    book.put(CHILD, MING, "学段", word)
    book.put(ENTRY, "S002", "升入学段", word)
    book.put(CASE, "A001", "学段", word)
    accepted(book)
    assert Child.objects.get(name="王小明").stage == "vocational"
    assert Entry.objects.get(number="S002").stage == "vocational"
    case = AidCase.objects.get(number="A001")
    assert (case.stage, case.counted_stage) == ("vocational", "vocational")


@pytest.mark.parametrize("word", ["中专", "高中"])
def test_degree_has_no_other_words(refused, book, word):
    place = book.put(GRADUATE, TAO, "学历", word)
    assert refused(book) == [place]


def test_words_are_normalised_before_they_are_compared(accepted, book):
    book.put(HOUSEHOLD, "D001", "单亲", " 是\u200b")
    book.put(PAYMENT, "F001", "状态", "\u3000已发放")
    book.put(VISIT, "V001", "慰问方式", "谈心、 暑期补习\u200b、其他")
    accepted(book)
    assert Household.objects.get(number="D001").single_parent is True
    assert Disbursement.objects.get(number="F001").status == "paid"
    assert set(Visit.objects.get(number="V001").ways.split(",")) == {"talk", "tutoring", "other"}


def test_whole_numbers_in_text_columns_name_records_and_unions(accepted, book):
    """Union codes, record and case numbers written as numbers on one side and as text on the other."""
    book.put(HOUSEHOLD, "D001", "工会编码", 310001)
    book.put(HOUSEHOLD, "D001", "档案编号", 1001)
    book.put(CHILD, MING, "档案编号", "1001")
    book.put(CHILD, id_number(404, "20070901"), "档案编号", 1001.0)
    book.put(GRADUATE, TAO, "档案编号", "１００１")
    book.put(CASE, "A001", "业务编号", "77")
    book.put(PAYMENT, "F001", "助学申请编号", 77)
    accepted(book)
    home = Household.objects.get(number="1001")
    assert home.union == Union.objects.get(code="310001")
    assert home.children.count() == 2
    assert Graduate.objects.get(name="王小涛").household == home
    assert Disbursement.objects.get(number="F001").case.number == "77"


def test_the_same_key_in_two_spellings_is_used_twice(refused, book):
    book.put(FUNDS, "Z001", "业务编号", 42)
    place = book.put(FUNDS, "Z003", "业务编号", "４２")
    assert refused(book) == [place]


def test_identity_number_is_its_own_key_in_any_spelling(refused, book):
    book.add(CHILD, MING, {"身份证号": f"{MING[:6]} {MING[6:]}"})
    assert refused(book) == [(CHILD, 7, "身份证号")]


@pytest.mark.parametrize("raw", [FORMULA, BOOLEAN, False, ERROR, "#DIV/0!"])
@pytest.mark.parametrize(
    "cell",
    [
        (HOUSEHOLD, "D001", "工作单位"),
        (HOUSEHOLD, "D001", "单亲"),
        (FUNDS, "Z003", "金额(元)"),
        (POST, "P001", "联系日期"),
        (EVENT, "E001", "岗位数"),
        (HELP, "J001", "类别"),
    ],
    ids=["text", "yes-no", "amount", "date", "number", "code"],
)
def test_formula_truth_value_and_error_are_never_data(refused, book, cell, raw):
    place = book.put(*cell, raw)
    assert refused(book) == [place]


def test_formula_in_a_column_that_is_ignored_does_no_harm(accepted, book):
    for row in book[FUNDS]:
        row["合计"] = FORMULA
    accepted(book)


def test_direction_override_is_refused(refused, book):
    place = book.put(HOUSEHOLD, "D001", "职工姓名", "王\u202e建国")
    assert refused(book) == [place]


def test_blank_rows_are_skipped_and_rows_numbered_as_in_the_spreadsheet(refused, book):
    book[FUNDS][1:1] = [{}, dict.fromkeys(book[FUNDS][0], " ")]
    book[FUNDS][3]["来源"] = "政府"
    assert refused(book) == [(FUNDS, 5, "来源")]


def test_heading_in_full_width_and_with_its_mark(accepted, book):
    for row in book[FUNDS]:
        row["金额（元）＊"] = row.pop("金额(元)")
        row[" 来源 *"] = row.pop("来源")
    assert not [notice for notice in accepted(book).notices if "列" in notice]
    assert Contribution.objects.count() == 3


def test_value_of_an_error_is_what_the_clerk_sees(bring, book):
    book.put(HOUSEHOLD, "D001", "单亲", "Y")
    book.put(CASE, "A001", "帮扶标准(元)", 1.005)
    book.put(CASE, "A002", "申请日期", day("2099-01-01"))
    book.put(CHILD, HUA, "姓名", None)
    values = {error.column: error.value for error in bring(book).errors}
    assert values == {"单亲": "Y", "帮扶标准(元)": "1.005", "申请日期": "2099-01-01", "姓名": None}
