import itertools
import re
import time

import pytest
from django.contrib.auth.hashers import get_hasher
from django.test import Client

from portal.accounts import pace
from portal.accounts.pace import NAME, TooFastError, begin
from portal.audit import By, record
from portal.enums import AuditAction
from portal.models import AuditEntry, SpentPace
from portal.models.operating.pace import Pace
from tests.factories import PASSWORD, device_of
from tests.portal.accounts.test_second_factor import code_for, with_password, wrong_code_for

QUARTER = 15 * 60
NOON = 1_900_000_000.0


@pytest.fixture
def clock(monkeypatch):
    """A clock of the pace that stands until it is moved."""
    now = [NOON]
    monkeypatch.setattr(pace.time, "time", lambda: now[0])
    return now


@pytest.fixture
def hashed(monkeypatch):
    """What reached the hash: one entry for each password that was looked at."""
    seen, hasher = [], type(get_hasher())
    plain = hasher.encode

    def encode(self, password, *args, **kwargs):
        seen.append(password)
        return plain(self, password, *args, **kwargs)

    monkeypatch.setattr(hasher, "encode", encode)
    return seen


WRONG = "Wrong-Word-99"


def guess(username="clerk", password=WRONG, address="10.0.0.1"):
    return Client(REMOTE_ADDR=address).post("/sign-in/", {"username": username, "password": password})


def addresses():
    return (f"10.{first}.{second}.7" for first, second in itertools.product(range(250), range(250)))


def body_of(response):
    return re.sub(r'value="[^"]*"', "", response.text)


def test_of_many_guesses_from_many_addresses_at_most_ten_reach_the_hash(clerk, clock, hashed):
    for address in ("10.200.0.1", "10.200.0.2"):
        record(AuditAction.LOGIN, by=By(clerk, address))  # its owner works from two places
    guessed_from = itertools.cycle(["10.200.0.1", *itertools.islice(addresses(), 100), "10.200.0.2"])
    reached = []
    for second in range(0, QUARTER, 5):
        clock[0] = NOON + second
        before = len(hashed)
        guess(address=next(guessed_from))
        reached += [second] * (len(hashed) - before)
    assert 7 <= len(reached) <= 10
    assert reached[:5] == [0, 5, 10, 15, 20]


def test_ten_thousand_tries_of_one_name_let_seven_pass_in_fifteen_minutes(db, clock):
    passed = 0
    for number in range(10_000):
        clock[0] = NOON + number * QUARTER / 10_000
        passed += SpentPace.objects.take("name", NAME)
    assert passed == 5 + 1  # at 0, and at 450 s; the next at 900 s
    clock[0] = NOON + QUARTER
    assert SpentPace.objects.take("name", NAME)


def test_right_password_while_slowed_is_not_looked_at_and_the_page_says_so(clerk, clock, hashed):
    for address in itertools.islice(addresses(), 5):
        assert guess(address=address).status_code == 200
    hashed.clear()
    slowed, wrong, unknown = guess(password=PASSWORD), guess(), None
    for address in itertools.islice(addresses(), 6):
        unknown = guess("nobody", address=address)
    assert hashed == ["Wrong-Word-99"] * 5  # of the unknown name
    assert {slowed.status_code, wrong.status_code, unknown.status_code} == {429}
    assert "这一次没有核对密码（输对了也会这样提示）。请过 8 分钟再试。" in slowed.text
    assert len({body_of(slowed), body_of(wrong), body_of(unknown)}) == 1
    assert AuditEntry.objects.filter(detail__locked=True, subject="clerk").count() == 1  # the other is counted


def test_slowed_name_opens_again_by_itself_while_guessing_goes_on(clerk, clock):
    for address in itertools.islice(addresses(), 40):
        guess(address=address)
    clock[0] += NAME.seconds
    assert guess(password=PASSWORD, address="10.9.9.9").url == "/"


def test_guesses_from_elsewhere_do_not_keep_out_who_signed_in_from_here_before(clerk, clock):
    assert guess(password=PASSWORD, address="10.9.9.9").url == "/"
    for address in itertools.islice(addresses(), 40):
        guess(address=address)
    assert guess(password=PASSWORD, address="10.8.8.8").status_code == 429
    assert guess(password=PASSWORD, address="10.9.9.9").url == "/"


def test_signing_in_again_and_again_slows_nobody(clerk, clock):
    assert [guess(password=PASSWORD).status_code for _round in range(12)] == [302] * 12


def test_without_an_address_guesses_are_slowed_too(clerk, clock, hashed):
    answers = [guess(address="").status_code for _round in range(26)]
    assert len(hashed) == 5
    assert set(answers[5:]) == {429}


def test_one_address_over_many_names_is_slowed(db, clock, hashed):
    for number in range(60):
        guess(f"name{number}")
    assert len(hashed) == 20
    assert guess("other", address="10.0.0.2").status_code == 200
    clock[0] += 45
    hashed.clear()
    guess("name-later"), guess("name-last")
    assert len(hashed) == 1


def test_one_network_of_ipv6_is_one_address():
    assert pace.address_key("2001:db8::1") == pace.address_key("2001:db8::ffff:1")
    assert pace.address_key("2001:db8::1") != pace.address_key("2001:db8:0:1::1")


def test_unknown_name_and_wrong_password_cost_the_same_work(clerk, foreign_clerk, clock, hashed):
    foreign_clerk.is_active = False
    foreign_clerk.save()
    for name in ("clerk", "nobody", "foreign_clerk"):
        guess(name)
    assert len(hashed) == 3


def test_neither_name_nor_address_is_kept_in_clear(clerk, clock):
    guess("My-Password-In-Wrong-Field")
    kept = str(list(SpentPace.objects.values()))
    assert SpentPace.objects.count() == 3  # of the name, the address, and of what strangers make the log tell
    assert "Password" not in kept
    assert "10.0" not in kept


def test_what_is_no_longer_slowed_is_forgotten(db, clock):
    SpentPace.objects.take("old", Pace(1, 10))
    SpentPace.objects.take("new", Pace(1, 1000))
    clock[0] += 11
    pace.forget_spent()
    assert [row.key for row in SpentPace.objects.all()] == ["new"]


def test_begin_uses_nothing_of_a_name_that_its_address_may_not_try(db, clock):
    for number in range(20):
        begin(f"name{number}", "10.0.0.1")
    with pytest.raises(TooFastError):
        begin("clerk", "10.0.0.1")
    assert not SpentPace.objects.filter(key=pace.name_key("clerk")).exists()


def test_right_code_while_slowed_says_so_and_counts_a_little_later(client, lead, monkeypatch):
    device = device_of(lead)
    with_password(client, lead)
    for _round in range(3):
        type(device).objects.update(throttling_failure_timestamp=None)
        client.post("/second-factor/", {"code": wrong_code_for(device)})
    page = client.post("/second-factor/", {"code": code_for(device)})
    assert re.search(r"没有核对（输对了也会这样提示）。请过 [1-4] 秒再试。", page.text)
    device.refresh_from_db()
    device.throttling_failure_timestamp -= pace.timedelta(seconds=4)
    device.save()
    assert client.post("/second-factor/", {"code": code_for(device)}).url == "/"


def test_clock_of_the_machine_is_used(db):
    SpentPace.objects.take("name", NAME)
    assert abs(SpentPace.objects.get().spent_until - time.time() - NAME.seconds) < 60
