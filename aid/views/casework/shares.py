"""资助来源 of one case."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.casework.shares import refusal_of_shares, set_shares
from aid.forms.shares import SharesForm
from aid.models import AidCase
from aid.views.casework.case import CasePage
from portal.access import Permission
from portal.audit import By
from portal.workflow import MoveRefused


class CaseShares(FormMixin, CasePage, ProcessFormView):
    """From which levels the case is granted and how much from each, until it is checked."""

    permission = Permission.KEEP_RECORDS
    template_name = "aid/aidcase/shares.html"
    form_class = SharesForm

    @cached_property
    def case(self) -> AidCase:
        case = super().case
        if reason := refusal_of_shares(case):
            raise PermissionDenied(reason)
        return case

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"shares": {share.level: share for share in self.case.shares.all()}}

    def form_valid(self, form):
        try:
            set_shares(self.case, form.shares(), by=By.of(self.request))
        except ValidationError as refused:
            form.show(refused)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(self.request, _("资助来源已保存。"))
            return redirect(self.url)
        return self.form_invalid(form)
