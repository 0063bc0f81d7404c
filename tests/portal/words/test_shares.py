"""One rule of rounding: a half goes up, to a tenth."""

from decimal import Decimal

import pytest

from portal.words.shares import half_up, per_cent, printed


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (1, 8, "12.5%"),
        (1, 16, "6.3%"),
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (1, 2000, "0.1%"),
        (7632, 10000, "76.3%"),
        (6957, 10000, "69.6%"),
        (9996, 10000, "100.0%"),
        (-1, 16, "-6.3%"),
        (1, 0, "—"),
    ],
)
def test_halves_are_rounded_up_to_a_tenth(part, whole, expected):
    assert printed(per_cent(part, whole)) == expected


def test_other_steps_follow_the_same_rule():
    assert half_up(Decimal("2.345"), Decimal("0.01")) == Decimal("2.35")
    assert half_up(Decimal("2.25")) == Decimal("2.3")
