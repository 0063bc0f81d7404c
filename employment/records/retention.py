"""稳岗回访: the answers, on the pages they belong to, and the list of those who are to be asked."""

from django.utils.translation import gettext_lazy as _

from aid.records.searching import of_pupil
from employment.models import RETENTION_MONTHS, Assistance, RetentionCheck
from employment.retention.services import due
from portal.access import Permission
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, RecordFilterSet, period
from portal.records.kind import BulkAct, RecordKind

MONTHS = [(str(months), _("满 %(months)d 个月") % {"months": months}) for months in RETENTION_MONTHS]


class RetentionCheckFilters(RecordFilterSet):
    class Meta(RecordFilterSet.Meta):
        model = RetentionCheck


RETENTION_CHECK = RecordKind(
    model=RetentionCheck,
    noun="retention-checks",
    caption=("placement.number",),
    columns=(
        Attribute("placement.number", link="placement"),
        Attribute("placement.graduate.name", label=_("毕业生姓名"), link="placement.graduate"),
        Attribute("months"),
        Attribute("asked_on", order="asked_on"),
        Attribute("employed"),
        Attribute("asked_by.name", label=_("回访人"), minor=True),
        Attribute("note", minor=True),
    ),
    ordering="-asked_on",
    filterset=RetentionCheckFilters,
    sections=(),
)


class RetentionFilters(RecordFilterSet):
    months = CodeFilter(label=_("应回访：就业满"), choices=MONTHS, field_name="due_months")
    placed_from, placed_to = period("given_on", _("就业日期"))

    class Meta(RecordFilterSet.Meta):
        model = Assistance


class Retention(RecordKind):
    """Placements that are to be asked about: a list of its own of another kind's records."""

    name = "retention"
    title = _("稳岗回访")


RETENTION = Retention(
    model=Assistance,
    noun="retention",
    caption=("number",),
    columns=(
        Attribute("graduate.name", label=_("毕业生姓名"), link="graduate"),
        Attribute("number", link="self", minor=True),
        Attribute("given_on", label=_("就业日期"), order="given_on"),
        Attribute("provider", label=_("用人单位"), minor=True),
        Attribute("due_months", label=_("应回访：就业满(月)")),
        Attribute("union", minor=True),
    ),
    ordering="given_on",
    filterset=RetentionFilters,
    sections=(),
    names=("graduate__name", "provider"),
    initials=("graduate__initials",),
    found_by=(of_pupil("graduate"),),
    reading=due,
    bulk=(BulkAct(_("为多人登记回访"), "retention_many", Permission.KEEP_RECORDS),),
)
