"""What every page of the portal has in common: a permission, asked before anything else."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from portal.access import Permission, require
from portal.audit import TooMuchError
from portal.models import User
from portal.models.union import UnionClosed
from portal.web.errors import not_allowed, too_much


class SignedInRequest(HttpRequest):
    """What a PortalView is asked with: the middleware lets nobody else through."""

    user: User


class SpokenView(View):
    """A view that says in words, on a page of the portal, when its address cannot be opened or sent to."""

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return not_allowed(request, self._allowed_methods())  # type: ignore[attr-defined]  # Django's own name for it


class PortalView(SpokenView):
    """A page for signed-in people who hold `permission`.

    The middleware refuses any address whose view names no permission and is not `public`, so that a page
    cannot be opened to everyone by forgetting a line. A missing right is a 403 with its reason, as is a new record for
    a union that is closed; a record outside the scope is a 404, which subclasses get by looking records up through
    `visible_to`; more than a person's work needs in an hour is a 429.
    """

    permission: Permission
    request: SignedInRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(request.user, self.permission)
        try:
            return super().dispatch(request, *args, **kwargs)
        except UnionClosed as closed:
            raise PermissionDenied(str(closed)) from None
        except TooMuchError as much:
            return too_much(request, much)


class PortalPage(TemplateResponseMixin, ContextMixin, PortalView):
    """A page that only shows: `template_name` with what `get_context_data` collects."""

    request: SignedInRequest

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**kwargs))


class PersonalView(TemplateResponseMixin, ContextMixin, SpokenView):
    """A page about the signed-in person's own account; it needs no permission, and opens while a step is still owed."""

    request: SignedInRequest

    personal = True


def given() -> Any:
    """What stands for an attribute that the address gives: `as_view` takes only those that the class has."""
    return None


def public(view: Any) -> Any:
    """Mark a view as open without log-in."""
    view.public = True
    return view
