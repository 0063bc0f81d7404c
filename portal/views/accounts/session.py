"""Where one is signed in, and ending that."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.access import SECOND_FACTOR_ROLES
from portal.accounts.sessions import end_own, sessions_of
from portal.audit import By
from portal.web.base import PersonalView


class SessionList(PersonalView):
    """One's own sessions; one of the others is ended, or all of them."""

    template_name = "portal/session/list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = sessions_of(self.request.user, self.request.session.session_key)
        has_second_factor = self.request.user.role in SECOND_FACTOR_ROLES
        return super().get_context_data(
            rows=rows, has_others=len(rows) > 1, has_second_factor=has_second_factor, **kwargs
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        name = request.POST.get("name", "")
        ended = end_own(self.request.user, current=request.session.session_key, name=name, by=By.of(request))
        if ended:
            messages.success(request, _("已结束 %(count)d 处登录。") % {"count": ended})
        else:
            messages.info(request, _("没有别处的登录了。"))
        return redirect("session_list")
