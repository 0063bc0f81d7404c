"""The number of queries does not grow with the city."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.counting.derive import derive, derive_units
from tests.reports import builders as make


@pytest.fixture
def full_units(request, db):
    units = make.small_city(request.param)
    for unit in units:
        make.payment(unit)
        make.entry(unit)
        make.graduate(unit)
        make.practice_post(unit)
    return units


@pytest.mark.parametrize("full_units", [1, 5], indirect=True)
def test_all_figures_of_all_units_take_nine_queries(full_units, year_2014):
    with CaptureQueriesContext(connection) as queries:
        city = derive_units(year_2014, make.AS_OF)
    assert city.total["aided"] == len(full_units)
    assert len(queries) == 9  # the units, and one for each of the eight facts


@pytest.mark.parametrize("full_units", [1, 5], indirect=True)
def test_all_figures_of_one_unit_take_eight_queries(full_units, year_2014):
    with CaptureQueriesContext(connection) as queries:
        derive(year_2014, full_units[0], make.AS_OF)
    assert len(queries) == 8
