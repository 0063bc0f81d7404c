"""Out and in again: an export imports into an empty database; a campaign's holds what belongs to it."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.core.management import call_command

from aid.models import AidCase, Child, Contribution, Disbursement, Entry, Household, Person, PracticePost, Visit
from employment.exchange.exporting import export_workbook
from employment.models import Assistance, Graduate, JobEvent
from employment.workbook import CASE_WORKBOOK
from portal.models import Campaign
from portal.workbook.importing.service import import_workbook
from tests.workbook.outcomes import row_counts
from tests.workbook.sheets import (
    CASE,
    CHILD,
    ENTRY,
    EVENT,
    FUNDS,
    GRADUATE,
    HEADINGS,
    HELP,
    HONG,
    HOUSEHOLD,
    HUA,
    JUN,
    LEI,
    LI_MEI,
    MING,
    PAYMENT,
    POST,
    QIAN,
    SHEETS,
    TAO,
    VISIT,
    CaseBook,
    day,
    valid_book,
)

# Those that refer before those they refer to.
RECORDS = (
    Assistance, JobEvent, Visit, PracticePost, Disbursement, Contribution, AidCase, Entry, Graduate, Child, Household,
    Person, Campaign,
)  # fmt: skip


def forget_everything() -> None:
    for model in RECORDS:
        model.objects.all().delete()
        if hasattr(model, "history"):
            model.history.all().delete()


def cells(content: bytes) -> dict[str, list[tuple]]:
    """Every sheet: its headings, then its rows by key."""
    spreadsheet = openpyxl.load_workbook(BytesIO(content))
    found = {}
    for tab in spreadsheet:
        headings, *rows = tab.iter_rows(values_only=True)
        found[tab.title] = [headings, *sorted(rows, key=lambda row: str(row[0]))]
    return found


def exported(union, year: int | None = None) -> bytes:
    file = BytesIO()
    export_workbook(union, file, campaign=year and Campaign.objects.get(year=year))
    return file.getvalue()


def imported(content: bytes, union, tmp_path):
    path = tmp_path / "again.xlsx"
    path.write_bytes(content)
    return import_workbook(path, workbook=CASE_WORKBOOK, unit=union)


def keys(content: bytes) -> dict[str, set]:
    return {title: {row[0] for row in rows[1:]} for title, rows in cells(content).items() if len(rows) > 1}


def test_export_has_every_sheet_and_heading(on_file, district):
    found = cells(exported(district))
    assert {title: tuple(word.rstrip("*") for word in rows[0]) for title, rows in found.items()} == HEADINGS


def plain(value):
    return value.date() if isinstance(value, datetime) else value


@pytest.mark.parametrize("number", range(len(SHEETS)), ids=lambda n: CASE_WORKBOOK.by_title[SHEETS[n]].model.__name__)
def test_export_holds_the_values_that_came_in(on_file, district, number):
    title = SHEETS[number]
    _headings, *rows = cells(exported(district))[title]
    expected = sorted(
        (tuple(row[heading] for heading in HEADINGS[title]) for row in on_file[title]), key=lambda r: r[0]
    )
    assert [tuple(map(plain, row)) for row in rows] == expected


def test_numbers_of_people_cards_and_telephones_are_text(on_file, district):
    tab = openpyxl.load_workbook(BytesIO(exported(district)))[HOUSEHOLD]
    columns = {cell.value: number for number, cell in enumerate(tab[1])}
    for heading in ("身份证号", "银行卡号", "联系电话", "工会编码", "档案编号"):
        assert tab[2][columns[heading]].data_type in {"s", "inlineStr"}, heading
    assert isinstance(plain(tab[2][columns["建档日期"]].value), date)


def test_export_imports_again_unchanged(on_file, district, tmp_path):
    outcome = imported(exported(district), district, tmp_path)
    assert outcome.errors == []
    assert outcome.unchanged == {title: len(on_file[title]) for title in SHEETS}


def test_export_into_an_empty_database_and_out_again(on_file, district, tmp_path):
    first = exported(district)
    forget_everything()
    outcome = imported(first, district, tmp_path)
    assert outcome.errors == []
    assert outcome.created == {title: len(on_file[title]) for title in SHEETS}
    assert cells(exported(district)) == cells(first)


def test_what_an_approved_case_is_counted_by_travels_with_it(on_file, accepted, district, tmp_path):
    """Though the household has changed since."""
    on_file.row(HOUSEHOLD, "D002").update({"职工类别": "困难职工", "单亲": "否"})
    accepted(on_file.only(HOUSEHOLD, "D002"))
    first = exported(district)
    forget_everything()
    assert imported(first, district, tmp_path).errors == []
    case = AidCase.objects.get(number="A002")
    assert (case.counted_category, case.counted_single, case.counted_single_mother) == ("migrant", True, True)
    assert cells(exported(district)) == cells(first)


def test_difficult_values_come_back_equal(on_file, district, tmp_path):
    Contribution.objects.filter(number="Z001").update(
        donor="=1+1", amount="0.01", confirmed_amount="0.01", source="union", voucher="+86-@"
    )
    Contribution.objects.filter(number="Z002").update(
        donor="'=cmd", amount="999999999.99", confirmed_amount="999999999.99", voucher="0012"
    )
    PracticePost.objects.filter(number="P001").update(employer='甲<b>&"乙"', description="\u4e8c\U00020bb7")
    first = exported(district)
    forget_everything()
    del_payments = openpyxl.load_workbook(BytesIO(first))
    del del_payments[PAYMENT]
    path = tmp_path / "rest.xlsx"
    del_payments.save(path)
    content = exported_after(path, district)
    for title in (FUNDS, POST):
        assert cells(content)[title] == cells(first)[title]


def exported_after(path, union) -> bytes:
    outcome = import_workbook(path, workbook=CASE_WORKBOOK, unit=union)
    assert outcome.errors == []
    return exported(union)


def test_export_changes_no_record(on_file, district):
    before = row_counts()
    exported(district)
    exported(district, 2014)
    assert row_counts() == before


def test_export_of_a_union_holds_its_own_and_those_below(on_file, grassroots, sibling):
    assert keys(exported(grassroots))[HOUSEHOLD] == {"D002"}
    assert keys(exported(grassroots))[CASE] == {"A002", "A006"}
    assert keys(exported(sibling)) == {}


@pytest.fixture
def two_years(accepted) -> CaseBook:
    """The valid workbook, with what lies on the borders of 2013 and 2014."""
    book = valid_book()
    book.add(PAYMENT, "F004", {"业务编号": "F005", "发放日期": day("2014-01-01")})  # of the case of 2013
    book.add(PAYMENT, "F003", {"业务编号": "F006", "发放日期": day("2015-01-01")})  # of the case of 2014, pending
    book.add(FUNDS, "Z003", {"业务编号": "Z004", "收款日期": day("2014-12-31")})
    book.add(FUNDS, "Z003", {"业务编号": "Z005", "收款日期": day("2015-01-01")})
    book.add(VISIT, "V001", {"业务编号": "V004", "走访日期": day("2013-12-31"), "走访对象身份证号": QIAN})
    book.add(POST, "P001", {"业务编号": "P003", "联系日期": day("2013-12-31")})
    book.add(HELP, "J002", {"业务编号": "J004", "日期": day("2013-01-01")})
    book.add(EVENT, "E001", {"业务编号": "E004", "日期": day("2013-12-31")})
    accepted(book)
    return book


def test_campaign_export_of_2014(two_years, district):
    assert keys(exported(district, 2014)) == {
        HOUSEHOLD: {"D001", "D002", "D003"},
        CHILD: {MING, HUA, JUN, HONG, LEI},
        ENTRY: {"S003"},
        CASE: {"A001", "A002", "A003", "A004", "A005", "A006"},  # A005 because F005 refers to it
        FUNDS: {"Z002", "Z003", "Z004"},
        PAYMENT: {"F001", "F002", "F003", "F005", "F006"},
        VISIT: {"V001", "V002", "V003"},
        POST: {"P001", "P002"},
        GRADUATE: {HUA, TAO},
        HELP: {"J001", "J002", "J003"},
        EVENT: {"E001", "E002", "E003"},
    }


def test_campaign_export_of_2013(two_years, district):
    assert keys(exported(district, 2013)) == {
        HOUSEHOLD: {"D001", "D003", "D004"},
        CHILD: {MING, JUN},
        ENTRY: {"S002", "S004"},
        CASE: {"A005"},
        FUNDS: {"Z001"},
        PAYMENT: {"F004", "F005"},
        VISIT: {"V004"},
        POST: {"P003"},
        GRADUATE: {TAO},
        HELP: {"J004"},
        EVENT: {"E004"},
    }


def test_campaign_export_imports_again_where_funds_allow(two_years, district, tmp_path):
    content = exported(district, 2013)
    forget_everything()
    outcome = imported(content, district, tmp_path)
    assert outcome.errors == []
    assert {title: count for title, count in outcome.created.items() if count} == {
        title: len(found) for title, found in keys(content).items()
    }


def test_campaign_export_is_refused_where_funds_were_carried_over(two_years, district, tmp_path):
    """F005 of 2014-01-01 was paid from what Z001 brought in 2013."""
    content = exported(district, 2014)
    forget_everything()
    errors = imported(content, district, tmp_path).errors
    assert {(error.sheet, error.column) for error in errors} == {(PAYMENT, "金额(元)")}
    assert len(errors) == 1


def test_visit_to_a_worker_brings_the_household_of_the_campaign(two_years, district):
    workers = {row[3] for row in cells(exported(district, 2014))[HOUSEHOLD][1:]}
    assert LI_MEI in workers


@pytest.mark.parametrize("campaign", [[], ["--campaign", "2014"]], ids=["all", "campaign"])
def test_export_command(on_file, district, tmp_path, campaign):
    path = tmp_path / "out.xlsx"
    call_command("export_workbook", "--unit", district.code, *campaign, "-o", str(path))
    year = 2014 if campaign else None
    assert cells(path.read_bytes()) == cells(exported(district, year))
