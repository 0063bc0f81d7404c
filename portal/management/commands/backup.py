"""python manage.py backup"""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from portal.backup.making import make_backup
from portal.backup.refusal import BackupRefused
from portal.enums import Duty
from portal.operating.duties import did, failed_at


class Command(BaseCommand):
    help = "Back up database, files and settings, encrypted to the public keys of a file; for a daily timer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.BACKUP_DIR, help="folder; BACKUP_DIR")
        parser.add_argument(
            "--recipients", type=Path, default=settings.BACKUP_RECIPIENTS_FILE, help="public keys (age)"
        )
        parser.add_argument("--keep", type=int, default=settings.BACKUP_KEPT, help="how many backups stay")

    def handle(self, *, to: Path, recipients: Path, keep: int, **_options: Any) -> None:
        began = time.monotonic()
        try:
            made = make_backup(to, recipients, keep=keep)
        except BackupRefused as refused:
            failed_at(Duty.BACKUP, str(refused))
            raise CommandError(str(refused)) from None
        seconds = round(time.monotonic() - began, 1)
        did(Duty.BACKUP, size=made.size, seconds=seconds, rows=made.row_count)
        self.stdout.write(f"已备份到 {made.folder}：{made.row_count} 行，{filesizeformat(made.size)}，{seconds} 秒")
