"""What comes of a visit: photos, and what the family's needs ask for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import FollowUpKind
from aid.models.person import Person
from aid.models.visit import Visit
from portal.models import RemovableFile, UnionOwned, VoidableRecord
from portal.models.voidable import LIVE


class VisitPhoto(RemovableFile, UnionOwned):
    """走访照片, kept encrypted. Stays with the visit."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="photos", verbose_name=_("走访慰问"))

    class Meta(UnionOwned.Meta):
        verbose_name = _("走访照片")
        verbose_name_plural = _("走访照片")
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "digest"],
                condition=models.Q(removed_at__isnull=True),
                name="visitphoto_kept_once",
                violation_error_message=_("这张照片已经上传过。"),
            ),
        ]


class FollowUp(VoidableRecord):
    """跟进事项: what a visit asks for (三个掌握); open until it is done. Stays with the visit."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="follow_ups", verbose_name=_("走访慰问"))
    # The visit's person: lists name people by it.
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("人员")
    )
    kind = models.CharField(_("跟进事项"), max_length=30, choices=FollowUpKind)
    asked_on = models.DateField(_("提出日期"))
    done_on = models.DateField(_("办结日期"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("办结人"),
    )
    outcome = models.CharField(_("办理结果"), max_length=200, blank=True)

    class Meta(VoidableRecord.Meta):
        verbose_name = _("跟进事项")
        verbose_name_plural = _("跟进事项")
        indexes = [*VoidableRecord.Meta.indexes, models.Index(fields=["asked_on"], name="followup_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "kind"],
                condition=LIVE,
                name="followup_one_per_visit_and_kind",
                violation_error_message=_("这次走访的这一事项已有记录。"),
            ),
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=True, done_by__isnull=True)
                | models.Q(done_on__isnull=False, done_by__isnull=False),
                name="followup_done_by_somebody",
                violation_error_message=_("办结日期和办结人须同时有。"),
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def words(self) -> str:
        return self.get_kind_display()
