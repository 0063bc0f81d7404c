"""The union tree."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _

from portal.access import Permission, can
from portal.forms.filters import UnionListFilter
from portal.models import Union
from portal.records.exporting.resource import ExportColumn
from portal.unions.choosing.finding import like, spoken
from portal.views.exporting import ListExport
from portal.views.listing import FilteredList
from portal.web.base import PortalView


class UnionList(FilteredList):
    """The own union and those below it, in the order of the tree."""

    permission = Permission.VIEW_UNIONS
    template_name = "portal/union/list.html"
    filter_class = UnionListFilter
    export_name = "union_export"

    def get_queryset(self) -> QuerySet[Union]:
        found: QuerySet[Union] = (
            Union.objects.visible_to(self.request.user).select_related("merged_into").order_by("path")
        )
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_manage=can(self.request.user, Permission.MANAGE_UNIONS), **kwargs)


class UnionExport(ListExport, UnionList):
    """The unions as they are filtered."""

    title = _("工会名录")
    list_name = "union_list"
    columns = (
        ExportColumn(_("工会名称"), lambda union: union.name),
        ExportColumn(_("工会编码"), lambda union: union.code),
        ExportColumn(_("类别"), lambda union: union.get_kind_display()),
        ExportColumn(_("状态"), lambda union: union.standing),
    )


class UnionLike(PortalView):
    """The unions in scope that are offered for what stands in a box so far; js/unions.js asks."""

    permission = Permission.VIEW_UNIONS

    def get(self, request: HttpRequest) -> JsonResponse:
        found = like(Union.objects.visible_to(request.user), request.GET.get("typed", ""))
        return JsonResponse({"unions": [spoken(union) for union in found]})
