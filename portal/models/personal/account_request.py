"""账号申请: what one person alone must not do to an account, asked for by one and agreed to by another."""

import datetime
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import Permission, can, path_range
from portal.enums import AccountAct, AccountOutcome
from portal.models.personal.account_batch import AccountBatch
from portal.models.personal.handover import by_same_hands
from portal.models.union import Union

HANDED_WITHIN = datetime.timedelta(days=7)
WITH_SECRET = (AccountAct.OPEN, AccountAct.RESET, AccountAct.TOKEN)


class AccountRequestQuerySet(models.QuerySet):
    """Requests by who they wait for."""

    def waiting(self) -> Self:
        return self.filter(outcome="")

    def visible_to(self, user: Any) -> Self:
        """Those about accounts of the own union and below, of who may agree to any; never those about oneself."""
        if not can(user, Permission.CONFIRM_ACCOUNTS):
            return self.none()
        return self.filter(path_range(user.union.path, "union__path")).exclude(username=user.username)

    def for_second(self, user: Any) -> Self:
        """Those that `user` may decide: waiting, and asked for by somebody else."""
        return self.visible_to(user).waiting().exclude(by_same_hands("asked_by", user))

    def to_hand_over(self, user: Any) -> Self:
        """Those of `user` that were agreed to and of which the secret was not fetched yet."""
        since = timezone.now() - HANDED_WITHIN
        agreed = self.filter(asked_by=user, outcome=AccountOutcome.AGREED, decided_at__gt=since)
        return agreed.filter(handed_at=None, act__in=WITH_SECRET)

    def one_by_one(self) -> Self:
        """Those that no list of accounts asked for."""
        return self.filter(batch=None)

    def told(self) -> Self:
        """With what a list says of each."""
        return self.select_related("union", "asked_by", "decided_by").order_by("-id")


class AccountRequest(models.Model):
    """An account to be opened, changed or reset: `fields` are the values it is to get, the union by its code."""

    act = models.CharField(_("事项"), max_length=10, choices=AccountAct)
    username = models.CharField(_("用户名"), max_length=150)
    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("所属工会"))
    fields = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("申请人")
    )
    asked_at = models.DateTimeField(_("申请时间"), auto_now_add=True)
    # The list of accounts by which it was asked for; most are asked for one by one.
    batch = models.ForeignKey(
        AccountBatch, on_delete=models.PROTECT, null=True, related_name="requests", verbose_name=_("账号名单")
    )
    outcome = models.CharField(_("结果"), max_length=10, choices=AccountOutcome, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("办理人")
    )
    decided_at = models.DateTimeField(_("办理时间"), null=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    # When who asked fetched the first password or the token: nobody else ever sees it, who agreed least of all.
    handed_at = models.DateTimeField(_("取得时间"), null=True)

    objects = AccountRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("账号申请")
        verbose_name_plural = _("账号申请")
        constraints = [
            models.UniqueConstraint(
                fields=["username"], condition=models.Q(outcome=""), name="accountrequest_one_waiting"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", decided_by=None) | (~models.Q(outcome="") & ~models.Q(decided_by=None)),
                name="accountrequest_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome=AccountOutcome.AGREED) | ~models.Q(decided_by=models.F("asked_by")),
                name="accountrequest_four_eyes",
            ),
            models.CheckConstraint(
                condition=models.Q(handed_at=None) | models.Q(outcome=AccountOutcome.AGREED),
                name="accountrequest_handed_over_when_agreed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.username}"

    @property
    def told_fields(self) -> list[tuple[str, str]]:
        """The values asked for as a page shows them, by the names that people call them; the union is told beside."""
        model = "ApiToken" if self.act == AccountAct.TOKEN else "User"
        account = apps.get_model("portal", model)._meta
        return [
            (str(getattr(account.get_field(name), "verbose_name", name)), _in_words(account.get_field(name), value))
            for name, value in self.fields.items()
            if value != ""
        ]


def _in_words(field: Any, value: Any) -> str:
    """A value that was asked for as a page shows it."""
    if isinstance(value, list):
        return "、".join(map(str, value))
    told = {True: _("启用"), False: _("停用")} if field.name == "is_active" else {True: _("是"), False: _("否")}
    labels = told if isinstance(value, bool) else dict(getattr(field, "flatchoices", ()))
    return str(labels.get(value, value))
