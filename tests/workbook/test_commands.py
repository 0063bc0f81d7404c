"""import_workbook and export_workbook on the command line: exit codes, sentences, JSON."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.workbook.outcomes import row_counts
from tests.workbook.sheets import CASE, FUNDS, HOUSEHOLD, POST, SHEETS, VISIT, day, write


@pytest.fixture
def path(tmp_path):
    return tmp_path / "book.xlsx"


@pytest.fixture
def run(district, grassroots, foreign_district):
    """Run a command: its exit code, what it printed, what it complained of."""

    def run(*words) -> tuple[int, str, str]:
        out, err = StringIO(), StringIO()
        try:
            call_command(*map(str, words), stdout=out, stderr=err)
        except SystemExit as end:
            return end.code, out.getvalue(), err.getvalue()
        except CommandError as error:
            return error.returncode, out.getvalue(), err.getvalue() + str(error)
        return 0, out.getvalue(), err.getvalue()

    return run


@pytest.mark.parametrize("flags", [[], ["--dry-run"]], ids=["import", "dry run"])
def test_json_of_an_accepted_workbook(run, book, path, flags):
    before = row_counts()
    code, out, _err = run("import_workbook", write(book, path), "--unit", "310001", "--json", *flags)
    answer = json.loads(out)
    assert code == 0
    assert list(answer) == ["ok", "dry_run", "created", "updated", "unchanged", "notices"]
    assert (answer["ok"], answer["dry_run"]) == (True, bool(flags))
    assert answer["created"] == {title: len(book[title]) for title in SHEETS}
    assert answer["updated"] == answer["unchanged"] == dict.fromkeys(SHEETS, 0)
    assert all(isinstance(notice, str) for notice in answer["notices"])
    assert (row_counts() == before) is bool(flags)


def test_json_names_the_sheets_of_the_file_and_no_other(run, book, path):
    _code, out, _err = run("import_workbook", write(book.only(POST), path), "--unit", "310001", "--json")
    answer = json.loads(out)
    assert (answer["created"], answer["updated"], answer["unchanged"]) == ({POST: 2}, {POST: 0}, {POST: 0})


def test_json_of_a_second_import_with_a_change(run, book, path):
    run("import_workbook", write(book, path), "--unit", "310001")
    book.put(POST, "P001", "岗位数", 99)
    book.fresh(FUNDS)
    _code, out, _err = run("import_workbook", write(book, path), "--unit", "310001", "--json")
    answer = json.loads(out)
    assert answer["created"] == dict.fromkeys(SHEETS, 0) | {FUNDS: 1}
    assert answer["updated"] == dict.fromkeys(SHEETS, 0) | {POST: 1}
    assert answer["unchanged"] == {title: len(rows) for title, rows in book.items()} | {FUNDS: 3, POST: 1}
    assert answer["notices"] == []


@pytest.mark.parametrize("flags", [[], ["--dry-run"]], ids=["import", "dry run"])
def test_json_of_a_refused_workbook(run, book, path, flags):
    book.put(HOUSEHOLD, "D004", "单亲", "Y")
    book.put(CASE, "A001", "帮扶标准(元)", -5)
    book.put(POST, "P002", "单位名称", None)
    book = book.without(VISIT, "走访人")
    before = row_counts()
    code, out, _err = run("import_workbook", write(book, path), "--unit", "310001", "--json", *flags)
    answer = json.loads(out)
    assert code == 1
    assert list(answer) == ["ok", "errors", "causes", "notices"]
    assert answer["ok"] is False
    assert [set(error) for error in answer["errors"]] == [{"sheet", "row", "column", "value", "reason"}] * 4
    cells = {(error["sheet"], error["row"], error["column"], error["value"]) for error in answer["errors"]}
    assert cells == {
        (HOUSEHOLD, 5, "单亲", "Y"),
        (CASE, 2, "帮扶标准(元)", "-5"),
        (POST, 3, "单位名称", None),
        (VISIT, None, "走访人", None),
    }
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in error["reason"]) for error in answer["errors"])
    assert row_counts() == before


def test_refusal_without_json_lists_the_cells(run, book, path):
    book.put(HOUSEHOLD, "D004", "单亲", "Y")
    book.put(CASE, "A001", "帮扶标准(元)", -5)
    code, out, err = run("import_workbook", write(book, path), "--unit", "310001")
    lines = [line for line in (out + err).splitlines() if HOUSEHOLD in line or CASE in line]
    assert code == 1
    assert [all(part in line for part in parts) for line, parts in zip(
        lines, ((HOUSEHOLD, "5", "单亲"), (CASE, "2", "帮扶标准(元)")), strict=True)] == [True, True]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"code,name\n1,2\n", b"<html></html>", b"PK\x03\x04 cut short"])
def test_file_that_is_no_workbook_is_refused_as_a_whole(run, path, content):
    path.write_bytes(content)
    code, out, _err = run("import_workbook", path, "--unit", "310001", "--json")
    [error] = json.loads(out)["errors"]
    assert code == 1
    assert (error["sheet"], error["row"], error["column"], error["value"]) == (None, None, None, None)


@pytest.mark.parametrize("unit", ["999999", "310000", "", "东湖区总工会"], ids=["unknown", "city", "blank", "name"])
@pytest.mark.parametrize("command", ["import_workbook", "export_workbook"])
def test_union_that_owns_no_records_is_wrong_usage(run, book, path, tmp_path, command, unit):
    rest = [write(book, path)] if command == "import_workbook" else ["-o", tmp_path / "out.xlsx"]
    code, _out, err = run(command, *rest, "--unit", unit)
    assert code == 2
    assert len(err.strip()) > 5


def test_file_that_is_not_there_is_wrong_usage(run, tmp_path):
    assert run("import_workbook", tmp_path / "none.xlsx", "--unit", "310001")[0] == 2


def test_unknown_campaign_is_wrong_usage(run, tmp_path):
    out = tmp_path / "out.xlsx"
    code, _out, err = run("export_workbook", "--unit", "310001", "--campaign", "2031", "-o", out)
    assert code == 2
    assert "2031" in err
    assert not out.exists()


@pytest.mark.parametrize("code", ["310001", "310001001"])
def test_any_union_but_the_city_imports(run, book, path, code):
    alone = book.only(POST, "P002")
    alone[POST][0]["工会编码"] = code
    assert run("import_workbook", write(alone, path), "--unit", code)[0] == 0


def test_faulty_workbook_is_no_wrong_usage(run, book, path):
    book.put(CASE, "A001", "审批日期", day("2014-06-01"))
    assert run("import_workbook", write(book, path), "--unit", "310001")[0] == 1
