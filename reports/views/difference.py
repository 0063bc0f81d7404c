"""What a submission says otherwise than the one before, figure by figure and record by record."""

from django.http import Http404
from django.utils.translation import gettext as _

from reports.comparison import figure_changes, record_changes, submission_before
from reports.standing import signed
from reports.views.comment import home_of
from reports.views.submission import SubmissionPage

SHOWN_RECORDS = 200  # changed records shown of one kind; the count tells how many there are


class SubmissionDiff(SubmissionPage):
    """A resubmission beside the submission before; a supplementary report beside what was accepted before it."""

    template_name = "reports/review/diff.html"

    def get_context_data(self, **kwargs):
        after = self.submission
        before = submission_before(after)
        if before is None:
            raise Http404(_("这是第一次报送，没有可以比较的。"))
        return super().get_context_data(
            before=before,
            after=after,
            figures=[(change, signed(change.figure, change.difference)) for change in figure_changes(before, after)],
            records=[(found, found.changes[:SHOWN_RECORDS]) for found in record_changes(before, after)],
            shown=SHOWN_RECORDS,
            home_url=home_of(self.request.user, after.report),
            **kwargs,
        )
