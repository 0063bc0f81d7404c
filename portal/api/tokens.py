"""Who is let in, to what: a token is known by its digest, and opens what it was given and its role may have."""

import hashlib
import math
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from portal.access import Permission, can
from portal.api.refusal import ApiRefused
from portal.audit import By, address_of
from portal.enums import AuditAction
from portal.models import ApiToken
from portal.models.outside.token import this_minute
from portal.refusals.telling import tell

LONGEST_TOKEN = 200
CHALLENGE = {"WWW-Authenticate": "Bearer"}


@dataclass(frozen=True)
class Caller:
    """A system that was let in, by one of its tokens, from an address."""

    token: ApiToken
    by: By

    @property
    def system(self) -> Any:
        return self.token.system


def digest_of_token(text: str) -> str:
    """What is kept of a token: it has 256 random bits, which no dictionary has, so a plain hash is enough."""
    return hashlib.sha256(text.encode()).hexdigest()


class TokenAuth(HttpBearer):
    """Lets in who shows a token for `resource`, where its role has `permission`. One is made for each operation.

    Whoever is refused leaves a row in the audit log; a flood of them leaves one a minute.
    """

    def __init__(self, resource: str, permission: Permission, *, writes: bool) -> None:
        super().__init__()
        self.resource, self.permission, self.writes = resource, permission, writes

    def __call__(self, request: HttpRequest) -> Caller:
        scheme, _blank, text = request.headers.get("Authorization", "").partition(" ")
        return self.authenticate(request, text if scheme.lower() == "bearer" else "")

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        known = ApiToken.objects.known_by(digest_of_token(token)).first() if 0 < len(token) <= LONGEST_TOKEN else None
        if known is None:
            _record_stranger(request)
            raise ApiRefused(401, headers=CHALLENGE)
        caller = Caller(known, By(known.system, address_of(request)))
        if words := known.ended_words:
            self._record(caller, words)
            raise ApiRefused(401, _("令牌%(words)s") % {"words": words}, "token_ended", headers=CHALLENGE)
        self._count(caller)
        if words := self._lacking(caller):
            self._record(caller, words)
            raise ApiRefused(403, words)
        return caller

    def _lacking(self, caller: Caller) -> str:
        """What the token does not open; '' where it opens what is asked for."""
        token = caller.token
        if self.resource and self.resource not in token.resources:
            return _("令牌不能使用“%(resource)s”") % {"resource": self.resource}
        if self.writes and not token.may_write:
            return _("令牌只能读取，不能写入")
        return "" if can(token.system, self.permission) else _("外部系统没有这项权限")

    def _count(self, caller: Caller) -> None:
        """Count the call in its minute. Raises ApiRefused where there were enough; the first of them is recorded."""
        calls = _counted(caller.token)
        if calls <= caller.token.per_minute:
            return
        if calls == caller.token.per_minute + 1:
            self._record(caller, _("调用过于频繁"))
        wait = max(1, math.ceil(60 - timezone.now().second))
        raise ApiRefused(429, headers={"Retry-After": str(wait)})

    def _record(self, caller: Caller, reason: str) -> None:
        subject, label = _("接口 %(name)s") % {"name": self.resource}, caller.token.label
        tell(AuditAction.REFUSED, by=caller.by, of=reason, subject=subject, token=label, reason=reason)


def _counted(token: ApiToken) -> int:
    """How many calls the token made in this minute, this one included: counted by the database, for all machines."""
    minute, own = this_minute(), ApiToken.objects.filter(pk=token.pk)
    while not own.filter(minute=minute).update(calls=F("calls") + 1):
        own.exclude(minute=minute).update(minute=minute, calls=0)
    return int(own.values_list("calls", flat=True).get())


def _record_stranger(request: HttpRequest) -> None:
    by = By(None, address_of(request))
    tell(AuditAction.REFUSED, by=by, of="token", subject=_("接口"), reason=_("没有可用的令牌"))
