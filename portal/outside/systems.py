"""Setting up outside systems and their tokens, and ending them. Every function writes one audit row."""

import datetime
import hashlib
import secrets
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal import audit
from portal.accounts.second_person import take_over
from portal.audit import By
from portal.enums import AuditAction, Role, WebhookEvent
from portal.models import AccountRequest, ApiToken, Union, User, Webhook

PREFIX = "gat_"  # by which whoever finds one lying about knows what it is
LONGEST_LIFE = datetime.timedelta(days=400)  # a token is renewed every year


def open_system(username: str, *, name: str, union: Union, by: By) -> User:
    """Let in a system of `union`: an actor of the audit log that nobody can sign in as. It has no token yet.

    Raises ValidationError where the user name is taken or no possible one.
    """
    system = User(username=username, name=name, role=Role.SYSTEM, union=union, must_change_password=False)
    system.set_unusable_password()
    system.full_clean(exclude=["password"])
    with transaction.atomic():
        system.save()
        _record(system, by, act=_("设立外部系统"))
    return system


def make_token(
    system: User,
    *,
    label: str,
    resources: Iterable[str],
    may_write: bool,
    expires_on: datetime.date,
    per_minute: int,
    by: By,
) -> str:
    """A new token of `system`, which nobody can read again: its digest alone is kept.

    Raises ValidationError where the system has one of that label.
    """
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(system=system, label=label, resources=sorted(resources), may_write=may_write)
    token.expires_on, token.per_minute = expires_on, per_minute
    if by.actor:
        token.made_by = by.actor
    token.digest = hashlib.sha256(text.encode()).hexdigest()
    token.full_clean()
    with transaction.atomic():
        token.save()
        _record(system, by, act=_("生成令牌"), token=label, after=_in_words(token))
    return text


def fetch_token(asked: AccountRequest, *, by: By) -> tuple[User, str]:
    """The system, and the token that a second person agreed to, made when who asked for it fetches it.

    Effects: one token, the request, audit rows. Raises ValidationError as `take_over`, and as `make_token`.
    """
    system = User.objects.systems().get(username=asked.username, is_active=True)
    given = asked.fields | {"expires_on": datetime.date.fromisoformat(asked.fields["expires_on"])}
    with transaction.atomic():
        take_over(asked, by=by)
        return system, make_token(system, **given, by=by)


def _in_words(token: ApiToken) -> Mapping[str, object]:
    return {
        _("资源"): token.resources,
        _("可以写入"): token.may_write,
        _("每分钟最多调用次数"): token.per_minute,
        _("有效期至"): str(token.expires_on),
    }


def add_webhook(system: User, *, address: str, events: Iterable[str], by: By) -> str:
    """Tell the system at `address` of `events` from now on; the secret that signs what it is told, shown once.

    Raises ValidationError where it is told there already.
    """
    secret = secrets.token_urlsafe(32)
    webhook = Webhook(system=system, address=address, events=sorted(events), secret=secret)
    webhook.full_clean()
    with transaction.atomic():
        webhook.save()
        _record(
            system,
            by,
            act=_("设立事项通知"),
            after={_("事项"): [str(WebhookEvent(each).label) for each in webhook.events]},
        )
    return secret


@transaction.atomic
def end_webhook(webhook: Webhook, *, by: By) -> None:
    """From now on nothing is sent there, what still waits neither; ended twice it is ended once."""
    if Webhook.objects.filter(pk=webhook.pk, ended_at=None).update(ended_at=timezone.now()):
        _record(webhook.system, by, act=_("停用事项通知"))


@transaction.atomic
def end_token(token: ApiToken, *, by: By) -> None:
    """From now on the token opens nothing; ended twice it is ended once."""
    if ApiToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=timezone.now()):
        _record(token.system, by, act=_("停用令牌"), token=token.label)


@transaction.atomic
def end_system(system: User, *, by: By) -> None:
    """From now on no token of the system opens anything, and it is told nothing more."""
    now = timezone.now()
    if User.objects.filter(pk=system.pk, is_active=True).update(is_active=False):
        ApiToken.objects.filter(system=system, ended_at=None).update(ended_at=now)
        Webhook.objects.filter(system=system, ended_at=None).update(ended_at=now)
        _record(system, by, act=_("停用外部系统"))


def latest_expiry() -> datetime.date:
    """The last day that a token made today may be good for."""
    return localdate() + LONGEST_LIFE


def _record(system: User, by: By, **detail: object) -> None:
    audit.record(AuditAction.SYSTEM_CHANGED, by=by, subject=system.username, union=system.union, about=None, **detail)
