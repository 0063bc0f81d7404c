"""Restoring a backup into a database that is empty, all of it or nothing."""

import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2

from portal.backup.kept import DATABASE, FILES, Backup
from portal.backup.pipes import decrypting, of_database, running
from portal.backup.refusal import BackupRefused

TABLES = "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public'"


def restore_database(backup: Backup, identity: Path, parameters: Mapping) -> None:
    """Fill the database of Django's `parameters`, which must hold nothing, from `backup`, by the key in `identity`.

    Everything comes to belong to the role that connects. Raises BackupRefused; the database is empty then as before.
    """
    if not identity.is_file():
        raise BackupRefused(f"没有私钥文件 {identity}")
    with database(parameters) as cursor:
        cursor.execute(TABLES)
        if cursor.fetchone() != (0,):
            raise BackupRefused(f"数据库 {parameters['NAME']} 不是空的，不能恢复到这里")
    environment = of_database(parameters)
    command = [
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--no-comments",
        "--single-transaction",
        f"--dbname={parameters['NAME']}",
    ]
    with (
        decrypting(backup.folder / DATABASE, identity) as content,
        running(command, stdin=content, env=environment) as program,
    ):
        program.wait()


def restore_files(backup: Backup, identity: Path, folder: Path) -> None:
    """Put the files of `backup` below `folder`, which must hold nothing. Raises BackupRefused."""
    if folder.exists() and any(folder.iterdir()):
        raise BackupRefused(f"{folder} 不是空的，不能恢复到这里")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (
        decrypting(backup.folder / FILES, identity) as content,
        tarfile.open(fileobj=content, mode="r|") as archive,
    ):
        archive.extractall(folder, filter="data")


@contextmanager
def database(parameters: Mapping) -> Iterator[Any]:
    """A cursor on the database of `parameters`, each statement by itself. Raises BackupRefused."""
    given = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    named = {name: parameters[key] for name, key in given.items() if parameters.get(key)}
    try:
        connection = psycopg2.connect(**named, connect_timeout=10)
    except psycopg2.OperationalError as error:
        raise BackupRefused(f"连不上数据库 {parameters['NAME']}（{type(error).__name__}）") from None
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()
