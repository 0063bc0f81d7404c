"""The same facts by hand and by workbook give the same figures; a re-import leaves what it does not know."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from aid.models import Child, Entry, Household
from employment.workbook import CASE_WORKBOOK
from portal.workbook.importing.book import state
from portal.workbook.importing.service import import_workbook
from reports.counting.derive import derive
from tests.forms import create_address, edit_address, send
from tests.reports import builders as make
from tests.workbook.sheets import CHILD, ENTRY, HOUSEHOLD, valid_book, write

UNTOLD = {"id", "worker_id", "person_id", "household_id", "child_id", "union_id", "union_path"}
FIELDS = {
    HOUSEHOLD: {column.heading: column.attribute for column in CASE_WORKBOOK.by_title[HOUSEHOLD].columns},
    CHILD: {column.heading: column.attribute for column in CASE_WORKBOOK.by_title[CHILD].columns},
    ENTRY: {column.heading: column.attribute for column in CASE_WORKBOOK.by_title[ENTRY].columns},
}
BY_PAGE = {"closed_on", "closed_reason"}


def typed(title, row, *without):
    """A row of the workbook as it is typed into the form."""
    cells = {FIELDS[title][heading]: value for heading, value in row.items()}
    return {name: str(value) for name, value in cells.items() if value is not None and name not in without}


def type_in(client, book):
    for row in book[HOUSEHOLD]:
        assert send(client, create_address("household"), **typed(HOUSEHOLD, row, *BY_PAGE)).status_code == 302
    for row in book[CHILD]:
        home = Household.objects.get(number=row["档案编号"])
        answer = send(client, create_address("child", household=home), **typed(CHILD, row, "household"))
        assert answer.status_code == 302
    for row in book[ENTRY]:
        child = next(child for child in Child.objects.all() if child.person.id_number == row["子女身份证号"])
        cells = {"school": ""} | typed(ENTRY, row, "child")  # the form proposes that of the child
        assert send(client, create_address("entry", child=child), **cells).status_code == 302


def facts():
    """Everything on file that is no key of the database."""
    return [
        {name: value for name, value in state(record).items() if name not in UNTOLD} | {"union": record.union.code}
        for model, order in ((Household, "number"), (Child, "person__birth_date"), (Entry, "number"))
        for record in model.objects.order_by(order)
    ]


@pytest.fixture
def families():
    """The households that are open, their children and entries."""
    book = valid_book().only(HOUSEHOLD, "D001", "D002", "D004")
    whole = valid_book()
    book[CHILD] = [row for row in whole[CHILD] if row["档案编号"] != "D003"]
    numbers = {row["身份证号"] for row in book[CHILD]}
    book[ENTRY] = [row for row in whole[ENTRY] if row["子女身份证号"] in numbers]
    return book


def test_by_hand_as_by_workbook(client_of, clerk, district, grassroots, families, tmp_path):
    campaign = make.campaign()
    type_in(client_of(clerk), families)
    by_hand = facts(), derive(campaign, district, as_of=date(2014, 12, 31))
    assert by_hand[1]["advanced"] == 1
    Entry.objects.all().delete()
    Child.objects.all().delete()
    Household.objects.all().delete()
    outcome = import_workbook(write(families, tmp_path / "1.xlsx"), workbook=CASE_WORKBOOK, unit=district)
    assert outcome.errors == []
    assert (facts(), derive(campaign, district, as_of=date(2014, 12, 31))) == by_hand


def test_workbook_brought_again_leaves_what_only_the_browser_knows(
    client_of, clerk, district, grassroots, families, tmp_path
):
    import_workbook(write(families, tmp_path / "1.xlsx"), workbook=CASE_WORKBOOK, unit=district)
    home = Household.objects.get(number="D001")
    client = client_of(clerk)
    send(client, edit_address(home), main_cause="子女上学", health="慢性病", housing="租房", housing_area="48.5")
    client.post(f"/households/{home.pk}/verify/")
    before = Household.objects.get(pk=home.pk)
    families.put(HOUSEHOLD, "D001", "工作单位", "第三纺织厂")
    outcome = import_workbook(write(families, tmp_path / "2.xlsx"), workbook=CASE_WORKBOOK, unit=district)
    assert (outcome.updated[HOUSEHOLD], outcome.unchanged[HOUSEHOLD]) == (1, 2)
    home.refresh_from_db()
    assert home.employer == "第三纺织厂"
    assert (home.main_cause, home.health, home.housing) == ("schooling", "chronic", "rented")
    assert (home.verified_on, home.verified_by, home.housing_area) == (localdate(), clerk, before.housing_area)


def test_verification_pressed_at_the_wrong_family_is_taken_back_within_the_day(client_of, clerk, district):
    home = make.household(district, verified_on=date(2013, 5, 1))
    Household.objects.get(pk=home.pk).save()  # with a version, as every way to write leaves one
    client = client_of(clerk)
    page, verify, unverify = (reverse(f"household_{act}", args=[home.pk]) for act in ("detail", "verify", "unverify"))
    assert unverify not in client.get(page).text
    shown = client.post(verify, follow=True).text
    assert unverify in shown
    assert verify not in shown.replace(unverify, "")
    assert "已撤销今天的核实。" in client.post(unverify, follow=True).text
    home.refresh_from_db()
    assert (home.verified_on, home.verified_by) == (date(2013, 5, 1), None)
    assert "只有当天核实的本人可以撤销核实。" in client.post(unverify, follow=True).text
