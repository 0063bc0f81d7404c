"""Forms of records that an enquiry becomes: filled from it, and closing it when they are saved."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from aid.views.casework.case import CaseCreate
from aid.views.household import PersonCreate
from employment.editing.enquiry import ENQUIRY_FORM, closed
from employment.enquiries.services import Told, move_enquiry
from employment.models import Enquiry
from employment.views.graduate import GraduateCreate
from portal.audit import By
from portal.records.attribute import record_url
from portal.records.editing import RecordRefused
from portal.refusals.lookup import get_object_or_404
from portal.text import as_key
from portal.workbook.cells import MASKS
from portal.workflow import MoveRefused

MASK_OF = {column.attribute: MASKS[type(column.cell)] for column in ENQUIRY_FORM.columns if type(column.cell) in MASKS}


class FromEnquiry:
    """With `?enquiry=` the record is what that enquiry becomes by `move`: both are saved, or neither.

    `copied` says which fields of the form hold which of the enquiry. A sensitive one is not written into the page:
    left blank, it is taken from the enquiry.
    """

    move = ""
    copied: dict[str, str] = {}

    @cached_property
    def enquiry(self) -> Enquiry | None:
        asked = self.request.GET.get("enquiry")
        if asked is None:
            return None
        visible = Enquiry.objects.visible_to(self.request.user).select_related("union")
        return get_object_or_404(visible, pk=as_key(asked))

    def get(self, request, *args, **kwargs):
        if self.enquiry and (reason := closed(self.enquiry)):
            raise PermissionDenied(reason)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        _enquiry = self.enquiry  # 404 before anything is judged
        return super().post(request, *args, **kwargs)

    def get_initial(self):
        if not self.enquiry:
            return super().get_initial()
        plain = {name: getattr(self.enquiry, of) for name, of in self.copied.items() if of not in MASK_OF}
        return {**plain, "union": self.enquiry.union.code} | super().get_initial()

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        for name, value in self._taken().items():
            mask = MASK_OF[self.copied[name]](value)
            form.fields[name].required = False
            form.fields[name].help_text = _("留空则取自咨询登记：%(mask)s。") % {"mask": mask}
        return form

    def _taken(self) -> dict[str, str]:
        """The sensitive values of the enquiry, by field of the form."""
        found = {name: getattr(self.enquiry, of) for name, of in self.copied.items() if of in MASK_OF and self.enquiry}
        return {name: value for name, value in found.items() if value}

    def values(self, form):
        values = super().values(form)
        return values | {name: value for name, value in self._taken().items() if not values[name]}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if not self.enquiry:
            return context
        origin = {"title": self.enquiry._meta.verbose_name, "record": self.enquiry, "url": record_url(self.enquiry)}
        return context | {"origin": origin, "back_url": context["back_url"] or origin["url"]}

    def save(self, form):
        if not self.enquiry:
            return super().save(form)
        by = By.of(self.request)
        with transaction.atomic():
            saved = super().save(form)
            try:
                move_enquiry(self.enquiry, self.move, told=Told(record=saved.record), by=by)
            except MoveRefused as refused:
                raise RecordRefused({None: [str(refused)]}) from None
        messages.success(self.request, _("咨询 %(number)s 已办结。") % {"number": self.enquiry.number})
        return saved


class HouseholdCreate(FromEnquiry, PersonCreate):
    move = "file"
    copied = {"worker_name": "name", "worker": "id_number", "telephone": "telephone"}

    def number(self):
        return super().number() or self._taken().get(self.person, "")


class CaseFromEnquiry(FromEnquiry, CaseCreate):
    move = "aid"


class GraduateFromEnquiry(FromEnquiry, GraduateCreate):
    """Below a household; of a child that becomes a graduate name and number are the child's."""

    move = "help"

    @property
    def copied(self):
        return {} if self.child else {"name": "name", "person": "id_number"}
