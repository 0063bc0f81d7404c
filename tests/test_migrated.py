"""The database that is kept between runs is made anew when anything that makes it changes."""

from pathlib import Path

from django.conf import settings

from tests import migrated

ROOT = Path(settings.BASE_DIR)


def test_key_covers_the_migrations_and_what_they_import():
    own = set(ROOT.glob("*/migrations/0*.py"))
    imported = {"portal/calendar/holidays.py", "portal/calendar/holidays.json", "portal/models/append_only.py"}
    assert len(own) >= 23
    assert own | {ROOT / name for name in imported} <= migrated.made_from()


def test_another_content_has_another_key(monkeypatch, tmp_path):
    migration = tmp_path / "0001_initial.py"
    monkeypatch.setattr(migrated, "made_from", lambda: {migration})
    keys = set()
    for content in ("a = 1", "a = 2", "a = 1"):
        migration.write_text(content)
        keys.add(migrated.content_of_migrations())
    assert len(keys) == 2
