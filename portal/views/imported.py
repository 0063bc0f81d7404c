"""Imports: a page for each, what it created and changed row by row, and the way to take it back."""

import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.audit import By
from portal.models import Import
from portal.records.taking_back import NotTakenBack, take_back
from portal.views.listing import PAGE_SIZE, address_with
from portal.web.base import PortalPage, PortalView


class ImportList(PortalPage):
    """What the user's union and those below it imported, latest first."""

    permission = Permission.IMPORT_WORKBOOK
    template_name = "portal/import/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Import.objects.visible_to(self.request.user).select_related("made_by", "union").order_by("-made_at")
        return super().get_context_data(**paged(self.request, found), **kwargs)


class OneImport(PortalView):
    """The import of the address; 404 for one of others."""

    permission = Permission.IMPORT_WORKBOOK

    @cached_property
    def imported(self) -> Import:
        found = Import.objects.visible_to(self.request.user).select_related("made_by", "taken_back_by", "union")
        return get_object_or_404(found, pk=self.kwargs["pk"])


class ImportShow(OneImport, PortalPage):
    """Who, when, which file, and every record it wrote."""

    template_name = "portal/import/show.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pages = paged(self.request, self.imported.records.exclude(row=None))
        rows = [(each, *json.loads(each.shown)) for each in pages.pop("rows")]
        return super().get_context_data(imported=self.imported, rows=rows, **pages, **kwargs)


class ImportTakeBack(OneImport):
    """撤回本次导入."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            take_back(self.imported, by=By.of(request))
        except NotTakenBack as refused:
            messages.error(request, _("没有撤回：%(reasons)s。") % {"reasons": "；".join(refused.reasons)})
        else:
            messages.success(request, _("已撤回这次导入：新增的记录已删去，改过的记录已恢复原样。"))
        return redirect("import_show", self.imported.pk)


def paged(request: HttpRequest, found: QuerySet) -> dict[str, Any]:
    """One page of `found`, with what the template needs to turn it."""
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    previous = page.previous_page_number() if page.has_previous() else None
    following = page.next_page_number() if page.has_next() else None
    return {
        "rows": page.object_list,
        "summary": _("共 %(count)d 条，第 %(page)d / %(pages)d 页")
        % {"count": page.paginator.count, "page": page.number, "pages": page.paginator.num_pages},
        "previous_url": address_with(request, page=previous) if previous else "",
        "next_url": address_with(request, page=following) if following else "",
    }
