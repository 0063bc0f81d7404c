"""The demo city: only where DEBUG is on, once, usable, and possible on any day of the year."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.utils import timezone

from aid.models import AidCase, Household
from portal.models import Campaign, Union, User
from reports.counting.derive import derive_units
from reports.demo.city import FAMILIES, load_city
from reports.demo.unit import DemoUnit
from reports.demo.words import ACCOUNTS, PASSWORD, UNIONS
from reports.models import Consolidation, Report
from tests.workbook.outcomes import row_counts

DAYS = (datetime.date(2027, 1, 1), datetime.date(2028, 2, 29), datetime.date(2026, 12, 31), datetime.date(2026, 6, 30))
REPORTING = [code for code, _name, _kind, parent in UNIONS if parent == "310000"]


@pytest.fixture
def demo(db, capsys) -> str:
    """The city loaded; what the command printed."""
    with override_settings(DEBUG=True):
        call_command("load_demo")
    return capsys.readouterr().out


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


def test_demo_prints_its_accounts(demo):
    assert PASSWORD in demo
    assert [name for name, *_rest in ACCOUNTS if f"  {name} " not in demo] == []


def test_demo_fills_every_reporting_unit(demo):
    assert sorted(Union.objects.reporting().values_list("code", flat=True)) == sorted(REPORTING)
    assert Household.objects.count() == sum(FAMILIES.values())
    assert set(FAMILIES) == set(REPORTING)


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


def test_second_load_changes_nothing(demo):
    before, cases = row_counts(), list(AidCase.objects.order_by("pk").values())
    with override_settings(DEBUG=True):
        call_command("load_demo")
    assert row_counts() == before
    assert list(AidCase.objects.order_by("pk").values()) == cases


def test_accounts_log_in_and_come_to_their_home(demo, settings):
    settings.SECOND_FACTOR_REQUIRED = False  # as in development
    for username, name, role, code in ACCOUNTS:
        client = Client()
        answer = client.post("/sign-in/", {"username": username, "password": PASSWORD}, follow=True)
        assert answer.redirect_chain == [("/", 302)]
        user = answer.context["user"]
        assert (user.name, user.role, user.union.code) == (name, role, code)


def test_clerk_opens_the_annex_of_the_demo(demo, settings):
    client = Client()
    client.post("/sign-in/", {"username": "clerk", "password": PASSWORD})
    answer = client.get("/annex/")
    assert answer.status_code == 200
    assert "东江区总工会" in answer.text


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


def test_demo_shows_reports_in_every_state_of_a_season(demo):
    this_year = timezone.localdate().year
    states = dict(Report.objects.filter(campaign__year=this_year).values_list("union__code", "state"))
    assert states == {"310102": "submitted", "310201": "under_review", "310301": "returned"}
    assert Report.objects.filter(campaign__year=this_year - 1, state="accepted").count() == len(REPORTING)
    assert Consolidation.objects.get().missing == []
