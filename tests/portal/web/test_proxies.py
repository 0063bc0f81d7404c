"""Behind proxies: the address and the scheme are those of who asks, and nobody can invent them."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client

from portal.audit import address_of
from portal.models import AuditEntry
from portal.web.proxies import Trusted, TrustedProxyMiddleware, client_of
from tests.factories import PASSWORD

ONE, TWO, CLIENT, FORGED = "10.0.0.1", "10.0.0.2", "203.0.113.7", "198.51.100.9"


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "seen"),
    [
        (CLIENT, "", [], CLIENT),
        (CLIENT, FORGED, [], CLIENT),
        (CLIENT, FORGED, [ONE], CLIENT),
        (ONE, CLIENT, [ONE], CLIENT),
        (ONE, f"{FORGED}, {CLIENT}", [ONE], CLIENT),
        (ONE, f"{FORGED}, {CLIENT}, {TWO}", [ONE, TWO], CLIENT),
        (ONE, f"{FORGED}, {CLIENT}, {TWO}", ["10.0.0.0/24"], CLIENT),
        (ONE, f"{FORGED}, {CLIENT}, {TWO}", [ONE], TWO),
        (ONE, f"{ONE}, {TWO}", [ONE, TWO], ONE),
        (ONE, "", [ONE], ONE),
        (ONE, "unknown", [ONE], ONE),
        (ONE, f"{CLIENT}, unknown", [ONE], ONE),
        (ONE, f"{CLIENT}:4711", [ONE], CLIENT),
        (ONE, "[2001:db8::5]:443", [ONE], "2001:db8::5"),
        (ONE, f"::ffff:{CLIENT}", [ONE], CLIENT),
        (f"::ffff:{ONE}", CLIENT, [ONE], CLIENT),
        (None, CLIENT, ["unix"], CLIENT),
        (None, f"{FORGED},{CLIENT},{TWO}", ["unix", TWO], CLIENT),
        (None, FORGED, [ONE], None),
        (None, "", ["unix"], None),
    ],
)
def test_client_is_the_rightmost_that_no_trusted_proxy_is(peer, forwarded, trusted, seen):
    assert client_of(peer, forwarded, Trusted(trusted)) == seen


@pytest.mark.parametrize("entry", ["proxy.example", "10.0.0.1/8", "10.0.0.0/33", "UNIX", "*"])
def test_misspelt_proxy_stops_the_start(entry):
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES 只能写地址、网段"):
        Trusted([entry])


def passed_on(rf, settings, trusted, **meta):
    settings.TRUSTED_PROXIES = trusted
    kept = {}

    def answer(request):
        kept.update(address=address_of(request), secure=request.is_secure(), headers=dict(request.headers))
        return HttpResponse()

    TrustedProxyMiddleware(answer)(rf.get("/", **meta))
    return kept


@pytest.mark.parametrize(
    ("trusted", "peer", "proto", "secure"),
    [
        ([ONE], ONE, "https", True),
        ([ONE], ONE, "http", False),
        ([ONE], ONE, "https, http", False),  # rightmost first: the nearest proxy was reached in the clear
        ([ONE], ONE, "", False),
        ([ONE], TWO, "https", False),
        ([], ONE, "https", False),
        (["unix"], "", "https", True),
        ([ONE], "", "https", False),
    ],
)
def test_scheme_is_what_a_trusted_proxy_says(rf, settings, trusted, peer, proto, secure):
    seen = passed_on(rf, settings, trusted, REMOTE_ADDR=peer, HTTP_X_FORWARDED_PROTO=proto)
    assert seen["secure"] is secure


def test_headers_are_taken_off_whoever_sent_them(rf, settings):
    for trusted in ([], [ONE]):
        seen = passed_on(
            rf, settings, trusted, REMOTE_ADDR=ONE, HTTP_X_FORWARDED_FOR=CLIENT, HTTP_X_FORWARDED_PROTO="https"
        )
        assert {"X-Forwarded-For", "X-Forwarded-Proto"} & set(seen["headers"]) == set()
        assert seen["address"] == (CLIENT if trusted else ONE)


def behind_socket(forwarded: str) -> Client:
    return Client(REMOTE_ADDR="", HTTP_X_FORWARDED_FOR=forwarded)


def sign_in(client, password):
    return client.post("/sign-in/", {"username": "clerk", "password": password})


def test_lock_and_audit_log_are_of_the_client_behind_the_proxy(clerk, settings):
    settings.TRUSTED_PROXIES = ["unix"]
    own = "203.0.113.8"  # of the owner, who signed in from there before
    assert sign_in(behind_socket(own), PASSWORD).status_code == 302
    for number in range(5):  # a new forged address each time does not help
        locked = sign_in(behind_socket(f"198.51.100.{number}, {CLIENT}"), "Wrong-Word-99")
    assert locked.status_code == 429
    assert sign_in(behind_socket(CLIENT), PASSWORD).status_code == 429
    assert sign_in(behind_socket(own), PASSWORD).status_code == 302
    addresses = list(AuditEntry.objects.order_by("id").values_list("address", flat=True))
    assert addresses == [own, *[CLIENT] * (len(addresses) - 2), own]


def test_forged_header_to_an_open_port_locks_who_sent_it(clerk, settings):
    settings.TRUSTED_PROXIES = ["unix"]
    for number in range(5):
        answer = sign_in(Client(REMOTE_ADDR=CLIENT, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}"), "Wrong-Word-99")
    assert answer.status_code == 429
    assert set(AuditEntry.objects.values_list("address", flat=True)) == {CLIENT}
