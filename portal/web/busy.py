"""What the machine cannot do just now is said in words, with 503, and the same may be tried again.

Another holds the row, the question takes too long, the disk is full, the database is away: none of it is a mistake in
the program, and a bare 500 would leave people not knowing whether their work is lost (ASVS 16.5.1 to 16.5.3).
"""

import errno
import logging
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.web.kept_forms import BUSY, keep_form

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Delay:
    """Why something cannot be done now, and after how many seconds it may be asked again."""

    title: str | Promise
    words: str | Promise
    wait_seconds: int
    tries_again: bool = True  # whether a page that only shows may ask again by itself


LOCKED = Delay(_("正在被他人处理"), _("正在被他人处理，请稍后再试。"), 5)
TOO_LONG = Delay(_("查询太久"), _("查询用时太久，已经停下。请缩小范围后再试。"), 30, tries_again=False)
FULL = Delay(_("磁盘已满"), _("系统的磁盘已满，暂时不能保存。请告诉系统管理员。"), 300, tries_again=False)
AWAY = Delay(_("数据库暂时连不上"), _("数据库暂时连不上，正在恢复。"), 10)

# SQLSTATE, PostgreSQL's appendix A; a whole class by its first two characters.
BY_STATE = {"55P03": LOCKED, "40P01": LOCKED, "57014": TOO_LONG, "53100": FULL}
BY_CLASS = {"08": AWAY, "53": AWAY, "57": AWAY}
# SQLite has words only.
BY_WORDS = {"is locked": LOCKED, "is full": FULL, "unable to open database": AWAY}


def delay_of(error: BaseException | None) -> Delay | None:
    """What hinders, where `error` tells of it; None for an error of ours."""
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return FULL
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    state, cause = getattr(error.__cause__, "pgcode", None), error.__cause__
    if state:
        return BY_STATE.get(state) or BY_CLASS.get(state[:2])
    if type(cause).__module__.startswith("psycopg2"):
        return AWAY  # who cannot be reached gives no code
    return next((delay for words, delay in BY_WORDS.items() if words in str(error)), None)


def busy(request: HttpRequest, delay: Delay) -> HttpResponse:
    """The page that says so. One that only shows tries again by itself; what was typed is kept where it can be."""
    logger.warning("busy: %s", delay.title)
    told: dict[str, Any] = {"delay": delay, "form_url": _kept(request), "posted": request.method == "POST"}
    response = render(None, "portal/errors/503.html", told, status=503)
    response["Retry-After"] = str(delay.wait_seconds)
    if request.method == "GET" and delay.tries_again:
        response["Refresh"] = str(delay.wait_seconds)
    return response


def _kept(request: Any) -> str:
    """Where the form stands again that was sent; '' where nothing was, or the database cannot keep it either."""
    try:
        if request.method == "POST" and getattr(request, "let_in", False):
            address = keep_form(request, request.user.pk, because=BUSY)
            request.session.save()  # the middleware leaves it where the answer is an error
            return address
    except (DatabaseError, InterfaceError, UpdateError):  # an InterfaceError is no DatabaseError
        logger.warning("busy: the form could not be kept")
    return ""
