"""总结报告正文: drafted, edited, drafted again part by part, downloaded, used as the summary report."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.documents.pdf import PdfUnavailableError
from portal.enums import AuditAction
from portal.printouts.content import Printout
from portal.printouts.views import PrintoutPage
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalView
from portal.workflow import MoveRefused
from reports.forms.preparation import RedraftForm, SummaryTextForm
from reports.handed_in.text import frozen_text_of, frozen_texts
from reports.models import Narrative, Report, SummaryFile
from reports.preparing.narrating import (
    figures_changed,
    narrative_file,
    narrative_printout,
    save_narrative,
    use_as_summary,
)
from reports.preparing.narrative import Told, draft, title_of, told_of
from reports.summary.names import names_of
from reports.summary.numbers import texts_of
from reports.views.preparing.preparation import ReportEdit, own_report
from reports.views.preparing.report import find_report
from reports.views.preparing.summary_text import SummaryEditing, typed


class ReportNarrative(SummaryEditing, ReportEdit):
    """The text: last saved, or a draft that is not kept until it is saved."""

    template_name = "reports/narrative/edit.html"
    form_class = SummaryTextForm
    heading = gettext_lazy("总结报告")

    @cached_property
    def kept(self) -> Narrative | None:
        return Narrative.objects.filter(report=self.report).select_related("made_by", "report__campaign").first()

    @cached_property
    def told(self) -> Told:
        return told_of(self.report)

    @property
    def numbers(self):
        return self.told.numbers

    @cached_property
    def names(self):
        return names_of(self.report.campaign)

    def drafted(self):
        return draft(self.told)

    def get(self, request, *args, **kwargs):
        if not self.report.is_editable and self.kept:
            return redirect("report_narrative_download", self.report.pk)
        return super().get(request, *args, **kwargs)

    def fresh(self):
        kept = Narrative.objects.filter(report=self.report).values_list("version", flat=True).first()
        return {"version": kept or 0}

    def get_context_data(self, **kwargs):
        shown = {
            "title": title_of(self.report.campaign),
            "outdated": figures_changed(self.kept) if self.kept else [],
            "is_used": SummaryFile.objects.filter(report=self.report, is_written_here=True).exists(),
        }
        form = kwargs.pop("form", None) or self.get_form()
        return super().get_context_data(**kwargs, **shown, **self.editing(form))

    def save(self, cleaned_data):
        saved = save_narrative(self.report, **self.to_save(cleaned_data), by=By.of(self.request))
        self.tell_lost(self.request, saved)

    def to_save(self, cleaned_data) -> dict:
        return {name: cleaned_data[name] for name in ("parts", "version")}

    def form_valid(self, form):
        response = super().form_valid(form)
        return redirect("report_narrative", self.report.pk) if response.status_code == 302 else response


class ReportNarrativeDraft(ReportNarrative):
    """New drafts beside what was written; the parts that are ticked are replaced, and no other."""

    template_name = "reports/narrative/redraft.html"
    form_class = RedraftForm
    heading = gettext_lazy("重新起草总结报告")
    done = gettext_lazy("已用新稿替换所选的部分。")

    def get_initial(self):
        return self.fresh() | typed(self.drafted(), self.names)

    def get_context_data(self, **kwargs):
        shown = super().get_context_data(**kwargs)
        back = reverse("report_narrative", args=[self.report.pk])
        return shown | {"beside": self.beside(shown["read"]), "back_url": back}

    def to_save(self, cleaned_data):
        return super().to_save(cleaned_data | {"parts": self.merged(cleaned_data["parts"])})


class ReportNarrativeDownload(PrintoutPage):
    """The text as a page to be printed, as .docx or as .pdf: as it was handed in, or with the numbers of now.

    Leaves one audit row.
    """

    permission = Permission.VIEW_REPORTS

    def get(self, request, pk: int):
        report = find_report(request.user, pk)
        sheet, ending, back = printout_of(report), self.ending, reverse("report_show", args=[pk])
        name = narrative_file(report, ending or "docx")
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
        narrative = get_object_or_404(Narrative.objects.select_related("made_by"), report=report)
        narrative.report = report
        try:
            use_as_summary(narrative, by=By.of(request))
        except (MoveRefused, ValidationError) as refused:
            messages.error(request, " ".join(getattr(refused, "messages", [str(refused)])))
            return redirect("report_narrative" if report.is_editable else "report_show", report.pk)
        messages.success(request, _("已用作总结报告。报送时，里面的数字按报送那一刻重新填。"))
        return redirect("report_show", report.pk)


def printout_of(report: Report) -> Printout:
    """The text as it is signed: what was handed in stays as it was. Raises Http404 where nothing is written."""
    narrative = Narrative.objects.filter(report=report).first()
    if narrative is None:
        raise Http404(_("还没有写总结报告。"))
    narrative.report = report
    if not report.is_editable and (kept := frozen_text_of(report.submission)):
        for part, text in kept["parts"].items():
            setattr(narrative, part, text)
        return narrative_printout(narrative, frozen_texts(kept))
    return narrative_printout(narrative, texts_of(told_of(report).numbers))
