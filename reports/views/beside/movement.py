"""变动情况表: who came, stayed and went since the last accepted report; each number opens its list."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.records.attribute import record_url
from portal.records.exporting.resource import ExportColumn
from portal.records.lists.table import Heading, Table, TableCell, TableRow
from portal.views.exporting import WholeListExport
from portal.views.listing import PAGE_SIZE, pages_of
from reports.beside.movement import CONTINUING, DIRECTIONS, ENDED, LABELS, NEW, SUBJECTS, Movement, Mover, movement
from reports.render.excel.movement import movement_workbook, sides_said
from reports.views.annex.download import XLSX
from reports.views.handed_in.frozen import may_export
from reports.views.preparing.report import ReportPage


@dataclass(frozen=True)
class Reason:
    words: str
    count: int
    url: str


@dataclass(frozen=True)
class MovementLine:
    """One direction of a subject: how many, and how many of them for which reason."""

    label: str
    count: int
    url: str
    reasons: list[Reason]


class MovementPage(ReportPage):
    """A page or a file made of the movement of one report."""

    permission = Permission.VIEW_FIGURES

    @cached_property
    def movement(self) -> Movement:
        return movement(self.report)


class ReportMovement(MovementPage):
    """The sheet: for each subject last year's number, this year's, and what lies between them."""

    template_name = "reports/movement/show.html"

    def get_context_data(self, **kwargs):
        tables = [
            (
                label,
                self.movement.count(subject, CONTINUING, ENDED),
                self.movement.count(subject, CONTINUING, NEW),
                [self._line(subject, direction) for direction in DIRECTIONS],
            )
            for subject, label in SUBJECTS.items()
        ]
        return super().get_context_data(tables=tables, said=sides_said(self.movement), **kwargs)

    def _line(self, subject: str, direction: str) -> MovementLine:
        url = reverse("report_movement_list", args=[self.report.pk, subject, direction])
        reasons = [
            Reason(words, count, f"{url}?{urlencode({'why': words})}")
            for words, count in self.movement.reasons(subject, direction)
        ]
        return MovementLine(str(LABELS[subject][direction]), self.movement.count(subject, direction), url, reasons)


class ReportMovementList(MovementPage):
    """The families, children or graduates behind one number of the sheet; `?why=` those of one reason."""

    template_name = "reports/movement/list.html"

    @property
    def why(self) -> str:
        return self.request.GET.get("why", "")

    def get_rows(self) -> list[Mover]:
        subject, direction = self._place
        if subject not in SUBJECTS or direction not in DIRECTIONS:
            raise Http404(_("没有这个数字。"))
        movers = [mover for mover in self.movement.movers[subject][direction] if self.why in {"", mover.why}]
        return sorted(movers, key=lambda mover: (mover.why, mover.file_number, mover.name))

    def get_context_data(self, *, subject: str, direction: str, **kwargs):
        page = Paginator(self.get_rows(), PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            subject=SUBJECTS[subject],
            direction=LABELS[subject][direction],
            why=self.why,
            export_url=self._export_url() if may_export(self.request.user) else "",
            count=page.paginator.count,
            table=_table(page.object_list),
            **pages_of(self.request, page),
            **kwargs,
        )

    def _export_url(self) -> str:
        url = reverse("report_movement_list_export", args=[self.report.pk, *self._place])
        return f"{url}?{urlencode({'why': self.why})}" if self.why else url

    @property
    def _place(self) -> tuple[str, str]:
        return self.kwargs["subject"], self.kwargs["direction"]


class ReportMovementListExport(WholeListExport, ReportMovementList):
    """The same, all pages."""

    permission = Permission.EXPORT_LISTS
    title = gettext_lazy("变动名单")
    columns = (
        ExportColumn(gettext_lazy("姓名"), lambda mover: mover.name),
        ExportColumn(gettext_lazy("档案编号"), lambda mover: mover.file_number),
        ExportColumn(gettext_lazy("情况"), lambda mover: mover.why),
    )

    @property
    def list_name(self) -> str:
        return reverse("report_movement_list", args=[self.report.pk, *self._place])

    def filters_used(self) -> list[str]:
        return [_("情况")] if self.why else []

    def subject(self) -> str:
        subject, direction = self._place
        return f"{SUBJECTS[subject]}：{LABELS[subject][direction]} {self.report}"


class ReportMovementDownload(MovementPage):
    """The sheet and its lists as a workbook. Leaves one audit row."""

    permission = Permission.EXPORT_ANNEX

    def get(self, request, *args, **kwargs):
        report, name = self.report, _("变动情况表.xlsx")
        content = movement_workbook(self.movement)
        audit.record(AuditAction.EXPORTED, by=By.of(request), about=report, file=name)
        file_name = f"{report.campaign.year}_{report.union.code}_{name}"
        headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=file_name)}
        return HttpResponse(content, content_type=XLSX, headers=headers)


def _table(movers: list[Mover]) -> Table:
    headings = [Heading(label, numeric=False, minor=False) for label in (_("姓名"), _("档案编号"), _("情况"))]
    rows = [
        TableRow(
            None,
            [
                TableCell(mover.name, record_url(mover.record) if mover.record else "", numeric=False, minor=False),
                TableCell(mover.file_number, "", numeric=False, minor=False),
                TableCell(mover.why, "", numeric=False, minor=False),
            ],
        )
        for mover in movers
    ]
    return Table(headings, rows)
