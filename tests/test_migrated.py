"""The databases that are kept between runs serve only who has the same migrations, and are not many."""

import os
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from tests import migrated

ROOT = Path(settings.BASE_DIR)


@pytest.mark.parametrize(
    ("migration", "made_from"),
    [
        ("portal/migrations/0003_upload_kind.py", set()),
        (
            "portal/migrations/0002_append_only_and_calendar.py",
            {"portal/calendar/holidays.py", "portal/calendar/holidays.json", "portal/models/append_only.py"},
        ),
        ("aid/migrations/0016_card_prefixes.py", {"aid/cards/prefixes.csv"}),
    ],
)
def test_a_step_is_made_from_the_migration_and_what_it_imports_or_reads(migration, made_from):
    assert {ROOT / migration} | {ROOT / name for name in made_from} == migrated.made_from(ROOT / migration)


def test_content_names_every_migration():
    own = {f"{path.parts[-3]}.{path.stem}" for path in ROOT.glob("*/migrations/0*.py")}
    assert len(own) >= 50
    assert own <= migrated.content_of_migrations().keys()


def test_changed_migration_has_another_hash(monkeypatch, tmp_path):
    made, changed = tmp_path / "prefixes.csv", "aid.0016_card_prefixes"
    plain, before = migrated.made_from, migrated.content_of_migrations()
    monkeypatch.setattr(migrated, "made_from", lambda path: plain(path) | ({made} if path.stem in changed else set()))
    made.write_text("622202")
    after = migrated.content_of_migrations()
    assert {name for name in after if before[name] != after[name]} == {changed}


@pytest.mark.parametrize(
    ("kept", "best"),
    [
        ({"same": {"a.1": "x", "a.2": "y"}, "older": {"a.1": "x"}}, "same"),
        ({"older": {"a.1": "x"}, "oldest": {}}, "older"),
        ({"changed": {"a.1": "x", "a.2": "z"}, "older": {"a.1": "x"}}, "older"),
        ({"of another branch": {"a.1": "x", "b.1": "y"}}, None),
        ({}, None),
    ],
)
def test_one_starts_from_the_largest_that_holds_nothing_else(kept, best):
    assert migrated.best_of(kept, {"a.1": "x", "a.2": "y"}) == best


class Keeper(set):
    """Keeps names."""

    names, keep, drop, start_from = set.copy, set.add, set.remove, set.__contains__


@pytest.fixture
def shelf(monkeypatch, tmp_path):
    monkeypatch.setattr(migrated, "KEPT", tmp_path)
    return migrated.Shelf(Keeper(), "sqlite")


def name_of(shelf, content) -> str:
    return next(name for name, kept in shelf.contents().items() if kept == content)


def test_shelf_lets_go_of_what_was_not_used_for_longest(shelf, monkeypatch, tmp_path):
    monkeypatch.setattr(migrated, "NUMBER_KEPT", 3)
    first, second, third, fourth = ({"a.1": text} for text in "pqrs")
    for age, content in ((30, first), (20, second), (10, third)):
        shelf.keep(content)
        used = time.time() - age
        os.utime(tmp_path / f"{name_of(shelf, content)}.json", (used, used))
    shelf.start_from(name_of(shelf, first))
    shelf.keep(fourth)
    left = shelf.contents()
    assert [content for content in left.values() if content != fourth] == [third, first]
    assert fourth in left.values()
    assert shelf.keeper == set(left)


def test_database_whose_note_is_lost_is_made_anew(shelf, tmp_path):
    shelf.keep({"a.1": "x"})
    for note in tmp_path.glob("*.json"):
        note.unlink()
    assert shelf.contents() == {}
    shelf.keep({"a.1": "x"})
    assert list(shelf.contents().values()) == [{"a.1": "x"}]


def test_another_database_has_another_shelf(shelf):
    shelf.keep({"a.1": "x"})
    assert migrated.Shelf(shelf.keeper, "postgresql").contents() == {}


def test_a_step_that_replaces_others_makes_the_same_models():
    step_by_step, at_once = (MigrationLoader(None, replace_migrations=replaced) for replaced in (False, True))
    assert set(at_once.graph.nodes) < set(step_by_step.graph.nodes)
    assert at_once.project_state() == step_by_step.project_state()
