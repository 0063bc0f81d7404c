"""通知: words of the city to one union, seen by its people when they sign in."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.access import Permission, ScopedQuerySet, can
from portal.models.owned import UnionOwned


class AnnouncementQuerySet(ScopedQuerySet):
    """Named readings of the announcements."""

    def visible_to(self, user: Any) -> Self:
        """Those to the user's own union: what is said to a union is not meant for those below or above it."""
        if not can(user, Permission.VIEW_HOME):
            return self.none()
        return self.filter(union_path=user.union.path)

    def with_reading(self, user: Any) -> Self:
        """Each with `is_read`: whether `user` has read it."""
        mine = AnnouncementReading.objects.filter(announcement=models.OuterRef("pk"), reader=user)
        return self.annotate(is_read=models.Exists(mine))

    def unread_by(self, user: Any) -> Self:
        """Those visible to `user` that `user` has not read."""
        return self.visible_to(user).with_reading(user).filter(is_read=False)


class Announcement(UnionOwned):
    """One message to the people of `union`: what to do, and the page where it is done."""

    goes_to_heir: ClassVar[bool] = False

    title = models.CharField(_("标题"), max_length=100)
    text = models.TextField(_("内容"), blank=True)
    link = models.CharField(_("办理页面"), max_length=200, blank=True)  # a path of the portal
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("发送人")
    )
    sent_at = models.DateTimeField(_("发送时间"), auto_now_add=True)

    objects: ClassVar[Any] = AnnouncementQuerySet.as_manager()

    class Meta(UnionOwned.Meta):
        verbose_name = _("通知")
        verbose_name_plural = _("通知")

    def __str__(self) -> str:
        return self.title


class AnnouncementReading(models.Model):
    """That one person has read an announcement."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(_("阅读时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("通知阅读")
        verbose_name_plural = _("通知阅读")
        constraints = [
            models.UniqueConstraint(fields=["announcement", "reader"], name="announcement_read_once"),
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} {self.reader_id}"
