"""A row that is sent is judged and written as the row of a workbook: the same faults, words and records."""

import copy
import json
import re
from datetime import date

import pytest

from aid.models import AidCase, Household
from employment.api import OF_THE_WORKBOOK
from employment.enums import EnquiryChannel
from employment.models import Enquiry
from employment.workbook import CASE_WORKBOOK
from portal.enums import AuditAction
from portal.models import AuditEntry, Import
from portal.workbook.importing.service import import_workbook
from tests.portal.api.calling import Outside
from tests.portal.api.rows import as_row, sample_rows, sheet_of
from tests.workbook.outcomes import row_counts
from tests.workbook.sheets import BOOLEAN, CASE, ERROR, FORMULA, WANG, CaseBook, light_book, valid_book, write
from tests.workbook.test_columns import BAD, REQUIRED_CELLS

pytestmark = pytest.mark.django_db
# What no JSON holds: a formula and an error value. A truth value it does.
ONLY_IN_FILES = (FORMULA, ERROR)


@pytest.fixture
def outside(district, grassroots, sibling, admin):
    return Outside(district, admin)


def undecided() -> CaseBook:
    """The sample without payments and without cases that were decided or put on notice."""
    book = light_book()
    book[CASE] = [row for row in valid_book()[CASE] if row["审批结果"] is None and row["公示开始日期"] is None]
    return book


@pytest.fixture
def on_file(outside, tmp_path, district):
    """The same, brought by a workbook."""
    outcome = import_workbook(write(undecided(), tmp_path / "light.xlsx"), workbook=CASE_WORKBOOK, unit=district)
    assert outcome.errors == []


def spoilt(sheet) -> list[dict]:
    """For each bad value of each column a row like the first, with a key of its own: cells by heading."""
    rows, title, places = [], sheet.title, {}
    values = {column: (*BAD.get((title, column), ()), BOOLEAN) for column in sheet.by_heading}
    for heading, bad in values.items():
        blank = ("",) if (title, heading) in REQUIRED_CELLS else ()
        for value in (*bad, *blank):
            if value in ONLY_IN_FILES and not isinstance(value, bool):
                continue
            row = copy.deepcopy(valid_book()[title][0])
            row[sheet.key.heading] = places.setdefault(len(rows), f"X{len(rows):04d}")
            row[heading] = value
            rows.append(row)
    return rows


@pytest.mark.parametrize("name", OF_THE_WORKBOOK)
def test_every_bad_value_is_refused_in_the_words_of_the_workbook(name, outside, on_file, tmp_path, district):
    sheet = sheet_of(name)
    rows = spoilt(sheet)
    path = write({sheet.title: rows}, tmp_path / "spoilt.xlsx")
    outcome = import_workbook(path, workbook=CASE_WORKBOOK, unit=district, dry_run=True)
    expected = [(error.row - 1, error.column, error.reason) for error in outcome.errors]
    before = row_counts()
    response = outside.send_rows(name, *(as_row(sheet, row) | blanks(sheet, row) for row in rows))
    assert response.status_code == 422
    found = [(error["row"], error["column"], error["reason"]) for error in response.json()["error"]["errors"]]
    assert len(expected) >= len(rows) - 40
    assert sorted(found) == sorted(without_file_words(expected))
    for error in response.json()["error"]["errors"]:
        assert sheet.column(error["field"]).heading == error["column"]
    after = row_counts()
    assert {label for label in before if before[label] != after[label]} <= {"portal.AuditEntry", "portal.RefusalCount"}


def blanks(sheet, row: dict) -> dict:
    return {sheet.by_heading[heading].attribute: None for heading, value in row.items() if value == ""}


def without_file_words(errors: list[tuple]) -> list[tuple]:
    """The rows of a call are counted from 1, those of a file from 2: where a reason names another row."""
    return [
        (row, column, re.sub(r"第 (\d+) 行", lambda found: f"第 {int(found[1]) - 1} 行", reason))
        for row, column, reason in errors
    ]


def exported(name: str) -> list[dict]:
    """All records of a sheet as an export writes them."""
    sheet = sheet_of(name)
    records = sheet.model.objects.select_related("union", *sheet.related).order_by("pk")
    return [{column.attribute: column.export(record) for column in sheet.columns} for record in records]


def test_what_was_sent_is_on_file_as_a_workbook_brings_it(outside, tmp_path, district):
    in_order = sorted(OF_THE_WORKBOOK, key=("households", "children", "graduates").__contains__, reverse=True)
    for name in in_order:
        response = outside.send_rows(name, *sample_rows(name))
        assert response.status_code == 200, response.json()
        assert response.json()["created"] == len(sample_rows(name))
    sent = {name: exported(name) for name in OF_THE_WORKBOOK}
    outcome = import_workbook(write(undecided(), tmp_path / "same.xlsx"), workbook=CASE_WORKBOOK, unit=district)
    assert outcome.errors == []
    assert [outcome.updated[sheet_of(name).title] for name in OF_THE_WORKBOOK] == [0] * len(OF_THE_WORKBOOK)
    assert {name: exported(name) for name in OF_THE_WORKBOOK} == sent


