"""The families' list as the file of the whole country has it: masked, or in full for a reason."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aid.audit_words import NATIONAL_FILE
from aid.households.national_file import TITLE, national_file
from aid.models import Household
from portal import audit
from portal.access import Permission, can, require
from portal.audit import By
from portal.enums import AuditAction, RevealReason
from portal.records.exporting.answer import list_file
from portal.records.kind import RecordKind
from portal.records.lists.listing import Listing
from portal.records.views.listing import RecordList
from portal.records.views.reveal import RevealForm
from portal.web.base import PortalView, given

MOST = 5_000  # families of one file


class HouseholdList(RecordList):
    """The list, which can be taken away in the form of the whole country."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reasons = RevealReason.choices if can(self.request.user, Permission.EXPORT_WORKBOOK) else ()
        return super().get_context_data(full_reasons=reasons, **kwargs)


class NationalFile(PortalView):
    """The list as filtered, all pages. Sent by a press with a reason it is in full, for who may export a workbook."""

    kind: RecordKind = given()
    permission = Permission.EXPORT_LISTS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self._answer(request.GET, "")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(request.user, Permission.EXPORT_WORKBOOK)
        params, form = QueryDict(request.POST.get("filters", "")), RevealForm(request.POST)
        if not form.is_valid():
            return self._back(params, " ".join(form.errors["reason"]))
        return self._answer(params, form.cleaned_data["reason"])

    def _answer(self, params: QueryDict, reason: str) -> HttpResponseBase:
        listing = Listing(self.kind, self.request, params)
        if not listing.is_valid:
            return self._back(params, _("筛选条件有误，没有导出。请更正后再试。"))
        homes = list(self._homes(listing)[: MOST + 1])
        if len(homes) > MOST:
            return self._back(params, _("一次最多导出 %(most)d 户，请先筛选再导出。") % {"most": MOST})
        told = {"reason": reason} if reason else {}
        details = {"count": len(homes), "filters": listing.filters_in_force(), **told}
        audit.record(AuditAction.EXPORTED, by=By.of(self.request), subject=str(NATIONAL_FILE), **details)
        resource = national_file(homes, self.request.user.union.path, reveal=bool(reason))
        return list_file(self.request, resource, homes, name=f"{TITLE}_{timezone.localdate():%Y%m%d}")

    def _homes(self, listing: Listing) -> QuerySet[Household]:
        found = Household.objects.visible_to(self.request.user).filter(pk__in=listing.records.order_by().values("pk"))
        return found.select_related("worker", "union").order_by("union__code", "number", "pk")

    def _back(self, params: QueryDict, words: str) -> HttpResponseBase:
        messages.error(self.request, words)
        return redirect(f"{reverse('household_list')}?{params.urlencode()}")
