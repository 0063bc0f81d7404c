"""Whether this process can serve: asked by the proxy, by a monitor, and shown to the administrator."""

import logging
import shutil
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from portal.operating.checks import refuse_wrong_keys, uncollected
from portal.settings.environment import VAR_DIR

logger = logging.getLogger(__name__)


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def keys_fit() -> bool:
    refuse_wrong_keys()
    return True


def is_collected() -> bool:
    return not uncollected()


def disk_has_room() -> bool:
    return free_bytes() >= settings.LEAST_FREE_DISK_BYTES


def free_bytes() -> int:
    """What is free where files are kept."""
    folder = VAR_DIR
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


# In this order: what follows the database needs it. The second says whether it stays so once it is: neither the files
# of a running process nor its keys change, and asking costs seconds.
QUESTIONS: dict[str, tuple[Callable[[], bool], bool]] = {
    "database": (database_answers, False),
    "migrations": (is_migrated, True),
    "keys": (keys_fit, True),
    "static": (is_collected, True),
    "disk": (disk_has_room, False),
}
QUESTION_WORDS = {
    "database": _("数据库"),
    "migrations": _("数据库结构"),
    "keys": _("密钥"),
    "static": _("静态文件"),
    "disk": _("磁盘空间"),
}


@cache
def settled() -> set[str]:
    """The questions that this process need not ask again."""
    return set()


def failing() -> list[str]:
    """The names of what keeps this process from serving; empty when it can. Why is written to the log only."""
    found = []
    for name, (asked, lasting) in QUESTIONS.items():
        if name in settled() or ("database" in found and name in {"migrations", "keys"}):
            continue
        if not _is_well(name, asked):
            found.append(name)
        elif lasting:
            settled().add(name)
    return found


def _is_well(name: str, asked: Callable[[], bool]) -> bool:
    try:
        well = asked()
    except Exception:
        logger.exception("not ready: %s", name)
        return False
    if not well:
        logger.error("not ready: %s", name)
    return well
