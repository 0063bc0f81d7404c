"""The migrated database, made once for all workers and all runs until a migration changes.

To migrate an empty database takes twenty seconds, nearly all of it Django rendering the models of each step. Here the
first who needs one keeps a copy, named after the content of the migrations; who comes later starts from the copy, and
`migrate` finds everything applied.
"""

import fcntl
import hashlib
import re
import sqlite3
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

KEPT = settings.VAR_DIR / "migrated"
OWN_MODULE = re.compile(r"^(?:from|import) ((?:portal|aid|employment|reports)\.[\w.]+)", re.MULTILINE)


class KeptFile:
    """On SQLite: a file, copied page by page into the database in memory."""

    def __init__(self, creation, key: str):
        self.creation, self.path = creation, KEPT / f"{key}.sqlite3"
        self.held = None  # keeps the database in memory alive until Django has opened it

    def exists(self) -> bool:
        return self.path.exists()

    def start_from(self) -> None:
        plain = self.creation._create_test_db

        def create(*args, **options):
            name = plain(*args, **options)
            self.held = sqlite3.connect(name, uri=name.startswith("file:"))
            with closing(sqlite3.connect(self.path)) as kept:
                kept.backup(self.held)
            return name

        self.creation._create_test_db = create

    def keep(self) -> None:
        for stale in KEPT.glob("*.sqlite3"):
            stale.unlink()
        with closing(sqlite3.connect(self.path)) as kept:
            self.creation.connection.connection.backup(kept)


class KeptTemplate:
    """On PostgreSQL: a template, which the server copies."""

    def __init__(self, creation, key: str):
        self.creation, self.prefix = creation, f"migrated_{creation.connection.settings_dict['NAME']}_"
        self.name = self.prefix + key

    def _databases(self) -> list[str]:
        with self.creation._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [self.prefix])
            return [name for (name,) in cursor]

    def exists(self) -> bool:
        return self.name in self._databases()

    def start_from(self) -> None:
        self.creation.connection.settings_dict["TEST"]["TEMPLATE"] = self.name

    def keep(self) -> None:
        made = self.creation.connection.settings_dict["NAME"]
        self.creation.connection.close()  # nobody may be connected to what is copied
        stale = self._databases()
        with self.creation._nodb_cursor() as cursor:
            for name in stale:
                cursor.execute(f'DROP DATABASE "{name}"')
            cursor.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{made}"')


KEEPERS = {"sqlite": KeptFile, "postgresql": KeptTemplate}


def made_from() -> set[Path]:
    """The files that make the migrated database: each migration, and what of ours it imports, data beside it too."""
    modules = {migration.__module__ for migration in MigrationLoader(None).disk_migrations.values()}
    files = {Path(sys.modules[module].__file__) for module in modules}
    for module in {name for file in files for name in OWN_MODULE.findall(file.read_text(encoding="utf-8"))}:
        place = Path(settings.BASE_DIR, *module.split("."))
        files.update(place.parent.glob(f"{place.name}.*"))
    return files


def content_of_migrations() -> str:
    """The key under which the database is kept: another content, another key."""
    content = hashlib.sha256(f"{django.VERSION} {sys.version} {sqlite3.sqlite_version}".encode())
    for file in sorted(made_from()):
        content.update(f"{file.name} ".encode() + file.read_bytes())
    return content.hexdigest()[:16]


@contextmanager
def alone():
    """One process at a time."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def migrated_once():
    """While this holds, the database of the tests starts from the kept one, or becomes it."""
    creation = connection.creation
    plain, kept = creation.create_test_db, KEEPERS[connection.vendor](creation, content_of_migrations())

    def create_test_db(*args, **options):
        with alone():
            if kept.exists():
                kept.start_from()
                return plain(*args, **options)
            name = plain(*args, **options)
            kept.keep()
            return name

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(creation, "create_test_db", create_test_db)
        yield
