"""The public page of a union's running notices: no log-in, masked names, not indexed, gone after the last day."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from aid.models import NoticeBoard, PublicNotice
from aid.printouts.notice import notice_sheet
from portal.refusals.lookup import get_object_or_404
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city
from portal.web.base import public


class NoticeBoardShow(TemplateView):
    """The sheets that hang today. The address is a random token; no cookie is set and nothing else can be reached."""

    template_name = "aid/noticeboard/show.html"
    http_method_names = ["get", "head"]

    @classmethod
    def as_view(cls, **initkwargs):
        return public(super().as_view(**initkwargs))

    @whole_city(Across.PUBLISHED)
    def get_context_data(self, **kwargs):
        board = get_object_or_404(NoticeBoard.objects.select_related("union"), token=self.kwargs["token"])
        notices = PublicNotice.objects.filter(union=board.union).running().select_related("union").order_by("last_day")
        printouts = [notice_sheet(notice) for notice in notices if notice.noticed.filter(taken_off=False).exists()]
        if not printouts:
            raise Http404(_("现在没有公示。"))
        return super().get_context_data(board=board, printouts=printouts, **kwargs)

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response
