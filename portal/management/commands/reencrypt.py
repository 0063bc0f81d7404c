"""python manage.py reencrypt"""

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from portal.fields import TABLE, in_use
from portal.management.base import REFUSED, PortalCommand
from portal.operating.reencrypting import MovedRows, reencrypt
from portal.operating.sealed import UNKNOWN, keys_needed, passing_keys

TOLD_EVERY = 5  # seconds


class Command(PortalCommand):
    """Tells no value, only tables, keys by their ids, and numbers."""

    help = (
        "Move everything that is encrypted to the first of FIELD_ENCRYPTION_KEYS, while the portal runs, and tell which"
        " keys are needed still: exit 1 if more than the first. It may be stopped and started again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", action="store_true", help="move nothing, only tell which keys are needed")

    def handle(self, *, count: bool, **_options: Any) -> None:
        if not count:
            self._move()
        if self._tell_keys() > 1:
            sys.exit(REFUSED)

    def _move(self) -> None:
        last, told_at = MovedRows(""), time.monotonic()
        for moved in reencrypt():
            if last.table not in ("", moved.table):
                self._tell(last)
            elif time.monotonic() - told_at >= TOLD_EVERY:
                self._tell(moved)
                told_at = time.monotonic()
            last = moved
        if last.table:
            self._tell(last)

    def _tell(self, moved: MovedRows) -> None:
        self.stdout.write(_("%(table)s：换好 %(rows)d 行") % {"table": moved.table, "rows": moved.rows})
        if moved.unopened:
            words = _("%(table)s：%(count)d 行打不开，没有动，先用 manage.py check --tag keys 查明")
            self.stderr.write(words % {"table": moved.table, "count": moved.unopened})
        if moved.refused:
            words = _("%(table)s 只能增加，要由表的所有者来换：portal-manage --owner reencrypt")
            self.stderr.write(words % {"table": moved.table})

    def _tell_keys(self) -> int:
        """Tell what is not sealed as it would be now; how many ways of sealing there are, the one now included."""
        key_id, used = settings.FIELD_ENCRYPTION_KEY_ID, {in_use()}
        for column, beginnings in keys_needed().items():
            for beginning, count in beginnings.items():
                if beginning != in_use():
                    used.add(beginning)
                    told = {"column": column, "count": count, "key": self._named(beginning)}
                    self.stdout.write(_("%(column)s：%(count)d 个值还要用 %(key)s") % told)
        for key, count in passing_keys().items():
            if key != key_id:
                used.add(key)
                words = _("登录会话和进行中的任务：%(count)d 个值还要用 %(key)s，最多一天后自行失效")
                self.stdout.write(words % {"count": count, "key": key})
        if len(used) == 1:
            words = _(
                "全部内容只用 %(key)s，没有旧格式：其他密钥可以删去，FIELD_LOOSE_BINDING_OPENS 可以设为 0；"
                "以前做的备份仍要用旧密钥打开"
            )
            self.stdout.write(words % {"key": key_id})
        return len(used)

    @staticmethod
    def _named(beginning: str) -> str:
        if beginning == UNKNOWN:
            return _("没有设置的密钥")
        return beginning[:-1] if beginning.endswith(TABLE) else _("%(key)s（旧格式）") % {"key": beginning[:-1]}
