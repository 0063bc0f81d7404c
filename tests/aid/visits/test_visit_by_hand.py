"""Visits and practice posts by hand as by workbook; a workbook leaves alone what only the browser knows."""

from datetime import date

import pytest

from aid.models import Child, PracticePost, Visit
from employment.workbook import CASE_WORKBOOK
from portal.workbook.importing.book import state
from portal.workbook.importing.service import import_workbook
from reports.counting.derive import derive
from tests.aid.visiting import follow_up
from tests.forms import create_address, send
from tests.reports import builders as make
from tests.workbook.sheets import POST, VISIT, valid_book, write

UNTOLD = {"id", "person_id", "union_id"}
FIELDS = {
    title: {column.heading: column.attribute for column in CASE_WORKBOOK.by_title[title].columns}
    for title in (VISIT, POST)
}


def typed(title, row, *without):
    """A row of the workbook as it is typed; several ways are ticked boxes."""
    cells = {FIELDS[title][heading]: value for heading, value in row.items()}
    typed = {name: str(value) for name, value in cells.items() if value is not None and name not in without}
    if "ways" in typed:
        typed["ways"] = typed["ways"].split("、")
    return typed


def facts():
    return [
        {name: value for name, value in state(record).items() if name not in UNTOLD}
        for model in (Visit, PracticePost)
        for record in model.objects.order_by("number")
    ]


@pytest.fixture
def season(district, grassroots, tmp_path):
    """Everything of the sample imported; visits to children, and posts, are what is entered again."""
    outcome = import_workbook(write(valid_book(), tmp_path / "0.xlsx"), workbook=CASE_WORKBOOK, unit=district)
    assert outcome.errors == []
    children = {child.person.id_number: child for child in Child.objects.select_related("person")}
    book = valid_book()
    return [
        (children[row["走访对象身份证号"]], row) for row in book[VISIT] if row["走访对象身份证号"] in children
    ], book[POST]


def test_visits_and_posts_by_hand_as_by_workbook(client_of, clerk, district, season):
    visits, posts = season
    assert visits
    assert posts
    numbers = [row["业务编号"] for _child, row in visits]
    Visit.objects.exclude(number__in=numbers).delete()
    by_workbook = facts(), derive(make.campaign(), district, as_of=date(2014, 12, 31))
    Visit.objects.all().delete()
    PracticePost.objects.all().delete()
    client = client_of(clerk)
    for child, row in visits:
        answer = send(client, create_address("visit", child=child), **typed(VISIT, row, "person"))
        assert answer.status_code == 302
    for row in posts:
        assert send(client, create_address("practicepost"), **typed(POST, row)).status_code == 302
    assert (facts(), derive(make.campaign(), district, as_of=date(2014, 12, 31))) == by_workbook
    assert by_workbook[1]["practice_posts"] > 0


def test_workbook_brought_again_leaves_calls_and_follow_ups(clerk, district, season, tmp_path):
    (_child, row), *_others = season[0]
    visit = Visit.objects.get(number=row["业务编号"])
    Visit.objects.filter(pk=visit.pk).update(by_telephone=True)
    follow_up(visit)
    book = valid_book()
    book.put(VISIT, visit.number, "走访人", "换了人")
    outcome = import_workbook(write(book, tmp_path / "1.xlsx"), workbook=CASE_WORKBOOK, unit=district)
    assert (outcome.errors, outcome.updated[VISIT]) == ([], 1)
    visit.refresh_from_db()
    assert (visit.visitor, visit.by_telephone, visit.follow_ups.count()) == ("换了人", True, 1)
