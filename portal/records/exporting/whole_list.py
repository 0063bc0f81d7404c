"""The list of a kind as a file: what its page shows, all pages, sensitive fields masked."""

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.records.exporting.resource import ExportColumn, ListResource, columns_of
from portal.records.filters import VOIDED
from portal.records.lists.listing import Listing
from portal.records.naming import attach_names

CHUNK = 500


class WholeList:
    """The rows of a listing as they are exported: read and named a block at a time."""

    def __init__(self, listing: Listing):
        self.listing, self.kind = listing, listing.kind

    @cached_property
    def count(self) -> int:
        return self.listing.records.order_by().count()

    @property
    def name(self) -> str:
        """The name of the file, without its ending."""
        return f"{self.kind.title}_{timezone.localdate():%Y%m%d}"

    @property
    def resource(self) -> ListResource:
        shown = self.listing.columns
        always = [column for column in self.kind.columns if column.in_files and column not in shown]
        columns = columns_of([*shown, *always], self.kind.model, self.listing.user.union.path)
        columns += [ExportColumn(_("作废"), void_mark)] if self._tells_void() else []
        return ListResource(self.kind.title, columns)

    def records(self) -> Iterator[Model]:
        records = self.listing.keyset.sort(self.listing.records).iterator(chunk_size=CHUNK)
        while chunk := list(islice(records, CHUNK)):
            yield from attach_names(self.kind, chunk, self.listing.user)

    @property
    def told(self) -> dict:
        """What the audit log says of it: no value that was filtered by, for one may be somebody's name."""
        return {"count": self.count, "filters": self.listing.filters_in_force()}

    def _tells_void(self) -> bool:
        """Whether void records are in the list, which a workbook cannot strike through for every reader."""
        return bool(self.kind.voiding and self.listing.params.get(VOIDED))


def void_mark(record: Any) -> str:
    """How a record stands with its voiding, with the reason; '' where it counts."""
    if record.is_voided:
        return _("已作废：%(why)s") % {"why": record.void_words}
    return _("申请作废：%(why)s") % {"why": record.void_words} if record.voiding_is_asked else ""
