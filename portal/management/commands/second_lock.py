"""python manage.py second_lock [--on | --off]"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import ProgrammingError, connection
from django.utils.translation import gettext as _

from portal.management.base import REFUSED, WRONG_USAGE, PortalCommand
from portal.second_lock.in_force import lock_rows, unlock_rows
from portal.second_lock.standing import open_tables
from portal.second_lock.tables import locked_tables


class Command(PortalCommand):
    help = (
        "The second lock of the database (decision 0021): tell which tables are locked; --on locks all of"
        " them as `migrate` does, --off none. Both as the owner of the tables, while web and workers are stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--on", action="store_true", help="lock every table; SECOND_LOCK must be set before")
        way.add_argument("--off", action="store_true", help="take every lock away")

    def handle(self, *, on: bool = False, off: bool = False, **_options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError(_("只有 PostgreSQL 有第二道锁。"), returncode=WRONG_USAGE)
        if on and not settings.SECOND_LOCK:
            # Else the portal would say with no statement whose rows it wants, and find none.
            raise CommandError(_("请先在设置里写 SECOND_LOCK=true，再上锁。"), returncode=REFUSED)
        try:
            if on:
                lock_rows()
            elif off:
                unlock_rows()
        except ProgrammingError:
            raise CommandError(_("没有改成：请以表的所有者运行。"), returncode=REFUSED) from None
        self._tell()

    def _tell(self) -> None:
        tables, unlocked = locked_tables(), open_tables()
        setting = _("开") if settings.SECOND_LOCK else _("关")
        words = _("SECOND_LOCK：%(setting)s；已上锁 %(locked)d 张表，未上锁 %(unlocked)d 张")
        told = {"setting": setting, "locked": len(tables) - len(unlocked), "unlocked": len(unlocked)}
        self.stdout.write("\n".join([words % told, *unlocked]))
