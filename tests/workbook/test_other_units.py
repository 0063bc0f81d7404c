"""People known to another unit: refused with that unit's name, and nothing else of it in any answer."""

from io import StringIO

import pytest
from django.core.management import call_command

from aid.models import AidCase, Child, Contribution, Household
from tests.workbook.outcomes import row_counts
from tests.workbook.sheets import (
    CASE,
    CHILD,
    ENTRY,
    EVENT,
    FUNDS,
    GRADUATE,
    HELP,
    HOUSEHOLD,
    HUA,
    JUN,
    LEI,
    LI_MEI,
    MING,
    PAYMENT,
    POST,
    VISIT,
    WANG,
    CaseBook,
    day,
    id_number,
    valid_book,
    write,
)

UNIT = "西山区总工会"
SECRETS = {
    (HOUSEHOLD, "职工姓名"): "司马秘",
    (HOUSEHOLD, "档案编号"): "MIDANG",
    (HOUSEHOLD, "工作单位"): "绝密机械厂",
    (HOUSEHOLD, "联系电话"): "13900001234",
    (HOUSEHOLD, "家庭住址"): "西山密道",
    (HOUSEHOLD, "致困原因"): "隐疾",
    (HOUSEHOLD, "银行卡号"): "4111111111111111",
    (CHILD, "姓名"): "司马小密",
    (CHILD, "就读学校"): "密室中学",
    (CASE, "业务编号"): "MIAN",
    (CASE, "结对方"): "隐名善人",
    (PAYMENT, "业务编号"): "MIFU",
    (GRADUATE, "姓名"): "司马大密",
}


def foreign_book() -> CaseBook:
    """The valid workbook as the other unit keeps it, with names and numbers that nobody else may read."""
    book = valid_book()
    for title, rows in book.items():
        for number, row in enumerate(rows):
            for heading, value in row.items():
                secret = SECRETS.get((title, heading))
                if secret and heading.endswith("编号"):
                    row[heading] = f"{secret}{value}"
                elif secret and not secret.isdecimal():
                    row[heading] = f"{secret}{number}"
                elif secret:
                    row[heading] = secret
            if "工会编码" in row:
                row["工会编码"] = "310002"
            if title != HOUSEHOLD and "档案编号" in row:
                row["档案编号"] = f"MIDANG{row['档案编号']}"
            if "助学申请编号" in row:
                row["助学申请编号"] = f"MIAN{row['助学申请编号']}"
    return book


@pytest.fixture
def foreign(accepted, foreign_district) -> CaseBook:
    """What the other unit has on file."""
    book = foreign_book()
    accepted(book, union=foreign_district)
    return book


def own_book() -> CaseBook:
    """One household with a child and a case, of people nobody knows."""
    book = CaseBook()
    worker, child = id_number(61, "19710101"), id_number(62, "20020202")
    whole = valid_book()
    book[HOUSEHOLD] = [whole.row(HOUSEHOLD, "D004") | {"身份证号": worker, "档案编号": "B001"}]
    book[CHILD] = [whole.row(CHILD, MING) | {"身份证号": child, "档案编号": "B001"}]
    book[CASE] = [whole.row(CASE, "A004") | {"子女身份证号": child, "业务编号": "B-A001"}]
    return book


def told(outcome) -> str:
    """Everything that an answer says."""
    return outcome.dumps()


def secret_words(book: CaseBook) -> set[str]:
    words = {str(row[heading]) for (title, heading) in SECRETS for row in book[title] if row[heading]}
    words |= set(SECRETS.values()) | {"310002", "西山水泥厂"}
    people = {row[heading] for title in (HOUSEHOLD, CHILD, GRADUATE) for heading in ["身份证号"] for row in book[title]}
    return words | people


def assert_tells_only_the_unit(outcome, foreign, *, typed=()):
    """No planted word; a number only if the own workbook typed it."""
    text = told(outcome)
    leaked = {word for word in secret_words(foreign) - set(typed) if word in text}
    assert leaked == set()


def test_worker_with_an_open_file_elsewhere(bring, foreign, foreign_grassroots):
    book = own_book()
    place = book.put(HOUSEHOLD, "B001", "身份证号", WANG)
    before = row_counts()
    outcome = bring(book)
    [error] = outcome.errors
    assert (error.sheet, error.row, error.column) == place
    assert UNIT in error.reason
    assert_tells_only_the_unit(outcome, foreign, typed=[WANG])
    assert row_counts() == before


def test_child_of_a_household_on_file_elsewhere(bring, foreign):
    book = own_book()
    book[CASE] = []
    book[CHILD][0]["身份证号"] = LEI
    outcome = bring(book)
    [error] = outcome.errors
    assert (error.sheet, error.row, error.column) == (CHILD, 2, "身份证号")
    assert UNIT in error.reason
    assert_tells_only_the_unit(outcome, foreign, typed=[LEI])


