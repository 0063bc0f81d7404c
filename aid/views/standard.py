"""The standards of minimum income, kept by the city."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.forms.household import MinimumIncomeForm
from aid.models import MinimumIncome
from aid.standards.services import keep_standard, years_without_standard
from portal.access import Permission
from portal.audit import By
from portal.records.exporting.resource import ExportColumn
from portal.refusals.lookup import get_object_or_404
from portal.views.exporting import WholeListExport
from portal.web.base import PortalPage


class MinimumIncomeList(PortalPage):
    """All years, newest first: some twenty rows."""

    permission = Permission.KEEP_STANDARDS
    template_name = "aid/standard/list.html"

    def get_rows(self):
        return MinimumIncome.objects.all()

    def get_context_data(self, **kwargs):
        given = {"rows": self.get_rows(), "missing": years_without_standard()}
        return super().get_context_data(export_url=reverse("minimumincome_export"), **given, **kwargs)


class MinimumIncomeExport(WholeListExport, MinimumIncomeList):
    title = gettext_lazy("最低生活保障标准")
    list_name = "minimumincome_list"
    columns = (
        ExportColumn(gettext_lazy("年度"), lambda row: row.year),
        ExportColumn(gettext_lazy("城市"), lambda row: row.city),
        ExportColumn(gettext_lazy("每人每月(元)"), lambda row: row.monthly),
        ExportColumn(gettext_lazy("依据"), lambda row: row.note),
    )


class MinimumIncomeCreate(FormMixin, PortalPage, ProcessFormView):
    permission = Permission.KEEP_STANDARDS
    template_name = "aid/standard/edit.html"
    form_class = MinimumIncomeForm

    @cached_property
    def standard(self) -> MinimumIncome:
        return MinimumIncome()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.standard}

    def form_valid(self, form):
        by = By.of(self.request)
        try:
            keep_standard(form.instance, version=form.cleaned_data["version"], by=by)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return self.form_invalid(form)
        messages.success(self.request, _("标准已保存。"))
        return redirect("minimumincome_list")


class MinimumIncomeEdit(MinimumIncomeCreate):
    @cached_property
    def standard(self) -> MinimumIncome:
        return get_object_or_404(MinimumIncome, pk=self.kwargs["pk"])
