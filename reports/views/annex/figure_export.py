"""The list behind a figure, or its near misses, as a workbook."""

from operator import attrgetter

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.documents.file_names import file_name
from portal.enums import AuditAction
from portal.records.exporting.answer import list_file
from portal.records.exporting.resource import LARGEST_EXPORT, ExportColumn, ListResource, columns_of
from portal.records.exporting.whole_list import CHUNK
from reports.counting import distinct
from reports.counting.derive import derive
from reports.counting.near_misses import reasons
from reports.figures.registry import Window
from reports.views.annex.figure import FigurePage


class FigureRecordsExport(FigurePage):
    """All pages of the list as it is shown; of near misses the reasons stand in the second column."""

    permission = Permission.EXPORT_LISTS

    def get(self, request, *, year: int, code: str, slug: str):
        figure = self.figure
        if figure.fact is None:
            raise Http404(_("这个数字背后没有记录。"))
        records = self.records()
        subject = f"{figure} {self.union} {year}"[:200]
        count = records.count()
        if count > LARGEST_EXPORT:
            limits = {"count": count, "limit": LARGEST_EXPORT}
            messages.error(request, _("共 %(count)d 条，一次最多导出 %(limit)d 条。请选择下一级工会再导出。") % limits)
            return redirect("figure_records", year, code, slug)
        resource, rows = ListResource(self._title(count), self._columns()), records.iterator(chunk_size=CHUNK)
        detail = {"figure": str(figure), "count": count, "misses": self.misses}
        audit.record(AuditAction.EXPORTED, by=By.of(request), union=self.union, subject=subject, **detail)
        return list_file(request, resource, rows, name=file_name(f"{year}-{code}-{figure}"))

    def records(self) -> QuerySet:
        """What a distinct count counts stands by its things, whichever list is open."""
        records = super().records()
        return distinct.by_thing(records, self.figure) if self._by_thing and not self.things else records

    @property
    def _by_thing(self) -> bool:
        return self.figure.is_distinct and not self.misses

    def _title(self, count: int) -> str:
        """Not the figure's name: a city writes its own, with characters that no sheet may be called by."""
        if not self._by_thing:
            return _("记录")
        value = derive(self.campaign, self.union, self.as_of, figures=(self.figure,))[self.figure.slug]
        return distinct.said_briefly(self.figure, int(value), count)

    def _columns(self) -> list[ExportColumn]:
        fact, window = self.figure.source, Window.of(self.campaign, self.as_of)
        number, *others = columns_of(fact.columns, fact.model, self.request.user.union.path)
        if self.misses:
            why = ExportColumn(_("不计入的原因"), lambda record: "；".join(reasons(record, self.figure, window)))
            return [number, why, *others]
        place = ExportColumn(distinct.place_heading(self.figure), attrgetter(distinct.PLACE))
        return [number, *([place] if self._by_thing else []), *others]
