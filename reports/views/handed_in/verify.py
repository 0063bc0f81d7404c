"""核验: whether a print is what was handed in."""

from collections import Counter
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.access import Permission
from portal.web.base import PortalPage
from reports.enums import ReportState
from reports.handed_in.verifying import DIFFERS, SAME, UNREADABLE, Checked, checked
from reports.models import Submission
from reports.sealing.proving import Tampered, is_proved
from reports.views.handed_in.frozen import about

VERDICTS = {SAME: gettext_lazy("相同"), DIFFERS: gettext_lazy("不同"), UNREADABLE: gettext_lazy("不是数字")}
# The code is written in A to Z and 2 to 7; whoever types a figure that looks like a letter means the letter.
MISTAKEN = str.maketrans({"0": "O", "1": "I", "8": "B", " ": "", "-": ""})


class Verify(PortalPage):
    """The code on a print opens the frozen figures, within the scope; figures typed from it are told same or not.

    An unknown code and one of another unit get the same answer.
    """

    permission = Permission.VIEW_REPORTS
    template_name = "reports/report/verify.html"

    def get_context_data(self, **kwargs):
        typed = self.request.GET.get("code", "").strip()
        submissions = Submission.objects.visible_to(self.request.user)
        related = ("report__campaign", "report__union", "report__submission", "submitted_by")
        code = typed.upper().translate(MISTAKEN)
        found = submissions.select_related(*related).filter(code=code).first() if typed else None
        return super().get_context_data(typed=typed, **(self._shown(found) if found else {}), **kwargs)

    def _shown(self, submission: Submission) -> dict:
        """Of what is no longer as it was handed in nothing but that, and its name."""
        if not is_proved(submission):
            return {"broken": str(Tampered([submission]))}
        return about(self.request, submission) | self._standing(submission) | self._checked(submission)

    def _standing(self, submission: Submission) -> dict:
        """Which submission it is and its present state, in words; one that another replaced had been returned."""
        report = submission.report
        state = ReportState(report.state) if report.submission_id == submission.pk else ReportState.RETURNED
        words = _("第 %(number)d 次报送：%(state)s。") % {"number": submission.number, "state": state.label}
        return {"stands": words, "is_in_force": state != ReportState.RETURNED}

    def _checked(self, submission: Submission) -> dict:
        """The figures by form with what was typed of each, and how many of these are right."""
        rows = checked(submission, self.request.GET)
        counts = Counter(row.verdict for row in rows if row.verdict)
        return {
            "tables": [(number, list(map(_shown, of_form))) for number, of_form in groupby(rows, _form)],
            "asked": sum(counts.values()),
            "same": counts[SAME],
            "wrong": [row.row.figure for row in rows if row.verdict not in {"", SAME}],
        }


def _form(row: Checked) -> int:
    return row.row.figure.form


def _shown(row: Checked) -> tuple[Checked, str]:
    """A row with its verdict in words."""
    return row, str(VERDICTS.get(row.verdict, ""))
