"""The form of new help, which may promise the next; and help that is taken back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from employment.enums import AssistanceKind
from employment.forms.promise import AssistanceForm
from employment.forms.voiding import VoidForm
from employment.models import Assistance
from employment.promising import PromiseRefused, help_once
from employment.repeating import Repeated
from employment.voiding import against_voiding, void_help, was_voided
from portal.access import Permission
from portal.audit import address_of
from portal.receipts import digest_of
from portal.records.attribute import record_url
from portal.records.views import RecordCreate
from portal.views.base import PortalPage
from portal.workflow import MoveRefused


class AssistanceCreate(RecordCreate):
    """New help; a promise names its kind in the address. What is promised next is saved with it or not at all.

    Help that seems to be on file already is saved when the box beside that says so.
    """

    form_class = AssistanceForm

    def get_initial(self):
        kind = self.request.GET.get("kind", "")
        known = {"kind": str(AssistanceKind(kind).label)} if kind in AssistanceKind.values else {}
        return super().get_initial() | known

    def save(self, form):
        values, promised = self.values(form), form.promised()
        by = {"actor": self.request.user, "address": address_of(self.request)}
        key, digest = form.cleaned_data["key"], digest_of(values | {"promised": promised})
        is_meant = form.cleaned_data["is_meant"]
        return help_once(self.parent, values=values, promised=promised, is_meant=is_meant, key=key, digest=digest, **by)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except PromiseRefused as refused:
            form.refuse_promise(refused.refused, {})
        except Repeated as repeated:
            form.doubt(*repeated.by_graduate.values())
        return self.form_invalid(form)


class AssistanceVoid(FormMixin, PortalPage, ProcessFormView):
    """Take back help that was entered by mistake, for a reason."""

    permission = Permission.KEEP_RECORDS
    template_name = "employment/assistance/void.html"
    form_class = VoidForm

    def post(self, request, *args, **kwargs):
        if was_voided(self.kwargs["pk"], request.user):  # pressed twice
            messages.info(request, _("这条帮扶已经作废，没有重复办理。"))
            return redirect("assistance_list")
        return super().post(request, *args, **kwargs)

    @cached_property
    def help(self) -> Assistance:
        found = Assistance.objects.visible_to(self.request.user).select_related("union", "graduate")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        shown = {"help": self.help, "back_url": record_url(self.help)}
        return super().get_context_data(hindrance=against_voiding(self.help), **shown, **kwargs)

    def form_valid(self, form):
        graduate = self.help.graduate
        try:
            void_help(self.help, form.cleaned_data["reason"], actor=self.request.user, address=address_of(self.request))
        except ValidationError as refused:
            form.show(refused)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(self.request, _("就业帮扶 %(number)s 已作废。") % {"number": self.help.number})
            return redirect(self._address_after(graduate))
        return self.form_invalid(form)

    def _address_after(self, graduate) -> str:
        """The page of the graduate, if it still lies in scope; else the list."""
        own = type(graduate).objects.visible_to(self.request.user).filter(pk=graduate.pk).exists()
        return record_url(graduate) if own else reverse("assistance_list")
