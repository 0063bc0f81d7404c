"""load_unions: once, and again with names, kinds, parents and unions that changed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from aid.models import AidCase, Child, Contribution, Household
from portal.models import Union
from portal.unions.moves import records_with_paths
from tests.workbook.outcomes import row_counts
from tests.workbook.sheets import valid_book, write

CITY = "310000,示例市总工会,city,"
DISTRICT = "310001,东湖区总工会,district,310000"
OTHER = "310002,邮政局工会,bureau,310000"
INDUSTRY = "310003,化工产业工会,industry,310000"
STREET = "310001001,东湖街道总工会,grassroots,310001"
FACTORY = "310001001001,东湖纺织厂工会,grassroots,310001001"
TREE = (CITY, DISTRICT, OTHER, INDUSTRY, STREET, FACTORY)


def tree() -> dict[str, tuple]:
    """Code, and of each: name, kind, code of the parent."""
    unions = {union.path: union for union in Union.objects.all()}
    return {
        union.code: (union.name, union.kind, getattr(unions.get(path[: -Union.steplen]), "code", ""))
        for path, union in unions.items()
    }


def expected(*lines) -> dict[str, tuple]:
    return {line.split(",")[0]: tuple(line.split(",")[1:]) for line in lines}


pytestmark = pytest.mark.django_db


def test_first_load(load):
    assert load(*TREE)[0] == 0
    assert tree() == expected(*TREE)
    assert {union.code for union in Union.objects.reporting()} == {"310001", "310002", "310003"}


def test_lines_in_any_order_and_with_a_byte_order_mark(load):
    assert load(*reversed(TREE), encoding="utf-8-sig")[0] == 0
    assert tree() == expected(*TREE)


def test_columns_in_any_order(load):
    assert load("city,,310000,示例市总工会", heading="kind,parent_code,code,name")[0] == 0
    assert tree() == expected(CITY)


def test_second_load_changes_nothing(load):
    load(*TREE)
    before = list(Union.objects.values_list("pk", "code", "path", "name", "kind"))
    assert load(*TREE)[0] == 0
    assert list(Union.objects.values_list("pk", "code", "path", "name", "kind")) == before


def test_names_and_kinds_are_updated(load):
    load(*TREE)
    pk = Union.objects.get(code="310002").pk
    assert load(CITY, "310002,邮政产业工会,industry,310000")[0] == 0
    union = Union.objects.get(pk=pk)
    assert (union.code, union.name, union.kind) == ("310002", "邮政产业工会", "industry")


def test_new_ones_are_added_and_nothing_is_deleted(load):
    load(*TREE)
    new = ("310009,新区总工会,district,310000", "310009001,新街道,grassroots,310009")
    assert load(*new)[0] == 0
    assert tree() == expected(*TREE, *new)


def test_changed_parent_moves_the_subtree(load):
    load(*TREE)
    assert load("310001001,东湖街道总工会,grassroots,310002")[0] == 0
    assert tree() == expected(CITY, DISTRICT, OTHER, INDUSTRY, FACTORY, "310001001,东湖街道总工会,grassroots,310002")
    below = Union.objects.in_union(Union.objects.get(code="310002"))
    assert [union.code for union in below] == ["310002", "310001001", "310001001001"]
    assert dict(Union.objects.values_list("code", "numchild"))["310001"] == 0


def test_changed_parent_that_is_new(load):
    load(*TREE)
    new = "310001009,开发区总工会,grassroots,310001"
    moved = "310001001,东湖街道总工会,grassroots,310001009"
    assert load(moved, new)[0] == 0
    assert tree() == expected(CITY, DISTRICT, OTHER, INDUSTRY, FACTORY, new, moved)


def test_two_changed_parents_swap_places(load):
    load(*TREE)
    swapped = ("310001001001,东湖纺织厂工会,grassroots,310001", "310001001,东湖街道总工会,grassroots,310001001001")
    assert load(*swapped)[0] == 0
    assert tree() == expected(CITY, DISTRICT, OTHER, INDUSTRY, *swapped)


def with_records(tmp_path) -> None:
    book = valid_book()
    for rows in book.values():
        for row in rows:
            if row.get("工会编码") == "310001001":
                row["工会编码"] = "310001001001"
    path = write(book, tmp_path / "book.xlsx")
    call_command("import_workbook", str(path), "--unit", "310001", stdout=StringIO())


def test_moved_subtree_takes_its_records_along(load, tmp_path):
    load(*TREE)
    with_records(tmp_path)
    load("310001001,东湖街道总工会,grassroots,310002")
    unit = Union.objects.get(code="310002")
    assert {home.number for home in Household.objects.in_union(unit)} == {"D002"}
    assert {case.number for case in AidCase.objects.in_union(unit)} == {"A002", "A006"}
    assert Child.objects.in_union(unit).count() == 2
    assert {gift.number for gift in Contribution.objects.in_union(unit)} == {"Z002"}
    for model in records_with_paths():
        for record in model.objects.select_related("union"):
            assert record.union_path == record.union.path, model


def test_moved_unit_keeps_its_records(load, tmp_path):
    """What moves is the place in the tree; the workbook is unchanged by it."""
    load(*TREE)
    with_records(tmp_path)
    counts = row_counts()
    load("310001001001,东湖纺织厂工会,grassroots,310001")
    after = row_counts()
    grown = {name for name in after if after[name] != counts[name]}
    assert {name for name in grown if "Historical" not in name} == {"portal.AuditEntry", "portal.VacatedPath"}
    assert {home.union_path for home in Household.objects.filter(number="D002")} == {
        Union.objects.get(code="310001001001").path
    }


def test_union_of_a_reporting_kind_below_a_unit_does_not_report(load):
    """Nothing below a reporting unit reports, whatever its kind."""
    load(*TREE)
    assert load("310001777,东湖区教育局工会,bureau,310001")[0] == 0
    assert {union.code for union in Union.objects.reporting()} == {"310001", "310002", "310003"}


def test_grassroots_union_right_below_the_city_does_not_report(load):
    assert load(CITY, "310777,市属企业工会,grassroots,310000")[0] == 0
    assert not Union.objects.reporting().exists()


FAULTS = {
    "unknown kind": ("310009,新区总工会,county,310000", "3"),
    "no kind": ("310009,新区总工会,,310000", "3"),
    "no code": (",新区总工会,district,310000", "3"),
    "no name": ("310009,,district,310000", "3"),
    "unknown parent": ("310009,新区总工会,district,319999", "3"),
    "no parent": ("310009,新区总工会,district,", "3"),
    "its own parent": ("310009,新区总工会,grassroots,310009", "3"),
}


@pytest.mark.parametrize(("line", "number"), FAULTS.values(), ids=FAULTS)
def test_faulty_line_is_named_and_nothing_is_loaded(load, line, number):
    before = row_counts()
    code, said = load(CITY, line, DISTRICT)
    assert code == 1
    assert number in said
    assert row_counts() == before


def test_code_used_twice(load):
    code, said = load(CITY, DISTRICT, "310001,另一个,district,310000")
    assert (code, Union.objects.count()) == (1, 0)
    assert "4" in said


def test_parents_in_a_circle(load):
    load(*TREE)
    before = tree()
    assert load("310001001,东湖街道总工会,grassroots,310001001001")[0] == 1
    assert tree() == before


def test_all_faults_are_listed(load):
    code, said = load(CITY, "310009,新区,county,310000", "310010,新区,district,319999")
    assert code == 1
    assert "3" in said
    assert "4" in said


@pytest.mark.parametrize("heading", ["code,name,kind", "编码,名称,类别,上级"])
def test_missing_column(load, heading):
    assert load(CITY, heading=heading)[0] == 1
    assert not Union.objects.exists()


def test_file_in_the_encoding_of_chinese_spreadsheets(load):
    assert load(*TREE, encoding="gb18030")[0] == 0
    assert tree() == expected(*TREE)


def test_file_in_neither_encoding(load):
    assert load(*TREE, encoding="utf-16")[0] == 1


def test_kinds_in_chinese_words(load):
    words = {"city": "市总工会", "district": "区县", "bureau": "局工会", "industry": "产业", "grassroots": "基层工会"}
    lines = [",".join(words.get(cell, cell) for cell in line.split(",")) for line in TREE]
    assert load(*lines)[0] == 0
    assert tree() == expected(*TREE)


def test_file_that_is_not_there_is_wrong_usage(tmp_path):
    with pytest.raises(CommandError) as error:
        call_command("load_unions", str(tmp_path / "none.csv"))
    assert error.value.returncode == 2
