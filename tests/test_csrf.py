"""No form is taken that does not come from the portal's own pages: at every address, whoever sends it."""

from collections import Counter

import pytest
from django.http import HttpResponse
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client

from portal.api.site import NAMESPACE
from tests.access import ACTORS, Row
from tests.access_rows import ROWS
from tests.factories import sign_in

OWN = "a" * CSRF_SECRET_LENGTH
FOREIGN = "b" * CSRF_SECRET_LENGTH + "c" * CSRF_SECRET_LENGTH  # a mask, and another secret under it
REFUSED = "refused for what it lacks"


def takes_posts(row: Row) -> bool:
    """Whether anybody may post there; outside systems send a token of their own, and are known by no cookie."""
    codes = {row.post[actor] for actor in ACTORS if actor != "anonymous"}
    return not row.name.startswith(f"{NAMESPACE}:") and not codes <= {403, 405}


ROWS_TRIED = [row for row in ROWS if takes_posts(row)]


def refused(_request, reason=""):
    return HttpResponse(f"{REFUSED}: {reason}", status=403)


@pytest.fixture
def client(db, clerk, settings):
    settings.CSRF_FAILURE_VIEW = f"{__name__}.refused"
    made = Client(enforce_csrf_checks=True)
    sign_in(made, clerk)
    made.cookies[settings.CSRF_COOKIE_NAME] = OWN
    return made


def address_of(row: Row) -> str:
    return row.request(row.absent if row.make else {})[0]


def answers(client: Client, data: dict, **headers) -> Counter:
    """How often which answer came from all addresses: the code, and whether it was for the lack of a token."""
    sent = [client.post(address_of(row), data, **headers) for row in ROWS_TRIED]
    return Counter((answer.status_code, REFUSED in answer.text) for answer in sent)


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        ({}, {}),
        ({"csrfmiddlewaretoken": FOREIGN}, {}),
        ({"csrfmiddlewaretoken": OWN}, {"headers": {"origin": "https://elsewhere.example"}}),
    ],
    ids=["without a token", "with a token of another's", "from another site"],
)
def test_post_is_refused_everywhere(client, data, headers):
    assert answers(client, data, **headers) == {(403, True): len(ROWS_TRIED)}


def test_post_with_its_own_token_is_refused_nowhere(client):
    told = [client.post(address_of(row), {"csrfmiddlewaretoken": OWN}) for row in ROWS_TRIED[::16]]
    assert [answer.status_code for answer in told if REFUSED in answer.text] == []
    assert len(told) > 15


def test_cookie_alone_opens_no_address_of_outside_systems(client):
    named = [row for row in ROWS if row.name.startswith(f"{NAMESPACE}:") and row.make is None]
    codes = Counter(client.post(address_of(row), "{}", content_type="application/json").status_code for row in named)
    assert codes[401] + codes[405] == len(named)
    assert codes[401]
