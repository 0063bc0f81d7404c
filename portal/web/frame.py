"""What stands around every page: the areas across the top, and the tabs of the one that is open."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext as _

from portal.enums import Role
from portal.manual.page import page_for
from portal.manual.rendering import address_of
from portal.models import Announcement
from portal.web.navigation import Area, area_of, areas_for

PAGE, PART = "page", "true"  # values of aria-current: this page, and what this page belongs to


@dataclass(frozen=True)
class NavLink:
    """An area or a tab as one request sees it. `current` is the value of aria-current, '' elsewhere."""

    label: str | Promise
    url: str
    icon: str
    current: str


@dataclass(frozen=True)
class Frame:
    """The areas, and the tabs of the area that is open: none on a page that belongs to no area."""

    areas: list[NavLink]
    tabs: list[NavLink]
    area: Area | None


def frame_of(request: HttpRequest) -> Frame:
    """What the frame around the page that `request` asks for shows."""
    match, areas = request.resolver_match, areas_for(request.user)
    here = (match and match.url_name) or ""
    slug = match.kwargs.get("slug", "") if match and here == "area" else here
    own_page = next((area for area in areas if area.slug == slug), None)
    open_area = own_page or area_of(areas, here)
    links = [NavLink(each.label, each.url, each.icon, _current(each, own_page, open_area)) for each in areas]
    return Frame(links, _tabs(open_area, here) if open_area else [], open_area)


def _current(area: Area, own_page: Area | None, open_area: Area | None) -> str:
    if area is own_page:
        return PAGE
    return PART if area is open_area else ""


def _tabs(area: Area, here: str) -> list[NavLink]:
    """The own page of an area and its nouns; an act is a tab on its own pages only, so that one sees where one is."""
    if not area.items:
        return []
    item_here = area.item_of(here)
    current = PAGE if item_here and item_here.url_name == here else PART
    overview = NavLink(_("概览"), area.url, "grid", PAGE if here == "area" else "")
    shown = (item for item in area.items if not item.is_act or item is item_here)
    return [overview, *(NavLink(it.label, it.url, it.icon, current if it is item_here else "") for it in shown)]


def help_of(request: HttpRequest) -> str:
    """Where the page that `request` asks for is explained to who asks; the table of contents where no page fits."""
    name = request.resolver_match and request.resolver_match.url_name
    page = page_for(name, Role(request.user.role)) if name and request.user.is_authenticated else None
    return address_of(page) if page else reverse("help_index")


def frame(request: HttpRequest) -> dict:
    """Context processor: the frame for the person who asks, how many announcements wait, where the page is explained.

    The first two are empty for those who are not signed in or not yet let in; nothing costs where it is not drawn.
    """
    if not hasattr(request, "user") or not getattr(request, "let_in", False):
        return {"frame": None, "unread": 0, "help_url": reverse("help_sign_in")}
    return {
        "frame": SimpleLazyObject(lambda: frame_of(request)),
        "unread": SimpleLazyObject(lambda: Announcement.objects.unread_by(request.user).count()),
        "help_url": SimpleLazyObject(lambda: help_of(request)),
    }
