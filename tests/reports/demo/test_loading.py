"""The demo city is loaded only where DEBUG is on, and on any day of the year."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from portal.models import Campaign, Union, User
from reports.counting.derive import derive_units
from reports.demo.city import load_city
from reports.demo.unit import DemoUnit
from reports.demo.words import UNIONS

DAYS = (datetime.date(2027, 1, 1), datetime.date(2028, 2, 29), datetime.date(2026, 12, 31), datetime.date(2026, 6, 30))
REPORTING = [code for code, _name, _kind, parent in UNIONS if parent == "310000"]


def test_demo_refuses_where_debug_is_off(db):
    with pytest.raises(CommandError, match="只能在开发环境") as refusal:
        call_command("load_demo")
    assert refusal.value.returncode == 1
    assert not Union.objects.exists()


def test_demo_refuses_among_unions_of_others(city):
    Union.objects.filter(pk=city.pk).update(name="别的市总工会")
    with override_settings(DEBUG=True), pytest.raises(CommandError, match="不载入演示数据"):
        call_command("load_demo")
    assert Union.objects.count() == 1
    assert not User.objects.exists()


def zeros(year: int, *slugs: str) -> dict[str, list[str]]:
    """Which of the figures are nothing, by unit."""
    units = derive_units(Campaign.objects.get(year=year)).units
    found = {str(unit): [slug for slug in slugs if not values[slug]] for unit, values in units.items()}
    return {unit: missing for unit, missing in found.items() if missing}


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_demo_can_be_loaded_any_day_and_fills_both_forms(db, monkeypatch, today):
    noon = datetime.datetime.combine(today, datetime.time(12), tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "now", lambda: noon)
    load_city()
    this_year = ("raised", "paid", "advanced", "aided", "migrant_aided", "practice_posts", "graduates", "job_events")
    assert zeros(today.year, *this_year, "event_posts", "employer_posts") == {}
    assert zeros(today.year - 1, "raised", "paid", "aided") == {}


def unit_on(today: datetime.date, code: str = "310101") -> DemoUnit:
    return DemoUnit((code, f"{code}01"), families=40, today=today)


@pytest.mark.parametrize("today", DAYS, ids=str)
@pytest.mark.parametrize("code", REPORTING)
def test_no_date_lies_in_the_future_but_that_of_graduation(today, code):
    late = [
        (title, heading, value)
        for title, rows in unit_on(today, code).rows.items()
        for row in rows
        for heading, value in row.items()
        if isinstance(value, datetime.date) and value > today and heading != "毕业日期"
    ]
    assert late == []


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_sheet_has_rows(today):
    rows = unit_on(today).rows
    assert len(rows) == 11
    assert all(rows.values())


def test_same_day_gives_the_same_people():
    assert unit_on(DAYS[0]).rows == unit_on(DAYS[0]).rows
