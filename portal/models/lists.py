"""清单: a list of a union's own making on its way in, its rows that wait to be completed, and what was learned."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.access import ScopedQuerySet
from portal.fields import EncryptedBinaryField, EncryptedTextField
from portal.models.owned import UnionOwned
from portal.models.personal.handover import by_same_hands


class ListState(models.TextChoices):
    """How far an uploaded list has come."""

    OPEN = "open", _("待核对各列")
    CHECKED = "checked", _("已检查，待确认")
    IMPORTED = "imported", _("已导入")


class ListUploadQuerySet(ScopedQuerySet):
    """Lists by what has to be done with them."""

    def awaiting(self, user: Any) -> Self:
        """Those in the scope of `user` of which rows wait for a second person, who is not one of the first."""
        waiting = self.visible_to(user).filter(sent_by__isnull=False)
        return waiting.exclude(by_same_hands("uploaded_by", user)).exclude(by_same_hands("sent_by", user))

    def same_as(self, upload: "ListUpload") -> Self:
        """Other uploads whose headings and rows are those of `upload`, those that came in first, the latest first."""
        same = self.filter(digest=upload.digest).exclude(pk=upload.pk).exclude(digest="")
        return same.annotate(came_in=Q(state=ListState.IMPORTED)).order_by("-came_in", "-uploaded_at")


class ListUpload(UnionOwned):
    """An uploaded list: the file, its table, what the columns are taken for, and the last check; all encrypted.

    While rows wait for a second person, `sent_by` is who sent them and `waiting` what is shown of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    file_name = models.CharField(_("文件名"), max_length=200)
    content = EncryptedBinaryField()
    digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)  # keyed, of headings and rows
    state = models.CharField(_("状态"), max_length=10, choices=ListState, default=ListState.OPEN)
    # JSON each: cells may be identity numbers, and so may what was typed in their place.
    table = EncryptedTextField()
    reading = EncryptedTextField()
    outcome = EncryptedTextField(blank=True)
    waiting = EncryptedTextField(blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    objects: ClassVar[Any] = ListUploadQuerySet.as_manager()

    class Meta(UnionOwned.Meta):
        verbose_name = _("上传的清单")
        verbose_name_plural = _("上传的清单")

    def __str__(self) -> str:
        return self.file_name


class HeldState(models.TextChoices):
    """Whom a row that did not come in waits for."""

    WRONG = "wrong", _("待补正")
    WAITING = "waiting", _("待审核人复核")
    REFUSED = "refused", _("复核不同意")


class HeldRowQuerySet(ScopedQuerySet):
    """Rows by whom they wait for."""

    def to_complete(self) -> Self:
        """Those that whoever brings in lists has to complete or to drop."""
        return self.exclude(state=HeldState.WAITING)

    def waiting(self) -> Self:
        """Those that a second person looks at."""
        return self.filter(state=HeldState.WAITING)


class HeldRow(UnionOwned):
    """待补正: a row of an imported list that did not come in, with its reasons; until it is completed or dropped.

    Its cells stand in the table of the upload, with what was typed into them since.
    """

    upload = models.ForeignKey(ListUpload, on_delete=models.CASCADE, related_name="held_rows")
    row = models.PositiveIntegerField(_("行"))
    held_at = models.DateTimeField(_("留存时间"), auto_now_add=True)
    state = models.CharField(_("状态"), max_length=10, choices=HeldState, default=HeldState.WRONG)
    faults = EncryptedTextField()

    objects: ClassVar[Any] = HeldRowQuerySet.as_manager()

    class Meta(UnionOwned.Meta):
        verbose_name = _("待补正的行")
        verbose_name_plural = _("待补正的行")
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["upload", "row"], name="heldrow_once")]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.row}"


class ListHabit(UnionOwned):
    """What a union took the columns of a list with these headings for; with no headings, what its words mean."""

    headings = models.CharField(max_length=64, blank=True, editable=False)  # a keyed hash
    name = models.CharField(_("名称"), max_length=100, blank=True)
    learned = EncryptedTextField()
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta(UnionOwned.Meta):
        verbose_name = _("清单的读法")
        verbose_name_plural = _("清单的读法")
        constraints = [models.UniqueConstraint(fields=["union", "headings"], name="listhabit_once")]

    def __str__(self) -> str:
        return self.name
