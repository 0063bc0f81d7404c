"""A NUL is refused wherever it is sent; on PostgreSQL it would end as a failure of the server."""

import pytest

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/?q=%00",
    "/annex/?unit=%00",
    "/annex/?%00=1",
    "/funnel/?unit=3100%0001",
    "/sign-in/?next=%00",
    "/public-notice/%00/",
    "/annex/2014/%00/years/",
    "/%00",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nul_in_an_address_is_refused(client, clerk, address, method):
    assert getattr(client, method)(address).status_code == 400
    client.force_login(clerk)
    assert getattr(client, method)(address).status_code == 400


@pytest.mark.parametrize(
    "fields",
    [
        {"username": "a\0b", "password": "x"},
        {"username": "a", "password": "x\0"},
        {"username\0": "a"},
    ],
)
def test_nul_in_a_field_is_refused(client, fields):
    assert client.post("/sign-in/", fields).status_code == 400


def test_without_nul_the_page_answers(client):
    assert client.get("/sign-in/?next=%20").status_code == 200
    assert client.post("/sign-in/", {"username": "a", "password": "x"}).status_code == 200
