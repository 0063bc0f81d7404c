"""走访慰问."""

import django_filters
from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid.enums import VisitWay
from aid.models import Child, Household, Visit
from aid.records.searching import BY_PERSON
from aid.records.visits.follow_up import PLAIN_FOLLOW_UP
from aid.voiding import VOIDING
from portal.identity import mask_id_number
from portal.records.attribute import Attribute, hidden
from portal.records.filters import ALL, RecordFilterSet, YesNoFilter, period
from portal.records.kind import Fields, Link, NamedBy, RecordKind, Related


class VisitFilters(RecordFilterSet):
    # A visit holds several ways, joined by commas; no value is part of another.
    way = django_filters.ChoiceFilter(
        field_name="ways",
        lookup_expr="contains",
        label=_("慰问方式"),
        choices=VisitWay,
        empty_label=ALL,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    by_telephone = YesNoFilter(label=_("形式"), words=(_("电话回访"), _("上门走访")))
    visited_from, visited_to = period("visited_on", _("走访日期"))

    class Meta(RecordFilterSet.Meta):
        model = Visit


PLAIN_VISIT = RecordKind(
    model=Visit,
    voiding=VOIDING[Visit],
    in_lists=True,
    noun="visits",
    caption=("number",),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("named.name", label=_("走访对象"), link="named.record"),
        Attribute("visited_on", order="visited_on"),
        Attribute("visitor"),
        Attribute("ways", minor=True),
        Attribute("by_telephone", minor=True),
        Attribute("gift_money", minor=True),
        Attribute("goods", minor=True),
        Attribute("goods_value", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-visited_on",
    filterset=VisitFilters,
    sections=(
        Fields(
            _("走访"),
            (
                Attribute("number"),
                Attribute("union"),
                Attribute("named.name", label=_("走访对象"), link="named.record"),
                Attribute("person.id_number", mask=mask_id_number),
                Attribute("visited_on"),
                Attribute("visitor"),
                Attribute("by_telephone"),
                Attribute("ways"),
                Attribute("gift_money"),
                Attribute("goods"),
                Attribute("goods_value"),
                Attribute("needs", mask=hidden, needed=True),
            ),
        ),
        Related(
            _("跟进事项"),
            PLAIN_FOLLOW_UP,
            lambda visit: Q(visit=visit),
            without=("named.name", "visit.number", "union"),
        ),
    ),
    names=("visitor",),
    numbers=("number",),
    links=(Link(_("走访表"), lambda visit: reverse("visit_print", args=[visit.pk])),),
    view_is_logged=True,
    hashes=("person__id_hash",),
    found_by=BY_PERSON,
    named_by=(
        NamedBy(Child, name="name", initials="initials"),
        NamedBy(Household, name="worker_name", initials="worker_initials", person="worker"),
    ),
)
