"""Where a graduate stands: each standing with what just makes it and what just does not, and the order among them."""

from datetime import date, timedelta

import pytest

from employment.graduates.standing import OPEN_ENDED, seeking, with_standing
from employment.models import Graduate
from tests import builders
from tests.employment import builders as work
from tests.reports import builders as make

pytestmark = pytest.mark.django_db

TODAY = date(2014, 7, 15)
YESTERDAY, TOMORROW = date(2014, 7, 14), date(2014, 7, 16)


def standing(graduate: Graduate) -> str:
    return with_standing(Graduate.objects.filter(pk=graduate.pk), TODAY).get().standing


def needs_help_now(graduate: Graduate) -> bool:
    return seeking(Graduate.objects.filter(pk=graduate.pk), TODAY).exists()


@pytest.fixture
def graduate(district):
    """Registered on 1 March, needs help, and nobody has spoken with them."""
    return builders.graduate(district)


def changed(graduate: Graduate, **fields) -> Graduate:
    for name, value in fields.items():
        setattr(graduate, name, value)
    graduate.save()
    return graduate


def helped(graduate: Graduate, kind: str, given_on: date, **fields):
    return make.assistance(graduate.union, graduate=graduate, kind=kind, given_on=given_on, **fields)


def test_graduate_with_nothing_is_to_be_contacted(graduate):
    assert standing(graduate) == "to_contact"
    assert needs_help_now(graduate)


@pytest.mark.parametrize(("closed_on", "expected"), [(TODAY, "untracked"), (TOMORROW, "to_contact")])
def test_closed_file_is_untracked_from_its_last_day(graduate, closed_on, expected):
    assert standing(changed(graduate, closed_on=closed_on)) == expected
    assert needs_help_now(graduate) is (expected == "to_contact")


@pytest.mark.parametrize(("closed_on", "expected"), [(TODAY, "untracked"), (TOMORROW, "to_contact")])
def test_graduate_of_a_closed_household_is_untracked(graduate, closed_on, expected):
    changed(graduate.household, closed_on=closed_on)
    assert standing(graduate) == expected
    assert needs_help_now(graduate) is (expected == "to_contact")


def test_closed_file_goes_before_whatever_was_reached(graduate):
    changed(graduate, closed_on=TODAY, contract_on=YESTERDAY, intention="further_study")
    assert standing(graduate) == "untracked"


def test_further_study_goes_before_a_contract(graduate):
    changed(graduate, intention="further_study", contract_on=YESTERDAY)
    assert standing(graduate) == "further_study"
    assert not needs_help_now(graduate)


@pytest.mark.parametrize(("contract_on", "expected"), [(TODAY, "signed"), (TOMORROW, "to_contact")])
def test_contract_counts_from_its_day(graduate, contract_on, expected):
    assert standing(changed(graduate, contract_on=contract_on)) == expected
    assert needs_help_now(graduate) is (expected == "to_contact")


def test_self_placed_is_signed_without_a_contract(graduate):
    assert standing(changed(graduate, intention="self_placed")) == "signed"
    assert not needs_help_now(graduate)


@pytest.mark.parametrize(("given_on", "expected"), [(TODAY, "signed"), (TOMORROW, "to_contact")])
def test_placement_counts_from_its_day(graduate, given_on, expected):
    helped(graduate, "placement", given_on)
    assert standing(graduate) == expected
    assert needs_help_now(graduate) is (expected == "to_contact")


@pytest.mark.parametrize(
    ("employed", "asked_on", "expected"),
    [(False, TODAY, "help_needed"), (False, TOMORROW, "signed"), (True, TODAY, "signed")],
)
def test_placement_that_was_left_counts_no_more(graduate, employed, asked_on, expected):
    placement = helped(graduate, "placement", date(2014, 4, 1))
    work.retention_check(graduate.union, placement=placement, employed=employed, asked_on=asked_on)
    assert standing(graduate) == expected
    assert needs_help_now(graduate) is (expected == "help_needed")


def test_contract_of_the_work_that_was_left_counts_no_more(graduate):
    placement = helped(graduate, "placement", date(2014, 4, 1))
    work.retention_check(graduate.union, placement=placement, employed=False, asked_on=YESTERDAY)
    assert standing(changed(graduate, contract_on=date(2014, 4, 1))) == "help_needed"
    assert standing(changed(graduate, contract_on=YESTERDAY)) == "help_needed"


