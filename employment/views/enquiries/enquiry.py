"""The pages of an enquiry: taken in, shown with who is known, moved to what it became."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from aid.views.household import PersonCreate
from employment.editing.enquiry import handed_down
from employment.enquiries.becoming import BECOMING, known_at_work
from employment.enquiries.services import move_enquiry
from employment.forms.enquiry import form_of
from employment.models import Enquiry
from employment.workflow import ENQUIRY_WORKFLOW
from portal.access import Permission, can
from portal.audit import By
from portal.records.attribute import record_url
from portal.records.views import RecordDetail, RecordList
from portal.records.views.moving import MovePage
from portal.refusals.lookup import get_object_or_404
from portal.workflow import Move


class EnquiryList(RecordList):
    def get_context_data(self, **kwargs):
        user = self.request.user
        acts = {"may_import": Permission.IMPORT_WORKBOOK, "may_hand_down": Permission.HAND_DOWN_ENQUIRIES}
        may = {name: can(user, act) for name, act in acts.items()}
        return super().get_context_data(**may, **kwargs)


class EnquiryCreate(PersonCreate):
    """A new enquiry; at a press, whether the person of the identity number is known."""

    person = "id_number"

    def get_template_names(self):
        return ["employment/enquiry/edit.html"]


class EnquiryDetail(RecordDetail):
    """One enquiry: who is known by its number, and what may be done with it now."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        enquiry, user = context["record"], self.request.user
        known, graduates = known_at_work(enquiry, user) or (None, [])
        moves = [(move, move_url(enquiry, move)) for move in ENQUIRY_WORKFLOW.open_to(enquiry, user)]
        may_edit = can(user, Permission.HAND_DOWN_ENQUIRIES) and not handed_down(enquiry) and enquiry.from_city
        own = {"edit_url": reverse("hotline_edit", args=[enquiry.pk])} if may_edit else {}
        return context | {"moves": moves, "known": known, "known_graduates": graduates} | own


def move_url(enquiry: Enquiry, move: Move) -> str:
    """The page of a move: those of the city's department are pages of its own."""
    name = "hotline_move" if move.permission is Permission.HAND_DOWN_ENQUIRIES else "enquiry_move"
    return reverse(name, args=[enquiry.pk, move.name])


class EnquiryMove(MovePage):
    workflow = ENQUIRY_WORKFLOW
    template_name = "employment/enquiry/move.html"

    @cached_property
    def record(self) -> Enquiry:
        found = Enquiry.objects.visible_to(self.request.user).select_related("union", "referred_to")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get(self, request, *args, **kwargs):
        if self.record.outcome in self.move.sources:
            return super().get(request, *args, **kwargs)
        words = {"state": self.record.get_outcome_display(), "move": self.move.label}
        messages.info(request, _("现在的状态是“%(state)s”，不能“%(move)s”。") % words)
        return redirect(record_url(self.record))

    def get_form_class(self):
        return form_of(self.move)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"enquiry": self.record, "user": self.request.user}

    def get_context_data(self, **kwargs):
        becoming = BECOMING.get(self.move.name)
        fresh = becoming.fresh(self.record, self.request.user) if becoming else []
        return super().get_context_data(becomes=becoming is not None, fresh=fresh, **kwargs)

    def make(self, form, by: By):
        move_enquiry(self.record, self.move.name, told=form.told(), by=by)

    def address_after(self):
        """What was sent back is no more one's own."""
        return reverse("enquiry_list") if self.move.name == "send_back" else super().address_after()
