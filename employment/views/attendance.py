"""Signing in at an event: a list to tick, a field to scan into, codes to print; and taking a wrong one back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from employment.attendance.code import code_of
from employment.attendance.services import is_held, of_the_year, scan, sign_in, strike, turnout
from employment.enums import EVENT_KINDS, AttendanceWay
from employment.forms.attendance import ScanForm, StrikeForm
from employment.models import Attendance, Graduate, JobEvent
from employment.records.attendance import attendees_of
from portal.access import Permission, path_range
from portal.audit import By
from portal.documents import qr
from portal.identity import mask_name
from portal.records.attribute import record_url
from portal.records.lists.selection import selection_of
from portal.records.views import RecordDetail, RecordList
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalPage
from portal.workflow import MoveRefused

LARGEST = 500  # people signed in by one press
LAST_SEEN = 10
LONGEST_SHOWN = 40


class JobEventDetail(RecordDetail):
    """An event with how many came, in 人次 and 人."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        event, user = context["record"], self.request.user
        if not is_held(event):
            return context
        came = Attendance.objects.visible_to(user).filter(event=event)
        return context | {"turnout": turnout(came), "of_the_year": turnout(of_the_year(event, user))}


class AtEvent:
    """A page of one event that people come to. Foreign, absent, or posts that are offered: 404."""

    permission = Permission.KEEP_RECORDS

    @cached_property
    def event(self) -> JobEvent:
        events = JobEvent.objects.visible_to(self.request.user).filter(kind__in=EVENT_KINDS)
        return get_object_or_404(events.select_related("union"), pk=self.kwargs["pk"])

    @property
    def by(self) -> By:
        return By.of(self.request)

    def get_context_data(self, **kwargs):
        came = turnout(Attendance.objects.visible_to(self.request.user).filter(event=self.event))
        return super().get_context_data(event=self.event, event_url=record_url(self.event), turnout=came, **kwargs)


class AttendeeList(AtEvent, RecordList):
    """Graduates whom the event may expect, by page."""

    address = ""

    @cached_property
    def kind(self):
        return attendees_of(self.event)

    @property
    def list_url(self) -> str:
        return reverse(self.address, args=[self.event.pk])

    def _export_url(self, _listing) -> str:
        return ""


class AttendanceTick(AttendeeList):
    """The list to tick. Who is ticked twice is signed in once."""

    address = "attendance_tick"

    def get_context_data(self, **kwargs):
        rows = list(zip(kwargs["listing"].page.records, kwargs["table"].rows, strict=True))
        return super().get_context_data(rows=rows, **kwargs)

    def post(self, request, *args, **kwargs):
        chosen = selection_of(request, self.kind, LARGEST)
        back = redirect(f"{self.list_url}?{chosen.filters}")
        if not 0 < len(chosen.pks) <= LARGEST:
            words = _("请先勾选到场的毕业生。")
            if chosen.pks:
                words = _("一次最多签到 %(limit)d 人，请先筛选。") % {"limit": LARGEST}
            messages.error(request, words)
            return back
        try:
            new = sign_in(self.event, chosen.pks, way=AttendanceWay.TICKED, by=self.by)
        except ValidationError as refused:
            messages.error(request, "".join(refused.messages))
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            words = {"count": len(new), "before": len(chosen.pks) - len(new)}
            messages.success(request, _("新签到 %(count)d 人；其余 %(before)d 人此前已签到。") % words)
        return back


class AttendanceCodes(AttendeeList):
    """Cards with the codes of those on the page, to be printed and cut."""

    act = "codes"
    address = "attendance_codes"

    def get_context_data(self, **kwargs):
        records = kwargs["listing"].page.records
        cards = [(graduate, code_of(graduate.pk)) for graduate in records]
        label = _("签到码")
        return super().get_context_data(cards=[(who, code, qr.svg(code, label)) for who, code in cards], **kwargs)


class AttendanceScan(AtEvent, FormMixin, PortalPage, ProcessFormView):
    """One field. Whoever is confirmed is shown by the masked name: the screen stands at the door."""

    template_name = "employment/attendance/scan.html"
    form_class = ScanForm

    def get_context_data(self, **kwargs):
        user = self.request.user
        here = path_range(user.union.path, "graduate__union_path")  # who moved away is counted, and not named
        came = Attendance.objects.visible_to(user).filter(here, event=self.event).select_related("graduate")
        last = [(mask_name(each.graduate.name), each) for each in came.order_by("-recorded_at", "-pk")[:LAST_SEEN]]
        return super().get_context_data(last=last, **kwargs)

    def form_valid(self, form):
        try:
            seen = scan(self.event, form.cleaned_data["code"], by=self.by)
        except ValidationError as refused:
            form.show(ValidationError({"code": refused.messages}))
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            name = mask_name(seen.attendance.graduate.name)
            if seen.is_new:
                messages.success(self.request, _("%(name)s 签到成功。") % {"name": name})
            else:
                messages.warning(self.request, _("%(name)s 已经签到过，没有重复登记。") % {"name": name})
            return redirect("attendance_scan", self.event.pk)
        return self.form_invalid(form)

    def form_invalid(self, form):
        said = form.data.get("code", "")[:LONGEST_SHOWN]
        return self.render_to_response(self.get_context_data(form=form.emptied(), said=said))


class AttendanceStrike(AtEvent, FormMixin, PortalPage, ProcessFormView):
    """Take back one sign-in, for a reason."""

    template_name = "employment/attendance/strike.html"
    form_class = StrikeForm

    @cached_property
    def graduate(self) -> Graduate:
        return get_object_or_404(Graduate.objects.visible_to(self.request.user), pk=self.kwargs["graduate"])

    @cached_property
    def attendance(self) -> Attendance | None:
        came = Attendance.objects.visible_to(self.request.user).filter(event=self.event, graduate=self.graduate)
        return came.select_related("event__union", "recorded_by").first()

    def get_context_data(self, **kwargs):
        return super().get_context_data(who=self.graduate, attendance=self.attendance, **kwargs)

    def form_valid(self, form):
        if self.attendance is None:
            messages.info(self.request, _("该毕业生没有签到，不需要取消。"))
            return redirect("attendance_tick", self.event.pk)
        try:
            strike(self.attendance, form.cleaned_data["reason"], by=self.by)
        except ValidationError as refused:
            form.show(refused)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(self.request, _("已取消 %(name)s 的签到。") % {"name": self.graduate.name})
            return redirect("attendance_tick", self.event.pk)
        return self.form_invalid(form)
