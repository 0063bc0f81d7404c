"""A list as a file."""

from collections.abc import Iterator
from itertools import islice

from django.contrib import messages
from django.db.models import Model
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.records.exporting.answer import list_file
from portal.records.exporting.resource import LARGEST_EXPORT, ExportColumn, ListResource, columns_of
from portal.records.filters import VOIDED
from portal.records.kind import RecordKind
from portal.records.lists.listing import Listing
from portal.records.naming import attach_names
from portal.web.base import PortalView

CHUNK = 500


class RecordExport(PortalView):
    """The list as filtered, all pages; sensitive fields stay masked."""

    kind: RecordKind | None = None
    permission = Permission.EXPORT_LISTS

    def get(self, request, *args, **kwargs):
        listing = Listing(self.kind, request, request.GET)
        count = listing.records.order_by().count()
        refusal = self._refusal(listing, count)
        if refusal:
            messages.error(request, refusal)
            return redirect(reverse(f"{self.kind.name}_list") + listing.address())
        columns = columns_of(listing.columns, self.kind.model, request.user.union.path)
        columns += [ExportColumn(_("作废"), void_mark)] if self._tells_void() else []
        name = f"{self.kind.title}_{timezone.localdate():%Y%m%d}"
        answer = list_file(request, ListResource(self.kind.title, columns), self._records(listing), name=name)
        filters = listing.filters_in_force()
        audit.record(
            AuditAction.EXPORTED, by=By.of(request), subject=str(self.kind.title), count=count, filters=filters
        )
        return answer

    @staticmethod
    def _refusal(listing: Listing, count: int) -> str:
        if not listing.is_valid:
            return _("筛选条件有误，没有导出。请更正后再试。")
        if count > LARGEST_EXPORT:
            limits = {"count": count, "limit": LARGEST_EXPORT}
            return _("共 %(count)d 条，一次最多导出 %(limit)d 条。请先筛选再导出。") % limits
        return ""

    def _records(self, listing: Listing) -> Iterator[Model]:
        records = listing.keyset.sort(listing.records).iterator(chunk_size=CHUNK)
        while chunk := list(islice(records, CHUNK)):
            yield from attach_names(self.kind, chunk, self.request.user)

    def _tells_void(self) -> bool:
        """Whether void records are in the list, which a workbook cannot strike through for every reader."""
        return bool(self.kind.voiding and self.request.GET.get(VOIDED))


def void_mark(record) -> str:
    """How a record stands with its voiding, with the reason; '' where it counts."""
    if record.is_voided:
        return _("已作废：%(why)s") % {"why": record.void_words}
    return _("申请作废：%(why)s") % {"why": record.void_words} if record.voiding_is_asked else ""
