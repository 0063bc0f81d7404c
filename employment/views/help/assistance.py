"""The form of new help, which may promise the next."""

from employment.assistance.repeating import Repeated
from employment.enums import AssistanceKind
from employment.forms.promise import AssistanceForm
from employment.promises.services import PromiseRefused, help_once
from portal.audit import By
from portal.form_keys import digest_of
from portal.records.views import RecordCreate


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
        by = By.of(self.request)
        key, digest = form.cleaned_data["key"], digest_of(values | {"promised": promised})
        is_meant = form.cleaned_data["is_meant"]
        return help_once(
            self.parent, values=values, promised=promised, is_meant=is_meant, key=key, digest=digest, by=by
        )

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except PromiseRefused as refused:
            form.refuse_promise(refused.refused, {})
        except Repeated as repeated:
            form.doubt(*repeated.by_graduate.values())
        return self.form_invalid(form)
