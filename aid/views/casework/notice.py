"""The pages of a public notice: the notice, its photo, its place, taking it down."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.casework.notices import against_correcting_place, attach_photo, correct_place, take_down
from aid.enums import CaseState, NoticeState
from aid.forms.case import PhotoForm, PlaceForm
from aid.models import NoticeBoard, NoticePhoto, Objection, PublicNotice
from portal.access import Permission, can, require
from portal.audit import By
from portal.calendar.work_calendar import work_calendar
from portal.records.views import RecordDetail
from portal.records.views.kept_file import hand_out
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalPage, PortalView
from portal.workflow import MoveRefused


def notice_of(user, pk: int) -> PublicNotice:
    return get_object_or_404(PublicNotice.objects.visible_to(user).select_related("union"), pk=pk)


class NoticeDetail(RecordDetail):
    """One notice: how long it still runs, its cases, the objections, the sheet and the photo."""

    def get_context_data(self, photo_form: PhotoForm | None = None, **kwargs):
        context = super().get_context_data(**kwargs)
        notice, user = context["record"], self.request.user
        board = NoticeBoard.objects.filter(union=notice.union_id).first()
        calendar = work_calendar(notice.first_day, notice.last_day)
        photo = NoticePhoto.objects.filter(notice=notice).defer("content").select_related("uploaded_by").first()
        is_posted = notice.status == NoticeState.POSTED
        return context | {
            "shown_count": notice.noticed.filter(taken_off=False).count(),
            "noticed": notice.noticed.select_related("case__child").order_by("taken_off", "case__number"),
            "objections": Objection.objects.filter(noticed__notice=notice).select_related("noticed__case"),
            "working_days": calendar.working_days(notice.first_day, notice.last_day),
            "days_are_official": calendar.knows(notice.first_day, notice.last_day),
            "days_left": max(0, (notice.last_day - localdate()).days + 1),
            "has_begun": notice.has_begun,
            "is_running": is_posted and not notice.is_bare and notice.has_begun and not notice.is_over,
            "is_bare": notice.is_bare,
            "board_url": self.request.build_absolute_uri(reverse("notice_board", args=[board.token])) if board else "",
            "photo": photo,
            "photo_is_stale": photo and not PublicNotice.objects.shown_by_photo().filter(pk=notice.pk).exists(),
            "may_correct_place": can(user, Permission.KEEP_RECORDS) and not against_correcting_place(notice),
            "photo_form": photo_form or PhotoForm(),
            "may_keep_notice": can(user, Permission.KEEP_RECORDS),
            "may_take_down": can(user, Permission.KEEP_RECORDS) and is_posted and (notice.is_over or notice.is_bare),
            "on_notice": CaseState.ON_NOTICE,
        }


class NoticePage(PortalView):
    """What the pages about one notice share."""

    permission = Permission.VIEW_RECORDS

    @cached_property
    def notice(self) -> PublicNotice:
        return notice_of(self.request.user, self.kwargs["pk"])


class NoticePhotoShow(NoticePage):
    """The photo of the posted sheet, handed out to who may see the notice; uploaded by who keeps records."""

    form_elsewhere = True  # on the page of the notice
    upload_form = PhotoForm

    def get(self, request, **_kwargs):
        photo = get_object_or_404(NoticePhoto, notice=self.notice)
        return hand_out(request, photo, about=self.notice, act=_("下载公示照片"), digest=photo.digest)

    def post(self, request, **_kwargs):
        require(request.user, Permission.KEEP_RECORDS)
        notice, form = self.notice, PhotoForm(request.POST, request.FILES)
        if form.is_valid():
            photo, by = form.cleaned_data["photo"], By.of(request)
            try:
                attach_photo(notice, name=photo.name, content=photo.read(), by=by)
            except MoveRefused as refused:
                messages.error(request, str(refused))
            except ValidationError as refused:
                messages.error(request, " ".join(refused.messages))
            else:
                messages.success(request, _("照片已保存。"))
        else:
            messages.error(request, " ".join(reason for reasons in form.errors.values() for reason in reasons))
        return redirect("publicnotice_detail", notice.pk)


class NoticePlace(FormMixin, NoticePage, PortalPage, ProcessFormView):
    """Where a notice hangs, corrected while it runs; then the sheet is printed again."""

    permission = Permission.KEEP_RECORDS
    template_name = "aid/publicnotice/place.html"
    form_class = PlaceForm

    def get_initial(self):
        return {"place": self.notice.place}

    def get_context_data(self, **kwargs):
        back_url = reverse("publicnotice_detail", args=[self.notice.pk])
        hindrance = against_correcting_place(self.notice)
        return super().get_context_data(notice=self.notice, hindrance=hindrance, back_url=back_url, **kwargs)

    def form_valid(self, form):
        try:
            correct_place(self.notice, form.cleaned_data["place"], by=By.of(self.request))
        except ValidationError as refused:
            form.show(refused)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(self.request, _("公示地点已更正，请重新打印、张贴，并上传新的照片。"))
            return redirect("publicnotice_detail", self.notice.pk)
        return self.form_invalid(form)


class NoticeTakeDown(NoticePage):
    """The sheet no longer hangs."""

    permission = Permission.KEEP_RECORDS

    def post(self, request, **_kwargs):
        try:
            take_down(self.notice, by=By.of(request))
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("已记下：公示单已撤下。"))
        return redirect("publicnotice_detail", self.notice.pk)
