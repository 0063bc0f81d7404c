"""公示单."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.enums import NoticeKind, NoticeState
from aid.models import NoticedCase, PublicNotice
from aid.models.casework.notice import BARE, STAYS_UP, PublicNoticeQuerySet
from aid.records.searching import lines_of
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, RecordFilterSet, YesNoFilter, period
from portal.records.kind import Fields, RecordKind

# What has been left undone: names of the lists of PublicNoticeQuerySet.
TODO = (("without_photo", _("未上传张贴照片")), ("to_take_down", _("期满未撤下")))

WAITING, OVER, NOBODY = "waiting", "over", "bare"

STANDINGS = [
    (WAITING, _("待公示")),
    (NoticeState.POSTED, NoticeState.POSTED.label),
    (OVER, STAYS_UP),
    (NoticeState.TAKEN_DOWN, NoticeState.TAKEN_DOWN.label),
    (NOBODY, BARE),
]


class PublicNoticeFilters(RecordFilterSet):
    running = YesNoFilter(label=_("公示期"), words=(_("公示期内"), _("未开始或已结束")), method="filter_running")
    todo = CodeFilter(label=_("待办"), choices=TODO, method="narrow")
    kind_of_place = CodeFilter(field_name="kind", label=_("公示范围"), choices=NoticeKind)
    status = CodeFilter(label=_("状态"), choices=STANDINGS, method="in_status")
    first_from, first_to = period("first_day", _("公示开始日期"))

    class Meta(RecordFilterSet.Meta):
        model = PublicNotice

    def in_status(self, notices, _name, value):
        """As the column says it: what waits for its first day, or shows nobody, does not hang."""
        notices = PublicNotice.objects
        apart = {WAITING: notices.waiting(), NOBODY: notices.bare(), OVER: notices.to_take_down()}
        if value in apart:
            return notices.filter(pk__in=apart[value].values("pk"))
        for others in apart.values():
            notices = notices.exclude(pk__in=others.values("pk"))
        return notices.filter(status=value)

    def filter_running(self, notices, _name, value):
        """Those whose days include today, or the others."""
        running = PublicNotice.objects.running(localdate()).values("pk")
        return notices.filter(pk__in=running) if value else notices.exclude(pk__in=running)


PUBLIC_NOTICE = RecordKind(
    model=PublicNotice,
    noun="notices",
    caption=("number",),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("place"),
        Attribute("kind", minor=True),
        Attribute("first_day", order="first_day"),
        Attribute("last_day", order="last_day"),
        Attribute("standing", label=_("状态"), minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-first_day",
    filterset=PublicNoticeFilters,
    sections=(
        Fields(
            _("公示"),
            (
                Attribute("number"),
                Attribute("union"),
                Attribute("kind"),
                Attribute("place"),
                Attribute("first_day"),
                Attribute("last_day"),
                Attribute("telephone"),
                Attribute("standing", label=_("状态")),
                Attribute("posted_by"),
            ),
        ),
    ),
    names=("place",),
    reading=PublicNoticeQuerySet.with_bare,
    numbers=("number",),
    found_by=(lines_of(NoticedCase, "notice"),),
)
