"""The lists of what was handed in, as workbooks: the records behind a figure, and what has changed in them since."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.access import Permission
from portal.records.exporting.resource import ExportColumn
from portal.views.exporting import WholeListExport, moment
from reports.views.handed_in.frozen import DriftRow, SubmissionDrift, SubmissionRecords


class SubmissionRecordsExport(WholeListExport, SubmissionRecords):
    """The frozen records behind a figure, all pages."""

    permission = Permission.EXPORT_LISTS
    title = gettext_lazy("报送时的记录")

    @property
    def list_name(self) -> str:
        return reverse("submission_records", args=[self.submission.pk, self.kwargs["slug"]])

    @property
    def columns(self) -> tuple[ExportColumn, ...]:
        headings = self.behind.headings
        return tuple(ExportColumn(heading, lambda row, at=at: row[at]) for at, heading in enumerate(headings))

    def get_rows(self) -> list[list[str]]:
        if self.behind.row.figure.fact is None:
            raise Http404(_("这个数字背后没有记录。"))
        return self.behind.rows

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
        ExportColumn(gettext_lazy("涉及的数字"), lambda row: "、".join(row.figures)),
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
