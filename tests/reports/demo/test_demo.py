"""The demo city, once it is loaded: usable, filled, and loaded only once."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone

from aid.models import AidCase, Household
from portal.models import Import, Union, User
from portal.settings import base
from reports.demo.city import FAMILIES
from reports.demo.unit import DemoUnit
from reports.demo.words import ACCOUNTS, PASSWORD, UNIONS, WORKBOOK
from reports.models import Consolidation, Report, ReportEvent
from reports.review.late import days_late_of
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


def test_demo_imports_bear_the_names_of_files(demo):
    assert set(Import.objects.values_list("file_name", flat=True)) == {WORKBOOK, "求职申请.xlsx"}


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


def test_nothing_of_last_year_was_late_and_this_year_has_gone_on_for_days(demo):
    this_year = timezone.localdate().year
    last = Report.objects.filter(campaign__year=this_year - 1)
    assert [report for report in last if days_late_of(report)] == []
    summed = Consolidation.objects.get()
    assert [each["days_late"] for each in summed.submissions] == [0] * len(REPORTING)
    assert summed.made_at.year == this_year - 1
    events = ReportEvent.objects.filter(report__campaign__year=this_year)
    today = timezone.localdate()
    days = {max(today - timedelta(days=ago), date(this_year, 1, 1)) for ago in (6, 3, 1, 0)}
    assert set(events.values_list("at__date", flat=True)) == days


def test_log_in_page_names_the_accounts_in_the_demo_and_nowhere_else(demo, settings):
    settings.NAMED_ACCOUNTS = "reports.demo.accounts.demo_accounts"
    assert "演示账号" not in Client().get("/sign-in/").text
    settings.DEBUG = True
    page = Client().get("/sign-in/").text
    assert [name for name, *_rest in ACCOUNTS if f"<code>{name}</code>" not in page] == []
    assert PASSWORD in page
    User.objects.filter(username="lead").update(name="别人")
    assert "<code>lead</code>" not in Client().get("/sign-in/").text


def test_outside_development_no_account_is_named():
    assert base.NAMED_ACCOUNTS == ""
    assert production_names() == []


def production_names() -> list[str]:
    text = (base.BASE_DIR / "portal" / "settings" / "production.py").read_text()
    return [line for line in text.splitlines() if "NAMED_ACCOUNTS" in line]


@pytest.mark.parametrize("today", [date(2026, 1, 9), date(2026, 4, 2), date(2026, 7, 15), date(2026, 11, 30)])
def test_season_lies_behind_whoever_tries_the_demo_on_any_day(today):
    unit = DemoUnit(("310101", "31010101"), families=20, today=today)
    cases = [row for row in unit.rows["助学申请"] if row["活动年度"] == today.year]
    assert max(row["申请日期"] for row in cases) <= today
    ordered = [(row["申请日期"], row["公示开始日期"], row["审批日期"]) for row in cases if row["审批日期"]]
    assert [each for each in ordered if list(each) != sorted(each)] == []
    paid = [row["发放日期"] for row in unit.rows["助学款发放"]]
    assert max(paid) <= today
    assert len({row["申请日期"] for row in cases}) >= min(5, (today - date(today.year, 1, 1)).days // 4)
