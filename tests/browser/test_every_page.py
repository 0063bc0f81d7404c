"""Every page of the access table in Chromium: axe finds nothing, no target is too small, a telephone shows it whole.

And nothing on it is said in English, or by the name that the code has for it.

By default each page is opened once, by the first role that may: one on a light screen, the next on a dark one, for to
look at the colours of a page is the dearest part. `PORTAL_EVERY_ROLE=1` opens it in every role that may, on both.
"""

import os
from collections.abc import Iterator

import pytest

from tests.access import ACTORS
from tests.access_rows import ROWS
from tests.browser.accessible import NARROW, faults_at_both_sizes, overflow
from tests.browser.pages import pages_of
from tests.browser.raw_words import raw_words
from tests.factories import UserFactory

EVERY_ROLE = bool(os.environ.get("PORTAL_EVERY_ROLE"))
ROLES = ACTORS[1:]
SCHEMES = ("light", "dark")
FOR_PROGRAMMERS = ("/systems/reference/", "/state/")  # who reads there what things are called by machines
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
    for turn, (address, text) in enumerate(pages_of(user, rows, district)):
        if not address.startswith(FOR_PROGRAMMERS) and (raw := raw_words(text)):
            wrong[address] = [f"not in Chinese: {raw}"]
        page.goto(address)
        if overflow(page):
            wrong[address] = [*wrong.get(address, []), "wider than the window"]
        for scheme in SCHEMES if EVERY_ROLE else [SCHEMES[turn % 2]]:
            page.emulate_media(color_scheme=scheme)
            if found := faults_at_both_sizes(page):
                wrong[address] = wrong.get(address, []) + [f"{scheme}: {fault}" for fault in found]
    assert wrong == {}
