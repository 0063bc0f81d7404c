"""Referrals: passed on from a graduate's page or a match, answered, placed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from employment.forms.referral import AnswerForm, ReferralForm
from employment.models import Referral, Vacancy
from employment.referring import move_referral
from employment.workflow import REFERRAL_WORKFLOW
from portal.access import Permission
from portal.audit import address_of
from portal.records.attribute import record_url
from portal.records.views import RecordCreate, RecordDetail, RecordEdit
from portal.views.base import PortalPage
from portal.workflow import MoveRefused


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


class ReferralMove(FormMixin, PortalPage, ProcessFormView):
    """One move. What was typed stays when it is refused."""

    permission = Permission.KEEP_RECORDS
    template_name = "employment/referral/move.html"
    form_class = AnswerForm

    @cached_property
    def referral(self) -> Referral:
        found = Referral.objects.visible_to(self.request.user)
        return get_object_or_404(found.select_related("union", "vacancy", "graduate"), pk=self.kwargs["pk"])

    @cached_property
    def move(self):
        move = REFERRAL_WORKFLOW.by_name.get(self.kwargs["name"])
        if move is None:
            raise Http404(_("没有这个操作。"))
        return move

    def get_form_kwargs(self):
        _referral = self.referral  # 404 before anything is judged
        return super().get_form_kwargs() | {"move": self.move}

    def get_context_data(self, **kwargs):
        hindrance = self.move.hindrance(self.referral, self.request.user)
        shown = {"record": self.referral, "back_url": record_url(self.referral), "move": self.move}
        return super().get_context_data(hindrance=hindrance, **shown, **kwargs)

    def form_valid(self, form):
        by = {"actor": self.request.user, "address": address_of(self.request)}
        try:
            move_referral(self.referral, self.move.name, answer=form.answer(), **by)
        except ValidationError as refused:
            form.show(refused)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(self.request, _("已登记：%(move)s。") % {"move": self.move.label})
            return redirect(record_url(self.referral))
        return self.form_invalid(form)
