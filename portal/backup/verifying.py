"""Proving a backup: restored beside, it must say of itself what the database said when it was made."""

import json
import os
import subprocess
import sys
from pathlib import Path

import environ

from portal.backup.facts import Facts, differences
from portal.backup.kept import Backup
from portal.backup.refusal import BackupRefused
from portal.backup.restoring import database, restore_database
from portal.settings.environment import BASE_DIR

EMPTIED = ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")


def prove_backup(backup: Backup, identity: Path, url: str) -> list[str]:
    """What the copy restored from `backup` says otherwise than the manifest, in words; empty where all is the same.

    `url` names the database to restore into: it is emptied before and after, and belongs to the role that `url` names.
    Raises BackupRefused where it cannot be restored at all.
    """
    parameters = environ.Env.db_url_config(url)
    _empty(parameters)
    try:
        restore_database(backup, identity, parameters)
        return differences(backup.facts, _facts_of(url, backup))
    finally:
        _empty(parameters)


def _empty(parameters: dict) -> None:
    with database(parameters) as cursor:
        for statement in EMPTIED:
            cursor.execute(statement)


def _facts_of(url: str, backup: Backup) -> Facts:
    """The facts of the database that `url` names, told by a process of its own, which opens it with the same keys."""
    asked = subprocess.run(  # noqa: S603  our own command line
        [sys.executable, "manage.py", "backup_facts", "--as-of", backup.as_of.isoformat()],
        cwd=BASE_DIR,
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode != 0:
        lines = asked.stderr.strip().splitlines()
        raise BackupRefused(f"恢复出来的数据库打不开：{lines[-1] if lines else asked.returncode}")
    facts: Facts = json.loads(asked.stdout)
    return facts
