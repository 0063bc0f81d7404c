"""Lists of the ground floor: a filter that stays in the address, and numbered pages."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from portal.records.lists.paging import Page as KeysetPage
from portal.web.base import PortalPage

PAGE_SIZE = 50
PLACE = _("第 %(page)d / %(pages)d 页")
COUNT_AND_PLACE = _("共 %(count)d 条，第 %(page)d / %(pages)d 页")


def address_with(request: HttpRequest, **changes: object) -> str:
    """The query string of `request` with `changes`; None takes a parameter away."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"


def page_addresses(request: HttpRequest, page: KeysetPage) -> dict[str, str]:
    """Addresses of the neighbouring pages that there are, by name, as `records/_pages.html` draws them."""
    places = {"first": page.first, "previous": page.previous, "next": page.next, "last": page.last}
    clean = {"after": None, "before": None, "last": None}
    return {name: address_with(request, **clean | place) for name, place in places.items() if place is not None}


def export_address(request: HttpRequest, name: str) -> str:
    """The list of `request`, as it is filtered, at the address `name` of its workbook."""
    return reverse(name) + address_with(request, page=None, before=None)


def neighbours(request: HttpRequest, page: Page) -> dict[str, str]:
    """The addresses of the pages beside `page` of a list; '' for one that there is not."""
    previous = page.previous_page_number() if page.has_previous() else None
    following = page.next_page_number() if page.has_next() else None
    return {
        "previous_url": address_with(request, page=previous) if previous else "",
        "next_url": address_with(request, page=following) if following else "",
    }


def pages_of(request: HttpRequest, page: Page, words: str | Promise = PLACE) -> dict[str, str]:
    """The same, and in words where in the list one is: `words` name its place, or how many there are, too."""
    numbers = {"count": page.paginator.count, "page": page.number, "pages": page.paginator.num_pages}
    return neighbours(request, page) | {"summary": str(words) % numbers}


class FilteredList(PortalPage):
    """`get_queryset()` narrowed by `filter_class`, PAGE_SIZE rows a page. For lists of at most some thousand rows.

    `export_name` is the address of the same list as a workbook.
    """

    filter_class: type[FilterSet]
    export_name = ""

    def get_queryset(self) -> QuerySet[Any]:
        raise NotImplementedError

    @cached_property
    def filter(self) -> FilterSet:
        return self.filter_class(self.request.GET, queryset=self.get_queryset(), request=self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.filter.qs, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            filter=self.filter,
            rows=page.object_list,
            export_url=export_address(self.request, self.export_name) if self.export_name else "",
            **pages_of(self.request, page, COUNT_AND_PLACE),
            **kwargs,
        )
