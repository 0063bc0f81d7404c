"""What the lists of the ground floor can be narrowed by."""

import ipaddress
from collections.abc import Callable
from datetime import datetime, time
from typing import Any, cast

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import SECOND_FACTOR_ROLES
from portal.enums import AuditAction
from portal.models import Announcement, AuditEntry, Authenticator, Union, User
from portal.web.layout import form_helper

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


ACCOUNT_STATES = (
    ("first", _("还在用首次密码")),
    ("unbound", _("没有绑定动态口令")),
    ("expired", _("密码已过期")),
    ("suspended", _("长期不用，已暂停")),
    ("unused", _("长期不用，没有暂停")),
    ("active", _("启用")),
    ("disabled", _("停用")),
)


def _unbound() -> Q:
    """Accounts of roles that sign in with a second factor, which have none yet."""
    bound = Authenticator.objects.filter(confirmed=True).values("user")
    return Q(role__in=SECOND_FACTOR_ROLES, is_active=True) & ~Q(pk__in=bound)


ACCOUNTS: dict[str, Callable[[], Q]] = {
    "first": lambda: Q(must_change_password=True, is_active=True),
    "unbound": _unbound,
    "expired": lambda: Q(pk__in=User.objects.with_expired_password().values("pk")),
    "suspended": lambda: Q(pk__in=User.objects.suspended().values("pk")),
    "unused": lambda: Q(pk__in=User.objects.unused().values("pk")),
    "active": lambda: Q(is_active=True),
    "disabled": lambda: Q(is_active=False),
}


class PortalFilter(django_filters.FilterSet):
    """A filter set whose form crispy draws."""

    @property
    def form(self) -> forms.Form:
        form: forms.Form = super().form
        cast("Any", form).helper = form_helper()
        return form


class AccountFilter(PortalFilter):
    """Accounts by person and by union."""

    person = django_filters.CharFilter(label=_("姓名或用户名"), method="filter_person")
    union = django_filters.CharFilter(label=_("工会名称或编码"), method="filter_union")
    state = django_filters.ChoiceFilter(
        label=_("状态"), choices=ACCOUNT_STATES, empty_label=_("全部"), method="filter_state"
    )

    class Meta:
        model = User
        fields: list[str] = []

    def filter_person(self, queryset: QuerySet, _name: str, value: Any) -> QuerySet:
        return queryset.filter(Q(name__icontains=value) | Q(username__icontains=value))

    def filter_union(self, queryset: QuerySet, _name: str, value: Any) -> QuerySet:
        return queryset.filter(Q(union__name__icontains=value) | Q(union__code=value))

    def filter_state(self, queryset: QuerySet, _name: str, value: Any) -> QuerySet:
        return queryset.filter(ACCOUNTS[value]())


class UnionListFilter(PortalFilter):
    """Unions by name or code."""

    text = django_filters.CharFilter(label=_("工会名称或编码"), method="filter_text")

    class Meta:
        model = Union
        fields: list[str] = []

    def filter_text(self, queryset: QuerySet, _name: str, value: Any) -> QuerySet:
        return queryset.filter(Q(name__icontains=value) | Q(code=value))


class AuditFilter(PortalFilter):
    """Audit rows by what was done, who did it, and when."""

    action = django_filters.ChoiceFilter(label=_("事项"), choices=AuditAction.choices, empty_label=_("全部"))
    person = django_filters.CharFilter(label=_("人员"), method="filter_person")
    address = django_filters.CharFilter(label=_("来源地址"), method="filter_address")
    since = django_filters.DateFilter(label=_("从"), method="filter_since", widget=DATE)
    until = django_filters.DateFilter(label=_("到"), field_name="at", lookup_expr="date__lte", widget=DATE)

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    def filter_since(self, queryset: QuerySet, _name: str, value: Any) -> QuerySet:
        """From the first moment of the day on: a date of `at` itself would be asked of every row."""
        return queryset.filter(at__gte=timezone.make_aware(datetime.combine(value, time.min)))

    def filter_address(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """The whole address; what is none finds nothing."""
        try:
            return queryset.filter(address=str(ipaddress.ip_address(value)))
        except ValueError:
            return queryset.none()

    def filter_person(self, queryset: QuerySet, _name: str, value: Any) -> QuerySet:
        return queryset.filter(Q(actor__name__icontains=value) | Q(actor__username__icontains=value))


class AnnouncementFilter(PortalFilter):
    """Announcements by their words, and those still unread."""

    text = django_filters.CharFilter(label=_("标题或内容"), method="filter_text")
    unread = django_filters.BooleanFilter(label=_("只看未读"), method="filter_unread", widget=forms.CheckboxInput)

    class Meta:
        model = Announcement
        fields: list[str] = []

    def filter_text(self, queryset: QuerySet, _name: str, value: Any) -> QuerySet:
        return queryset.filter(Q(title__icontains=value) | Q(text__icontains=value))

    def filter_unread(self, queryset: QuerySet, _name: str, value: Any) -> QuerySet:
        return queryset.filter(is_read=False) if value else queryset