def test_it_stands_in_the_list_of_imports_and_in_the_audit_log(outside, district):
    outside.send_rows("households", *sample_rows("households"))
    made = Import.objects.get()
    assert (made.file_name, made.made_by, made.union) == ("接口：困难职工家庭", outside.system, district)
    row = AuditEntry.objects.get(action=AuditAction.IMPORTED)
    assert (row.actor, row.detail) == (outside.system, {"created": 4, "updated": 0})
    version = Household.objects.get(number="D001").history.get()
    assert (version.history_user, version.history_change_reason) == (outside.system, "接口写入")


def test_what_a_row_does_not_name_stays(outside):
    outside.send_rows("households", *sample_rows("households"))
    row = next(row for row in sample_rows("households") if row["number"] == "D001")
    kept = {"address", "telephone", "bank_card", "employer"}
    response = outside.send_rows("households", {name: row[name] for name in row.keys() - kept} | {"employer": None})
    assert (response.status_code, response.json()["updated"]) == (200, 1)
    household = Household.objects.get(number="D001")
    assert (household.address, household.telephone, household.employer) == ("东湖路 1 号", "13812345678", "")


def test_all_or_nothing(outside):
    rows = sample_rows("households")
    response = outside.send_rows("households", *rows[:3], rows[3] | {"single_parent": "?"})
    assert response.status_code == 422
    assert [error["row"] for error in response.json()["error"]["errors"]] == [4]
    assert not Household.objects.exists()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "应是一组记录，至少一条"),
        ({}, "应是一组记录，至少一条"),
        (None, "应是一组记录，至少一条"),
        ("x", "应是一组记录，至少一条"),
        ([{}] * 501, "一次最多 500 条，现为 501 条"),
        ([1], "应是一个 JSON 对象"),
        ([[]], "应是一个 JSON 对象"),
    ],
)
def test_no_rows_too_many_and_no_objects(outside, rows, words):
    response = outside.send("households", {"rows": rows})
    assert (response.status_code, response.json()["error"]["errors"][0]["reason"]) == (422, words)


STRANGE = ("id", "pk", "union_path", "union_id", "version", "worker_id", "status", "person", "__class__", "voided_at")


@pytest.mark.parametrize("name", STRANGE)
def test_fields_that_no_column_has_are_refused(outside, name):
    """Nobody sets what the portal sets itself."""
    row = sample_rows("households")[0] | {name: "1"}
    response = outside.send_rows("households", row)
    assert response.status_code == 422
    assert not Household.objects.exists()


def test_a_state_cannot_be_sent(outside, on_file):
    row = sample_rows("cases")[0]
    assert outside.send_rows("cases", row | {"status": "approved"}).status_code == 422
    response = outside.send_rows("cases", row | {"decision": "通过", "decided_on": "2014-08-01"})
    assert response.status_code in {409, 422}
    assert not AidCase.objects.exclude(decision="").exists()


def test_what_needs_a_second_person_is_not_written(outside, on_file):
    row = next(row for row in sample_rows("households") if row["number"] == "D001")
    response = outside.send_rows("households", row | {"bank_card": "4111111111111111"})
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (409, "second_person")
    assert [(each["row"], each["reason"]) for each in error["errors"]] == [(1, "修改银行卡号")]
    assert Household.objects.get(number="D001").bank_card == "6222021001116245702"


@pytest.mark.parametrize("value", [True, False, [], {}, ["x"], {"a": 1}, [[]], 1e308, 10**300])
@pytest.mark.parametrize("field", ["number", "worker", "filed_on", "family_size", "single_parent", "union"])
def test_values_that_no_cell_holds(outside, field, value):
    response = outside.send_rows("households", sample_rows("households")[0] | {field: value})
    assert response.status_code == 422
    assert field in [error["field"] for error in response.json()["error"]["errors"]]


def test_a_number_that_lost_its_digits_is_refused_as_in_a_file(outside):
    response = outside.send_rows("households", sample_rows("households")[0] | {"bank_card": 6222021001116245702})
    reasons = [error["reason"] for error in response.json()["error"]["errors"]]
    assert reasons == ["被存成数字，末几位已丢失，请将此列设为文本格式后重填"]


# Scope.


def test_the_union_of_a_row_is_one_of_ones_own(outside, foreign_district, foreign_grassroots, city):
    for union in (foreign_district, foreign_grassroots, city):
        response = outside.send_rows("households", sample_rows("households")[0] | {"union": union.code})
        assert response.status_code == 422
        assert [error["field"] for error in response.json()["error"]["errors"]] == ["union"]
    assert not Household.objects.exists()


