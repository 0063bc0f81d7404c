"""Filters of lists: codes, yes/no, dates, campaigns and unions. Whatever can be chosen lies within the user's scope."""

from typing import Any

import django_filters
from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.access import ScopedQuerySet
from portal.codes.kept import choices_of
from portal.models import Campaign, Union, VoidableRecord
from portal.models.voidable import ASKED, LIVE
from portal.unions.choosing.field import UnionChoiceField

ALL = _("全部")
YES_NO = (_("是"), _("否"))


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select"})


class CodeFilter(django_filters.ChoiceFilter):
    """One of a field's codes; of a list that the city edits every word, whatever its years: records may hold it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if isinstance(kwargs.get("choices"), type):
            kwargs["choices"] = choices_of(kwargs["choices"])
        super().__init__(*args, **{"empty_label": ALL, "widget": _select()} | kwargs)


class YesNoFilter(django_filters.TypedChoiceFilter):
    """Yes or no, in words of the field's own: `words` are those for true and for false."""

    def __init__(self, *args: Any, words: tuple[str | Promise, str | Promise] = YES_NO, **kwargs: Any) -> None:
        choices = [("", ALL), ("yes", words[0]), ("no", words[1])]
        defaults = {"choices": choices, "coerce": lambda value: value == "yes", "widget": _select()}
        super().__init__(*args, **defaults | kwargs)


class IsOpenFilter(YesNoFilter):
    """Whether the closing date `field_name` is empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"lookup_expr": "isnull"} | kwargs)


class TextFilter(django_filters.CharFilter):
    """A part of a text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"class": "form-control"})
        super().__init__(*args, **{"lookup_expr": "contains", "max_length": 50, "widget": widget} | kwargs)


class DayFilter(django_filters.DateFilter):
    """One end of a period, the day itself included."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
        super().__init__(*args, **{"widget": widget} | kwargs)


def period(field_name: str, label: str | Promise) -> tuple[DayFilter, DayFilter]:
    """The two ends of a period of dates."""
    return (
        DayFilter(field_name=field_name, lookup_expr="gte", label=_("%(date)s从") % {"date": label}),
        DayFilter(field_name=field_name, lookup_expr="lte", label=_("%(date)s至") % {"date": label}),
    )


class UnionFilter(django_filters.Filter):
    """Records of one union and of everything below it."""

    field_class = UnionChoiceField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label": _("工会")} | kwargs)

    @property
    def field(self) -> UnionChoiceField:
        field: UnionChoiceField = super().field
        if not field.is_offered:
            field.offer(Union.objects.visible_to(self.parent.request.user), blank=ALL)
        return field

    def filter(self, qs: ScopedQuerySet, value: Union | None) -> QuerySet[Any]:
        return qs.in_union(value) if value else qs


class CampaignFilter(django_filters.ModelChoiceFilter):
    """One year's campaign, by its year."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        defaults = {"label": _("活动年度"), "to_field_name": "year", "empty_label": ALL, "widget": _select()}
        super().__init__(*args, queryset=Campaign.objects.all(), **defaults | kwargs)


VOIDED = "voided"  # the parameter by which void records are shown; without it none is
VOIDED_LISTS = {"asked": ASKED, "only": ~LIVE, "all": models.Q()}
VOIDED_WORDS = (("asked", _("申请作废、待复核")), ("only", _("只看已作废")), ("all", _("连同已作废")))


class VoidedFilter(CodeFilter):
    """Void records beside the others, or alone; or those of which voiding is asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        defaults = {"label": _("作废"), "choices": VOIDED_WORDS, "empty_label": _("不含已作废")}
        super().__init__(*args, **defaults | kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(VOIDED_LISTS[value]) if value else qs


class RecordFilterSet(django_filters.FilterSet):
    """Filters of a kind of record; every kind has the union, and one that can be voided whether void ones are shown.

    `narrow` is the method of a filter of named lists.
    """

    union = UnionFilter()
    voided = VoidedFilter()

    class Meta:
        model = models.Model
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not issubclass(self._meta.model, VoidableRecord):
            del self.filters[VOIDED]

    def narrow(self, records: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """The records of one list of their queryset; the choices of the filter are the names of the lists."""
        found: QuerySet[Any] = getattr(records, value)()
        return found
