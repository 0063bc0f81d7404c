"""The migrated database, made once on this machine and grown when a migration is added.

To migrate an empty database takes ten seconds, most of it Django rendering the models of each step. Here who
needs one keeps a copy, with the content of each migration in it beside it. Who comes later, from whatever checkout,
starts from the largest copy whose migrations are all still the same, and `migrate` applies those that are missing, as
it does on a portal that is updated.
"""

import fcntl
import hashlib
import json
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

from portal.settings.environment import env

KEPT = Path(env.str("XDG_CACHE_HOME", default="") or Path.home() / ".cache") / "golden-autumn-portal" / "migrated"
NUMBER_KEPT = 8
OWN_MODULE = re.compile(r"^(?:from|import) ((?:portal|aid|employment|reports)\.[\w.]+)", re.MULTILINE)
DATA_FILE = re.compile(r'"([\w-]+\.(?:csv|json))"')


class KeptFiles:
    """On SQLite: files, copied page by page into the database in memory."""

    def __init__(self, creation):
        self.creation = creation
        self.held = None  # keeps the database in memory alive until Django has opened it

    def names(self) -> set[str]:
        return {path.stem for path in KEPT.glob("*.sqlite3")}

    def start_from(self, name: str) -> None:
        plain = self.creation._create_test_db

        def create(*args, **options):
            made = plain(*args, **options)
            self.held = sqlite3.connect(made, uri=made.startswith("file:"))
            with closing(sqlite3.connect(KEPT / f"{name}.sqlite3")) as kept:
                kept.backup(self.held)
            return made

        self.creation._create_test_db = create

    def keep(self, name: str) -> None:
        with closing(sqlite3.connect(KEPT / f"{name}.sqlite3")) as kept:
            self.creation.connection.connection.backup(kept)

    def drop(self, name: str) -> None:
        (KEPT / f"{name}.sqlite3").unlink()


class KeptTemplates:
    """On PostgreSQL: templates, which the server copies."""

    def __init__(self, creation):
        self.creation = creation

    def names(self) -> set[str]:
        with self.creation._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database"
                " WHERE starts_with(datname, 'migrated_') AND pg_get_userbyid(datdba) = current_user"
            )
            return {name for (name,) in cursor}

    def start_from(self, name: str) -> None:
        self.creation.connection.settings_dict["TEST"]["TEMPLATE"] = name

    def keep(self, name: str) -> None:
        made = self.creation.connection.settings_dict["NAME"]
        self.creation.connection.close()  # nobody may be connected to what is copied
        with self.creation._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{made}"')

    def drop(self, name: str) -> None:
        with self.creation._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


KEEPERS = {"sqlite": KeptFiles, "postgresql": KeptTemplates}


def made_from(migration: Path) -> set[Path]:
    """The files that make one step: the migration, and what of ours it imports or reads."""
    text = migration.read_text(encoding="utf-8")
    files = {migration}
    for module in OWN_MODULE.findall(text):
        place = Path(settings.BASE_DIR, *module.split("."))
        files.update(place.parent.glob(f"{place.name}.*"))
    for name in DATA_FILE.findall(text):
        files.update(migration.parents[1].rglob(name))
    return files


def hashed(*contents: bytes) -> str:
    return hashlib.sha256(b"\0".join(contents)).hexdigest()[:16]


def content_of_migrations() -> dict[str, str]:
    """Each migration with a hash of what makes it; a migration of a library counts as ours do."""
    migrations = MigrationLoader(None).disk_migrations
    made = {".".join(key): made_from(Path(sys.modules[it.__module__].__file__)) for key, it in migrations.items()}
    return {name: hashed(*(file.read_bytes() for file in sorted(files))) for name, files in made.items()}


def best_of(kept: dict[str, dict[str, str]], wanted: dict[str, str]) -> str | None:
    """The largest of the `kept` databases that holds nothing but what is `wanted`, or None."""
    fitting = [name for name, content in kept.items() if content.items() <= wanted.items()]
    return max(fitting, key=lambda name: len(kept[name]), default=None)


class Shelf:
    """The kept databases of one vendor and of the versions that run now, each with its content beside it."""

    def __init__(self, keeper, vendor: str):
        self.keeper = keeper
        versions = f"{vendor} {django.VERSION} {sys.version} {sqlite3.sqlite_version}"
        self.prefix = f"migrated_{hashed(versions.encode())}_"

    def _note(self, name: str) -> Path:
        return KEPT / f"{name}.json"

    def contents(self) -> dict[str, dict[str, str]]:
        """Name to content, the one used last at the end."""
        names = [name for name in self.keeper.names() if name.startswith(self.prefix) and self._note(name).exists()]
        names.sort(key=lambda name: self._note(name).stat().st_mtime)
        return {name: json.loads(self._note(name).read_text(encoding="utf-8")) for name in names}

    def start_from(self, name: str) -> None:
        self._note(name).touch()
        self.keeper.start_from(name)

    def keep(self, content: dict[str, str]) -> None:
        """Keep the database that was made; of the others those that were used last."""
        name, text = self.prefix + hashed(*f"{sorted(content.items())}".encode().splitlines()), json.dumps(content)
        if name in self.keeper.names():  # made, and its note lost
            self.keeper.drop(name)
        for stale in list(self.contents())[: 1 - NUMBER_KEPT]:
            self._note(stale).unlink()
            self.keeper.drop(stale)
        self.keeper.keep(name)
        self._note(name).write_text(text, encoding="utf-8")


@contextmanager
def alone():
    """One process at a time."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def migrated_once():
    """While this holds, the database of the tests starts from a kept one, and one that was not kept is."""
    creation, wanted = connection.creation, content_of_migrations()
    plain, shelf = creation.create_test_db, Shelf(KEEPERS[connection.vendor](creation), connection.vendor)

    def create_test_db(*args, **options):
        with alone():
            kept = shelf.contents()
            start = best_of(kept, wanted)
            if start:
                shelf.start_from(start)
            name = plain(*args, **options)
            if kept.get(start) != wanted:
                shelf.keep(wanted)
            return name

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(creation, "create_test_db", create_test_db)
        yield
