"""Success rates against the sheets that the federation printed."""

from decimal import Decimal

from reports.counting.rates import Rates


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


def test_who_signed_alone_is_employed_but_not_placed():
    rates = Rates(graduates=100, self_placed=10, further_study=20, placed=40, signed=5)
    assert rates.texts == ("70.0%", "57.1%", "75.0%")
