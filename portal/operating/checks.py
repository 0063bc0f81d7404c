"""System checks of a portal in service. The keys are checked at every start, the rest by `check --deploy`.

What asks the database is asked with `--database default`, as Django has it.
"""

import datetime
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.checks import Warning as Caution
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from portal.enums import Role
from portal.models import User
from portal.operating.database import database_faults
from portal.operating.duties import standings
from portal.operating.keys import key_faults, weak_keys
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city
from portal.second_lock.standing import lock_faults
from portal.web.proxies import Trusted

KEYS = "keys"
SECOND_LOCK = "second_lock"


@whole_city(Across.KEYS)
def refuse_wrong_keys() -> None:
    """Raise ImproperlyConfigured, in words, where the keys are not those that the database was written with."""
    wrong = [message for message in run_checks(tags=[KEYS]) if message.is_serious()]
    if wrong:
        raise ImproperlyConfigured("；".join(str(message.msg) for message in wrong))


@register(KEYS)
def keys_open_what_is_stored(**_options: Any) -> list[CheckMessage]:
    hint = "请核对密钥文件，不要用新密钥继续写入；见 docs/administration.md“密钥”一节。"
    return [Error(fault, hint=hint, id="portal.E001") for fault in key_faults()]


def refuse_open_lock() -> None:
    """Raise ImproperlyConfigured, in words, where SECOND_LOCK is on and the database gives out rows of every unit."""
    wrong = run_checks(tags=[SECOND_LOCK], include_deployment_checks=True)
    if wrong:
        raise ImproperlyConfigured("；".join(str(message.msg) for message in wrong))


@register(SECOND_LOCK, deploy=True)  # `second_lock --on`, which closes it, runs the others
def second_lock_holds(**_options: Any) -> list[CheckMessage]:
    try:
        faults = lock_faults()
    except DatabaseError:
        return []  # told by the page of readiness, and by `migrate --check`
    return [Error(fault, hint="见系统管理员手册“数据库里的第二道锁”。", id="portal.E006") for fault in faults]


@register(Tags.security, deploy=True)
def keys_are_strong(**_options: Any) -> list[CheckMessage]:
    return [Caution(fault, id="portal.W001") for fault in weak_keys()]


@register(Tags.security, deploy=True)
def proxies_are_named(**_options: Any) -> list[CheckMessage]:
    try:
        Trusted(settings.TRUSTED_PROXIES)
    except ImproperlyConfigured as error:
        return [Error(str(error), id="portal.E005")]
    if settings.TRUSTED_PROXIES or not settings.SECURE_SSL_REDIRECT:
        return []
    words = "TRUSTED_PROXIES 是空的：反向代理后面的所有人都会显示为代理的地址，并且会被反复转向 HTTPS。"
    return [Caution(words, hint="写上代理的地址；代理经套接字文件连接时写 unix。", id="portal.W002")]


@register(Tags.staticfiles, deploy=True)
def static_files_are_collected(**_options: Any) -> list[CheckMessage]:
    missing = uncollected()
    if not missing:
        return []
    words = f"有 {len(missing)} 个静态文件没有收集（如 {missing[0]}），页面会打不开。"
    return [Error(words, hint="请运行 manage.py collectstatic --noinput。", id="portal.E002")]


def uncollected() -> list[str]:
    """The static files that the manifest does not name; empty where the storage keeps none."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return []
    known = staticfiles_storage.load_manifest()[0]
    names = {path for finder in get_finders() for path, _storage in finder.list([])}
    return sorted(names - set(known))


@register(Tags.compatibility, deploy=True)
def clock_and_zone_are_right(**_options: Any) -> list[CheckMessage]:
    return [Error(words, id="portal.E003") for words in _faults_of_the_clock(time.time())]


def _faults_of_the_clock(now: float) -> Iterator[str]:
    installed = Path(__file__).stat().st_mtime
    if now < installed - 86400:
        yield "系统时钟早于程序安装的时间，请先校时。"
    there = datetime.datetime.fromtimestamp(now, ZoneInfo(settings.TIME_ZONE)).utcoffset()
    here = datetime.timedelta(seconds=time.localtime(now).tm_gmtoff)
    if here != there:
        yield f"系统没有时区 {settings.TIME_ZONE} 的资料，请安装 tzdata。"


@register(Tags.database, deploy=True)
def database_is_set_up(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    if not databases or connection.vendor != "postgresql":
        return []
    try:
        return [Caution(fault, hint="见 deploy/postgresql.sql。", id="portal.W003") for fault in database_faults()]
    except DatabaseError as error:
        return [Error(f"数据库无法查询（{type(error).__name__}）。", id="portal.E004")]


@register(Tags.database, deploy=True)
def somebody_lets_people_in(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    if not databases:
        return []
    try:
        keepers = User.objects.filter(role=Role.SECURITY, is_active=True).count()
    except DatabaseError:
        return []  # told by the other checks, or by `migrate --check`
    words = f"在用的安全管理员只有 {keepers} 位，至少要两位：能审批、发放、审核的账号要两个人才能开设和重置。"
    hint = "manage.py create_account --role security …，见 docs/administration.md“账号和解锁”。"
    return [Caution(words, hint=hint, id="portal.W005")] if keepers < 2 else []


@register(Tags.database, deploy=True)
def duties_are_done(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    if not databases:
        return []
    try:
        overdue = [each for each in standings() if each.overdue]
    except DatabaseError:
        return []  # told by the other check, or by `migrate --check`
    words = "“{}”超过时限没有成功的记录（最近一次：{}）。"
    return [Caution(words.format(each.duty.label, each.done_at or "从来没有"), id="portal.W004") for each in overdue]
