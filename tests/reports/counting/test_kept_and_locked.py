"""What is kept of all units is the same whoever asks first, also where the second lock gives out one's own alone."""

from datetime import date

import pytest

from portal.second_lock.scope import within
from reports.counting.derive import derive_units
from reports.counting.kept import FORM_FIGURES
from tests.reports import builders as make
from tests.second_lock import in_force

DAYS = date(2014, 6, 3), date(2014, 6, 4), date(2014, 6, 8)
LAST = date(2014, 8, 1)


@pytest.fixture
def units(db):
    with in_force():
        units = make.small_city(3)
        for unit in units:
            make.payment(unit)
            make.contribution(unit, received_on=date(2014, 6, 5))
        yield units


def test_figures_of_other_units_are_counted_and_kept_whole(units, year_2014, clock):
    for day in DAYS:
        clock.set(day)
        with within(units[0].path):
            asked = FORM_FIGURES.of_units(year_2014)
        assert asked == derive_units(year_2014) == FORM_FIGURES.of_units(year_2014)


def test_figures_of_other_units_on_another_day_are_counted_whole(units, year_2014):
    with within(units[0].path):
        asked = FORM_FIGURES.of_units(year_2014, LAST)
    assert asked == derive_units(year_2014, LAST)
