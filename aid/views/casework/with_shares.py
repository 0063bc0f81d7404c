"""资助来源 typed in the form of a case: saved with the case, or neither is."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from aid.casework.shares import set_shares
from aid.forms.shares import SharesForm
from portal.audit import By
from portal.records.views.edit import RecordFormPage
from portal.web.drafts import draft_of, fields_of, page_of

SHARES = "shares"


class WithShares(RecordFormPage):
    """Beside the form of a case that of its sources; one that was sent without them leaves them as they are."""

    def get_context_data(self, **kwargs):
        kwargs.setdefault("shares", self.shares)
        return super().get_context_data(**kwargs)

    @cached_property
    def shares(self) -> SharesForm:
        """As sent, or as they were left unsaved, or as they stand."""
        typed = self.request.POST or None
        if typed is None and (draft := draft_of(self.request.user, page_of(self.request))):
            typed = fields_of(draft)
        record = getattr(self, "record", None)
        known = {share.level: share for share in record.shares.all()} if record else {}
        return SharesForm(typed, shares=known, prefix=SHARES)

    @property
    def _are_sent(self) -> bool:
        return any(name.startswith(f"{SHARES}-") for name in self.request.POST)

    def save(self, form):
        """Raises ValidationError for what is wrong with the sources, with nothing saved."""
        if not self._are_sent:
            return super().save(form)
        with transaction.atomic():
            saved = super().save(form)
            set_shares(saved.record, self.shares.shares(), by=By.of(self.request))
        return saved

    def form_valid(self, form):
        if self._are_sent and not self.shares.is_valid():
            return self._refused(form)
        try:
            return super().form_valid(form)
        except ValidationError as refused:
            self.shares.show(refused)
            return self._refused(form)

    def _refused(self, form):
        form.add_error(None, _("资助来源有内容需要更正，见下面“资助来源”。"))
        return self.form_invalid(form)
