"""A list of the ground floor as a file: what is shown, all pages, and a row in the audit log."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.records.exporting.answer import list_file
from portal.records.exporting.resource import LARGEST_EXPORT, ExportColumn, ListResource
from portal.web.base import PortalView


def moment(at: datetime | None) -> str:
    """A moment to the second, as it is shown here; '' for none."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}" if at else ""


class ListExport(PortalView):
    """Mixed into a page with a `filter`: its rows as a file instead of the page. `list_name` is the page's address."""

    title: str | Promise = ""
    columns: tuple[ExportColumn, ...] = ()
    list_name = ""
    filter: Any  # of the page

    @property
    def sheet_title(self) -> str:
        """What stands over the list in the file."""
        return str(self.title)

    @property
    def file_title(self) -> str:
        """What the file is called, before its day: one that other lists do not have."""
        return str(self.title)

    def exported_rows(self) -> Iterable:
        """The rows that the columns read, one by one."""
        rows: QuerySet[Any] = self.filter.qs
        return rows.iterator()

    def count(self) -> int:
        return int(self.filter.qs.order_by().count())

    def subject(self) -> str:
        """What the audit log calls it."""
        return str(self.title)

    def filters_used(self) -> list[str]:
        """What is narrowed by, without the values: one may be somebody's name."""
        return sorted(str(each.label) for name, each in self.filter.filters.items() if self.request.GET.get(name))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        count = self.count()
        if count > LARGEST_EXPORT:
            limits = {"count": count, "limit": LARGEST_EXPORT}
            messages.error(request, _("共 %(count)d 条，一次最多导出 %(limit)d 条。请先筛选再导出。") % limits)
            return redirect(self.list_name)
        name = f"{self.file_title}_{timezone.localdate():%Y%m%d}"
        subject, filters = self.subject()[:200], self.filters_used()
        audit.record(AuditAction.EXPORTED, by=By.of(request), subject=subject, count=count, filters=filters)
        return list_file(request, ListResource(self.sheet_title, self.columns), self.exported_rows(), name=name)


class WholeListExport(ListExport):
    """The same of a short list that has no filter: `get_rows()` gives what the page shows."""

    get_rows: Callable[[], Iterable]

    @cached_property
    def _rows(self) -> list:
        return list(self.get_rows())

    def exported_rows(self) -> Iterable:
        return self._rows

    def count(self) -> int:
        return len(self._rows)

    def filters_used(self) -> list[str]:
        return []
