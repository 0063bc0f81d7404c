"""Figures from what is kept of each unit: the same as counted anew, and counted again only where something changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q, Value

from portal.audit import By
from portal.keeping import keep_along
from portal.kept.forgetting import forget_all
from portal.kept.revisions import raise_units
from portal.models import Campaign, KeptCount
from reports.counting import kept
from reports.counting.compared import compared_days
from reports.counting.derive import derive_units
from reports.counting.kept import FORM_FIGURES, FUNNEL_FIGURES
from reports.counting.statements import grouped, unit_rows
from reports.figures.facts import CONTRIBUTIONS
from reports.figures.measures import COUNT
from reports.figures.registry import Condition, Figure, Window
from reports.figures.units import Unit
from tests.reports import builders as make

DAY = date(2014, 6, 3)


@pytest.fixture
def units(year_2014):
    units = make.small_city(3)
    for unit in units:
        make.payment(unit)
        make.contribution(unit, amount=Decimal("1000.05"))
        make.entry(unit)
        make.assistance(unit, kind="placement")
    return units


@pytest.fixture
def counted(monkeypatch):
    """The paths that are counted, one by one; None for all units in one pass."""
    asked = []
    monkeypatch.setattr(kept, "unit_rows", lambda *args: asked.append(args[2]) or unit_rows(*args))
    return asked


def same(campaign) -> bool:
    return FORM_FIGURES.of_units(campaign) == derive_units(campaign)


def test_kept_figures_are_the_counted_ones_to_the_fen(units, year_2014, counted):
    assert same(year_2014)
    assert set(counted) == {None}
    counted.clear()
    assert same(year_2014)
    assert counted == []


def test_only_the_unit_whose_record_was_written_is_counted_again(units, year_2014, counted, clerk):
    FORM_FIGURES.of_units(year_2014)
    counted.clear()
    record = make.contribution(units[1])
    record.amount = record.confirmed_amount = Decimal("0.01")
    keep_along(record, By(clerk))
    assert same(year_2014)
    assert set(counted) == {units[1].path}


def test_a_day_that_passes_is_asked_and_counts_again_only_who_has_a_record_dated_in_between(
    units, year_2014, counted, clock
):
    clock.set(DAY)
    make.contribution(units[0], received_on=date(2014, 6, 5))
    make.household(units[1], filed_on=date(2014, 6, 6))
    make.contribution(units[2], received_on=date(2014, 6, 7))
    FORM_FIGURES.of_units(year_2014)
    for day, stale in ((date(2014, 6, 4), set()), (date(2014, 6, 6), {units[0].path, units[1].path})):
        counted.clear()
        clock.set(day)
        assert same(year_2014)
        assert {path for path in counted if path} == (stale if len(stale) < 2 else set())
        assert bool(counted) == bool(stale)
        assert set(KeptCount.objects.values_list("cut_off", flat=True)) == {day}


def test_a_clock_that_was_wrong_and_is_put_back_leaves_nothing_wrong(units, year_2014, clock):
    make.contribution(units[0], received_on=date(2014, 6, 5))
    for day in (date(2014, 6, 9), DAY, date(2014, 6, 9)):
        clock.set(day)
        assert same(year_2014)


def test_another_day_than_today_is_counted_and_not_kept(units, year_2014, counted):
    assert FORM_FIGURES.of_units(year_2014, DAY) == derive_units(year_2014, DAY)
    assert counted == []
    assert not KeptCount.objects.exists()


@pytest.mark.parametrize("change", [{"starts_on": date(2014, 7, 2)}, {"ends_on": date(2014, 5, 1)}])
def test_other_days_of_the_campaign_are_another_question(units, year_2014, change):
    FORM_FIGURES.of_units(year_2014)
    Campaign.objects.filter(pk=year_2014.pk).update(**change)
    year_2014.refresh_from_db()
    assert same(year_2014)


def test_campaigns_and_kinds_of_figures_are_kept_apart(units, year_2014):
    for campaign in (year_2014, make.campaign(2013)):
        for _turn in range(2):
            assert same(campaign)
            assert FUNNEL_FIGURES.of_units(campaign) == derive_units(campaign, figures=FUNNEL_FIGURES.asked(campaign))
    assert KeptCount.objects.count() == 2 * 2 * len(units)


def test_a_write_that_commits_during_the_counting_is_not_hidden(units, year_2014, monkeypatch, clerk):
    record = make.contribution(units[0])

    def late(*args):
        yield from unit_rows(*args)
        if args[0][0].source is CONTRIBUTIONS:  # counted already
            record.confirmed_amount = record.amount = record.amount + 1
            keep_along(record, By(clerk))

    with monkeypatch.context() as patch:
        patch.setattr(kept, "unit_rows", late)
        assert not same(year_2014)
    assert same(year_2014)


def test_the_older_of_two_results_that_is_kept_last_is_not_believed(units, year_2014):
    FORM_FIGURES.of_units(year_2014)
    older = list(KeptCount.objects.all())
    make.contribution(units[0])
    FORM_FIGURES.of_units(year_2014)
    KeptCount.objects.all().delete()
    KeptCount.objects.bulk_create(older)
    assert same(year_2014)


def test_nothing_is_kept_within_a_transaction_that_somebody_holds(units, year_2014):
    with transaction.atomic():
        assert same(year_2014)
    assert not KeptCount.objects.exists()
    assert same(year_2014)
    assert KeptCount.objects.exists()


def test_a_migration_forgets_everything(units, year_2014):
    FORM_FIGURES.of_units(year_2014)
    forget_all()
    assert not KeptCount.objects.exists()


def test_a_unit_that_has_nothing_is_kept_too(year_2014, counted):
    make.small_city(2)
    same(year_2014)
    counted.clear()
    assert same(year_2014)
    assert counted == []


def test_changes_of_a_unit_that_is_not_asked_for_count_nothing(units, year_2014, counted):
    FORM_FIGURES.of_units(year_2014, units=units[:1])
    counted.clear()
    raise_units([units[2].path])
    assert FORM_FIGURES.of_units(year_2014, units=units[:1]).units == {
        units[0]: derive_units(year_2014).units[units[0]]
    }
    assert counted == []


def test_a_day_that_is_asked_in_another_way_than_of_a_field_is_refused(year_2014):
    odd = Condition("", lambda window: Q(received_on=Value(window.cut_off)), "")
    figure = Figure("odd", 0, "", "", Unit.PERSONS, CONTRIBUTIONS, COUNT, (odd,))
    with pytest.raises(LookupError):
        compared_days(grouped((figure,), Window(year_2014, year_2014.starts_on, DAY)), DAY)


def test_the_night_counts_what_the_morning_asks(units, year_2014, counted, clock, monkeypatch):
    clock.set(DAY)
    make.contribution(units[0], received_on=date(2014, 6, 4))
    FORM_FIGURES.of_units(year_2014)
    clock.set(date(2014, 6, 4))
    monkeypatch.setattr(Campaign.objects, "current", lambda: year_2014)
    call_command("sweep_jobs", verbosity=0)
    counted.clear()
    assert same(year_2014)
    assert FUNNEL_FIGURES.of_units(year_2014).units.keys() == set(units)
    assert counted == []
    assert set(KeptCount.objects.values_list("what", flat=True)) == {
        *("figures", "funnel", "turning", "coverage", "ledger"),
        *("visits_aided", "visits_practice", "visits_graduates"),
    }
