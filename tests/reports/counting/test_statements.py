"""Statements kept from call to call: they may change nothing but the speed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db.models import Q

from reports.counting import statements
from reports.counting.derive import derive, derive_units
from reports.figures import FIGURES, figure
from reports.figures.registry import Condition, Window, by_fact
from tests.reports import builders as make

RECENT = Condition(
    "收款在统计截止日前 30 天内",
    lambda window: Q(received_on__gt=window.cut_off - timedelta(days=30)),
    "收款日期较早",
)


@pytest.mark.parametrize("path", [None, "00010001"])
def test_every_figure_of_the_annexes_has_a_prepared_statement(db, path):
    for members in by_fact(FIGURES):
        assert statements._prepared("default", members, scoped=path is not None) is not None, members[0].fact.name


@pytest.mark.parametrize("path", [None, "00010001"])
def test_prepared_statement_is_the_one_the_orm_writes(year_2014, path):
    connection = statements.connections["default"]
    window = Window.of(year_2014, make.AS_OF)
    for members in by_fact(FIGURES):
        prepared = statements._prepared("default", members, scoped=path is not None)
        sql, params = statements._compile(connection, members, window, path)
        assert prepared.sql == sql
        assert prepared.values(statements._slots(connection, window, path)) == list(params)


def test_condition_that_reckons_with_the_window_is_written_anew_each_time(unit, year_2014):
    recent = replace(figure("raised"), conditions=(RECENT,), parts=())
    assert statements._prepared("default", (recent,), scoped=True) is None
    make.contribution(unit, received_on=date(2014, 7, 1))
    values = [derive(year_2014, unit, day, figures=(recent,))["raised"] for day in (date(2014, 7, 20), make.AS_OF)]
    assert [bool(value) for value in values] == [True, False]
    assert bool(derive_units(year_2014, date(2014, 7, 20), figures=(recent,)).total["raised"])
