"""The pages on which a unit explains what the soft checks find: one finding, or all of them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.audit import By
from reports.annex.campaign_figures import figures_of
from reports.checks import checks_for
from reports.checks.registry import Finding
from reports.forms.preparation import ExplanationForm, ExplanationsForm
from reports.preparing import explaining
from reports.preparing.explaining import Said
from reports.preparing.standing import Standing, standing
from reports.views.preparing.preparation import ReportEdit
from reports.views.preparing.report import finding_row


class ReportExplain(ReportEdit):
    """Why what a soft check finds is right all the same."""

    form_class = ExplanationForm
    heading = gettext_lazy("说明")

    @cached_property
    def check(self):
        code, checks = self.kwargs["code"], checks_for(figures_of(self.report.campaign))
        if code not in checks or checks[code].is_hard:
            raise Http404(_("没有这项核对。"))
        return checks[code]

    def given(self) -> str:
        given = self.report.explanations.filter(check_code=self.check.code).first()
        return given.text if given else ""

    def fresh(self):
        return {"seen": self.given()}

    def get_initial(self):
        return {"text": self.given(), "seen": self.given()}

    def get_context_data(self, **kwargs):
        live = standing(self.report)
        found = next((one for one in live.findings if one.check.code == self.check.code), None)
        intro = live.said(found) if found else _("这项核对现在没有问题，不需要说明。")
        return super().get_context_data(intro=intro, **kwargs)

    def save(self, cleaned_data):
        code, text, seen = self.check.code, cleaned_data["text"], cleaned_data["seen"].replace("\r\n", "\n")
        explaining.explain_check(self.report, code=code, text=text, seen=seen, by=By.of(self.request))


class ReportExplainAll(ReportEdit):
    """Every finding that asks for an explanation on one page; those left blank stay open."""

    template_name = "reports/report/explain.html"
    form_class = ExplanationsForm
    heading = gettext_lazy("逐项说明")
    done = gettext_lazy("说明已保存。")

    @cached_property
    def live(self) -> Standing:
        return standing(self.report)

    @property
    def found(self) -> list[Finding]:
        """Those still open first: that is what there is left to do."""
        return sorted(self.live.soft, key=lambda found: found not in self.live.unexplained)

    def get(self, request, *args, **kwargs):
        if self.report.is_editable and not self.found:
            messages.info(request, _("没有需要说明的核对项。"))
            return redirect("report_show", self.report.pk)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        found = [(one, self.live.explanation(one), self.live.is_outdated(one)) for one in self.found]
        return {"found": found} | super().get_form_kwargs()

    def get_initial(self):
        return {}

    def fresh(self):
        given = dict(self.report.explanations.values_list("check_code", "text"))
        return {ExplanationsForm.seen_name(one.check.code): given.get(one.check.code, "") for one in self.found}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        rows = [(finding_row(self.report, self.live, one), *form.of(one.check.code)) for one in self.found]
        return {**context, "rows": rows}

    def save(self, cleaned_data):
        said = {code: Said(text, seen) for code, (text, seen) in cleaned_data["said"].items()}
        explaining.explain_checks(self.report, said=said, by=By.of(self.request))
