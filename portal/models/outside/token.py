"""Tokens of outside systems, and the answers they were given."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.fields import EncryptedTextField
from portal.models.receipt import FormReceipt

RESOURCE_LENGTH = 30


class TokenQuerySet(models.QuerySet):
    """Named readings of the tokens."""

    def known_by(self, digest: str) -> Self:
        """The token of that digest, with the system it belongs to."""
        return self.filter(digest=digest).select_related("system__union")


class ApiToken(models.Model):
    """What an outside system shows to be let in: kept as a digest only, so that nobody reads it here.

    `resources` are the names of what it may ask for, `may_write` whether it may send, too. Calls are counted in
    `minute`, against `per_minute`. A token ends on `expires_on`, the last day it is good for, or when it is ended.
    """

    system = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens", verbose_name=gettext_lazy("外部系统")
    )
    label = models.CharField(gettext_lazy("令牌名称"), max_length=30)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    resources = models.JSONField(gettext_lazy("资源"), default=list)
    may_write = models.BooleanField(gettext_lazy("可以写入"), default=False)
    per_minute = models.PositiveSmallIntegerField(gettext_lazy("每分钟最多调用次数"), default=60)
    expires_on = models.DateField(gettext_lazy("有效期至"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=gettext_lazy("生成人")
    )
    made_at = models.DateTimeField(gettext_lazy("生成时间"), auto_now_add=True)
    ended_at = models.DateTimeField(gettext_lazy("停用时间"), null=True, editable=False)
    minute = models.DateTimeField(gettext_lazy("最近调用"), null=True, editable=False)
    calls = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[Any] = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("接口令牌")
        verbose_name_plural = gettext_lazy("接口令牌")
        constraints = [
            models.UniqueConstraint(
                fields=["system", "label"],
                name="apitoken_label_once",
                violation_error_message=gettext_lazy("这个系统已有同名的令牌。"),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def ended_words(self) -> str:
        """Why it opens nothing any more; '' while it does."""
        if self.ended_at is not None or not self.system.is_active:
            return _("已停用")
        return _("已过期") if self.expires_on < localdate() else ""


def this_minute() -> Any:
    """The minute in which calls are counted now."""
    return timezone.now().replace(second=0, microsecond=0)


class ApiAnswer(models.Model):
    """What a call with a key was answered, so that the same call sent again is answered alike; it goes with its key."""

    receipt = models.OneToOneField(FormReceipt, on_delete=models.CASCADE, related_name="api_answer")
    status = models.PositiveSmallIntegerField()
    body = EncryptedTextField()  # its notices may name people

    class Meta:
        verbose_name = gettext_lazy("接口的答复")
        verbose_name_plural = gettext_lazy("接口的答复")

    def __str__(self) -> str:
        return str(self.status)
