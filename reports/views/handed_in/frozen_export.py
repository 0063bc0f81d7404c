"""The lists of what was handed in, as workbooks: the records behind a figure, and what has changed in them since."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.access import Permission
from portal.records.exporting.resource import ExportColumn, by_place
from portal.views.exporting import WholeListExport, moment
from reports.counting import distinct
from reports.views.handed_in.frozen import DriftRow, SubmissionDrift, SubmissionRecords


class SubmissionRecordsExport(WholeListExport, SubmissionRecords):
    """The frozen records behind a figure, all pages."""

    permission = Permission.EXPORT_LISTS
    title = gettext_lazy("报送时的记录")

    @property
    def list_name(self) -> str:
        return reverse("submission_records", args=[self.submission.pk, self.kwargs["slug"]])

    @property
    def sheet_title(self) -> str:
        row = self.behind.row
        brief = distinct.said_briefly(row.figure, int(row.derived), len(self.behind.rows))
        return brief if row.figure.is_distinct else str(self.title)

    @property
    def columns(self) -> tuple[ExportColumn, ...]:
        """Behind the number of a record of a distinct figure, which of the things it names."""
        headings = list(self.behind.headings)
        if self.behind.things is not None:
            headings.insert(1, distinct.place_heading(self.behind.row.figure))
        return tuple(by_place(headings))

    def get_rows(self) -> list[list]:
        behind = self.behind
        if behind.row.figure.fact is None:
            raise Http404(_("这个数字背后没有记录。"))
        if behind.things is None:
            return behind.rows
        things = enumerate(behind.things, start=1)
        return [[cells[0], place, *cells[1:]] for place, thing in things for cells in thing.rows]

    def subject(self) -> str:
        return f"{self.behind.row.figure} {self.submission.report} {self.submission.code}"


class SubmissionDriftExport(WholeListExport, SubmissionDrift):
    """What has changed in the records since, all pages."""

    permission = Permission.EXPORT_LISTS
    title = gettext_lazy("报送后的变化")
    columns = (
        ExportColumn(gettext_lazy("变化"), lambda row: row.kind),
        ExportColumn(gettext_lazy("类别"), lambda row: str(row.drifted.fact.label)),
        ExportColumn(gettext_lazy("记录"), lambda row: row.name),
        ExportColumn(
            gettext_lazy("内容"),
            lambda row: "；".join(f"{name}：{was or '—'} → {now or '—'}" for name, was, now in row.drifted.changes),
        ),
        ExportColumn(gettext_lazy("涉及的指标"), lambda row: "、".join(row.figures)),
        ExportColumn(gettext_lazy("改动的记录"), lambda row: "；".join(cause.what for cause in row.drifted.causes)),
        ExportColumn(gettext_lazy("何人"), lambda row: "；".join(cause.by for cause in row.drifted.causes)),
        ExportColumn(gettext_lazy("何时"), lambda row: "；".join(moment(cause.at) for cause in row.drifted.causes)),
    )

    @property
    def list_name(self) -> str:
        return reverse("submission_drift", args=[self.submission.pk])

    def get_rows(self) -> list[DriftRow]:
        return self.shown(self.found)

    def subject(self) -> str:
        return f"{self.title} {self.submission.report} {self.submission.code}"
