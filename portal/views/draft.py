"""Where forms send what is being typed, and where it is thrown away."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from portal.access import Permission
from portal.web.base import PortalView, SignedInRequest
from portal.web.drafts import forget_draft, keep_draft

PAGE = "draft_page"


@method_decorator(sensitive_post_parameters(), name="dispatch")
class DraftKeep(PortalView):
    """Sent by the form itself; answers with the words that stand beside it."""

    permission = Permission.KEEP_RECORDS
    http_method_names = ["post", "options"]

    def post(self, request: SignedInRequest) -> HttpResponse:
        fields = request.POST.copy()
        page = "".join(fields.pop(PAGE, []))
        kept = keep_draft(request.user, page, fields)
        if kept is None:
            return HttpResponse(status=413)
        return JsonResponse({"words": _("草稿已保存 %(time)s") % {"time": f"{localtime(kept.typed_at):%H:%M}"}})


class DraftForget(PortalView):
    """Throws a draft away and opens the form anew."""

    permission = Permission.KEEP_RECORDS
    http_method_names = ["post", "options"]

    def post(self, request: SignedInRequest) -> HttpResponse:
        page = request.POST.get(PAGE, "")
        forget_draft(request.user, page)
        safe = url_has_allowed_host_and_scheme(page, allowed_hosts=None) and page.startswith("/")
        return redirect(page if safe else "home")
