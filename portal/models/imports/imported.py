"""导入记录: what an import wrote, row by row, so that it can be looked at and taken back."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.access import ScopedQuerySet
from portal.fields import EncryptedTextField
from portal.models.owned import UnionOwned
from portal.models.personal.handover import by_same_hands


class ImportAct(models.TextChoices):
    """What an import did to a record."""

    OPENED = "opened", _("附带新建")
    CREATED = "created", _("新增")
    CHANGED = "changed", _("修改")
    FOLLOWED = "followed", _("随之变动")


class ImportQuerySet(ScopedQuerySet):
    """Imports by who is to say something of them."""

    def asked_back(self, user: Any) -> Self:
        """Those whose taking back waits for the second person `user`: of the own scope, asked for by others."""
        asked = self.visible_to(user).filter(asked_at__isnull=False, taken_back_at__isnull=True)
        return asked.exclude(by_same_hands("asked_by", user))


class Import(UnionOwned):
    """One import of a workbook or a list: who, when, which file; and who took it back, when.

    `weighty` counts the rows that decided a case, paid or changed a card: where there are any, taking it back is asked
    for by one person and agreed to by another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("导入人")
    )
    made_at = models.DateTimeField(_("导入时间"), auto_now_add=True)
    file_name = models.CharField(_("文件名"), max_length=200)
    # The list it came by, as long as that is kept; rows that were completed later are imports of their own, and taken
    # back with the others.
    upload = models.ForeignKey(
        "portal.ListUpload", on_delete=models.SET_NULL, null=True, editable=False, related_name="imports"
    )
    weighty = models.PositiveIntegerField(_("须复核的行"), default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("申请撤回时间"), null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(_("撤回时间"), null=True)

    objects: ClassVar[Any] = ImportQuerySet.as_manager()

    class Meta(UnionOwned.Meta):
        verbose_name = _("导入记录")
        verbose_name_plural = _("导入记录")

    def __str__(self) -> str:
        return self.file_name

    def together(self) -> ImportQuerySet:
        """All that is, or was, taken back with this one, itself among them: what one list brought. The first first."""
        if self.upload_id is None:
            alone: ImportQuerySet = Import.objects.filter(pk=self.pk)
            return alone
        same: ImportQuerySet = Import.objects.filter(upload=self.upload_id, taken_back_at=self.taken_back_at)
        return same.order_by("made_at", "pk")

    @property
    def is_asked_back(self) -> bool:
        """Whether somebody asked to take it back and nobody has answered."""
        return self.asked_at is not None and self.taken_back_at is None


class ImportedRecord(models.Model):
    """One record that an import wrote; `place` is the order of writing.

    `before` is the state of a changed one, as JSON; `after` the keyed hash of what the import left, by which a later
    change is known.
    """

    imported = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="records")
    place = models.PositiveIntegerField()
    sheet = models.CharField(_("工作表"), max_length=40, blank=True)
    row = models.PositiveIntegerField(_("行"), null=True)
    act = models.CharField(_("做了什么"), max_length=10, choices=ImportAct)
    model = models.CharField(max_length=60)
    record = models.BigIntegerField()
    shown = EncryptedTextField()
    before = EncryptedTextField(blank=True)
    after = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("导入的记录")
        verbose_name_plural = _("导入的记录")
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["imported", "place"], name="importedrecord_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.record}"
