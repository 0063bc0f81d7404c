"""A workbook that was uploaded and waits to be confirmed."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.fields import EncryptedBinaryField, EncryptedTextField
from portal.models.owned import UnionOwned


class UploadState(models.TextChoices):
    """What became of an uploaded workbook."""

    CHECKED = "checked", _("待确认")
    FAULTY = "faulty", _("有错误")
    IMPORTED = "imported", _("已导入")


class WorkbookUpload(UnionOwned):
    """The uploaded file, encrypted, with the outcome of its check; the content is wiped once it is imported."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    file_name = models.CharField(_("文件名"), max_length=200)
    content = EncryptedBinaryField()
    # Which workbook it is one of: the beginning of the names of its addresses.
    kind = models.CharField(_("种类"), max_length=20, default="workbook", editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=UploadState)
    outcome = EncryptedTextField()  # JSON; its errors repeat cells, which may be identity numbers

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


class GivenFile(KeptFile):
    """A file with whoever uploaded it."""

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    class Meta(KeptFile.Meta):
        abstract = True
