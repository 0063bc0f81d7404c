"""Placements under many hands at once, on PostgreSQL with real threads; each race also with its guard taken away."""

import contextlib
import threading
from collections import Counter

import pytest

from employment.models import Assistance, Referral
from employment.referrals import services as referring
from employment.referrals.services import move_referral
from portal.audit import By
from portal.enums import Role
from portal.workflow import Move
from tests.employment.builders import referral, vacancy
from tests.factories import UserFactory
from tests.reports.handed_in.test_races import PATIENCE, at_once, without_locks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
CROWD = 8


@pytest.fixture
def clerks(district):
    return [UserFactory(role=Role.CLERK, union=district) for _turn in range(CROWD)]


def all_meet_after(monkeypatch, owner, name):
    """Whoever has asked `name` waits for the whole crowd to have asked; whoever is kept away lets it go on."""
    barrier, plain = threading.Barrier(CROWD), getattr(owner, name)

    def wrapped(*args, **kwargs):
        answer = plain(*args, **kwargs)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(PATIENCE)
        return answer

    monkeypatch.setattr(owner, name, wrapped)


def placing(told, clerk):
    return lambda: move_referral(Referral.objects.select_related("union").get(pk=told.pk), "place", by=By(clerk))


def names(outcomes) -> Counter:
    return Counter(type(outcome).__name__ for outcome in outcomes)


def test_one_referral_is_placed_once_by_many(district, clerks):
    told = referral(district, state="accepted_offer")
    outcomes = at_once(*(placing(told, clerk) for clerk in clerks))
    assert names(outcomes) == {"Referral": 1, "MoveRefused": CROWD - 1}
    assert Assistance.objects.count() == 1
    assert told.history.count() == 2


@pytest.fixture
def rivals(district):
    """As many who accepted as there are clerks, and two posts."""
    of = vacancy(district, posts=2)
    return [referral(district, vacancy=of, state="accepted_offer") for _turn in range(CROWD)]


def test_two_posts_take_two_of_many(rivals, clerks):
    outcomes = at_once(*(placing(told, clerk) for told, clerk in zip(rivals, clerks, strict=True)))
    assert names(outcomes) == {"Referral": 2, "MoveRefused": CROWD - 2}
    assert Assistance.objects.count() == Referral.objects.filter(state="placed").count() == 2


def test_without_the_lock_more_are_placed_than_there_are_posts(monkeypatch, rivals, clerks):
    """The race itself: everybody saw two free posts; numbers are given out beforehand, so that they do not stop it."""
    without_locks(monkeypatch)
    monkeypatch.setattr(referring, "_place", lambda told, *_args: Assistance.objects.get(graduate=told.graduate))
    for told in rivals:
        help_ = Assistance(number=f"J{told.pk}", graduate=told.graduate, given_on=told.referred_on, kind="placement")
        help_.place_with(told)
        help_.save()
    all_meet_after(monkeypatch, Move, "hindrance")
    at_once(*(placing(told, clerk) for told, clerk in zip(rivals, clerks, strict=True)))
    assert Referral.objects.filter(state="placed").count() > 2
