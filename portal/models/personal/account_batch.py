"""账号名单: accounts that are opened from a list, as it was brought in and what becomes of each of its rows."""

import json
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.access import Permission, can
from portal.enums import BatchState
from portal.fields import EncryptedBinaryField, EncryptedTextField


class AccountBatchQuerySet(models.QuerySet):
    """Lists of accounts by who reads them."""

    def visible_to(self, user: Any) -> Self:
        """All of them for who keeps accounts, none for anybody else."""
        return self.all() if can(user, Permission.MANAGE_ACCOUNTS) else self.none()

    def waiting(self) -> Self:
        """Those of which accounts wait for a second person, with how many."""
        return self.filter(requests__outcome="").annotate(waits=models.Count("requests"))

    def unconfirmed(self) -> Self:
        """Those of which nothing was opened yet."""
        return self.filter(state__in=(BatchState.READ, BatchState.CHECKED))

    def told(self) -> Self:
        """With what a page says of each; the file is opened only where it is read."""
        return self.select_related("brought_by").defer("content").order_by("-brought_at")


class AccountBatch(models.Model):
    """A list of accounts: its file until it is confirmed, and its rows, encrypted as it is; neither once it lapsed.

    `outcome` is JSON, for portal/account_lists/: what a row says, and what becomes of it. Those of its accounts that
    two people open are requests of it (`requests`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("导入人")
    )
    brought_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    file_name = models.CharField(_("文件名"), max_length=200)
    content = EncryptedBinaryField()
    state = models.CharField(_("状态"), max_length=10, choices=BatchState, default=BatchState.CHECKED)
    outcome = EncryptedTextField()
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)

    objects = AccountBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("账号名单")
        verbose_name_plural = _("账号名单")
        ordering = ["-brought_at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_to_check(self) -> bool:
        return self.state == BatchState.READ

    @property
    def is_to_confirm(self) -> bool:
        return self.state == BatchState.CHECKED

    @property
    def is_lapsed(self) -> bool:
        return self.state == BatchState.LAPSED

    @property
    def is_confirmed(self) -> bool:
        return self.state == BatchState.CONFIRMED

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows as they were kept."""
        kept: list[dict[str, Any]] = json.loads(self.outcome)
        return kept

    @rows.setter
    def rows(self, rows: list[dict[str, Any]]) -> None:
        self.outcome = json.dumps(rows, ensure_ascii=False)
