"""典型: whom the notice asks to hold up (part two (two)): caring enterprises, students, social organisations."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aid.enums import ExemplarFileKind, ExemplarKind
from portal.models import RemovableFile, UnionOwned, VersionedRecord
from portal.models.owned import by_order, unique_number


class Exemplar(VersionedRecord):
    """One exemplar and its story. Public only with a consent: by whom and when is kept here, its paper beside it."""

    number = models.CharField(_("业务编号"), max_length=40)
    kind = models.CharField(_("典型类别"), max_length=30, choices=ExemplarKind)
    title = models.CharField(_("标题"), max_length=100)
    name = models.CharField(_("单位或个人名称"), max_length=100)
    story = models.TextField(_("事迹"))
    consent_by = models.CharField(_("同意人"), max_length=50, blank=True)
    consent_on = models.DateField(_("同意宣传日期"), null=True, blank=True)
    published_on = models.DateField(_("公开日期"), null=True, blank=True, editable=False)

    class Meta(VersionedRecord.Meta):
        verbose_name = _("典型")
        verbose_name_plural = _("典型")
        indexes = [
            *VersionedRecord.Meta.indexes,
            models.Index(fields=["number", "id"], name="exemplar_number"),
            by_order("exemplar", "title"),
        ]
        constraints = [
            unique_number("exemplar"),
            models.CheckConstraint(
                # A comparison with nothing is neither true nor false, which a database lets pass.
                condition=models.Q(published_on__isnull=True)
                | models.Q(consent_on__isnull=False, consent_on__lte=models.F("published_on")),
                name="exemplar_published_with_consent",
                violation_error_message=_("没有本人（单位）同意，不能公开。"),
            ),
        ]

    def __str__(self):
        return self.title


class ExemplarFile(RemovableFile, UnionOwned):
    """典型材料: a picture, or the scan of the consent; kept encrypted. Stays with the exemplar."""

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="files", verbose_name=_("典型"))
    kind = models.CharField(_("材料种类"), max_length=20, choices=ExemplarFileKind)

    class Meta(UnionOwned.Meta):
        verbose_name = _("典型材料")
        verbose_name_plural = _("典型材料")
        constraints = [
            models.UniqueConstraint(
                fields=["exemplar", "kind", "digest"],
                condition=models.Q(removed_at__isnull=True),
                name="exemplarfile_kept_once",
                violation_error_message=_("这份材料已经上传过。"),
            ),
        ]

    def against_removing(self) -> str:
        if self.kind == ExemplarFileKind.CONSENT and self.exemplar.published_on:
            return gettext("典型已公开，同意书不能撤去；请先“不再公开”。")
        return ""
