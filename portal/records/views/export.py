"""A list as a workbook."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.records.attribute import Attribute
from portal.records.filters import VOIDED
from portal.records.exporting.xlsx import LARGEST_EXPORT, write_sheet
from portal.records.kind import RecordKind
from portal.records.listing import Listing
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
        headings = [column.heading(self.kind.model) for column in self.kind.columns]
        headings += [_("作废")] if self._tells_void() else []
        file = write_sheet(str(self.kind.title), headings, self._rows(listing))
        filters = listing.filters_in_force()
        audit.record(
            AuditAction.EXPORTED, by=By.of(request), subject=str(self.kind.title), count=count, filters=filters
        )
        name = f"{self.kind.title}_{timezone.localdate():%Y%m%d}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name)

    @staticmethod
    def _refusal(listing: Listing, count: int) -> str:
        if not listing.is_valid:
            return _("筛选条件有误，没有导出。请更正后再试。")
        if count > LARGEST_EXPORT:
            limits = {"count": count, "limit": LARGEST_EXPORT}
            return _("共 %(count)d 条，一次最多导出 %(limit)d 条。请先筛选再导出。") % limits
        return ""

    def _rows(self, listing: Listing) -> Iterator[list]:
        user = self.request.user
        records = listing.keyset.sort(listing.records).iterator(chunk_size=CHUNK)
        while chunk := list(islice(records, CHUNK)):
            for record in attach_names(self.kind, chunk, user):
                cells = [exported(column, record, user.union.path) for column in self.kind.columns]
                yield [*cells, void_mark(record)] if self._tells_void() else cells

    def _tells_void(self) -> bool:
        """Whether void records are in the list, which a workbook cannot strike through for every reader."""
        return bool(self.kind.voiding and self.request.GET.get(VOIDED))


def void_mark(record) -> str:
    """How a record stands with its voiding, with the reason; '' where it counts."""
    if record.is_voided:
        return _("已作废：%(why)s") % {"why": record.void_words}
    return _("申请作废：%(why)s") % {"why": record.void_words} if record.voiding_is_asked else ""


def exported(column: Attribute, record, scope: str):
    """A value for a cell: numbers and dates as such, everything else, moments too, as the text the list shows."""
    value = column.read(record, scope)
    is_native = isinstance(value, int | Decimal | datetime.date) and not isinstance(value, bool | datetime.datetime)
    return value if is_native and not column.mask else column.text(record, scope)
