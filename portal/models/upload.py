"""A workbook that was uploaded and waits to be confirmed."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.access import ScopedQuerySet
from portal.fields import EncryptedBinaryField, EncryptedTextField
from portal.models.owned import UnionOwned, acting_person
from portal.models.personal.handover import by_same_hands


class UploadState(models.TextChoices):
    """What became of an uploaded workbook."""

    CHECKED = "checked", _("待确认")
    WAITING = "waiting", _("待审核人复核")
    REFUSED = "refused", _("复核不同意")
    FAULTY = "faulty", _("有错误")
    IMPORTED = "imported", _("已导入")


class UploadQuerySet(ScopedQuerySet):
    """Uploads by what has to be done with them."""

    def awaiting(self, user: Any) -> Self:
        """Those in the scope of `user` of which rows wait for a second person, who is not one of the first."""
        waiting = self.visible_to(user).filter(state=UploadState.WAITING)
        return waiting.exclude(by_same_hands("uploaded_by", user)).exclude(by_same_hands("sent_by", user))


class WorkbookUpload(UnionOwned):
    """The uploaded file, encrypted, with the outcome of its check; the content is wiped once it is imported."""

    goes_to_heir: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Who sent its rows to a second person, and who answered. Empty is NULL, as for whoever did not yet.
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    answer = models.CharField(_("复核意见"), max_length=200, blank=True, default="", editable=False)
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    file_name = models.CharField(_("文件名"), max_length=200)
    content = EncryptedBinaryField()
    # Which workbook it is one of: the beginning of the names of its addresses.
    kind = models.CharField(_("种类"), max_length=20, default="workbook", editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=UploadState)
    outcome = EncryptedTextField()  # JSON; its errors repeat cells, which may be identity numbers

    objects: ClassVar[Any] = UploadQuerySet.as_manager()

    class Meta(UnionOwned.Meta):
        verbose_name = _("上传的工作簿")
        verbose_name_plural = _("上传的工作簿")

    def __str__(self) -> str:
        return self.file_name


class KeptFile(models.Model):
    """A file that is kept with something, encrypted, with its digest; `portal.keeping.attach` fills it in."""

    file_name = models.CharField(_("文件名"), max_length=200)
    content_type = models.CharField(max_length=100)
    content = EncryptedBinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")


class GivenFile(KeptFile):
    """A file with whoever uploaded it."""

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    class Meta(KeptFile.Meta):
        abstract = True


FilesManager = models.Manager.from_queryset(ScopedQuerySet)


class StandingFiles(FilesManager):
    """The files that were not taken away: whatever asks passes over the others."""

    def get_queryset(self) -> QuerySet[Any]:
        standing: QuerySet[Any] = super().get_queryset().filter(removed_at__isnull=True)
        return standing


class RemovableFile(GivenFile):
    """A file that can be taken away where it was given by mistake: it is kept, and shown and counted no more."""

    removed_by = acting_person(_("撤去人"))
    removed_at = models.DateTimeField(_("撤去时间"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = StandingFiles()
    everything: ClassVar[Any] = ScopedQuerySet.as_manager()

    class Meta(GivenFile.Meta):
        abstract = True

    def against_removing(self) -> str:
        """Why it stays, in words; '' where it may be taken away."""
        return ""
