"""Where a person comes back to whose form was refused: the page it stood on, if it is a page of this site."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from portal.words.contacts import is_sensitive

HOME = "/"


def shows_page(view: Callable) -> bool:
    """Whether an address with this view shows a page when it is opened: not where it only takes what is sent.

    A view says `form_elsewhere` whose form stands on another page, though it answers GET, with a file.
    """
    view_class = getattr(view, "view_class", None)
    if view_class is None:
        return True
    opens = hasattr(view_class, "get") and "get" in view_class.http_method_names
    return opens and not getattr(view_class, "form_elsewhere", False)


def page_of_form(request: HttpRequest) -> str:
    """The address of the page on which the form of `request` stood: as the browser says, else the nearest above it.

    The browser is believed only about addresses of this site that show a page. A query with an identity, card or
    telephone number is cut off: the address goes through the log-in page.
    """
    said = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure()):
        return nearest_page(request.path)
    parts = urlsplit(said)
    if not _opens(parts.path):
        return nearest_page(request.path)
    harmless = parts.query and not any(is_sensitive(value) for _name, value in parse_qsl(parts.query))
    return f"{parts.path}?{parts.query}" if harmless else parts.path


def page_said(path: str) -> str:
    """`path`, what a form says it came from, if it is an address of this site that shows a page; else ''."""
    is_ours = url_has_allowed_host_and_scheme(path, None) and path.startswith("/")
    return path if is_ours and _opens(path) else ""


def nearest_page(path: str) -> str:
    """The first address above `path` that shows a page: that of the record whose button was pressed."""
    while path != HOME:
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if _opens(path):
            return path
    return HOME


def _opens(path: str) -> bool:
    try:
        view = resolve(path).func
        return shows_page(view) and not getattr(view, "public", False)  # the log-in page is nobody's page of a form
    except Resolver404:
        return False
