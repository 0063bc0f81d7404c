"""What is said about a report: comments between the unit and the department, notes of the department alone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.access import Permission, can, require
from portal.audit import By
from reports.annex.campaign_figures import figures_known_to
from reports.forms.review import CommentForm, NoteForm
from reports.models import Report
from reports.review.commenting import add_comment, add_note, may_comment, notes_of, refuse_comment, takes_part, thread
from reports.views.preparing.preparation import show_refusal
from reports.views.preparing.report import ReportPage, records_url, thread_url


def home_of(user, report: Report) -> str:
    """The page on which `user` works at `report`."""
    reviews = can(user, Permission.REVIEW_REPORTS) and report.submission_id
    return reverse("review_show" if reviews else "report_show", args=[report.pk])


class ReportComments(ReportPage):
    """The thread about the whole report, or about one figure of it."""

    template_name = "reports/comment/thread.html"

    @cached_property
    def figure(self):
        """The figure talked about; None for the whole report."""
        slug, figures = self.kwargs.get("slug"), figures_known_to(self.report)
        if slug and slug not in figures:
            raise Http404(_("没有这个数字。"))
        return figures[slug] if slug else None

    def get_context_data(self, form: CommentForm | None = None, **kwargs):
        report, user, slug = self.report, self.request.user, self.kwargs.get("slug", "")
        return super().get_context_data(
            figure=self.figure,
            comments=thread(report, slug),
            notes=[note for note in notes_of(report, user) if note.slug == slug],
            form=(form or CommentForm()) if may_comment(user, report) else None,
            notes_url=self._notes_url(slug),
            records_url=records_url(report, slug) if slug else "",
            home_url=home_of(user, report),
            **kwargs,
        )

    def _notes_url(self, slug: str) -> str:
        if not can(self.request.user, Permission.VIEW_NOTES):
            return ""
        return f"{reverse('review_notes', args=[self.report.pk])}?slug={slug}"

    def post(self, request, *, slug: str = "", **_kwargs):
        if not (takes_part(request.user) and may_comment(request.user, self.report)):
            refuse_comment()
        report, form, figure = self.report, CommentForm(request.POST), self.figure
        if form.is_valid():
            try:
                add_comment(report, slug=slug, **form.cleaned_data, by=By.of(request))
            except ValidationError as refused:
                show_refusal(form, refused)
            else:
                messages.success(request, _("批注已发出。"))
                return redirect(thread_url(report, slug) if figure else f"{home_of(request.user, report)}#comments")
        return self.render_to_response(self.get_context_data(form=form))


class ReviewNotes(ReportPage):
    """The notes of the department about a report: reviewers write them, auditors read them."""

    permission = Permission.VIEW_NOTES
    template_name = "reports/comment/notes.html"

    def get_context_data(self, form: NoteForm | None = None, **kwargs):
        report, user = self.report, self.request.user
        figures = figures_known_to(report)
        writes = can(user, Permission.REVIEW_REPORTS)
        return super().get_context_data(
            notes=[(note, figures.get(note.slug, note.slug)) for note in notes_of(report, user)],
            form=(form or NoteForm(figures=figures, initial={"slug": self.request.GET.get("slug", "")}))
            if writes
            else None,
            home_url=home_of(user, report),
            **kwargs,
        )

    def post(self, request, **_kwargs):
        require(request.user, Permission.REVIEW_REPORTS)
        report, form = self.report, NoteForm(request.POST, figures=figures_known_to(self.report))
        if form.is_valid():
            try:
                add_note(report, **form.cleaned_data, by=By.of(request))
            except ValidationError as refused:
                show_refusal(form, refused)
            else:
                messages.success(request, _("内部备注已保存。"))
                return redirect("review_notes", report.pk)
        return self.render_to_response(self.get_context_data(form=form))
