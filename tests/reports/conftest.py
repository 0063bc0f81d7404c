"""Units and a campaign for the tests of figures."""

import pytest

from portal.models import Campaign, Union
from tests.clock import Clock
from tests.reports import builders


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """`clock.set(day)`: from now on it is that day."""
    return Clock(monkeypatch)


@pytest.fixture
def units(db) -> list[Union]:
    return builders.small_city(2)


@pytest.fixture
def unit(units) -> Union:
    return units[0]


@pytest.fixture
def year_2014(db) -> Campaign:
    return builders.campaign(2014)
