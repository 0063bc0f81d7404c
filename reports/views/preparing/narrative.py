"""情况说明: drafted, edited, drafted again when asked, downloaded, used as the summary report."""

import difflib

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.documents.pdf import PdfUnavailableError
from portal.enums import AuditAction
from portal.printouts.content import Printout
from portal.printouts.making import file_of
from portal.printouts.views import PrintoutPage
from portal.web.base import PortalView
from portal.words.on_paper import day_on_paper
from portal.workflow import MoveRefused
from reports.beside.movement import movement
from reports.enums import OVERTAKEN
from reports.forms.preparation import NarrativeForm
from reports.models import Narrative, Report
from reports.preparing import preparation
from reports.preparing.narrating import check_complete, figures_changed, save_narrative
from reports.preparing.narrative import draft, title_of
from reports.preparing.standing import standing
from reports.render.prose import prose_printout
from reports.views.preparing.preparation import ReportEdit, own_report
from reports.views.preparing.report import find_report


def drafted(report: Report) -> str:
    """The text as the records stand now."""
    return draft(movement(report), standing(report))


class ReportNarrative(ReportEdit):
    """The text: last saved, or a draft that is not kept until it is saved."""

    template_name = "reports/narrative/edit.html"
    form_class = NarrativeForm
    heading = gettext_lazy("情况说明")

    def kept(self) -> Narrative | None:
        return Narrative.objects.filter(report=self.report).select_related("made_by", "report__campaign").first()

    def get(self, request, *args, **kwargs):
        if not self.report.is_editable and self.kept():
            return redirect("report_narrative_download", self.report.pk)
        return super().get(request, *args, **kwargs)

    def fresh(self):
        kept = self.kept()
        return {"version": kept.version if kept else 0}

    def get_initial(self):
        kept = self.kept()
        return self.fresh() | {"text": kept.text if kept else drafted(self.report)}

    def get_context_data(self, **kwargs):
        kept, form = self.kept(), kwargs.get("form")
        overtaken = form is not None and form.has_error("__all__", OVERTAKEN)
        changes = difference(kept.text, form["text"].value()) if kept and overtaken else []
        shown = {"kept": kept, "changes": changes, "title": title_of(self.report)}
        return super().get_context_data(outdated=figures_changed(kept) if kept else [], **shown, **kwargs)

    def save(self, cleaned_data):
        save_narrative(self.report, **cleaned_data, by=By.of(self.request))

    def form_valid(self, form):
        response = super().form_valid(form)
        return redirect("report_narrative", self.report.pk) if response.status_code == 302 else response


def difference(theirs: str, ours: str) -> list[tuple[str, str]]:
    """The lines that only one of the two texts has: ("theirs" or "ours", line), in order."""
    whose = {"- ": "theirs", "+ ": "ours"}
    lines = difflib.ndiff(theirs.split("\n"), ours.replace("\r\n", "\n").split("\n"))
    return [(whose[line[:2]], line[2:]) for line in lines if line[:2] in whose]


class ReportNarrativeDraft(ReportNarrative):
    """Asks before a new draft takes the place of what was written; both are shown."""

    template_name = "reports/narrative/redraft.html"
    heading = gettext_lazy("重新生成情况说明")
    done = gettext_lazy("已重新生成。")

    def get_initial(self):
        return self.fresh() | {"text": drafted(self.report)}


class ReportNarrativeDownload(PrintoutPage):
    """The saved text as a page to be printed, as .docx or as .pdf. Leaves one audit row."""

    permission = Permission.VIEW_REPORTS

    def get(self, request, pk: int):
        report = find_report(request.user, pk)
        narrative = get_object_or_404(Narrative, report=report)
        sheet, ending, back = printout_of(report, narrative), self.ending, reverse("report_show", args=[pk])
        name = file_name_of(report, ending or "docx")
        try:
            answer = self.handed_out([sheet], name) if ending else self._page(sheet, back)
        except PdfUnavailableError as error:
            messages.error(request, str(error))
            return redirect(back)
        audit.record(AuditAction.EXPORTED, by=By.of(request), about=report, file=name if ending else str(sheet.title))
        return answer

    def _page(self, sheet: Printout, back: str):
        return self.shown([sheet], title=sheet.title, back_url=back, file_url=self.request.path)


class ReportNarrativeAttach(PortalView):
    """Uses the saved text as the summary report, in place of the one that was there."""

    permission = Permission.PREPARE_REPORT

    def post(self, request, pk: int):
        report = own_report(request.user, pk)
        narrative = get_object_or_404(Narrative, report=report)
        by = By.of(request)
        try:
            check_complete(narrative)
            content = file_of([printout_of(report, narrative)], "docx")
            file = {"name": file_name_of(report, "docx"), "content": content}
            preparation.attach_summary(report, **file, figures=narrative.figures, by=by)
        except (MoveRefused, ValidationError) as refused:
            messages.error(request, " ".join(getattr(refused, "messages", [str(refused)])))
            return redirect("report_narrative" if report.is_editable else "report_show", report.pk)
        messages.success(request, _("情况说明已用作总结报告。"))
        return redirect("report_show", report.pk)


def file_name_of(report: Report, ending: str) -> str:
    return _("%(year)d年情况说明.%(ending)s") % {"year": report.campaign.year, "ending": ending}


def printout_of(report: Report, narrative: Narrative) -> Printout:
    """The saved text as it is signed."""
    day = day_on_paper(timezone.localtime(narrative.made_at).date())
    return prose_printout(title_of(report), narrative.text, report.union.name, day)
