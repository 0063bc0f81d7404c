"""Dates as people type them."""

from datetime import date

import pytest

from portal.days import with_year
from tests.clock import Clock


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("8.25", "2025-08-25"),  # lies ahead, and may not: last year's
        ("3.10", "2026-03-10"),  # today
        (" 3-9 ", "2026-03-09"),
        ("3/9", "2026-03-09"),
        ("3月9日", "2026-03-09"),
        ("2.29", "2.29"),  # no such day this year
        ("13.1", "13.1"),
        ("2014-08-25", "2014-08-25"),
        ("20140825", "20140825"),
        ("", ""),
    ],
)
def test_day_without_a_year_is_the_last_one(monkeypatch, typed, written):
    Clock(monkeypatch).set(date(2026, 3, 10))
    assert with_year(typed) == written


def test_day_that_may_lie_ahead_is_this_years(monkeypatch):
    Clock(monkeypatch).set(date(2026, 3, 10))
    assert with_year("8.25", future=True) == "2026-08-25"


def test_leap_day_of_a_year_before_that_has_none_stays_as_typed(monkeypatch):
    Clock(monkeypatch).set(date(2028, 2, 1))
    assert with_year("2.29") == "2.29"
