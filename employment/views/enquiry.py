"""The pages of an enquiry: taken in, shown with who is known, moved to what it became."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.views.household import PersonCreate
from employment.becoming import BECOMING, known_at_work
from employment.enquiring import move_enquiry
from employment.forms.enquiry import form_of
from employment.models import Enquiry
from employment.workflow import ENQUIRY_WORKFLOW
from portal.access import Permission, can
from portal.audit import address_of
from portal.records.attribute import record_url
from portal.records.views import RecordDetail, RecordList
from portal.views.base import PortalPage
from portal.workflow import MoveRefused


class EnquiryList(RecordList):
    def get_context_data(self, **kwargs):
        may_import = can(self.request.user, Permission.IMPORT_WORKBOOK)
        return super().get_context_data(may_import=may_import, **kwargs)


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
        moves = list(ENQUIRY_WORKFLOW.open_to(enquiry, user))
        return context | {"moves": moves, "known": known, "known_graduates": graduates}


class EnquiryMove(FormMixin, PortalPage, ProcessFormView):
    """One move. What was typed stays when it is refused."""

    permission = Permission.KEEP_RECORDS
    template_name = "employment/enquiry/move.html"

    @cached_property
    def enquiry(self) -> Enquiry:
        found = Enquiry.objects.visible_to(self.request.user).select_related("union", "referred_to")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @cached_property
    def move(self):
        move = ENQUIRY_WORKFLOW.by_name.get(self.kwargs["name"])
        if move is None:
            raise Http404(_("没有这个操作。"))
        return move

    def get_form_class(self):
        return form_of(self.move)

    def get_form_kwargs(self):
        about = {"move": self.move, "enquiry": self.enquiry, "user": self.request.user}
        return super().get_form_kwargs() | about

    def get_context_data(self, **kwargs):
        becoming = BECOMING.get(self.move.name)
        return super().get_context_data(
            record=self.enquiry,
            back_url=record_url(self.enquiry),
            move=self.move,
            hindrance=self.move.hindrance(self.enquiry, self.request.user),
            becomes=becoming is not None,
            fresh=becoming.fresh(self.enquiry, self.request.user) if becoming and self.enquiry.is_open else [],
            **kwargs,
        )

    def form_valid(self, form):
        by = {"actor": self.request.user, "address": address_of(self.request)}
        try:
            move_enquiry(self.enquiry, self.move.name, told=form.told(), **by)
        except ValidationError as refused:
            form.show(refused)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(self.request, _("已登记：%(move)s。") % {"move": self.move.label})
            return redirect(record_url(self.enquiry))
        return self.form_invalid(form)
