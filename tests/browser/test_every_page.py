"""Every page of the access table in Chromium: no serious finding of axe, no sideways scrolling on a telephone."""

from collections.abc import Iterator

import pytest

from tests.access import ACTORS
from tests.access_rows import ROWS
from tests.browser.accessible import NARROW, faults, overflow
from tests.browser.pages import pages_of
from tests.factories import UserFactory

SERIOUS = frozenset({"serious", "critical"})
ROLES = ACTORS[1:]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


BATCH = 50  # rows of one test, so that the workers share the load


def batches() -> Iterator[tuple[str, list]]:
    """The rows that each role is the first to open: every page is looked at once."""
    for role in ROLES:
        rows = [row for row in ROWS if next((actor for actor in ROLES if row.get[actor] == 200), None) == role]
        yield from ((role, rows[start : start + BATCH]) for start in range(0, len(rows), BATCH))


def named(given) -> str:
    return given if isinstance(given, str) else f"from {given[0].name}"


@pytest.mark.parametrize(("role", "rows"), list(batches()), ids=named)
def test_pages_are_accessible_and_fit_a_telephone(window_of, city, district, grassroots, role, rows):
    union = district if role in {"clerk", "lead"} else city
    user = UserFactory(role=role, union=union)
    page, wrong = window_of(user, viewport=NARROW), {}
    for address, _text in list(pages_of(user, rows, district)):
        page.goto(address)
        if found := faults(page, SERIOUS):
            wrong[address] = found
        if overflow(page):
            wrong.setdefault(address, []).append("wider than the window")
    assert wrong == {}
