"""What was handed in: the forms as frozen, the records behind each figure, what has changed since, and the proof."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.access import Permission, can
from portal.documents import qr
from portal.models import User
from portal.records.attribute import record_url
from portal.records.lists.table import Heading, Table, TableCell, TableRow
from portal.views.listing import PAGE_SIZE, address_with, pages_of
from reports.annex.campaign_figures import FORM_NUMBERS, figures_of_submission
from reports.beside.comparison import records_url
from reports.counting.derive import derive
from reports.counting.origin import frozen_origins
from reports.counting.rows import adjusted_words, frozen_figure_rows, signed
from reports.counting.stale import frozen_stale
from reports.enums import SummaryPart
from reports.figures.registry import Figure, Registry
from reports.handed_in.drift import CAME, CHANGED, WENT, Drifted, differences, explained
from reports.handed_in.files import files_are_whole, named_files
from reports.handed_in.text import frozen_parts, frozen_text_of
from reports.models import Report, Submission
from reports.render import html
from reports.render.frozen import FrozenForms, FrozenList, frozen_list
from reports.sealing.proving import is_proved
from reports.views.annex.figure_sections import Section, counted, thing_tab
from reports.views.handed_in.submission import SubmissionPage
from reports.views.preparing.report import explanations_of
from reports.views.proof import verify_url

KINDS = {CAME: gettext_lazy("新计入"), WENT: gettext_lazy("不再计入"), CHANGED: gettext_lazy("内容有变")}


def frozen_forms(submission: Submission) -> list[tuple]:
    """Number, title and lines of both forms, each blank opening its frozen records."""
    forms = FrozenForms.of(submission)
    return [
        (
            number,
            forms.form(number).title,
            html.rows(forms, number, lambda slug: reverse("submission_records", args=[submission.pk, slug])),
        )
        for number in FORM_NUMBERS
    ]


def about(request, submission: Submission) -> dict:
    """What the page of a submission and the answer to its code both show."""
    return {
        "submission": submission,
        "report": submission.report,
        "later": Report.objects.beside(submission.report).filter(number__gt=submission.report.number).last(),
        "content": submission.content,
        "forms": frozen_forms(submission),
        "is_whole": is_proved(submission) and files_are_whole(submission),
        "files": file_links(submission),
        "code": qr.svg(verify_url(request, submission)),
    }


def file_links(submission: Submission) -> list[tuple[str, str, str, str]]:
    """The files that were handed in: what each is, its name, digest and address; '' for one that was not kept."""
    figures, content = figures_of_submission(submission), submission.content
    found = [
        (
            adjusted_words(figures, file.slug) if file.slug else _("总结报告"),
            file.file_name,
            file.digest,
            reverse("submission_file", args=[submission.pk, file.slug])
            if file.slug
            else reverse("submission_summary", args=[submission.pk]),
        )
        for file in named_files(submission)
    ]
    if found or not content.get("summary"):
        return found
    return [(str(_("总结报告")), content["summary"]["file_name"], content["summary"]["digest"], "")]


def may_export(user: User) -> bool:
    """Whether the reader takes a list away."""
    return can(user, Permission.EXPORT_LISTS)


class SubmissionShow(SubmissionPage):
    """Both forms in the wording and with the values of then."""

    template_name = "reports/report/submission.html"

    def get_context_data(self, **kwargs):
        found = frozen_origins(self.submission).values()
        return super().get_context_data(
            **about(self.request, self.submission),
            adjusted=[origin for origin in found if origin.row.difference],
            explanations=explanations_of(self.submission),
            stale=frozen_stale(self.submission),
            text=self._text(),
            **kwargs,
        )

    def _text(self) -> list[tuple[str, str]]:
        """The summary as it was written here and handed in: label and words of each part that has any."""
        kept = frozen_text_of(self.submission)
        parts = frozen_parts(kept) if kept else {}
        return [(SummaryPart(part).label, words) for part, words in parts.items() if words]


class SubmissionRecords(SubmissionPage):
    """The records behind one figure as they were when it was handed in."""

    template_name = "reports/report/records.html"

    @cached_property
    def behind(self) -> FrozenList:
        try:
            return frozen_list(self.submission, self.kwargs["slug"])
        except KeyError:
            raise Http404(_("没有这个数字。")) from None

    @property
    def asks_things(self) -> bool:
        """Whether the records are asked for by the things that a distinct count counts."""
        return self.behind.things is not None and bool(self.request.GET.get("things"))

    def get_context_data(self, **kwargs):
        behind = self.behind
        page = Paginator(self._lines() if self.asks_things else behind.rows, PAGE_SIZE)
        page = page.get_page(self.request.GET.get("page"))
        return super().get_context_data(
            row=behind.row,
            origin=frozen_origins(self.submission)[self.kwargs["slug"]],
            parts=self._parts(behind.row.figure),
            export_url=self._export_url() if behind.row.figure.fact and may_export(self.request.user) else "",
            tabs=self._tabs(),
            said=behind.said,
            count=page.paginator.count,
            sections=self._sections(page.object_list),
            **pages_of(self.request, page),
            **kwargs,
        )

    def _export_url(self) -> str:
        return reverse("submission_records_export", args=[self.submission.pk, self.kwargs["slug"]])

    def _tabs(self) -> list[tuple[str, str, bool]]:
        """The lists of a distinct figure: label, address, whether it is the one that is open."""
        if self.behind.things is None:
            return []
        whole, things = (address_with(self.request, things=asked, page=None) for asked in (None, 1))
        label = thing_tab(self.behind.row.figure)
        return [(_("计入的记录"), whole, not self.asks_things), (label, things, self.asks_things)]

    def _lines(self) -> list[tuple[str, list[str]]]:
        """Every row with the heading of its thing."""
        return [
            (counted(f"{place}. {thing.name}", len(thing.rows)), cells)
            for place, thing in enumerate(self.behind.things or (), start=1)
            for cells in thing.rows
        ]

    def _sections(self, shown: Iterable) -> list[Section]:
        headings = [Heading(heading, numeric=False, minor=False) for heading in self.behind.headings]
        lines = shown if self.asks_things else [("", cells) for cells in shown]
        return [
            Section(name, Table(headings, [_cells(cells) for _name, cells in of]))
            for name, of in groupby(lines, itemgetter(0))
        ]

    def _parts(self, total: Figure) -> list[tuple[Figure, str]]:
        """The parts that add up to `total`, each with the address of its records."""
        known = figures_of_submission(self.submission)
        return [(part, records_url(self.submission, part.slug)) for part in total.summands if part.slug in known]


def _cells(texts: Iterable[str]) -> TableRow:
    return TableRow(None, [TableCell(text, "", numeric=False, minor=False) for text in texts])


@dataclass(frozen=True)
class DriftRow:
    """One record whose part in the figures is not what it was, in words."""

    drifted: Drifted
    kind: str
    name: str
    url: str
    figures: list[str]


def drift_row(drifted: Drifted, figures: Registry) -> DriftRow:
    """What the page shows of `drifted`, by its name, which its first cell has."""
    return DriftRow(
        drifted,
        str(KINDS[drifted.kind]),
        (drifted.after or drifted.before)[0],
        "" if drifted.kind == WENT else record_url(drifted.fact.model(pk=drifted.pk)),
        [str(figures[slug]) for slug in drifted.figures],
    )


def moved_figures(submission: Submission) -> list[tuple]:
    """The figures that the same question would answer differently now: frozen, now, and by how much."""
    report = submission.report
    figures = figures_of_submission(submission)
    now = derive(report.campaign, report.union, submission.cut_off, figures=figures)
    rows = frozen_figure_rows(submission)
    return [
        (
            row.figure,
            row.texts["derived"],
            row.figure.unit.format(now[slug]),
            signed(row.figure, now[slug] - row.derived),
        )
        for slug, row in rows.items()
        if slug in now and now[slug] != row.derived
    ]


class SubmissionDrift(SubmissionPage):
    """What has changed in the records since, at the submission's own cut-off; nothing frozen is touched."""

    template_name = "reports/report/drift.html"

    @cached_property
    def found(self) -> list[Drifted]:
        return differences([self.submission])[self.submission.pk]

    def shown(self, found: Iterable[Drifted]) -> list[DriftRow]:
        figures = figures_of_submission(self.submission)
        return [drift_row(drifted, figures) for drifted in explained(self.submission, found)]

    def get_context_data(self, **kwargs):
        counts = Counter(drifted.kind for drifted in self.found)
        page = Paginator(self.found, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            counts=[(label, counts[kind]) for kind, label in KINDS.items()],
            rows=self.shown(page.object_list),
            export_url=reverse("submission_drift_export", args=[self.submission.pk])
            if may_export(self.request.user)
            else "",
            moved=moved_figures(self.submission),
            **pages_of(self.request, page),
            **kwargs,
        )
