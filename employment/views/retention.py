"""Who is to be asked whether the work goes on, and the answer."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from employment.enums import AssistanceKind
from employment.forms.retention import RetentionForm
from employment.models import Assistance
from employment.records.retention import RETENTION, RETENTION_CHECK
from employment.retention.services import check_retention, due_months
from portal.access import Permission, can
from portal.audit import By
from portal.records.attribute import record_url
from portal.records.lists.left import way_back
from portal.records.lists.table import table
from portal.records.views import RecordList
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalPage
from portal.workflow import MoveRefused


class RetentionList(RecordList):
    """The list, with the form beside every row."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = list(zip(context["listing"].page.records, context["table"].rows, strict=True))
        return context | {"rows": rows, "may_ask": can(self.request.user, Permission.KEEP_RECORDS)}


class RetentionCreate(FormMixin, PortalPage, ProcessFormView):
    """The answer about one placement. What was typed stays when it is refused."""

    permission = Permission.KEEP_RECORDS
    template_name = "employment/retention/create.html"
    form_class = RetentionForm

    @cached_property
    def placement(self) -> Assistance:
        placements = Assistance.objects.visible_to(self.request.user).filter(kind=AssistanceKind.PLACEMENT)
        return get_object_or_404(placements.select_related("union", "graduate"), pk=self.kwargs["pk"])

    @cached_property
    def months(self) -> int | None:
        return due_months(self.placement)

    def get_initial(self):
        return {"months": self.months}

    def get_context_data(self, **kwargs):
        user = self.request.user
        asked = RETENTION_CHECK.listed_to(user).filter(placement=self.placement).order_by("months")
        return super().get_context_data(
            placement=self.placement,
            is_here=self.placement.graduate.union_path.startswith(user.union.path),
            months=self.months,
            asked=table(RETENTION_CHECK.columns[2:], RETENTION_CHECK.model, asked, user.union.path),
            back_url=record_url(self.placement),
            list_url=way_back(self.request, RETENTION, at=self.placement.pk),
            **kwargs,
        )

    def form_valid(self, form):
        by = By.of(self.request)
        try:
            check_retention(self.placement, form.cleaned_data["months"], told=form.told(), by=by)
        except ValidationError as refused:
            form.show(refused)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(self.request, _("稳岗回访已登记。"))
            return redirect(way_back(self.request, RETENTION, at=self.placement.pk))
        return self.form_invalid(form)
