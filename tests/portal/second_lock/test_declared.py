"""Every table of ours is locked or stands outside with its reason, and the database says the same."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from portal.second_lock.across import Across
from portal.second_lock.in_force import all_locks
from portal.second_lock.policies import SCOPE
from portal.second_lock.scope import EVERYTHING
from portal.second_lock.tables import OURS, OUTSIDE, locked_tables, ours

# Where each reason to ask across units is given: a new place is a decision, and stands here.
PLACES = {
    Across.COMMAND: {"manage.py"},
    Across.KEYS: {"portal/operating/checks.py"},
    Across.KNOWN: {"aid/casework/rivals.py", "aid/households/known_people.py"},
    Across.SHARED: {"aid/cards/holders.py", "aid/deciding/twice.py"},
    Across.REFUSED: {"portal/refusals/lookup.py"},
    Across.RULES: {"portal/workbook/importing/checking.py"},
    Across.NUMBERS: {
        "portal/records/editing/saving.py",
        "portal/workbook/importing/checking.py",
        "portal/workbook/numbers.py",
    },
    Across.REVISIONS: {"portal/kept/revisions.py"},
    Across.KEPT: {"portal/kept/counts.py", "reports/counting/kept.py"},
    Across.PATTERN: {"reports/review/hints.py"},
    Across.HANDOVER: {"portal/handover/service.py"},
    Across.UNIONS: {"portal/unions/merging.py"},
    Across.ENQUIRY: {"employment/enquiries/services.py", "employment/models/enquiry.py"},
    Across.TRANSFER: {"aid/transfers/services.py"},
    Across.PUBLISHED: {
        "aid/views/casework/notice_board.py",
        "employment/views/vacancies/feed.py",
        "employment/views/vacancies/matching.py",
        "reports/openness/pages.py",
        "reports/views/openness/open_page.py",
    },
}
POLICIES = "SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies"


def test_every_table_is_locked_or_stands_outside_with_a_reason():
    assert sorted(lock.table for lock in all_locks()) == locked_tables()
    assert OUTSIDE.keys() - {model._meta.label for model in ours()} == set()
    assert all(OUTSIDE.values())


def test_versions_are_locked_with_their_records():
    locked = set(locked_tables())
    versions = [model for model in ours() if model.__name__.startswith("Historical")]
    assert len(versions) > 30
    assert [model for model in versions if model._meta.db_table not in locked] == []


@pytest.mark.postgresql
def test_each_locked_table_has_one_policy_that_fails_closed(db):
    with connection.cursor() as cursor:
        cursor.execute(POLICIES)
        found = {row[0]: row[1:] for row in cursor.fetchall()}
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        forced = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT count(*) FROM pg_policies")
        assert cursor.fetchone() == (len(found),)  # one a table: permissive policies add up
    assert found.keys() == forced == set(locked_tables())
    for table, (name, _permissive, roles, command, given, written) in found.items():
        assert (name, roles, command) == (f"{table}_second_lock", "{public}", "ALL")
        for condition in (given, written):
            asked = re.sub(r"::text|[()]", "", condition)
            scope = re.sub(r"[()]", "", SCOPE.replace("nullif", "NULLIF"))
            paths = re.findall(rf"(\S+) >= {re.escape(scope)} AND (\S+) < {re.escape(scope)} \|\| '~'", asked)
            assert paths, table
            assert all(first == second for first, second in paths), table
            whole = asked.count(f"SELECT {scope} = '{EVERYTHING}'")
            assert asked.count("current_setting") == 2 * len(paths) + whole, table


@pytest.mark.postgresql
def test_paths_are_compared_by_their_bytes(db):
    """Another collation would compare them wrongly, without a sound."""
    asked = """
        SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
        LEFT JOIN pg_collation n ON n.oid = attcollation
        WHERE c.relname = ANY(%s) AND attname IN ('union_path', 'to_path', 'path') AND collname <> 'C'
    """
    with connection.cursor() as cursor:
        cursor.execute(asked, [[*locked_tables(), "portal_union"]])
        assert cursor.fetchall() == []


def test_reasons_to_ask_across_units_are_given_where_they_are_listed():
    found = defaultdict(set)
    root = Path(settings.BASE_DIR)
    for path in (root / "manage.py", *(path for app in OURS for path in (root / app).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Across":
                found[Across[node.attr]].add(path.relative_to(root).as_posix())
    assert found == PLACES
    assert set(PLACES) == set(Across)


def test_scope_is_local_to_a_transaction_and_set_in_one_place():
    """`set_config(…, false)` stays on the connection for whoever uses it next."""
    root = Path(settings.BASE_DIR)
    files = [path for app in OURS for path in (root / app).rglob("*.py") if "set_config" in path.read_text()]
    assert [path.relative_to(root).as_posix() for path in files] == ["portal/second_lock/postgresql/base.py"]
    assert "true)" in files[0].read_text()
