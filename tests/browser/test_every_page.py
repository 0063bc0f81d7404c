"""Every page of the access table in Chromium: axe finds nothing, no target is too small, a telephone shows it whole.

By default each page is opened once, by the first role that may. `PORTAL_EVERY_ROLE=1` opens it in every role that may.
"""

import os
from collections.abc import Iterator

import pytest

from tests.access import ACTORS
from tests.access_rows import ROWS
from tests.browser.accessible import NARROW, faults_at_any_size_and_in_the_dark, overflow
from tests.browser.pages import pages_of
from tests.factories import UserFactory

EVERY_ROLE = bool(os.environ.get("PORTAL_EVERY_ROLE"))
ROLES = ACTORS[1:]
BATCH = 50  # rows of one test, so that the workers share the load
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def batches() -> Iterator[tuple[str, list]]:
    """The rows that each role opens here."""
    for role in ROLES:
        rows = [row for row in ROWS if role in openers(row)]
        yield from ((role, rows[start : start + BATCH]) for start in range(0, len(rows), BATCH))


def openers(row) -> list[str]:
    """The roles in which the page behind `row` is looked at."""
    may = [role for role in ROLES if row.get[role] == 200]
    return may if EVERY_ROLE else may[:1]


def named(given) -> str:
    return given if isinstance(given, str) else f"from {given[0].name}"


@pytest.mark.parametrize(("role", "rows"), list(batches()), ids=named)
def test_pages_are_accessible_and_fit_a_telephone(window_of, city, district, grassroots, role, rows):
    union = district if role in {"clerk", "lead"} else city
    user = UserFactory(role=role, union=union)
    page, wrong = window_of(user, viewport=NARROW), {}
    for address, _text in list(pages_of(user, rows, district)):
        page.goto(address)
        if overflow(page):
            wrong[address] = ["wider than the window"]
        if found := faults_at_any_size_and_in_the_dark(page):
            wrong[address] = wrong.get(address, []) + found
    assert wrong == {}
