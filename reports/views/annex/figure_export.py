"""The list behind a figure, or its near misses, as a workbook."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.records.exporting.xlsx import LARGEST_EXPORT, write_sheet
from portal.records.views.export import CHUNK, exported
from reports.counting.lineage import reasons
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
        # Not the figure's name: a city writes its own, with characters that no sheet may be called by.
        file = write_sheet(_("记录"), self._headings(), self._rows(records.iterator(chunk_size=CHUNK)))
        detail = {"figure": str(figure), "count": count, "misses": self.misses}
        audit.record(AuditAction.EXPORTED, by=By.of(request), union=self.union, subject=subject, **detail)
        return FileResponse(file, as_attachment=True, filename=f"{year}-{code}-{slug}.xlsx")

    def _headings(self) -> list[str]:
        number, *others = [column.heading(self.figure.fact.model) for column in self.figure.fact.columns]
        return [number, *([_("不计入的原因")] if self.misses else []), *others]

    def _rows(self, records) -> Iterator[list]:
        scope, window = self.request.user.union.path, Window.of(self.campaign, self.as_of)
        for record in records:
            number, *others = [exported(column, record, scope) for column in self.figure.fact.columns]
            why = ["；".join(reasons(record, self.figure, window))] if self.misses else []
            yield [number, *why, *others]
