"""公示: which cases were shown where and when, the posted sheet, and who objected."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.enums import NoticeKind, NoticeState, ObjectionOutcome
from aid.models.casework.case import AidCase
from portal.access import ScopedQuerySet
from portal.fields import EncryptedTextField
from portal.models import GivenFile, KeptFile, UnionOwned, VersionedRecord
from portal.models.owned import by_order, unique_number

TOKEN_BYTES = 24
BARE = _("没有申请在公示")
STAYS_UP = _("期满未撤下")
SHOWN = models.Q(photo__isnull=False) & (
    models.Q(place_corrected_at__isnull=True) | models.Q(photo__uploaded_at__gte=models.F("place_corrected_at"))
)
NOT_SHOWN = models.Q(photo__isnull=True) | models.Q(photo__uploaded_at__lt=models.F("place_corrected_at"))


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


class PublicNoticeQuerySet(ScopedQuerySet):
    """Notices by their days. One whose cases were all taken off has none: it shows nothing and asks for nothing."""

    def with_bare(self):
        """Each with `nothing_left`: its cases were all taken off."""
        on_it = NoticedCase.objects.filter(notice=models.OuterRef("pk"))
        left = models.Exists(on_it.filter(taken_off=False))
        return self.annotate(nothing_left=models.Exists(on_it.filter(taken_off=True)) & ~left)

    def posted(self):
        """Not taken down, and with something to show."""
        return self.with_bare().filter(status=NoticeState.POSTED, nothing_left=False)

    def bare(self):
        """Not taken down, and all its cases were taken off."""
        return self.with_bare().filter(status=NoticeState.POSTED, nothing_left=True)

    def running(self, today=None):
        """Posted, begun, and the last day has not passed."""
        today = today or localdate()
        return self.posted().filter(first_day__lte=today, last_day__gte=today)

    def waiting(self):
        """Made out, and the first day is still to come."""
        return self.posted().filter(first_day__gt=localdate())

    def without_photo(self):
        """Hanging by now, and no photo shows it; the photo of a sheet that was printed again since shows another."""
        return self.posted().filter(NOT_SHOWN, first_day__lte=localdate())

    def shown_by_photo(self):
        """Those of which a photo shows the sheet as it was last printed."""
        return self.filter(SHOWN)

    def to_take_down(self):
        """The last day has passed, and nobody has noted that the sheet no longer hangs."""
        return self.posted().filter(last_day__lt=localdate())


class PublicNotice(VersionedRecord):
    """One posted sheet: a list of cases, the place, the first and the last day."""

    number = models.CharField(_("公示编号"), max_length=40)
    kind = models.CharField(_("公示范围"), max_length=20, choices=NoticeKind)
    place = models.CharField(_("公示地点"), max_length=100)
    first_day = models.DateField(_("公示开始日期"))
    last_day = models.DateField(_("公示结束日期"))
    telephone = models.CharField(_("异议受理电话"), max_length=40)
    status = models.CharField(_("状态"), max_length=20, choices=NoticeState, default=NoticeState.POSTED, editable=False)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("发布人")
    )
    key = models.UUIDField(_("表单编号"), unique=True, editable=False)
    place_corrected_at = models.DateTimeField(_("地点更正时间"), null=True, blank=True, editable=False)
    cases = models.ManyToManyField(AidCase, through="NoticedCase", related_name="notices")

    objects = PublicNoticeQuerySet.as_manager()

    class Meta(VersionedRecord.Meta):
        verbose_name = _("公示单")
        verbose_name_plural = _("公示单")
        indexes = [
            *VersionedRecord.Meta.indexes,
            by_order("publicnotice", "number"),
            by_order("publicnotice", "last_day"),
            models.Index(fields=["first_day", "id"], name="publicnotice_first_day"),
        ]
        constraints = [
            unique_number("publicnotice"),
            models.CheckConstraint(
                condition=models.Q(first_day__lte=models.F("last_day")),
                name="publicnotice_days_in_order",
                violation_error_message=_("公示结束日期不能早于公示开始日期。"),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def standing(self) -> str:
        """The status in words; only a notice within its days, that shows somebody, is told to be on display."""
        if self.status != NoticeState.POSTED:
            return self.get_status_display()
        if self.is_bare:
            return str(BARE)
        if self.is_over:
            return str(STAYS_UP)
        return self.get_status_display() if self.has_begun else str(_("待公示"))

    @property
    def is_bare(self) -> bool:
        """All its cases were taken off, so that nothing is shown. Asks one question if not read `with_bare`."""
        if (read := getattr(self, "nothing_left", None)) is not None:
            return bool(read)
        left = self.noticed.values_list("taken_off", flat=True)
        return bool(left) and all(left)

    @property
    def has_begun(self) -> bool:
        """The first day has come."""
        return localdate() >= self.first_day

    @property
    def is_over(self) -> bool:
        """The last day has passed."""
        return localdate() > self.last_day


class NoticedCase(UnionOwned):
    """A case on a notice. `taken_off`: it was returned, rejected or withdrawn, and is no longer shown."""

    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="noticed", verbose_name=_("公示单"))
    case = models.ForeignKey(AidCase, on_delete=models.PROTECT, related_name="noticed", verbose_name=_("助学申请"))
    taken_off = models.BooleanField(_("不再公示"), default=False)

    class Meta(UnionOwned.Meta):
        verbose_name = _("公示的申请")
        verbose_name_plural = _("公示的申请")
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(taken_off=False),
                name="noticedcase_on_one_notice",
                violation_error_message=_("该申请已在另一张公示单上。"),
            ),
        ]

    def __str__(self):
        return f"{self.notice_id} {self.case_id}"


class NoticePhoto(GivenFile, UnionOwned):
    """公示照片: the posted sheet as it hangs, kept encrypted; one per notice."""

    notice = models.OneToOneField(
        PublicNotice, on_delete=models.PROTECT, related_name="photo", verbose_name=_("公示单")
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now=True)

    class Meta(UnionOwned.Meta):
        verbose_name = _("公示照片")
        verbose_name_plural = _("公示照片")


class Objection(UnionOwned):
    """公示异议: what somebody had against a case on notice, and what was decided. Open while it has no outcome."""

    noticed = models.ForeignKey(
        NoticedCase, on_delete=models.PROTECT, related_name="objections", verbose_name=_("公示的申请")
    )
    raised_on = models.DateField(_("提出日期"))
    raised_by = EncryptedTextField(_("异议人"), blank=True)
    text = EncryptedTextField(_("异议内容"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    recorded_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    outcome = models.CharField(_("处理结果"), max_length=20, choices=ObjectionOutcome, blank=True)
    answer = EncryptedTextField(_("处理说明"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("处理人"),
    )
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)

    class Meta(UnionOwned.Meta):
        verbose_name = _("公示异议")
        verbose_name_plural = _("公示异议")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="", decided_by__isnull=True, decided_at__isnull=True)
                | (~models.Q(outcome="") & models.Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="objection_decided_by_somebody",
                violation_error_message=_("处理结果、处理人和处理时间须同时有。"),
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class EarlierRuling(UnionOwned):
    """更正前的处理: what was decided on an objection before it was corrected, by whom and when."""

    objection = models.ForeignKey(
        Objection, on_delete=models.PROTECT, related_name="earlier", verbose_name=_("公示异议")
    )
    outcome = models.CharField(_("处理结果"), max_length=20, choices=ObjectionOutcome)
    answer = EncryptedTextField(_("处理说明"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("处理人")
    )
    decided_at = models.DateTimeField(_("处理时间"))

    class Meta(UnionOwned.Meta):
        verbose_name = _("更正前的处理")
        verbose_name_plural = _("更正前的处理")
        ordering = ["pk"]

    def __str__(self):
        return self.get_outcome_display()


class ObjectionFile(KeptFile, UnionOwned):
    """异议材料: a paper that came with an objection, kept encrypted."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="files", verbose_name=_("公示异议"))

    class Meta(UnionOwned.Meta):
        verbose_name = _("异议材料")
        verbose_name_plural = _("异议材料")
        constraints = [
            models.UniqueConstraint(
                fields=["objection", "digest"],
                name="objectionfile_kept_once",
                violation_error_message=_("这份材料已经上传过。"),
            ),
        ]


class NoticeBoard(UnionOwned):
    """公示栏: the public page of one union's running notices, at an address that cannot be guessed."""

    goes_to_heir: ClassVar[bool] = False

    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)

    class Meta(UnionOwned.Meta):
        verbose_name = _("公示栏")
        verbose_name_plural = _("公示栏")
        constraints = [
            models.UniqueConstraint(
                fields=["union"],
                name="noticeboard_one_per_union",
                violation_error_message=_("该工会已有公示栏。"),
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.union_id}"