def test_child_with_a_case_of_that_year_elsewhere(bring, foreign):
    """Its household there is closed, so the child may come here, but not be aided twice."""
    book = own_book()
    book[CHILD][0]["身份证号"] = book[CASE][0]["子女身份证号"] = JUN
    outcome = bring(book)
    [error] = outcome.errors
    assert (error.sheet, error.row, error.column) == (CASE, 2, "活动年度")
    assert UNIT in error.reason
    assert_tells_only_the_unit(outcome, foreign, typed=[JUN])


def test_all_three_are_listed_together(bring, foreign):
    book = own_book()
    book.put(HOUSEHOLD, "B001", "身份证号", LI_MEI)
    book[CHILD][0]["身份证号"] = book[CASE][0]["子女身份证号"] = HUA
    outcome = bring(book)
    assert {(error.sheet, error.column) for error in outcome.errors} == {
        (HOUSEHOLD, "身份证号"),
        (CHILD, "身份证号"),
        (CASE, "活动年度"),
    }
    assert_tells_only_the_unit(outcome, foreign, typed=[LI_MEI, HUA])


@pytest.mark.parametrize("flags", [[], ["--json"]], ids=["text", "json"])
def test_command_line_tells_only_the_unit(tmp_path, district, foreign, flags):
    book = own_book()
    book.put(HOUSEHOLD, "B001", "身份证号", WANG)
    out, err = StringIO(), StringIO()
    path = write(book, tmp_path / "own.xlsx")
    with pytest.raises(SystemExit) as refusal:
        call_command("import_workbook", str(path), "--unit", district.code, *flags, stdout=out, stderr=err)
    assert refusal.value.code == 1
    text = out.getvalue() + err.getvalue()
    assert UNIT in text
    assert {word for word in secret_words(foreign) - {WANG} if word in text} == set()


def test_worker_whose_file_elsewhere_is_closed(accepted, foreign):
    book = own_book()
    book.put(HOUSEHOLD, "B001", "身份证号", id_number(33, "19680101"))
    outcome = accepted(book)
    assert_tells_only_the_unit(outcome, foreign, typed=[id_number(33, "19680101")])


def test_child_whose_household_elsewhere_is_closed(accepted, foreign):
    book = own_book()
    book[CHILD][0]["身份证号"] = book[CASE][0]["子女身份证号"] = JUN
    book[CASE][0]["活动年度"] = 2015
    accepted(book)
    assert sorted(Child.objects.filter(name__in=["王小明", "司马小密2"]).values_list("union__code", flat=True)) == [
        "310001",
        "310002",
    ]


def test_closed_file_of_a_worker_with_an_open_file_elsewhere(accepted, foreign):
    book = own_book()
    book[CASE] = []
    book[HOUSEHOLD][0] |= {"身份证号": WANG, "注销日期": day("2014-05-01")}
    accepted(book)


def test_household_reopened_while_the_worker_is_on_file_elsewhere(bring, accepted, foreign):
    book = own_book()
    book[CASE], book[CHILD] = [], []
    book[HOUSEHOLD][0] |= {"身份证号": WANG, "注销日期": day("2014-05-01")}
    accepted(book)
    place = book.put(HOUSEHOLD, "B001", "注销日期", None)
    outcome = bring(book)
    assert [(error.sheet, error.row, error.column) for error in outcome.errors] == [place]
    assert UNIT in outcome.errors[0].reason
    assert_tells_only_the_unit(outcome, foreign, typed=[WANG])


def test_household_reopened_while_the_child_is_on_file_elsewhere(bring, accepted, foreign):
    book = own_book()
    book[CASE] = []
    book[HOUSEHOLD][0] |= {"注销日期": day("2014-05-01")}
    book[CHILD][0]["身份证号"] = LEI
    accepted(book)
    place = book.put(HOUSEHOLD, "B001", "注销日期", None)
    outcome = bring(book.only(HOUSEHOLD))
    assert [(error.sheet, error.row, error.column) for error in outcome.errors] == [place]
    assert UNIT in outcome.errors[0].reason
    assert_tells_only_the_unit(outcome, foreign, typed=[LEI])


NOBODY = id_number(88, "19900909")
REFERENCES = {
    "entry": (ENTRY, "S001", "子女身份证号", LEI, NOBODY),
    "case": (CASE, "A004", "子女身份证号", LEI, NOBODY),
    "visit to a child": (VISIT, "V001", "走访对象身份证号", LEI, NOBODY),
    "visit to a worker": (VISIT, "V001", "走访对象身份证号", LI_MEI, NOBODY),
    "visit to a graduate": (VISIT, "V001", "走访对象身份证号", HUA, NOBODY),
    "help": (HELP, "J002", "毕业生身份证号", HUA, NOBODY),
    "payment": (PAYMENT, "F003", "助学申请编号", "MIANA002", "A-NOBODY"),
    "child": (CHILD, MING, "档案编号", "MIDANGD002", "D-NOBODY"),
    "graduate": (GRADUATE, id_number(601, "19920412"), "档案编号", "MIDANGD002", "D-NOBODY"),
    "funds": (FUNDS, "Z003", "工会编码", "310002", "399999"),
    "post": (POST, "P001", "工会编码", "310002", "399999"),
    "event": (EVENT, "E001", "工会编码", "310002", "399999"),
}