def test_the_unit_of_a_call_is_one_of_ones_own(outside, foreign_district, city, grassroots):
    rows = [row for row in sample_rows("households") if row["union"] == grassroots.code]
    for code in (foreign_district.code, city.code, "999999", "", "310001%"):
        assert outside.send_rows("households", *rows, unit=code).status_code == 404
    for code in (1, None, [], {"code": "310001"}):
        assert outside.send_rows("households", *rows, unit=code).status_code == 422
    assert outside.send_rows("households", *rows, unit=grassroots.code).status_code == 200


def test_a_system_of_the_city_names_the_unit(city, district, grassroots, foreign_district, admin):
    hotline = Outside(city, admin)
    rows = sample_rows("households")
    response = hotline.send_rows("households", *rows)
    assert (response.status_code, response.json()["error"]["errors"][0]["field"]) == (422, "unit")
    assert hotline.send_rows("households", *rows, unit=district.code).json()["created"] == 4
    assert hotline.send_rows("households", *rows, unit=foreign_district.code).status_code == 422


def test_a_closed_union_takes_nothing(outside, district):
    type(district).objects.filter(pk=district.pk).update(closed_on=date(2014, 1, 1))
    response = outside.send_rows("households", *sample_rows("households"))
    assert response.status_code == 422
    assert "已于 2014-01-01 撤销" in response.content.decode()


@pytest.mark.parametrize("name", OF_THE_WORKBOOK)
def test_records_of_others_are_not_there(name, outside, on_file, foreign_district, grassroots, admin):
    listed = outside.get(name).json()["records"]
    assert len(listed) == sheet_of(name).model.objects.count() > 0
    stranger, below = Outside(foreign_district, admin), Outside(grassroots, admin)
    assert stranger.get(name).json() == {"records": [], "after": None}
    assert {stranger.get(f"{name}/{record['id']}").status_code for record in listed} == {404}
    own = [record for record in listed if record["union"] == grassroots.code]
    assert below.get(name).json()["records"] == own
    for record in listed:
        assert outside.get(f"{name}/{record['id']}").json() == record
        assert below.get(f"{name}/{record['id']}").status_code == (200 if record in own else 404)


def test_pages(outside, on_file, monkeypatch):
    whole = outside.get("children").json()["records"]
    monkeypatch.setattr("portal.api.rows.PAGE", 2)
    found, after = [], 0
    while after is not None:
        page = outside.get("children", {"after": after}).json()
        found, after = found + page["records"], page["after"]
    assert (found, len(whole)) == (whole, 5)


# Nobody's number comes out.

NUMBER = re.compile(r"(?<![0-9])[0-9]{11,19}[0-9Xx]?(?![0-9])")


def numbers_in(content: bytes) -> list[str]:
    return [found for found in NUMBER.findall(content.decode()) if not found.startswith("310001")]


@pytest.mark.parametrize("name", OF_THE_WORKBOOK)
def test_no_answer_holds_a_number_of_a_person(name, outside, on_file):
    row = sample_rows(name)[0]
    answers = [outside.get(name), outside.send_rows(name, row)]
    answers += [outside.get(f"{name}/{record['id']}") for record in answers[0].json()["records"]]
    answers.append(outside.send_rows(name, *({**row, field: f"{value}9"} for field, value in row.items())))
    answers.append(outside.send_rows(name, row, row))
    assert {answer.status_code for answer in answers} == {200, 422}
    for answer in answers:
        body = re.sub(r'"request": "[0-9a-f]+"', "", answer.content.decode())
        assert numbers_in(body.encode()) == []


def test_the_log_and_the_audit_rows_hold_none_either(outside, on_file, caplog):
    outside.send_rows("households", sample_rows("households")[0] | {"filed_on": WANG, WANG: WANG})
    outside.get(f"households/{WANG}")
    told = caplog.text + json.dumps(list(AuditEntry.objects.values_list("subject", "detail")), ensure_ascii=False)
    assert WANG not in told


# Enquiries have a workbook of their own.

ENQUIRY = {
    "number": "H-1",
    "union": "310001",
    "received_on": "2014-08-01",
    "channel": str(EnquiryChannel.HOTLINE.label),
    "kind": "困难求助",
    "name": "孙来电",
    "id_number": WANG,
    "telephone": "13812345678",
    "text": "孩子今年考上大学，想申请助学。",
}


def test_an_enquiry_comes_in_and_goes_out_masked(outside):
    response = outside.send_rows("enquiries", ENQUIRY)
    assert response.status_code == 200, response.json()
    enquiry = Enquiry.objects.get()
    assert (enquiry.number, enquiry.id_number, enquiry.union) == ("H-1", WANG, outside.union)
    (shown,) = outside.get("enquiries").json()["records"]
    assert (shown["id_number"], shown["telephone"]) == ("310***********0112", "138****5678")
    assert numbers_in(json.dumps(shown).encode()) == []
