"""Announcements to the own union."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin, ProcessFormView

from portal.access import Permission
from portal.audit import By
from portal.desk.announcing import announce_to_units, mark_read
from portal.forms.announcement import AnnouncementForm
from portal.forms.filters import AnnouncementFilter
from portal.models import Announcement
from portal.records.exporting.resource import ExportColumn
from portal.refusals.lookup import get_object_or_404
from portal.views.exporting import ListExport, moment
from portal.views.listing import FilteredList
from portal.web.base import PortalPage, PortalView, SignedInRequest

SHOWN_AFTERWARDS = ("announcement_list", "home")  # the two pages with the button; the first is the default


class AnnouncementList(FilteredList):
    """Every announcement to the own union, newest first."""

    permission = Permission.VIEW_HOME
    template_name = "portal/announcement/list.html"
    filter_class = AnnouncementFilter
    export_name = "announcement_export"

    def get_queryset(self) -> QuerySet[Announcement]:
        user = self.request.user
        shown: QuerySet[Announcement] = (
            Announcement.objects.visible_to(user).with_reading(user).select_related("sent_by__union")
        )
        return shown.order_by("-id")


class AnnouncementExport(ListExport, AnnouncementList):
    """The announcements as they are filtered."""

    title = gettext_lazy("通知")
    list_name = "announcement_list"
    columns = (
        ExportColumn(gettext_lazy("发送时间"), lambda said: moment(said.sent_at)),
        ExportColumn(gettext_lazy("标题"), lambda said: said.title),
        ExportColumn(gettext_lazy("内容"), lambda said: said.text),
        ExportColumn(gettext_lazy("发送单位"), lambda said: said.sent_by.union.name),
        ExportColumn(gettext_lazy("状态"), lambda said: _("已读") if said.is_read else _("未读")),
    )


class AnnouncementSend(FormMixin, PortalPage, ProcessFormView):
    """Words of the city to all its units, or to those of some kinds."""

    permission = Permission.SEND_ANNOUNCEMENTS
    template_name = "portal/announcement/send.html"
    form_class = AnnouncementForm

    def form_valid(self, form: AnnouncementForm) -> HttpResponse:
        made = announce_to_units(**form.cleaned_data, by=By.of(self.request))
        told = _("已发布给 %(count)d 个单位。") if made else _("这些单位一小时内已收到同样的通知，没有重复发布。")
        messages.success(self.request, told % {"count": len(made)} if made else told)
        return redirect("announcement_list")


class AnnouncementRead(PortalView):
    """The person has read one announcement."""

    permission = Permission.VIEW_HOME
    http_method_names = ["post", "options"]

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        announcement = get_object_or_404(Announcement.objects.visible_to(request.user), pk=pk)
        mark_read(announcement, reader=request.user)
        asked = request.POST.get("then")
        return redirect(asked if asked in SHOWN_AFTERWARDS else SHOWN_AFTERWARDS[0])
