"""The manual on screen, and the tour of a first visit."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView

from portal.access import Permission
from portal.enums import Role
from portal.manual.page import PICTURES, pages, pages_by_part
from portal.manual.rendering import rendered
from portal.manual.tour import TOUR, end_tour
from portal.web.base import PortalPage, PortalView, SignedInRequest, SpokenView, public


class HelpIndex(PortalPage):
    """All pages: those of the person's own work first."""

    permission = Permission.VIEW_HOME
    template_name = "portal/help/index.html"

    request: SignedInRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        role = Role(self.request.user.role)
        own, others = (pages_by_part(role, own=own) for own in (True, False))
        return super().get_context_data(own=own, others=others, **kwargs)


class HelpShow(PortalPage):
    """One page. Whoever is signed in may read it, whatever the role: it tells how the work goes, and of nobody."""

    permission = Permission.VIEW_HOME
    template_name = "portal/help/show.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = pages().get(self.kwargs["slug"])
        if page is None:
            raise Http404
        return super().get_context_data(page=page, text=rendered(page.slug), **kwargs)


class HelpPicture(PortalView):
    """A picture of the manual."""

    permission = Permission.VIEW_HOME
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        path = PICTURES / f"{name}.png"  # a slug, in which no path can be told
        if not path.is_file():
            raise Http404
        return HttpResponse(path.read_bytes(), content_type="image/png")


class HelpSignIn(SpokenView, TemplateView):
    """How to sign in: the one page that is read before."""

    template_name = "portal/help/show.html"
    slug = "sign-in"
    http_method_names = ["get", "head", "options"]

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        return public(super().as_view(**initkwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(page=pages()[self.slug], text=rendered(self.slug), **kwargs)


class HelpTour(PortalPage):
    """One step of the tour."""

    permission = Permission.VIEW_HOME
    template_name = "portal/help/tour.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = self.kwargs["number"]
        if not 1 <= number <= len(TOUR):
            raise Http404
        others = {"before": number - 1, "after": number + 1 if number < len(TOUR) else 0}
        return super().get_context_data(step=TOUR[number - 1], count=len(TOUR), **others, **kwargs)


class HelpTourEnd(PortalView):
    """The person has seen the tour, or skips it."""

    permission = Permission.VIEW_HOME
    http_method_names = ["post", "options"]

    request: SignedInRequest

    def post(self, request: SignedInRequest) -> HttpResponse:
        end_tour(request.user)
        return redirect("home")