def test_contract_signed_after_the_work_was_left_counts(graduate):
    placement = helped(graduate, "placement", date(2014, 4, 1))
    work.retention_check(graduate.union, placement=placement, employed=False, asked_on=YESTERDAY)
    assert standing(changed(graduate, contract_on=TODAY)) == "signed"
    assert not needs_help_now(graduate)


@pytest.mark.parametrize(
    ("state", "referred_on", "expected"),
    [
        ("passed", TODAY, "offered"),
        ("accepted_offer", TODAY, "offered"),
        ("passed", TOMORROW, "to_contact"),
        ("declined_offer", TODAY, "help_needed"),
        ("not_taken", TODAY, "help_needed"),
        ("withdrawn_offer", TODAY, "help_needed"),
    ],
)
def test_open_referral_is_an_offer_and_an_answered_one_was_help(graduate, state, referred_on, expected):
    work.referral(graduate.union, graduate=graduate, state=state, referred_on=referred_on)
    assert standing(graduate) == expected
    assert needs_help_now(graduate)


def test_contract_goes_before_an_open_referral_and_that_before_practice(graduate):
    work.referral(graduate.union, graduate=graduate, referred_on=TODAY)
    helped(graduate, "internship", TODAY)
    assert standing(graduate) == "offered"
    assert standing(changed(graduate, contract_on=TODAY)) == "signed"


@pytest.mark.parametrize(("kind", "under_way"), [("internship", "in_practice"), ("training", "in_training")])
@pytest.mark.parametrize(
    ("given_on", "ends_on", "holds"),
    [
        (date(2014, 6, 1), TODAY, True),
        (date(2014, 6, 1), YESTERDAY, False),
        (TODAY - OPEN_ENDED, None, True),
        (TODAY - OPEN_ENDED - timedelta(days=1), None, False),
        (TODAY, None, True),
    ],
)
def test_training_and_practice_last_to_their_day_or_ninety(graduate, kind, under_way, given_on, ends_on, holds):
    helped(graduate, kind, given_on, ends_on=ends_on)
    assert standing(graduate) == (under_way if holds else "help_needed")
    assert needs_help_now(graduate)


def test_training_that_begins_tomorrow_is_not_yet_under_way(graduate):
    helped(graduate, "training", TOMORROW, ends_on=date(2014, 8, 1))
    assert standing(graduate) == "to_contact"


def test_practice_goes_before_training(graduate):
    helped(graduate, "training", TODAY)
    helped(graduate, "internship", YESTERDAY)
    assert standing(graduate) == "in_practice"


@pytest.mark.parametrize(
    ("visited_on", "expected"),
    [
        (date(2014, 3, 1), "help_needed"),
        (date(2014, 2, 28), "to_contact"),
        (TODAY, "help_needed"),
        (TOMORROW, "to_contact"),
    ],
)
def test_visit_since_registration_is_a_contact(graduate, visited_on, expected):
    builders.visit(graduate.union, person=graduate.person, visited_on=visited_on)
    assert standing(graduate) == expected


def test_visit_to_the_worker_is_no_contact_with_the_graduate(graduate):
    builders.visit(graduate.union, person=graduate.household.worker, visited_on=TODAY)
    assert standing(graduate) == "to_contact"


@pytest.mark.parametrize(("held_on", "expected"), [(TODAY, "help_needed"), (TOMORROW, "to_contact")])
def test_event_that_was_held_is_a_contact(graduate, held_on, expected):
    work.attendance(graduate.union, graduate=graduate, event=make.event(graduate.union, held_on=held_on))
    assert standing(graduate) == expected


@pytest.mark.parametrize(("promised_on", "expected"), [(TODAY, "help_needed"), (TOMORROW, "to_contact")])
def test_promise_is_a_contact(graduate, promised_on, expected):
    work.promise(graduate.union, graduate=graduate, promised_on=promised_on)
    assert standing(graduate) == expected


def test_help_of_another_kind_is_a_contact_and_nothing_under_way(graduate):
    helped(graduate, "policy", TODAY)
    assert standing(graduate) == "help_needed"


def test_what_happened_to_one_graduate_says_nothing_of_another(graduate):
    other = builders.graduate(graduate.union)
    helped(other, "placement", TODAY)
    work.referral(other.union, graduate=other, referred_on=TODAY)
    builders.visit(other.union, person=other.person, visited_on=TODAY)
    assert standing(graduate) == "to_contact"


def test_standing_of_many_is_one_query(graduate, django_assert_num_queries):
    builders.graduate(graduate.union)
    with django_assert_num_queries(1):
        found = with_standing(Graduate.objects.all(), TODAY).order_by("pk").values_list("standing", flat=True)
        assert list(found) == ["to_contact", "to_contact"]
