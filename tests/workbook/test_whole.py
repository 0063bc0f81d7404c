"""The valid workbook: what it is, that it is accepted, that a second import changes nothing."""

import pytest

from aid.enums import CaseState
from aid.models import AidCase, Person
from employment.workbook import CASE_WORKBOOK
from tests.workbook.outcomes import row_counts
from tests.workbook.sheets import HEADINGS, REQUIRED, SHEETS, CaseBook


def test_sheets_and_columns_are_those_of_the_specification():
    declared = {sheet.title: tuple(column.heading for column in sheet.columns) for sheet in CASE_WORKBOOK.sheets}
    assert declared == HEADINGS


def test_required_columns_are_those_of_the_specification():
    declared = {
        sheet.title: tuple(column.heading for column in sheet.columns if column.required)
        for sheet in CASE_WORKBOOK.sheets
    }
    assert declared == REQUIRED


def test_first_import_creates_every_row(accepted, book):
    outcome = accepted(book)
    assert outcome.created == {title: len(book[title]) for title in SHEETS}
    assert outcome.updated == outcome.unchanged == dict.fromkeys(SHEETS, 0)


def test_notices_of_a_plain_workbook_are_the_campaigns_opened(accepted, book):
    assert sorted("2013" in notice for notice in accepted(book).notices) == [False, True]


def test_one_person_for_each_number(accepted, book):
    accepted(book)
    assert Person.objects.count() == 10  # four workers, five children, one graduate who is none of the children


@pytest.mark.parametrize("layout", [{}, {"turned": True}, {"starred": True}], ids=["same", "turned", "starred"])
def test_second_import_changes_nothing(accepted, on_file, layout):
    before = row_counts()
    outcome = accepted(on_file, **layout)
    assert outcome.created == outcome.updated == dict.fromkeys(SHEETS, 0)
    assert outcome.unchanged == {title: len(on_file[title]) for title in SHEETS}
    after = row_counts()
    before.pop("portal.AuditEntry")
    after.pop("portal.AuditEntry")
    assert after == before


def test_sheets_and_columns_in_any_order(accepted, book):
    accepted(book, turned=True, starred=True)
    assert AidCase.objects.get(number="A001").child.household.number == "D001"


def test_sheets_may_be_missing(accepted, book):
    outcome = accepted(book.only("资金筹集"))
    assert outcome.created == {"资金筹集": 3}


def test_empty_sheets_are_accepted(accepted):
    outcome = accepted(CaseBook({title: [] for title in SHEETS}))
    assert outcome.created == dict.fromkeys(SHEETS, 0)


def test_case_comes_in_where_its_history_says(on_file):
    assert dict(AidCase.objects.values_list("number", "status")) == {
        "A001": CaseState.APPROVED,
        "A002": CaseState.APPROVED,
        "A003": CaseState.REJECTED,
        "A004": CaseState.SUBMITTED,
        "A005": CaseState.APPROVED,
        "A006": CaseState.ON_NOTICE,
    }


def test_records_belong_to_the_union_their_row_names(on_file, district, grassroots):
    owners = dict(AidCase.objects.values_list("number", "union__code"))
    assert owners["A001"] == district.code
    assert owners["A002"] == grassroots.code
