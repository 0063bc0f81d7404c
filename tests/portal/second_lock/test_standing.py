"""A role that passes the lock, and a table that is open, are told before the portal starts."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from portal.operating.checks import refuse_open_lock
from portal.second_lock import standing
from portal.second_lock.in_force import unlock_rows


def test_nothing_is_wrong_with_a_database_that_is_locked():
    assert standing.lock_faults() == []
    refuse_open_lock()


@pytest.mark.postgresql
def test_role_that_passes_the_lock_stops_the_start(monkeypatch):
    of_tests = "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user"  # which it may
    monkeypatch.setattr(standing, "ROLE", of_tests)
    with pytest.raises(ImproperlyConfigured, match="超级用户"):
        refuse_open_lock()


@pytest.mark.postgresql
@pytest.mark.parametrize("act", ["NO FORCE", "DISABLE"])
def test_table_that_is_open_stops_the_start(act):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE aid_household {act} ROW LEVEL SECURITY")
    with pytest.raises(ImproperlyConfigured, match=r"1 张表.*aid_household"):
        refuse_open_lock()


@pytest.mark.postgresql
def test_where_it_is_off_nothing_is_asked(settings, django_assert_num_queries):
    unlock_rows()
    settings.SECOND_LOCK = False
    with django_assert_num_queries(0):
        refuse_open_lock()
