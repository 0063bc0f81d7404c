"""python manage.py restore"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from portal.backup.kept import read_backup
from portal.backup.refusal import BackupRefused
from portal.backup.restoring import restore_database, restore_files


class Command(BaseCommand):
    help = "Restore a backup into the database that DATABASE_URL names, which must be empty; all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="of the backup: portal-DATE-TIME")
        parser.add_argument("--identity", type=Path, default=settings.BACKUP_IDENTITY_FILE, help="private key (age)")
        parser.add_argument("--files", type=Path, help="an empty folder for the files and settings of the backup")

    def handle(self, *, folder: Path, identity: Path, files: Path | None, **_options: Any) -> None:
        try:
            backup = read_backup(folder)
            restore_database(backup, identity, connection.settings_dict)
            if files is not None:
                restore_files(backup, identity, files)
        except BackupRefused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            f"已恢复 {backup.made_at:%Y-%m-%d %H:%M} 的备份：{backup.row_count} 行（版本 {backup.version}）"
        )
        self.stdout.write("接着请运行 manage.py migrate 和 manage.py check --deploy --database default。")
