"""Figures as text: exact, with the places the forms ask for."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.figures.units import Unit


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (Unit.WAN_YUAN, Decimal("520.48"), "0.052048"),
        (Unit.WAN_YUAN, Decimal("7979.40"), "0.79794"),
        (Unit.WAN_YUAN, Decimal("0.00"), "0.00"),
        (Unit.WAN_YUAN, 0, "0.00"),
        (Unit.WAN_YUAN, Decimal("0.01"), "0.000001"),
        (Unit.WAN_YUAN, Decimal(10000), "1.00"),
        (Unit.WAN_YUAN, Decimal("15000.00"), "1.50"),
        (Unit.WAN_YUAN, Decimal("123456789012.34"), "12345678.901234"),
        (Unit.WAN_YUAN, Decimal("-520.48"), "-0.052048"),
        (Unit.WAN_YUAN, Decimal(1000000), "100.00"),
        (Unit.YUAN, Decimal("14347.63"), "14347.63"),
        (Unit.YUAN, Decimal(500), "500.00"),
        (Unit.YUAN, Decimal("500.50"), "500.50"),
        (Unit.YUAN, 0, "0.00"),
        (Unit.PERSONS, 0, "0"),
        (Unit.PERSONS, 1200, "1200"),
        (Unit.PERSON_TIMES, 7, "7"),
        (Unit.EMPLOYERS, 3, "3"),
        (Unit.POSTS, 52, "52"),
        (Unit.EVENTS, 5, "5"),
    ],
)
def test_format_is_exact(unit, value, text):
    assert unit.format(value) == text


@given(st.integers(min_value=0, max_value=10**15))
def test_format_of_wan_yuan_loses_no_fen(fen):
    yuan = Decimal(fen).scaleb(-2)
    text = Unit.WAN_YUAN.format(yuan)
    places = text.partition(".")[2]
    assert Decimal(text) * 10000 == yuan
    assert 2 <= len(places) <= 6
    assert len(places) == 2 or not places.endswith("0")


def test_label_of_each_unit():
    assert [str(unit.label) for unit in Unit] == ["人", "人次", "家", "个", "场", "万元", "元"]
