"""The pages on which a unit prepares its report, each with one form and one service."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin, ProcessFormView

from portal.access import Permission
from portal.audit import By
from portal.web.base import PortalView
from portal.workflow import MoveRefused
from reports.annex.campaign_figures import figures_of
from reports.counting.derive import derive
from reports.counting.rows import figure_rows
from reports.enums import OVERTAKEN
from reports.forms.preparation import (
    AdjustmentForm,
    ContactForm,
    NilForm,
    SummaryForm,
)
from reports.models import AdjustmentFile, Report
from reports.preparing import preparation
from reports.preparing.adjustment_file import attach_adjustment_file
from reports.views.preparing.report import ReportPage, find_report, is_own


def own_report(user, pk: int) -> Report:
    """The report, for the people of its unit: strangers find none, others in the scope are told why not."""
    report = find_report(user, pk)
    if not is_own(user, report):
        raise PermissionDenied(_("报表只能由填报单位（%(union)s）自己填报。") % {"union": report.union})
    return report


class ReportEdit(FormMixin, ReportPage, ProcessFormView):
    """One form about a report. What the service refuses is shown on it, with everything that was typed."""

    permission = Permission.PREPARE_REPORT
    template_name = "reports/report/edit.html"
    heading = ""
    intro = ""
    button = gettext_lazy("保存")
    done = gettext_lazy("已保存。")

    @cached_property
    def report(self) -> Report:
        return own_report(self.request.user, self.kwargs["pk"])

    def get(self, request, *args, **kwargs):
        if not self.report.is_editable:
            state = self.report.get_state_display()
            messages.error(request, _("报表现在的状态是“%(state)s”，不能修改。") % {"state": state})
            return redirect("report_show", self.report.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        shown = {"heading": self.heading, "intro": self.intro, "button": self.button}
        return super().get_context_data(**{**shown, **kwargs})

    def fresh(self) -> dict:
        """What the hidden fields say was seen, as it is now."""
        return {}

    def get_initial(self):
        return self.fresh()

    def save(self, cleaned_data: dict) -> None:
        raise NotImplementedError

    def form_valid(self, form):
        try:
            self.save(form.cleaned_data)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        except ValidationError as refused:
            show_refusal(form, refused)
            if is_overtaken(refused):
                form.renew(**self.fresh())
        else:
            messages.success(self.request, self.done)
            return redirect("report_show", self.report.pk)
        return self.form_invalid(form)


def is_overtaken(refused: ValidationError) -> bool:
    """Whether somebody was quicker: then the form takes what is there now for seen."""
    by_field = refused.error_dict.values() if hasattr(refused, "error_dict") else [refused.error_list]
    return any(error.code == OVERTAKEN for errors in by_field for error in errors)


def show_refusal(form, refused: ValidationError) -> None:
    """The sentences of a service beside the fields they are about, or above the form."""
    by_field = refused.error_dict if hasattr(refused, "error_dict") else {None: refused.error_list}
    for field, errors in by_field.items():
        form.add_error(field if field in form.fields else None, errors)


class ReportContact(ReportEdit):
    heading = gettext_lazy("填报人和联系电话")
    form_class = ContactForm

    def fresh(self):
        return {"version": Report.objects.values_list("version", flat=True).get(pk=self.report.pk)}

    def get_initial(self):
        given = {"name": self.report.contact_name, "telephone": self.report.contact_telephone}
        return given | {"version": self.report.version}

    def save(self, cleaned_data):
        preparation.set_contact(self.report, **cleaned_data, by=By.of(self.request))


class ReportAdjust(ReportEdit):
    """A signed difference to one figure, with a reason."""

    template_name = "reports/report/adjust.html"
    form_class = AdjustmentForm

    @cached_property
    def figure(self):
        figure = figures_of(self.report.campaign).get(self.kwargs["slug"])
        if figure is None or figure.fact is None:  # typed in, or added up from others: nothing to adjust
            raise Http404(_("没有这个可以调整的数字。"))
        return figure

    def get_form_kwargs(self):
        totals = preparation.totals_of(self.report, self.figure)
        return super().get_form_kwargs() | {"figure": self.figure, "totals": totals}

    def adjustment(self):
        return self.report.adjustments.filter(slug=self.figure.slug).select_related("made_by").first()

    def fresh(self):
        adjustment = self.adjustment()
        return {"seen": str(adjustment.difference) if adjustment else ""}

    def get_initial(self):
        adjustment = self.adjustment()
        if adjustment is None:
            return {"seen": ""}
        shown = self.figure.unit.format(adjustment.difference)
        return {"difference": shown, "reason": adjustment.reason, "seen": str(adjustment.difference)}

    def get_context_data(self, **kwargs):
        derived = derive(self.report.campaign, self.report.union, figures=(self.figure,))
        row = figure_rows(self.report, derived)[self.figure.slug]
        heading, adjustment = _("调整：%(figure)s") % {"figure": self.figure}, self.adjustment()
        file = AdjustmentFile.objects.filter(adjustment=adjustment).defer("content").select_related("uploaded_by")
        return super().get_context_data(heading=heading, row=row, adjustment=adjustment, file=file.first(), **kwargs)

    @transaction.atomic
    def save(self, cleaned_data):
        """The adjustment and its file, or neither."""
        file, by = cleaned_data.pop("file"), By.of(self.request)
        preparation.adjust_figure(self.report, slug=self.figure.slug, **cleaned_data, by=by)
        if file:
            given = {"name": file.name, "content": file.read()}
            try:
                attach_adjustment_file(self.report, slug=self.figure.slug, **given, by=by)
            except ValidationError as refused:
                raise ValidationError({"file": refused.messages}) from None


class ReportAdjustWithdraw(PortalView):
    """Takes an adjustment back."""

    permission = Permission.PREPARE_REPORT

    def post(self, request, pk: int, slug: str):
        report = own_report(request.user, pk)
        if slug not in figures_of(report.campaign):
            raise Http404(_("没有这个数字。"))
        try:
            preparation.withdraw_adjustment(report, slug=slug, by=By.of(request))
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("已撤销调整。"))
        return redirect("report_show", report.pk)


class ReportSummary(ReportEdit):
    """The summary report that goes with the two forms."""

    form_class = SummaryForm
    heading = gettext_lazy("上传总结报告")
    intro = gettext_lazy("按文件的内容检查；再次上传时替换原来的文件。")
    button = gettext_lazy("上传")
    done = gettext_lazy("总结报告已上传。")

    def save(self, cleaned_data):
        file, by = cleaned_data["file"], By.of(self.request)
        preparation.attach_summary(self.report, name=file.name, content=file.read(), by=by)


class ReportNil(ReportEdit):
    """A unit with nothing declares a nil report, or takes that back."""

    form_class = NilForm

    def get_initial(self):
        return {"nil": "0" if self.report.is_nil else "1"}

    def get_context_data(self, **kwargs):
        shown = (
            {"heading": _("撤销零报告"), "intro": "", "button": _("撤销零报告")}
            if self.report.is_nil
            else {
                "heading": _("声明零报告"),
                "intro": _("本单位本年度没有助学和就业帮扶活动，两张统计表的数字都是 0，不需要总结报告。"),
                "button": _("声明零报告"),
            }
        )
        return super().get_context_data(**shown, **kwargs)

    def save(self, cleaned_data):
        preparation.declare_nil(self.report, nil=cleaned_data["nil"] == "1", by=By.of(self.request))
