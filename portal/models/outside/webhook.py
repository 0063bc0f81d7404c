"""Addresses that are told when something was done, and what they were told."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.enums import WebhookEvent
from portal.fields import EncryptedTextField

LONGEST_ADDRESS = 300


class WebhookQuerySet(models.QuerySet):
    """Named readings of the addresses."""

    def listening(self, event: str, path: str) -> list["Webhook"]:
        """Those that are told of `event` in the union at `path`: there are a few in all, so one query finds them."""
        live: Any = self.filter(ended_at=None, system__is_active=True).select_related("system__union")
        return [each for each in live if event in each.events and path.startswith(each.system.union.path)]


class Webhook(models.Model):
    """An address of an outside system that is told of `events` in the union of the system and below.

    What it is told is signed with `secret`, which its owner was shown once.
    """

    system = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="webhooks", verbose_name=_("外部系统")
    )
    address = models.URLField(_("接收地址"), max_length=LONGEST_ADDRESS)
    events = models.JSONField(_("事项"), default=list)
    secret = EncryptedTextField()
    made_at = models.DateTimeField(_("设立时间"), auto_now_add=True)
    ended_at = models.DateTimeField(_("停用时间"), null=True, editable=False)

    objects: ClassVar[Any] = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("事项通知")
        verbose_name_plural = _("事项通知")
        constraints = [
            models.UniqueConstraint(
                fields=["system", "address"],
                condition=models.Q(ended_at=None),
                name="webhook_address_once",
                violation_error_message=_("这个地址已经设立。"),
            )
        ]

    def __str__(self) -> str:
        return self.address


class DeliveryQuerySet(models.QuerySet):
    """Named readings of what is sent."""

    def due(self) -> Self:
        """What is to be tried now, the oldest first."""
        waiting = self.filter(delivered_at=None, given_up_at=None, due_at__lte=timezone.now())
        return waiting.order_by("due_at", "pk")


class WebhookDelivery(models.Model):
    """One message to one address: what it says, how often it was tried, when it is tried next, what came of it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    event = models.CharField(_("事项"), max_length=20, choices=WebhookEvent)
    body = models.JSONField()
    made_at = models.DateTimeField(_("发生时间"), auto_now_add=True)
    due_at = models.DateTimeField(_("下次发送"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("已发送次数"), default=0)
    status = models.PositiveSmallIntegerField(_("对方答复"), null=True)
    delivered_at = models.DateTimeField(_("送达时间"), null=True)
    given_up_at = models.DateTimeField(_("放弃时间"), null=True)

    objects: ClassVar[Any] = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("事项通知的发送")
        verbose_name_plural = _("事项通知的发送")
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(delivered_at=None, given_up_at=None), name="webhook_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.key}"
