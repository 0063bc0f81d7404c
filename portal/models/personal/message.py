"""消息提醒: how a person wants to be reached outside the portal, and what is sent there."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.enums import MessageChannel
from portal.fields import EncryptedTextField
from portal.identity import mask_telephone


class MessageWay(models.Model):
    """One way by which one person is reached: a channel, and the number or name there. Ended, it is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="message_ways", verbose_name=_("账号")
    )
    channel = models.CharField(_("提醒方式"), max_length=10, choices=MessageChannel)
    address = EncryptedTextField(_("接收号码"))
    made_at = models.DateTimeField(_("开通时间"), auto_now_add=True)
    ended_at = models.DateTimeField(_("停用时间"), null=True, editable=False)

    class Meta:
        verbose_name = _("提醒方式")
        verbose_name_plural = _("提醒方式")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "channel"], condition=models.Q(ended_at=None), name="message_way_one_of_a_channel"
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=MessageChannel.values), name="message_way_channel_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.masked}"

    @property
    def masked(self) -> str:
        """The number or name as the page shows it: enough to tell it from another."""
        if self.channel == MessageChannel.SMS:
            return mask_telephone(self.address)
        name, at, host = self.address.partition("@")
        return f"{name[:1]}***{at}{host}"


class MessageQuerySet(models.QuerySet):
    """Named readings of the messages."""

    def due(self) -> Self:
        """What is to be tried now, the oldest first."""
        return self.filter(sent_at=None, given_up_at=None, due_at__lte=timezone.now()).order_by("due_at", "pk")

    def latest_of(self, user: Any) -> Self:
        """What was sent to a person, the newest first."""
        return self.filter(way__user=user).select_related("way").order_by("-pk")


class Message(models.Model):
    """Words on their way to one person: no name, number or illness of anybody stands in them.

    `digest_of` is the day that a 每日提醒 sums up; NULL for any other message.
    """

    way = models.ForeignKey(MessageWay, on_delete=models.PROTECT, related_name="messages", verbose_name=_("提醒方式"))
    text = models.TextField(_("内容"))
    digest_of = models.DateField(_("提醒日期"), null=True)
    made_at = models.DateTimeField(_("生成时间"), auto_now_add=True)
    due_at = models.DateTimeField(_("下次发送"))
    attempts = models.PositiveSmallIntegerField(_("已发送次数"), default=0)
    sent_at = models.DateTimeField(_("发出时间"), null=True)
    given_up_at = models.DateTimeField(_("放弃时间"), null=True)

    objects: ClassVar[Any] = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = _("消息")
        constraints = [
            models.UniqueConstraint(fields=["way", "digest_of"], name="message_one_digest_a_day"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(sent_at=None, given_up_at=None), name="message_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.way_id} {self.made_at:%Y-%m-%d %H:%M}"
