"""The demo city, once it is loaded: usable, filled, and loaded only once."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone

from aid.models import AidCase, Household
from portal.models import Import, Union
from reports.demo.city import FAMILIES
from reports.demo.words import ACCOUNTS, PASSWORD, UNIONS, WORKBOOK
from reports.models import Consolidation, Report
from tests.workbook.outcomes import row_counts

REPORTING = [code for code, _name, _kind, parent in UNIONS if parent == "310000"]


@pytest.fixture(scope="module")
def loaded(module_db) -> str:
    """The city, loaded once; what the command printed."""
    out = StringIO()
    with override_settings(DEBUG=True):
        call_command("load_demo", stdout=out)
    return out.getvalue()


@pytest.fixture
def demo(loaded, db) -> str:
    return loaded


def test_demo_prints_its_accounts(demo):
    assert PASSWORD in demo
    assert [name for name, *_rest in ACCOUNTS if f"  {name} " not in demo] == []


def test_demo_imports_bear_the_name_of_a_workbook(demo):
    assert set(Import.objects.values_list("file_name", flat=True)) == {WORKBOOK}


def test_demo_fills_every_reporting_unit(demo):
    assert sorted(Union.objects.reporting().values_list("code", flat=True)) == sorted(REPORTING)
    assert Household.objects.count() == sum(FAMILIES.values())
    assert set(FAMILIES) == set(REPORTING)


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


def test_demo_shows_reports_in_every_state_of_a_season(demo):
    this_year = timezone.localdate().year
    states = dict(Report.objects.filter(campaign__year=this_year).values_list("union__code", "state"))
    assert states == {"310102": "submitted", "310201": "under_review", "310301": "returned"}
    assert Report.objects.filter(campaign__year=this_year - 1, state="accepted").count() == len(REPORTING)
    assert Consolidation.objects.get().missing == []
