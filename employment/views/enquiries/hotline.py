"""The city's department and the hotline: taken in, handed down, watched, and told what was answered."""

import io
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.utils.dateparse import parse_date
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from employment.editing.enquiry import HOTLINE_FORM
from employment.enquiries.hotline import answers_told, as_csv, by_unit, days_told, tell_hotline
from employment.enquiries.services import hand_down_many
from employment.forms.enquiry import HandDownForm
from employment.models import Enquiry
from employment.records import ENQUIRY
from employment.views.enquiries.enquiry import EnquiryCreate, EnquiryMove
from employment.workflow import ENQUIRY_WORKFLOW
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.records.lists.left import way_back
from portal.records.lists.selection import selection_of
from portal.records.views import RecordEdit
from portal.web.base import PortalPage, PortalView
from portal.web.chosen_page import ChosenPage
from portal.workflow import MoveRefused

LARGEST = 200  # handed down at once
DAYS_SHOWN = 30


class HotlineCreate(EnquiryCreate):
    """A call that the city's department takes in; it waits to be handed down."""

    editing = HOTLINE_FORM
    permission = Permission.HAND_DOWN_ENQUIRIES


class HotlineEdit(RecordEdit):
    """Changes to one that no unit has."""

    editing = HOTLINE_FORM
    permission = Permission.HAND_DOWN_ENQUIRIES

    @property
    def record(self):
        if not Enquiry.objects.visible_to(self.request.user).filter(pk=self.kwargs["pk"], from_city=True).exists():
            raise Http404
        return super().record


class HotlineMove(EnquiryMove):
    """The moves of the city's department."""

    permission = Permission.HAND_DOWN_ENQUIRIES


@method_decorator(sensitive_post_parameters(), name="dispatch")
class HandDownMany(ChosenPage):
    """Those ticked in the list, to one union: first the form, then what became of it."""

    chosen_in = "enquiry_list"
    permission = Permission.HAND_DOWN_ENQUIRIES
    template_name = "employment/enquiry/hand_down.html"

    def post(self, request, *args, **kwargs):
        chosen = selection_of(request, ENQUIRY, LARGEST)
        back_url = way_back(request, ENQUIRY, filters=chosen.filters)
        waiting = Enquiry.objects.visible_to(request.user).filter(pk__in=chosen.pks).to_hand_down()
        enquiries = list(waiting.select_related("union", "returned_by", "meant_for").order_by("received_on", "pk"))
        if not enquiries or len(chosen.pks) > LARGEST:
            words = _("请先在列表中勾选待下派的咨询。")
            if enquiries:
                words = _("一次最多下派 %(limit)d 件，请先筛选。") % {"limit": LARGEST}
            messages.error(request, words)
            return redirect(back_url)
        move = {"move": ENQUIRY_WORKFLOW.by_name["hand_down"], "user": request.user, "many": enquiries}
        form = HandDownForm(request.POST if "sent" in request.POST else None, **move)
        if form.is_bound and self._handed_down(form, enquiries):
            return redirect(back_url)
        return self.render_to_response(
            self.get_context_data(
                form=form,
                enquiries=enquiries,
                others=len(chosen.pks) - len(enquiries),
                filters=chosen.filters,
                back_url=back_url,
            )
        )

    def _handed_down(self, form, enquiries) -> bool:
        if not form.is_valid():
            return False
        try:
            handed = hand_down_many(enquiries, told=form.told(), by=By.of(self.request))
        except ValidationError as refused:
            form.show(refused)
            return False
        except MoveRefused as refused:
            form.add_error(None, str(refused))
            return False
        units = {each.union.name for each in handed}
        words = {"count": len(handed), "units": "、".join(f"“{name}”" for name in sorted(units))}
        messages.success(self.request, _("已下派 %(count)d 件给%(units)s。") % words)
        return True


class HotlineUnits(PortalPage):
    """Who has how much of what was handed down, and who is late."""

    permission = Permission.VIEW_RECORDS
    template_name = "employment/enquiry/units.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        may_tell = can(user, Permission.HAND_DOWN_ENQUIRIES)
        return super().get_context_data(units=by_unit(user), may_tell=may_tell, **kwargs)


class HotlineAnswers(PortalPage):
    """What the hotline is to be told, and was told; telling makes the file of the day."""

    permission = Permission.HAND_DOWN_ENQUIRIES
    template_name = "employment/enquiry/answers.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        waiting = Enquiry.objects.visible_to(user).to_tell().select_related("union").order_by("closed_on", "pk")
        return super().get_context_data(
            count=waiting.count(), first=waiting[:DAYS_SHOWN], days=days_told(user)[:DAYS_SHOWN], **kwargs
        )

    def post(self, request):
        try:
            count = tell_hotline(by=By.of(request))
        except MoveRefused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("已列入今天的回复文件：%(count)d 件，请在下面下载。") % {"count": count})
        return redirect("hotline_answers")


class HotlineAnswersFile(PortalView):
    """What the hotline was told on a day, as a file."""

    permission = Permission.HAND_DOWN_ENQUIRIES

    def get(self, request, day):
        answers = answers_told(request.user, self._day(day))
        if not answers.exists():
            raise Http404
        audit.record(AuditAction.EXPORTED, by=By.of(request), union=request.user.union, subject=f"12351 {day}")
        name = _("12351回复%(day)s.csv") % {"day": day}
        content = io.BytesIO(b"".join(as_csv(answers)))
        return FileResponse(content, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")

    @staticmethod
    def _day(text: str) -> date:
        try:
            found = parse_date(text)
        except ValueError:
            found = None
        if found is None:
            raise Http404
        return found
