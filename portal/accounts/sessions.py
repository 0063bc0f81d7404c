"""Where a person is signed in: listed, and ended."""

import datetime
import hashlib
import time
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.sign_in import SIGNED_IN_AT, USED_AT
from portal.audit import By, address_of, record
from portal.enums import AuditAction
from portal.models import SignInSession, User

PLACE = "signed_in_from"  # session key: the address and the browser of who signed in
LONGEST_AGENT = 300
# The first that is found: what is built on another names it, too.
BROWSERS = (
    ("MicroMessenger", gettext_lazy("微信")),
    ("DingTalk", gettext_lazy("钉钉")),
    ("360SE", gettext_lazy("360 浏览器")),
    ("360EE", gettext_lazy("360 浏览器")),
    ("QIHU", gettext_lazy("360 浏览器")),
    ("QQBrowser", gettext_lazy("QQ 浏览器")),
    ("Edg", gettext_lazy("微软浏览器")),
    ("Firefox", gettext_lazy("火狐浏览器")),
    ("Chrom", gettext_lazy("谷歌浏览器")),
    ("Safari", gettext_lazy("苹果浏览器")),
)
MACHINES = (
    ("iPhone", gettext_lazy("苹果手机")),
    ("iPad", gettext_lazy("苹果平板")),
    ("Android", gettext_lazy("安卓手机或平板")),
    ("Kylin", gettext_lazy("麒麟电脑")),
    ("Windows", gettext_lazy("Windows 电脑")),
    ("Mac OS", gettext_lazy("苹果电脑")),
    ("Linux", gettext_lazy("Linux 电脑")),
)


@dataclass(frozen=True)
class SignedIn:
    """One session: when it began and was last used, from where, and what tells it from the others."""

    name: str
    since: datetime.datetime | None
    used: datetime.datetime | None
    address: str
    browser: str
    is_own: bool


def in_words(agent: str) -> str:
    """The browser and the machine that a User-Agent names, in words; '' where it names neither."""
    found = (next((str(words) for mark, words in marks if mark in agent), "") for marks in (BROWSERS, MACHINES))
    return "，".join(filter(None, found))


def note_beginning(request: HttpRequest) -> None:
    """Keep in the session when and from where it was begun."""
    agent = request.headers.get("User-Agent", "")[:LONGEST_AGENT]
    request.session[PLACE] = [address_of(request) or "", in_words(agent)]
    request.session[SIGNED_IN_AT] = request.session[USED_AT] = int(time.time())


def sessions_of(user: User, current: str | None) -> list[SignedIn]:
    """The live sessions of `user`, used last first. `current` is the key of the one that asks."""
    live = SignInSession.objects.filter(account=user, expire_date__gt=timezone.now())
    told = [_told(each, current) for each in live]
    return sorted(told, key=lambda each: (each.is_own, each.used or each.since or timezone.now()), reverse=True)


def _told(kept: Any, current: str | None) -> SignedIn:
    data = kept.get_decoded()
    address, browser = data.get(PLACE, ("", ""))
    return SignedIn(
        _name(kept.session_key),
        _moment(data.get(SIGNED_IN_AT)),
        _moment(data.get(USED_AT)),
        address,
        browser,
        is_own=kept.session_key == current,
    )


def _name(key: str) -> str:
    """What names a session on a page: its key would let whoever reads it in."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _moment(seconds: float | None) -> datetime.datetime | None:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC) if seconds else None


def end_sessions(user: User, *, keep: str | None = None) -> int:
    """End the sessions of `user`, but the one with the key `keep`; how many. A request under way brings none back."""
    ended: int = SignInSession.objects.filter(account=user).exclude(session_key=keep or "").delete()[0]
    return ended


def end_own(user: User, *, current: str | None, name: str, by: By) -> int:
    """End the session of `user` called `name`, or where that is '' all but the current one; how many.

    Effects: sessions deleted, one audit row if there were any.
    """
    others = SignInSession.objects.filter(account=user).exclude(session_key=current or "")
    keys = [key for key in others.values_list("session_key", flat=True) if not name or _name(key) == name]
    ended: int = SignInSession.objects.filter(session_key__in=keys).delete()[0]
    if ended:
        record(AuditAction.LOGOUT, by=by, subject=user.username, act=_("结束自己在别处的登录"), count=ended)
    return ended
