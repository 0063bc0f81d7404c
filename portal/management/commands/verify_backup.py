"""python manage.py verify_backup"""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.backup.kept import latest, read_backup
from portal.backup.refusal import BackupRefused
from portal.backup.verifying import prove_backup
from portal.enums import Duty
from portal.operating.duties import did, failed_at


class Command(BaseCommand):
    help = "Restore the latest backup beside and compare rows, seals, annexes and a consolidation; for a weekly timer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", help="of a backup; the latest in BACKUP_DIR")
        parser.add_argument("--identity", type=Path, default=settings.BACKUP_IDENTITY_FILE, help="private key (age)")
        parser.add_argument("--database", default=settings.VERIFICATION_DATABASE_URL, help="URL; it is emptied")

    def handle(self, *, folder: Path | None, identity: Path, database: str, **_options: Any) -> None:
        began = time.monotonic()
        try:
            if not database:
                raise BackupRefused("没有设置 VERIFICATION_DATABASE_URL：恢复验证要用另一个空的数据库")
            backup = read_backup(folder or latest(settings.BACKUP_DIR))
            different = prove_backup(backup, identity, database)
        except BackupRefused as refused:
            failed_at(Duty.VERIFICATION, str(refused))
            raise CommandError(str(refused)) from None
        if different:
            failed_at(Duty.VERIFICATION, f"恢复出来的有 {len(different)} 处与备份时不同")
            raise CommandError("恢复出来的与备份时不同：\n" + "\n".join(different))
        seconds = round(time.monotonic() - began, 1)
        did(Duty.VERIFICATION, backup=backup.folder.name, rows=backup.row_count, seconds=seconds)
        self.stdout.write(
            f"{backup.folder.name} 恢复后 {len(backup.facts)} 项全部一致：{backup.row_count} 行，{seconds} 秒"
        )
