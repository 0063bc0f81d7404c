"""帮扶承诺."""

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.records.searching import of_pupil
from employment.editing.promise import PROMISE_FORM
from employment.enums import AssistanceKind, PromiseState
from employment.models import Promise
from employment.models.promise import IN_STATE
from employment.records.graduate_filters import HelperFilter
from employment.records.tones import PROMISE_TONES
from portal.access import Permission
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, RecordFilterSet, period
from portal.records.kind import Fields, Link, RecordKind

OVERDUE, SOON = "overdue", "soon"
TERMS = ((OVERDUE, _("已过期")), (SOON, _("7 天内到期")))


class PromiseFilters(RecordFilterSet):
    """`due` finds open promises only."""

    state = CodeFilter(label=_("承诺进展"), choices=PromiseState, method="filter_state")
    due = CodeFilter(label=_("期限"), choices=TERMS, method="filter_due")
    kind_of_help = CodeFilter(field_name="kind", label=_("承诺的帮扶"), choices=AssistanceKind)
    helper = HelperFilter(field_name="graduate__helper")
    due_from, due_to = period("due_on", _("兑现期限"))

    class Meta(RecordFilterSet.Meta):
        model = Promise

    def filter_state(self, promises, _name, value):
        return promises.filter(IN_STATE[value])

    def filter_due(self, promises, _name, value):
        return promises.overdue(localdate()) if value == OVERDUE else promises.due_soon(localdate())


def is_open(promise: Promise) -> bool:
    return promise.closed_on is None


def help_address(promise: Promise) -> str:
    return f"{reverse('assistance_create')}?graduate={promise.graduate_id}&kind={promise.kind}"


PROMISE = RecordKind(
    model=Promise,
    noun="promises",
    caption=("graduate.name", "promised_on"),
    columns=(
        Attribute("graduate.name", label=_("毕业生姓名"), link="graduate"),
        Attribute("kind", link="self"),
        Attribute("due_on", order="due_on"),
        Attribute("state", label=_("承诺进展"), tones=PROMISE_TONES),
        Attribute("graduate.helper", minor=True),
        Attribute("promised_on", minor=True),
        Attribute("note", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="due_on",
    filterset=PromiseFilters,
    sections=(
        Fields(
            _("承诺"),
            (
                Attribute("graduate.name", label=_("毕业生姓名"), link="graduate"),
                Attribute("graduate.helper"),
                Attribute("kind"),
                Attribute("promised_on"),
                Attribute("due_on"),
                Attribute("note"),
                Attribute("union"),
            ),
        ),
        Fields(
            _("结果"),
            (
                Attribute("state", label=_("承诺进展")),
                Attribute("kept_by.number", label=_("兑现的帮扶"), link="kept_by"),
                Attribute("closed_on"),
                Attribute("dropped_reason"),
            ),
        ),
    ),
    links=(
        Link(_("登记这项帮扶"), help_address, Permission.KEEP_RECORDS, is_open),
        Link(
            _("用已登记的帮扶兑现"),
            lambda promise: reverse("promise_keep", args=[promise.pk]),
            Permission.KEEP_RECORDS,
            is_open,
        ),
        Link(
            _("取消承诺"),
            lambda promise: reverse("promise_drop", args=[promise.pk]),
            Permission.KEEP_RECORDS,
            is_open,
        ),
    ),
    names=("graduate__name", "note"),
    initials=("graduate__initials",),
    found_by=(of_pupil("graduate"),),
    editing=PROMISE_FORM,
)
