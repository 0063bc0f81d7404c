"""What a person chooses about a list: its columns and rows, and filters under a name."""

from collections.abc import Mapping
from types import MappingProxyType

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.records.kind import RecordKind
from portal.records.lists.listing import Listing
from portal.records.lists.own_list import (
    CAMPAIGN,
    arrange,
    forget_filter,
    open_with_every_year,
    opens_with,
    save_filter,
)
from portal.text import as_key
from portal.web.base import PortalView, SignedInRequest


class OwnListView(PortalView):
    """Does what was chosen about the list of one of `kinds`, and opens that list again, as it was filtered."""

    kinds: Mapping[str, RecordKind] = MappingProxyType({})
    permission = Permission.VIEW_RECORDS
    http_method_names = ["post", "options"]

    def post(self, request: SignedInRequest, kind: str) -> HttpResponse:
        if kind not in self.kinds:
            raise Http404
        chosen, query = self.kinds[kind], QueryDict(request.POST.get("query", ""), mutable=True)
        try:
            messages.success(request, self.act(request, chosen, query))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect(reverse(f"{kind}_list") + Listing(chosen, request, query).address())

    def act(self, request: SignedInRequest, kind: RecordKind, query: QueryDict) -> str:
        """What was done, in words; `query` may be changed. Raises ValidationError for what cannot be done."""
        raise NotImplementedError


class ListArrange(OwnListView):
    def act(self, request: SignedInRequest, kind: RecordKind, query: QueryDict) -> str:
        arrange(
            request.user, kind, shown=request.POST.getlist("columns"), rows=as_key(request.POST.get("rows") or "") or 0
        )
        return _("列表设置已保存，只影响您自己。")


class ListYears(OwnListView):
    """Whether the list opens with all years or with the campaign that runs."""

    def act(self, request: SignedInRequest, kind: RecordKind, query: QueryDict) -> str:
        every_year = request.POST.get("years") == "all"
        own = open_with_every_year(request.user, kind, every_year=every_year)
        query.pop(CAMPAIGN, None)
        if every_year:
            return _("以后打开这个列表显示全部年度，只影响您自己。")
        for name, value in opens_with(kind, own).items():
            query[name] = str(value)
        return _("以后打开这个列表先显示本年度，只影响您自己。")


class ListFilterSave(OwnListView):
    def act(self, request: SignedInRequest, kind: RecordKind, query: QueryDict) -> str:
        save_filter(request.user, kind, request.POST.get("name", ""), query)
        return _("筛选已保存，下次在列表上方直接点开。")


class ListFilterForget(OwnListView):
    def act(self, request: SignedInRequest, kind: RecordKind, query: QueryDict) -> str:
        forget_filter(request.user, kind, request.POST.get("name", ""))
        return _("保存的筛选已删除。")
