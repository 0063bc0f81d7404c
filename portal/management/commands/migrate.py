"""python manage.py migrate, which locks the rows of new tables as well where the second lock is on"""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.utils.translation import gettext as _

from portal.second_lock.in_force import lock_rows
from portal.second_lock.standing import open_tables
from portal.second_lock.tables import locked_tables


class Command(migrate.Command):
    """Django's, and after all migrations of all apps the second lock (decision 0021) as the program now declares it.

    While it runs the program that was there before goes on: its statements say whose rows they are about as well.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        only_told = options["plan"] or options["check_unapplied"] or options["app_label"]
        if connection.vendor != "postgresql" or options["database"] != DEFAULT_DB_ALIAS or only_told:
            return
        if settings.SECOND_LOCK:
            self._lock()
        elif len(open_tables()) < len(locked_tables()):
            # Unlocked by itself, a setting that somebody lost would open every table.
            raise CommandError(
                _("有的表上着第二道锁，而设置里没有 SECOND_LOCK=true：补上这一行，或者运行 second_lock --off。")
            )

    def _lock(self) -> None:
        try:
            lock_rows()
        except DatabaseError:
            words = _("第二道锁没有上完：停止网页和后台任务，以表的所有者运行 second_lock --on。")
            raise CommandError(words) from None
        self.stdout.write(_("已上第二道锁：%(number)d 张表。") % {"number": len(locked_tables())})
