"""What waits and where the work stands, kept: the same as counted anew after a write, on another day, for all."""

import re
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from aid.models import FundBalance
from portal.access import can
from portal.audit import By
from portal.calendar.work_calendar import set_day
from portal.desk.counting import counted
from portal.desk.todos import all_todos, waiting_for
from portal.desk.ways import all_ways, count_ahead, ways_of
from portal.keeping import keep_along
from portal.kept.revisions import revisions
from portal.models import Campaign, InheritedHand, KeptCount, Union
from tests.aid import cases as casework
from tests.builders import one_of_each
from tests.clock import Clock
from tests.factories import UserFactory
from tests.reports import builders as make

RENEWALS = "去年受助、今年还没有续办的子女"


@pytest.fixture
def year(db):
    return make.campaign(localdate().year)


@pytest.fixture
def unit(year):
    return make.small_city(2)[0]


def numbers(user) -> dict[str, int]:
    return {str(waiting.label): waiting.count for waiting in waiting_for(user)}


def anew(user) -> dict[str, int]:
    asked = {str(todo.label): todo.rows(user) for todo in all_todos() if can(user, todo.permission)}
    return {label: number for label, number in counted(asked).items() if number}


def tables_of(rows) -> set[str]:
    try:
        return set() if isinstance(rows, int) else set(re.findall(r'"(\w+)"', str(rows.query)))
    except EmptyResultSet:  # nothing can match today
        return set()


@pytest.mark.parametrize("role", ["clerk", "lead"])
def test_what_is_kept_is_what_is_counted_and_read_by_one_query_each(unit, role, django_assert_num_queries):
    user = UserFactory(role=role, union=unit)
    one_of_each(unit)
    for _turn in range(2):
        assert numbers(user) == anew(user)
    with CaptureQueriesContext(connection) as queries:
        numbers(user)
    assert len([each for each in queries if "portal_keptcount" in each["sql"]]) == 1
    assert not [each for each in queries if "aid_document" in each["sql"]]


def test_a_write_is_seen_at_once(unit):
    clerk = UserFactory(union=unit)
    case = casework.case(unit, "draft")
    assert numbers(clerk)["要继续办理的助学申请"] == 1
    case.status = "withdrawn"
    keep_along(case, By(clerk))
    assert "要继续办理的助学申请" not in numbers(clerk)


def test_the_next_day_is_asked_for_itself(unit, monkeypatch):
    clock = Clock(monkeypatch)
    clerk = UserFactory(union=unit)
    home = make.household(unit, filed_on=localdate() - timedelta(days=365))
    assert "一年未核实的档案" not in numbers(clerk)
    clock.set(home.filed_on + timedelta(days=367))
    assert numbers(clerk)["一年未核实的档案"] == 1


def test_a_case_of_another_unit_is_seen_where_the_child_was_to_be_renewed(unit, year):
    clerk, other = UserFactory(union=unit), Union.objects.reporting().exclude(pk=unit.pk).get()
    child = make.child(unit)
    make.case(unit, year.year - 1, child=child)
    assert numbers(clerk)[RENEWALS] == 1
    make.case(other, year.year, child=make.child(other, person=child.person, on_file=False))
    assert RENEWALS not in numbers(clerk)


def test_another_day_of_work_raises_every_unit(unit, admin):
    before = revisions()
    set_day(date(2026, 3, 2), is_workday=False, name="调休", by=By(admin))
    now = revisions()
    paths = Union.objects.reporting().values_list("path", flat=True)
    assert {path for path in paths if now.get(path, 0) > before.get(path, 0)} == set(paths)


def test_of_who_sees_the_city_nothing_is_kept(unit, year):
    user = UserFactory(role="auditor", union=Union.objects.get(depth=1))
    assert numbers(user) == anew(user)
    assert not KeptCount.objects.exists()


def steps_of(user) -> dict[str, int]:
    slugs = {way.area for way in all_ways()}
    return {f"{way.label} {step.label}": step.count for way in ways_of(slugs, user) for step in way.steps if step.count}


def steps_anew(user) -> dict[str, int]:
    asked = {f"{way.label} {step.label}": step.rows for way in ways_for(user) for step in way.steps(user)}
    return {label: number for label, number in counted(asked).items() if number}


def ways_for(user):
    return [way for way in all_ways() if can(user, way.permission)]


@pytest.mark.parametrize("role", ["clerk", "reviewer", "auditor"])
def test_steps_are_those_counted_anew_whoever_wrote_since(unit, role):
    """Of the city the sum over its units and over what is its own; read again, nothing of the records is asked."""
    city, other = Union.objects.get(depth=1), Union.objects.reporting().exclude(pk=unit.pk).get()
    user = UserFactory(role=role, union=unit if role == "clerk" else city)
    for union in (unit, other, unit):
        one_of_each(union)
    make.household(city)
    for _turn in range(2):
        assert steps_of(user) == steps_anew(user)
    with CaptureQueriesContext(connection) as queries:
        before = steps_of(user)
    assert not [each for each in queries if re.search(r'"(aid|employment)_', each["sql"])]
    case = casework.case(unit, "draft")
    assert steps_of(user) == steps_anew(user) != before
    case.status = "withdrawn"
    keep_along(case, By(UserFactory(union=unit)))
    assert steps_of(user) == steps_anew(user)
    count_ahead(case.campaign)
    assert steps_of(user) == steps_anew(user)


def test_before_there_is_a_campaign_everything_is_asked(db):
    (unit,) = make.small_city(1)
    user = UserFactory(union=unit)
    make.household(unit)
    assert not Campaign.objects.exists()
    assert numbers(user) == anew(user)


def test_what_is_kept_reads_only_records_whose_writes_raise(unit, year):
    """Of the portal's own tables and of those of reports no write raises: a question that reads one is not kept."""
    owned = {model._meta.db_table for app in ("aid", "employment") for model in apps.get_app_config(app).get_models()}
    allowed = (owned - {FundBalance._meta.db_table}) | {Campaign._meta.db_table, Union._meta.db_table}
    allowed.add(InheritedHand._meta.db_table)  # written by a handover alone, which raises
    known = {model._meta.db_table for model in apps.get_models()}
    for role in ("clerk", "lead"):
        user = UserFactory(role=role, union=unit)
        for todo in all_todos():
            if todo.kept and can(user, todo.permission):
                assert tables_of(todo.rows(user)) & known <= allowed, todo.label
        for step in (step for way in ways_for(user) if way.kept for step in way.steps(user)):
            assert tables_of(step.rows) & known <= allowed, step.label
