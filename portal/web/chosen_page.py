"""Pages about what was ticked in a list: they open by what the list sends, not by their address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.web.base import PortalPage
from portal.web.kept_forms import kept_form


class ChosenPage(PortalPage):
    """`chosen_in` names the list in which one ticks; `post` shows the form and takes it."""

    chosen_in: str

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form again for who had to sign in after sending it; otherwise nothing is chosen."""
        sent = kept_form(request)
        if sent is None:
            return redirect(self.chosen_in)
        request.POST = sent
        return self.post(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        raise NotImplementedError
