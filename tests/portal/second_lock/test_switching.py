"""`manage.py second_lock`, and the portal where it is off: Django's own engine, and nothing added to a statement."""

from contextlib import nullcontext

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError, connection

from aid.models import Household
from portal.second_lock import in_force
from portal.second_lock.middleware import SecondLockMiddleware
from portal.second_lock.scope import NOTHING, within
from portal.second_lock.standing import open_tables
from portal.second_lock.tables import locked_tables
from tests import builders
from tests.portal.test_settings import PRODUCTION, manage

LEFT = "SELECT count(*) FROM pg_proc WHERE proname LIKE '%%_with_others'"
ENGINE = "from django.conf import settings; print(settings.DATABASES['default']['ENGINE'])"


def said(capsys, *arguments) -> str:
    call_command("second_lock", *arguments)
    return capsys.readouterr().out


def left_behind() -> tuple[int, int]:
    """How many policies and functions of the lock there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_policies")
        policies = cursor.fetchone()[0]
        cursor.execute(LEFT)
        return policies, cursor.fetchone()[0]


@pytest.mark.postgresql
def test_command_takes_it_away_and_puts_it_in_force_again(capsys):
    number = len(locked_tables())
    assert f"已上锁 {number} 张表，未上锁 0 张" in said(capsys)
    told = said(capsys, "--off").splitlines()
    assert told[0].endswith(f"已上锁 0 张表，未上锁 {number} 张")
    assert told[1:] == open_tables() == locked_tables()
    assert left_behind() == (0, 0)
    assert "已上锁 0 张表" in said(capsys, "--off")
    for _again in range(2):
        assert f"SECOND_LOCK：开；已上锁 {number} 张表，未上锁 0 张" in said(capsys, "--on")
        assert left_behind()[0] == number


@pytest.mark.postgresql
def test_it_is_not_put_in_force_before_the_setting(capsys, settings):
    in_force.unlock_rows()
    settings.SECOND_LOCK = False
    with pytest.raises(CommandError, match="SECOND_LOCK=true"):
        call_command("second_lock", "--on")
    assert "SECOND_LOCK：关；已上锁 0 张表" in said(capsys)


def migrated(capsys, *arguments) -> str:
    call_command("migrate", *arguments)
    return capsys.readouterr().out


@pytest.mark.postgresql
def test_migrations_are_followed_by_the_lock_as_the_program_declares_it(capsys):
    number = len(locked_tables())
    in_force.unlock_rows()
    for unfinished in (["--plan"], ["--check"], ["aid"]):
        assert "第二道锁" not in migrated(capsys, *unfinished)
    assert open_tables() == locked_tables()
    for _again in range(2):
        assert f"已上第二道锁：{number} 张表。" in migrated(capsys)
        assert open_tables() == []
        assert left_behind()[0] == number


@pytest.mark.postgresql
def test_migrations_open_no_table_because_the_setting_is_gone(capsys, settings):
    settings.SECOND_LOCK = False
    with pytest.raises(CommandError, match="补上这一行"):
        call_command("migrate", verbosity=0)
    assert open_tables() == []
    in_force.unlock_rows()
    assert "第二道锁" not in migrated(capsys)


class Held:
    """A table that somebody holds while the first `tries` statements wait for it."""

    def __init__(self, tries: int):
        self.tries = tries

    def __call__(self, execute, sql, *rest):
        if sql.startswith("CREATE POLICY") and self.tries:
            self.tries -= 1
            raise OperationalError
        return execute(sql, *rest)


@pytest.mark.postgresql
@pytest.mark.parametrize(("tries", "done"), [(in_force.TRIES - 1, True), (in_force.TRIES, False)])
def test_a_table_that_is_held_is_waited_for_and_not_for_ever(tries, done, capsys):
    in_force.unlock_rows()
    with (
        connection.execute_wrapper(Held(tries)),
        nullcontext() if done else pytest.raises(CommandError, match="没有上完"),
    ):
        call_command("migrate", verbosity=0)
    assert (open_tables() == []) is done


@pytest.mark.postgresql
@pytest.mark.parametrize("way", ["--on", "--off"])
def test_who_does_not_own_the_tables_is_refused_in_words(way, monkeypatch):
    def refused():
        raise ProgrammingError

    for name in ("lock_rows", "unlock_rows"):
        monkeypatch.setattr(f"portal.management.commands.second_lock.{name}", refused)
    with pytest.raises(CommandError, match="所有者"):
        call_command("second_lock", way)


@pytest.mark.postgresql
def test_where_it_is_off_a_statement_goes_as_it_is(settings, district):
    in_force.unlock_rows()
    settings.SECOND_LOCK = False
    builders.household(district)
    with within(NOTHING):
        assert Household.objects.count() == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            assert cursor.cursor.query == b"SELECT 1"
            cursor.executemany("UPDATE aid_household SET version = %s", [(2,), (3,)])
            assert cursor.cursor.query == b"UPDATE aid_household SET version = 3"


def test_where_it_is_off_no_request_passes_it(settings):
    settings.SECOND_LOCK = False
    with pytest.raises(MiddlewareNotUsed):
        SecondLockMiddleware(lambda _request: None)


@pytest.mark.parametrize(
    ("given", "engine"),
    [({}, "django.db.backends.postgresql"), ({"SECOND_LOCK": "true"}, "portal.second_lock.postgresql")],
)
def test_production_takes_our_engine_only_where_it_is_on(given, engine):
    result = manage("shell", "--verbosity", "0", "--command", ENGINE, **PRODUCTION, **given)
    assert result.stdout.strip() == engine, result.stderr