@pytest.mark.parametrize(("title", "key", "heading", "theirs", "nobodys"), REFERENCES.values(), ids=REFERENCES)
def test_reference_to_a_record_elsewhere_is_answered_like_one_to_nothing(
    bring, foreign, title, key, heading, theirs, nobodys
):
    reasons = []
    for value in (theirs, nobodys):
        alone = valid_book().only(title, key)
        alone[title][0][heading] = value
        [error] = bring(alone).errors
        assert (error.sheet, error.row, error.column) == (title, 2, heading)
        reasons.append(error.reason)
    assert reasons[0] == reasons[1]
    assert UNIT not in reasons[0]


def test_same_numbers_in_two_units(accepted, book, foreign_district, district):
    """Numbers are unique within the unit: neither sees, changes or counts what the other has under them."""
    accepted(book.only(FUNDS))
    theirs = valid_book().only(FUNDS)
    for row in theirs[FUNDS]:
        row |= {"工会编码": "310002", "金额(元)": 7, "出资方": "别家"}
    assert accepted(theirs, union=foreign_district).created == {FUNDS: 3}
    assert Contribution.objects.in_union(district).get(number="Z001").amount == 5000
    assert Contribution.objects.in_union(foreign_district).get(number="Z001").amount == 7
    assert accepted(book.only(FUNDS)).unchanged == {FUNDS: 3}


def test_same_file_and_case_numbers_in_two_units(accepted, foreign_district, book):
    accepted(book)
    theirs = own_book()
    theirs[HOUSEHOLD][0] |= {"档案编号": "D001", "工会编码": "310002"}
    theirs[CHILD][0]["档案编号"] = "D001"
    theirs[CASE][0]["业务编号"] = "A001"
    accepted(theirs, union=foreign_district)
    assert Household.objects.filter(number="D001").count() == 2
    assert AidCase.objects.filter(number="A001").count() == 2


@pytest.mark.parametrize(
    "code", ["310001", "310001002", "310002", "310000"], ids=["above", "beside", "foreign", "city"]
)
@pytest.mark.parametrize(("title", "key"), [(HOUSEHOLD, "D004"), (FUNDS, "Z003"), (POST, "P001"), (EVENT, "E001")])
def test_union_code_outside_the_subtree_of_the_importing_union(refused, foreign_district, grassroots, title, key, code):
    alone = valid_book().only(title, key)
    alone[title][0]["工会编码"] = code
    assert refused(alone, union=grassroots) == [(title, 2, "工会编码")]


def test_grassroots_union_imports_its_own(accepted, book, grassroots):
    for title in (HOUSEHOLD, FUNDS, POST, EVENT):
        for row in book[title]:
            row["工会编码"] = grassroots.code
    accepted(book, union=grassroots)
    assert {home.union_path for home in Household.objects.all()} == {grassroots.path}


def test_grassroots_union_refers_to_none_of_its_neighbours_records(bring, book, accepted, grassroots):
    accepted(book)
    for title, key, heading in ((ENTRY, "S004", "子女身份证号"), (PAYMENT, "F001", "助学申请编号")):
        alone = valid_book().only(title, key)
        alone[title][0]["业务编号"] = "B-1"
        outcome = bring(alone, union=grassroots)
        assert [(error.sheet, error.row, error.column) for error in outcome.errors] == [(title, 2, heading)]


def test_grassroots_union_learns_nothing_of_its_neighbour(bring, accepted, sibling, grassroots):
    theirs = foreign_book()
    for rows in theirs.values():
        for row in rows:
            if "工会编码" in row:
                row["工会编码"] = sibling.code
    accepted(theirs, union=sibling)
    book = own_book()
    book[HOUSEHOLD][0] |= {"身份证号": WANG, "工会编码": grassroots.code}
    outcome = bring(book, union=grassroots)
    assert {(error.sheet, error.column) for error in outcome.errors} == {(HOUSEHOLD, "身份证号")}
    assert_tells_only_the_unit(outcome, theirs, typed=[WANG])


def test_record_of_a_neighbour_is_not_overwritten_by_its_number(bring, accepted, sibling, grassroots):
    theirs = valid_book().only(POST, "P001")
    theirs[POST][0]["工会编码"] = sibling.code
    accepted(theirs, union=sibling)
    mine = valid_book().only(POST, "P001")
    mine[POST][0] |= {"工会编码": grassroots.code, "单位名称": "我的商店"}
    outcome = bring(mine, union=grassroots)
    assert outcome.errors or outcome.created == {POST: 1}
    assert "第一食品商店" not in outcome.dumps()
