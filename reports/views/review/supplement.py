"""Opening a supplementary report after an accepted one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.audit import By
from portal.web.base import PortalPage
from portal.workflow import MoveRefused
from reports.forms.review import SupplementForm
from reports.models import Report
from reports.review.supplementing import open_supplement
from reports.views.preparing.preparation import show_refusal
from reports.views.review.review import ReportReview
from reports.workflow import REPORT_WORKFLOW


class ReviewSupplement(ReportReview, PortalPage):
    """The reviewer says why; the unit then finds a new draft among its reports."""

    template_name = "reports/review/supplement.html"

    def get_context_data(self, form: SupplementForm | None = None, **kwargs):
        moves = REPORT_WORKFLOW.open_to(self.report, self.request.user)
        return super().get_context_data(
            report=self.report,
            form=form or SupplementForm(),
            is_open=any(move.name == "supplement" for move in moves),
            beside=Report.objects.beside(self.report),
            review_url=self.url,
            **kwargs,
        )

    def post(self, request, **_kwargs):
        form = SupplementForm(request.POST)
        if form.is_valid():
            try:
                opened = open_supplement(self.report, **form.cleaned_data, by=By.of(request))
            except MoveRefused as refused:
                form.add_error(None, str(refused))
            except ValidationError as refused:
                show_refusal(form, refused)
            else:
                message = _("已为%(unit)s开启“%(supplement)s”。")
                messages.success(request, message % {"unit": opened.union, "supplement": opened.supplement})
                return redirect(self.url)
        return self.render_to_response(self.get_context_data(form=form))
