"""The filled-in annex workbook in the browser: chosen, read, and asked about where work done by hand would go."""

from dataclasses import replace

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.audit import By
from portal.workflow import MoveRefused
from reports.figures.registry import Figure
from reports.forms.annex import AnnexConfirmForm, AnnexUploadForm
from reports.preparing.annex_asking import Asked, sealed, unsealed
from reports.preparing.annex_reading import read_annex
from reports.preparing.annex_upload import Change, HandMadeError, Uploaded, take_figures
from reports.views.preparing.preparation import ReportEdit, show_refusal


class ReportAnnexUpload(ReportEdit):
    """The filled-in forms of a unit that keeps no cases here; what differs becomes adjustments."""

    form_class = AnnexUploadForm
    heading = gettext_lazy("上传填好的统计表")
    intro = gettext_lazy(
        "适用于不在本平台建档的单位。先在“统计表”页下载附件（Excel），填好后在此上传；与按记录统计的数不同的，记为调整。"
    )
    button = gettext_lazy("上传")

    def get_initial(self):
        return {}

    def form_valid(self, form):
        try:
            values = read_annex(self.report, form.cleaned_data["file"].read())
        except ValidationError as refused:
            show_refusal(form, refused)
            return self.form_invalid(form)
        return self.take(form, Asked(values, form.cleaned_data["reason"], ()))

    def take(self, form, given: Asked):
        """Report what was read, or ask about what was made by hand."""
        by = By.of(self.request)
        try:
            done = take_figures(self.report, **vars(given), by=by)
        except HandMadeError as refused:
            return self.ask(given, refused.changes)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        except ValidationError as refused:
            show_refusal(form, refused)
        else:
            messages.success(self.request, in_words(done))
            return redirect("report_show", self.report.pk)
        return self.form_invalid(form)

    def ask(self, given: Asked, changes: list[Change]):
        """The list of what would go; the answer agrees to just that."""
        asked = replace(given, agreed=tuple(change.key for change in changes))
        form = AnnexConfirmForm(initial={"read": sealed(asked, self.report, self.request.user)})
        self.template_name = "reports/report/annex_confirm.html"
        return self.render_to_response(self.get_context_data(form=form, changes=changes))


class ReportAnnexConfirm(ReportAnnexUpload):
    """The answer to the question: what was read is taken, and only what was listed goes."""

    upload_form = AnnexConfirmForm

    def get(self, request, *args, **kwargs):
        return redirect("report_annex_upload", self.report.pk)

    def post(self, request, *args, **kwargs):
        form, report = AnnexConfirmForm(request.POST), self.report
        try:
            given = unsealed(request.POST.get("read", ""), report, request.user)
        except signing.BadSignature:
            form.add_error(None, _("页面已过期，请重新选择文件上传。"))
            return self.form_invalid(form)
        return self.take(form, given)

    def form_invalid(self, form):
        """What keeps it from being taken is told where another file can be chosen."""
        for error in form.non_field_errors():
            messages.error(self.request, error)
        return redirect("report_annex_upload", self.report.pk)


def in_words(done: Uploaded) -> str:
    """What the workbook has changed, each figure by its name."""
    values = {"adjusted": _counted(done.adjusted), "withdrawn": _counted(done.withdrawn)}
    words = _("统计表已读入：调整 %(adjusted)s，撤销 %(withdrawn)s") % values
    typed = _("，填写 %(typed)s") % {"typed": _counted(done.typed)} if done.typed else ""
    return f"{words}{typed}{_('。')}"


def _counted(figures: list[Figure]) -> str:
    names = "、".join(f"“{figure}”" for figure in figures)
    words = _("%(count)d 项") % {"count": len(figures)}
    return f"{words}（{names}）" if figures else words
