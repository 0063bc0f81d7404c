"""Every page of the access table in Chromium: no serious finding of axe, no sideways scrolling on a telephone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from tests.access_rows import ROWS
from tests.factories import UserFactory, sign_in

NARROW = {"width": 390, "height": 844}
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
SERIOUS = {"serious", "critical"}
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pages_of(user, role: str, union) -> list[str]:
    """The addresses of the access table that show `user` a page, about objects of `union`."""
    client, found = Client(), []
    sign_in(client, user)
    for row in ROWS:
        if row.get[role] != 200:
            continue
        address, _form = row.request(row.make(union) if row.make else {})
        response = client.get(address)
        is_page = response.headers["Content-Type"].startswith("text/html") and not response.has_header(
            "Content-Disposition"
        )
        response.close()
        if response.status_code == 200 and is_page:
            found.append(address)
    return found


def faults(page) -> list[str]:
    """What axe finds serious, with the places."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in found
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("role", ["clerk", "lead", "reviewer", "auditor", "admin"])
def test_pages_are_accessible_and_fit_a_telephone(window_of, city, district, grassroots, role):
    union = district if role in {"clerk", "lead"} else city
    user = UserFactory(role=role, union=union)
    page, wrong = window_of(user, viewport=NARROW), {}
    addresses = pages_of(user, role, district)
    assert len(addresses) > 5
    for address in addresses:
        page.goto(address)
        found = faults(page)
        if page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0:
            found.append("wider than the window")
        if found:
            wrong[address] = found
    assert wrong == {}
