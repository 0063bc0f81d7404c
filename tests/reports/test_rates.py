"""Success rates against the sheets that the federation printed."""

from decimal import Decimal

import pytest

from reports.rates import Rates, per_cent, printed


def test_shanghai_sheet_of_2009():
    """5 005 graduates of whom 2 614 need help: 2 391 placed themselves or study on."""
    rates = Rates(graduates=5005, self_placed=1391, further_study=1000, placed=0)
    assert rates.need == 2614
    assert rates.need_share == Decimal("52.2")


def test_national_figures_of_2009_in_ten_thousands():
    """19.2 万 graduates, 3.3 万 signed or studying on, 14.1 万 placed."""
    rates = Rates(Decimal("19.2"), Decimal("3.3"), Decimal(0), Decimal("14.1"))
    assert rates.need == Decimal("15.9")
    assert rates.texts == ("82.8%", "88.7%", "90.6%")


def test_self_placed_and_further_study_count_alike():
    assert Rates(192, 33, 0, 141) != Rates(192, 0, 33, 141)
    assert Rates(192, 33, 0, 141).texts == Rates(192, 0, 33, 141).texts == Rates(192, 13, 20, 141).texts


def test_nobody_in_need_has_no_help_rate():
    assert Rates(10, 4, 6, 0).texts == ("0.0%", "—", "100.0%")


def test_no_graduates_have_no_rates():
    assert Rates(0, 0, 0, 0).texts == ("—", "—", "—")


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 8, "12.5%"), (1, 16, "6.3%"), (1, 3, "33.3%"), (2, 3, "66.7%"), (1, 2000, "0.1%")],
)
def test_halves_are_rounded_up_to_a_tenth(part, whole, expected):
    assert printed(per_cent(part, whole)) == expected
