"""What PostgreSQL gives out: nothing without a scope, and within one what its range of paths holds."""

import threading

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg2.extensions import cursor

from aid.models import Household
from portal.second_lock.people import scope_of
from portal.second_lock.scope import NOTHING, path_now, within
from tests import builders

pytestmark = pytest.mark.postgresql


@pytest.fixture
def homes(district, foreign_district):
    return builders.household(district), builders.household(foreign_district)


def numbers() -> int:
    return Household.objects.count()


def test_without_a_scope_no_row_is_given_out(homes):
    with within(NOTHING):
        assert numbers() == 0
    assert numbers() == 2


def test_a_used_connection_gives_out_no_more_than_a_new_one(homes, clerk):
    with scope_of(clerk):
        assert list(Household.objects.all()) == [homes[0]]
    with within(NOTHING):
        assert numbers() == 0


def test_scope_takes_in_what_lies_below_and_nothing_beside(city, district, grassroots, foreign_district):
    for union in (city, district, grassroots, foreign_district):
        builders.household(union)
    seen = dict.fromkeys((city, district, grassroots, foreign_district), 0)
    for union in seen:
        with within(union.path):
            seen[union] = numbers()
    assert list(seen.values()) == [4, 2, 1, 1]


def test_who_works_with_no_records_is_given_none(homes, admin, security):
    for person in (admin, security):
        with scope_of(person):
            assert numbers() == 0


@pytest.mark.parametrize("forged", ["%", "_", "0' OR true --", "0001%", "~", "\\", "0001\n"])
def test_scope_that_is_no_path_is_refused(forged):
    with pytest.raises(ValueError, match="no path"), within(forged):
        pass


@pytest.mark.parametrize("forged", ["%", "_", "____%", "~", "0001%"])
def test_pattern_in_the_setting_opens_nothing(homes, forged):
    """Past the program, as somebody would who can send statements of his own."""
    with transaction.atomic(), connection.connection.cursor(cursor_factory=cursor) as plain:
        plain.execute("SELECT set_config('portal.scope', %s, true)", [forged])
        plain.execute("SELECT count(*) FROM aid_household")
        assert plain.fetchone() == (0,)


def test_nothing_is_written_out_of_scope(homes, district, foreign_district, clerk):
    own, foreign = homes
    with scope_of(clerk):
        assert Household.objects.filter(pk=foreign.pk).update(version=9) == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Household.objects.filter(pk=own.pk).update(union_path=foreign_district.path)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            builders.household(foreign_district)


@pytest.mark.django_db(transaction=True)
def test_each_statement_outside_a_transaction_has_its_scope(homes, clerk):
    with scope_of(clerk):
        assert connection.get_autocommit()
        assert numbers() == 1
        assert len(list(Household.objects.iterator(chunk_size=1))) == 1  # a cursor of the server
    with connection.cursor() as asking:
        asking.execute("SHOW portal.scope")  # as the connection was left
        assert asking.fetchone() == ("",)


def test_cursor_of_the_server_has_the_scope_within_a_transaction(homes, clerk):
    with transaction.atomic(), scope_of(clerk):
        assert [home.pk for home in Household.objects.iterator(chunk_size=1)] == [homes[0].pk]


@pytest.mark.django_db(transaction=True)
def test_statement_that_fails_leaves_no_scope(homes, clerk):
    with scope_of(clerk), pytest.raises(DatabaseError):
        Household.objects.extra(where=["1/0 = 1"]).count()
    with within(NOTHING):
        assert numbers() == 0


def test_statements_are_told_as_they_were_asked(homes, clerk):
    with scope_of(clerk), CaptureQueriesContext(connection) as asked:
        numbers()
    assert [query["sql"].split(" ")[0] for query in asked] == ["SELECT"]
    assert "portal.scope" not in asked[0]["sql"]


def test_another_thread_begins_with_nothing(clerk, monkeypatch):
    monkeypatch.setattr("portal.second_lock.scope.outside", NOTHING)
    found = []
    with scope_of(clerk):
        thread = threading.Thread(target=lambda: found.append(path_now()))
        thread.start()
        thread.join()
    assert found == [NOTHING]
