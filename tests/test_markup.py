"""What people type stays text: markup planted in every record is no element, attribute or script on any page.

The same texts as of the access matrix, with a mark that closes an attribute and opens an element. Looked for with a
parser, as a browser would: an element of that name, or an attribute, is a hole.
"""

from html.parser import HTMLParser

import pytest
from django.db import transaction

from tests.access_rows import PLANTS, ROWS
from tests.test_access_matrix import contents, open_clients

ELEMENT = "xq"
MARK = f"\"'><{ELEMENT} {ELEMENT}=1>"
ACTORS = ("reviewer", "clerk", "admin", "security")
SHARES = [ROWS[start::8] for start in range(8)]

pytestmark = pytest.mark.django_db


class Live(HTMLParser):
    """Collects what a browser would take for an element or attribute of the planted name, or for its script."""

    def __init__(self):
        super().__init__()
        self.found, self.within = [], ""

    def handle_starttag(self, tag, attrs):
        self.within = tag
        if tag == ELEMENT or any(name == ELEMENT for name, _value in attrs):
            self.found.append(self.get_starttag_text())

    def handle_endtag(self, _tag):
        self.within = ""

    def handle_data(self, data):
        if self.within in {"script", "style"} and ELEMENT in data:
            self.found.append(data)


def live_in(page: str) -> list[str]:
    parser = Live()
    parser.feed(page)
    parser.close()
    return parser.found


@pytest.fixture
def clients(city, district, clerk, reviewer, admin, security):
    for plant in PLANTS:
        plant(district, MARK)
    return open_clients({"clerk": clerk, "reviewer": reviewer, "admin": admin, "security": security})


def pages(clients, district, rows):
    """The address, actor and text of each page of `rows` that opens."""
    for row in rows:
        with transaction.atomic():
            address = row.request(row.make(district) if row.make else {})[0]
            for actor in ACTORS:
                if row.get[actor] == 200:
                    answer = clients[actor].get(address)
                    text = contents(answer)
                    if "html" in answer.headers.get("Content-Type", ""):
                        yield address, actor, text
            transaction.set_rollback(True)


@pytest.mark.parametrize("rows", SHARES, ids=range(len(SHARES)))
def test_nothing_planted_is_live(clients, district, rows):
    told = list(pages(clients, district, rows))
    assert [(address, actor, live_in(page)) for address, actor, page in told if live_in(page)] == []
    assert sum(f"&lt;{ELEMENT}" in page for _address, _actor, page in told) >= len(told) // 5


@pytest.mark.parametrize(
    "hole",
    [f"<p>{MARK}</p>", f'<input value="{MARK}">', f"<input value='{MARK}'>", f"<script>x = '<{ELEMENT}'</script>"],
)
def test_a_hole_is_found(hole):
    assert live_in(hole)
    assert not live_in(hole.replace("<xq", "&lt;xq").replace("\"'", "&quot;&#x27;").replace("script", "p"))
