"""What a submission says otherwise than the one before, figure by figure and record by record."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.beside.difference import (
    CAME,
    CHANGED,
    RECOUNTED,
    WENT,
    RecordChange,
    figure_changes,
    figures_only_in,
    record_changes,
    submission_before,
)
from reports.counting.rows import signed
from reports.figures.registry import Figure
from reports.sealing.proving import prove
from reports.views.handed_in.submission import SubmissionPage
from reports.views.review.comment import home_of

KINDS = {
    CAME: gettext_lazy("新增"),
    WENT: gettext_lazy("减少"),
    CHANGED: gettext_lazy("改动"),
    RECOUNTED: gettext_lazy("计入的数字有变化"),
}
SHOWN_RECORDS = 200  # changed records shown of one kind; the count tells how many there are


class SubmissionDiff(SubmissionPage):
    """A resubmission beside the submission before; a supplementary report beside what was accepted before it."""

    template_name = "reports/review/diff.html"

    def get_context_data(self, **kwargs):
        after = self.submission
        before = submission_before(after)
        if before is None:
            raise Http404(_("这是第一次报送，没有可以比较的。"))
        prove(before)
        records = record_changes(before, after)
        return super().get_context_data(
            before=before,
            after=after,
            figures=[(change, signed(change.figure, change.difference)) for change in figure_changes(before, after)],
            joined=figures_only_in(after, before),
            left=figures_only_in(before, after),
            records=[(found, list(map(_told, found.changes[:SHOWN_RECORDS]))) for found in records],
            shown=SHOWN_RECORDS,
            home_url=home_of(self.request.user, after.report),
            **kwargs,
        )


def _told(change: RecordChange) -> tuple[str, RecordChange, list[str]]:
    """What became of a record, the record, and the figures concerned: of one counted otherwise, by which, and which
    no more."""
    return str(KINDS[change.kind]), change, _concerned(change)


def _concerned(change: RecordChange) -> list[str]:
    if change.kind in {CAME, WENT} or not (change.joined or change.left):
        return [_named(change.figures)]
    moved = ((_("新计入：%(figures)s"), change.joined), (_("不再计入：%(figures)s"), change.left))
    return [words % {"figures": _named(figures)} for words, figures in moved if figures]


def _named(figures: list[Figure]) -> str:
    return "、".join(map(str, figures))
