"""Making a backup: the dump and the facts are of one moment, whatever people write meanwhile."""

import shutil
import subprocess
import tarfile
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from portal.backup.facts import all_facts
from portal.backup.kept import DATABASE, FILES, PREFIX, UNFINISHED, Backup, forget_old, read_backup, write_manifest
from portal.backup.pipes import encrypting, of_database, running
from portal.backup.refusal import BackupRefused
from portal.operating.state import portal_version
from portal.second_lock.scope import EVERYTHING
from portal.settings.environment import VAR_DIR

LEFT_OUT = {"staticfiles", "migrated", "backups"}  # made anew from the code, or backups themselves
# The facts are told while pg_dump still reads, and both may take long: no time-out of pages holds here.
AT_ONE_MOMENT = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)


def make_backup(where: Path, recipients: Path, *, keep: int) -> Backup:
    """A new backup below `where`, encrypted to `recipients`; of the older ones the `keep` newest stay.

    A folder that was not finished is never taken for a backup. Raises BackupRefused, with nothing left behind.
    """
    if connection.vendor != "postgresql":
        raise BackupRefused("这里只备份 PostgreSQL；SQLite 是一个文件，停止程序后复制即可")
    if not recipients.is_file():
        raise BackupRefused(f"没有公钥文件 {recipients}")
    where.mkdir(parents=True, exist_ok=True, mode=0o700)
    if shutil.disk_usage(where).free < settings.LEAST_FREE_DISK_BYTES:
        raise BackupRefused(f"{where} 所在的磁盘空间不足")
    begun = timezone.now()
    final = where / f"{PREFIX}{timezone.localtime(begun):%Y%m%d-%H%M%S}"
    folder = final.with_suffix(UNFINISHED)
    folder.mkdir(mode=0o700)
    try:
        as_of = timezone.localdate()
        with transaction.atomic():
            snapshot = _at_one_moment()
            with encrypting(folder / DATABASE, recipients) as into, _dumping(snapshot, into):
                facts = all_facts(as_of)
        with encrypting(folder / FILES, recipients) as into:
            _add_files(into)
        write_manifest(folder, made_at=begun.isoformat(), as_of=as_of, version=portal_version(), facts=facts)
        folder.rename(final)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    forget_old(where, keep)
    return read_backup(final)


def _at_one_moment() -> str:
    """The name of the moment at which this transaction sees the database."""
    with connection.cursor() as cursor:
        for statement in AT_ONE_MOMENT:
            cursor.execute(statement)
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
    return str(snapshot)


def _dumping(snapshot: str, into: IO[bytes]) -> AbstractContextManager[subprocess.Popen]:
    command = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    env = of_database(connection.settings_dict)
    if settings.SECOND_LOCK:
        # It asks for every row like a command does; the proof of the backup counts what came.
        command.append("--enable-row-security")
        env["PGOPTIONS"] = f"-c portal.scope={EVERYTHING}"
    return running(command, stdout=into.fileno(), env=env)


def _add_files(into: IO[bytes]) -> None:
    """What is kept in files, and the settings that are no secrets: the keys lie apart."""
    with tarfile.open(fileobj=into, mode="w|") as archive:
        for path in sorted(VAR_DIR.iterdir()) if VAR_DIR.is_dir() else ():
            if path.name not in LEFT_OUT:
                archive.add(path, f"var/{path.name}")
        for file in map(Path, settings.BACKUP_SETTINGS_FILES):
            if file.is_file():
                archive.add(file, f"settings/{file.name}")
