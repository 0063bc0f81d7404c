"""Who has had no help for 30 days: the 30th day counts, the 29th does not; the to-do counts the list it opens."""

from datetime import date, timedelta

import pytest

from employment.graduates.overlooked import overlooked
from employment.models import Graduate
from portal.desk.todos import waiting_for
from tests import builders
from tests.employment import builders as work
from tests.lists import shown
from tests.reports import builders as make

pytestmark = pytest.mark.django_db

TODAY = date(2014, 7, 31)
DAY_30, DAY_29 = date(2014, 7, 1), date(2014, 7, 2)
LONG_AGO = date(2014, 3, 1)


def is_overlooked(graduate) -> bool:
    return overlooked(Graduate.objects.filter(pk=graduate.pk), TODAY).exists()


@pytest.fixture
def graduate(district):
    return builders.graduate(district, registered_on=LONG_AGO)


def test_nobody_helped_since_registration(graduate):
    assert is_overlooked(graduate)


@pytest.mark.parametrize(("registered_on", "expected"), [(DAY_30, True), (DAY_29, False)])
def test_new_file_has_30_days(registered_on, expected, district):
    assert is_overlooked(builders.graduate(district, registered_on=registered_on)) is expected


@pytest.mark.parametrize(("given_on", "expected"), [(DAY_30, True), (DAY_29, False), (TODAY, False)])
def test_help_counts_for_29_days(given_on, expected, graduate):
    make.assistance(graduate.union, graduate=graduate, kind="policy", given_on=given_on)
    assert is_overlooked(graduate) is expected


def test_help_of_tomorrow_is_not_yet_given(graduate):
    make.assistance(graduate.union, graduate=graduate, kind="policy", given_on=TODAY + timedelta(days=1))
    assert is_overlooked(graduate)


@pytest.mark.parametrize(("held_on", "expected"), [(DAY_30, True), (DAY_29, False)])
def test_attended_event_is_help(held_on, expected, graduate):
    work.attendance(graduate.union, event=make.event(graduate.union, held_on=held_on), graduate=graduate)
    assert is_overlooked(graduate) is expected


@pytest.mark.parametrize(
    ("kind", "ends_on", "expected"),
    [
        ("training", TODAY, False),
        ("internship", TODAY, False),
        ("training", date(2014, 7, 30), True),
        ("policy", TODAY, True),
    ],
)
def test_training_and_practice_are_help_while_they_go_on(kind, ends_on, expected, graduate):
    make.assistance(graduate.union, graduate=graduate, kind=kind, given_on=date(2014, 6, 1), ends_on=ends_on)
    assert is_overlooked(graduate) is expected


@pytest.mark.parametrize(
    ("state", "referred_on", "expected"),
    [
        ("passed", LONG_AGO, False),
        ("declined_offer", DAY_30, True),
        ("declined_offer", DAY_29, False),
    ],
)
def test_offer_is_help_while_it_waits_and_for_29_days(state, referred_on, expected, graduate):
    work.referral(graduate.union, graduate=graduate, state=state, referred_on=referred_on)
    assert is_overlooked(graduate) is expected


@pytest.mark.parametrize("fields", [{"contract_on": TODAY}, {"intention": "self_placed"}, {"closed_on": TODAY}])
def test_who_seeks_no_work_is_not_overlooked(fields, district):
    assert not is_overlooked(builders.graduate(district, registered_on=LONG_AGO, **fields))


def test_home_page_counts_what_its_list_shows(district, sibling, foreign_district, clerk, client_of):
    """By the calendar of today: whoever was registered in 2014 waits."""
    for union, name in ((district, "甲一"), (sibling, "乙二"), (foreign_district, "丙三")):
        builders.graduate(union, name, registered_on=LONG_AGO)
    builders.graduate(district, "丁四", registered_on=LONG_AGO, contract_on=DAY_30)
    item = next(item for item in waiting_for(clerk) if str(item.label) == "30 天没有得到帮扶的毕业生")
    assert (item.count, item.url) == (2, "/graduates/?overlooked=yes")
    client = client_of(clerk)
    assert shown(client, "graduate", overlooked="yes") == {"甲一", "乙二"}
    assert shown(client, "graduate", overlooked="no") == {"丁四"}
