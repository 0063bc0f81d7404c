"""Referrals: passed on from a graduate's page or a match, answered, placed."""

from django.utils.functional import cached_property

from employment.forms.referral import AnswerForm, ReferralForm
from employment.models import Referral, Vacancy
from employment.referrals.services import move_referral
from employment.workflow import REFERRAL_WORKFLOW
from portal.audit import By
from portal.records.views import RecordCreate, RecordDetail, RecordEdit
from portal.records.views.moving import MovePage
from portal.refusals.lookup import get_object_or_404


class ReferralCreate(RecordCreate):
    """A new referral; a match names the vacancy in the address, by its number."""

    form_class = ReferralForm

    def get_initial(self):
        number = self.request.GET.get("vacancy", "")
        found = Vacancy.objects.visible_to(self.request.user).filter(number=number).exists() if number else False
        return super().get_initial() | ({"vacancy": number} if found else {})


class ReferralEdit(RecordEdit):
    form_class = ReferralForm


class ReferralDetail(RecordDetail):
    """One referral, and what may be done with it now."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"moves": list(REFERRAL_WORKFLOW.open_to(context["record"], self.request.user))}


class ReferralMove(MovePage):
    workflow = REFERRAL_WORKFLOW
    template_name = "employment/referral/move.html"
    form_class = AnswerForm

    @cached_property
    def record(self) -> Referral:
        found = Referral.objects.visible_to(self.request.user)
        return get_object_or_404(found.select_related("union", "vacancy", "graduate"), pk=self.kwargs["pk"])

    def make(self, form, by: By):
        move_referral(self.record, self.move.name, answer=form.answer(), by=by)
