"""Promises: kept by help that is on file, or dropped."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin, ProcessFormView

from employment.editing.promise import closed
from employment.forms.promise import DropForm, KeepForm
from employment.models import Promise
from employment.promises.services import drop_promise, help_that_keeps, keep_promise
from portal.access import Permission
from portal.audit import By
from portal.records.attribute import record_url
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalPage
from portal.workflow import MoveRefused


class PromiseClose(FormMixin, PortalPage, ProcessFormView):
    """One way to close a promise. What was typed stays when it is refused."""

    permission = Permission.KEEP_RECORDS
    template_name = "employment/promise/close.html"
    heading = ""

    @cached_property
    def promise(self) -> Promise:
        found = Promise.objects.visible_to(self.request.user).select_related("union", "graduate")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        shown = {"promise": self.promise, "back_url": record_url(self.promise), "heading": self.heading}
        return super().get_context_data(hindrance=closed(self.promise), **shown, **kwargs)

    def close(self, form, by: By) -> Promise:
        raise NotImplementedError

    def form_valid(self, form):
        try:
            promise = self.close(form, by=By.of(self.request))
        except ValidationError as refused:
            form.show(refused)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(self.request, _("这条承诺%(state)s。") % {"state": promise.get_state_display()})
            return redirect(record_url(promise))
        return self.form_invalid(form)


class PromiseKeep(PromiseClose):
    form_class = KeepForm
    heading = gettext_lazy("用已登记的帮扶兑现")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"offered": help_that_keeps(self.promise, self.request.user)}

    def close(self, form, by: By):
        return keep_promise(self.promise, form.cleaned_data["help_"], by=by)


class PromiseDrop(PromiseClose):
    form_class = DropForm
    heading = gettext_lazy("取消承诺")

    def get_form_kwargs(self):
        _promise = self.promise  # 404 before anything is judged
        return super().get_form_kwargs()

    def close(self, form, by: By):
        return drop_promise(self.promise, form.cleaned_data["reason"], by=by)
