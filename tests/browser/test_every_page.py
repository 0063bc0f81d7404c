"""Every page of the access table in Chromium: no serious finding of axe, no sideways scrolling on a telephone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.access import ACTORS
from tests.access_rows import ROWS
from tests.browser.pages import pages_of
from tests.factories import UserFactory

NARROW = {"width": 390, "height": 844}
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
SERIOUS = {"serious", "critical"}
ROLES = ACTORS[1:]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def rows_of(role: str) -> list:
    """The rows that `role` is the first to open: each page is looked at once."""
    return [row for row in ROWS if next((actor for actor in ROLES if row.get[actor] == 200), None) == role]


def faults(page) -> list[str]:
    """What axe finds serious, with the places, and whether the page is wider than the window."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    told = [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in found
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]
    too_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*told, "wider than the window"] if too_wide else told


@pytest.mark.parametrize("role", [role for role in ROLES if rows_of(role)])
def test_pages_are_accessible_and_fit_a_telephone(window_of, city, district, grassroots, role):
    union = district if role in {"clerk", "lead"} else city
    user = UserFactory(role=role, union=union)
    page, wrong = window_of(user, viewport=NARROW), {}
    for address, _text in list(pages_of(user, rows_of(role), district)):
        page.goto(address)
        if found := faults(page):
            wrong[address] = found
    assert wrong == {}
