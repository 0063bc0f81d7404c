"""Tables in Chromium: fourteen rows on an office screen, headings that stay, a sign that there is more sideways."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.aid import cases as casework
from tests.browser.accessible import NARROW, overflow
from tests.builders import household, visit
from tests.factories import UserFactory
from tests.reports import builders as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFICE = {"width": 1366, "height": 768}
ROWS, MADE = 14, 30
LISTS = ("aidcase_list", "household_list", "visit_list", "contribution_list")
WHOLE_ROWS = """Array.from(document.querySelectorAll(".portal-table tbody tr"))
    .filter(row => row.getBoundingClientRect().bottom <= innerHeight).length"""
TOP_OF = "selector => document.querySelector(selector).getBoundingClientRect().top"


@pytest.fixture
def records(district):
    """Enough for a screen of each list; the cases are drafts, so that each row has the button of its next step."""
    home = household(district)
    for _ in range(MADE):
        casework.case(district, child=make.child(district, household=home))
        household(district)
        visit(district)
        make.contribution(district)


def test_an_office_screen_holds_fourteen_rows_whose_heading_stays(window_of, district, records):
    page = window_of(UserFactory(role="clerk", union=district), viewport=OFFICE)
    seen = {}
    for name in LISTS:
        page.goto(reverse(name))
        seen[name] = page.evaluate(WHOLE_ROWS)
        assert overflow(page) <= 0, name
        page.evaluate("scrollTo(0, 500)")
        assert page.evaluate(TOP_OF, ".portal-table thead th") > 50, name
        assert page.evaluate(TOP_OF, ".portal-table tbody tr") < 0, name
        page.evaluate("scrollTo(0, 0)")
    assert {name: rows for name, rows in seen.items() if rows < ROWS} == {}


def test_a_table_wider_than_its_window_says_so(window_of, district, records):
    page = window_of(UserFactory(role="clerk", union=district), viewport=OFFICE)
    page.goto(reverse("aidcase_list"))
    sign = page.get_by_text("可以左右滑动")
    expect(sign).to_be_hidden()
    page.set_viewport_size(NARROW)
    sign.wait_for()
    assert overflow(page) <= 0
