"""Lists of the ground floor: a filter that stays in the address, and numbered pages."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.web.base import PortalPage

PAGE_SIZE = 50


def address_with(request, **changes) -> str:
    """The query string of `request` with `changes`; None takes a parameter away."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


def export_address(request, name: str) -> str:
    """The list of `request`, as it is filtered, at the address `name` of its workbook."""
    return reverse(name) + address_with(request, page=None, before=None)


class FilteredList(PortalPage):
    """`get_queryset()` narrowed by `filter_class`, PAGE_SIZE rows a page. For lists of at most some thousand rows.

    `export_name` is the address of the same list as a workbook.
    """

    filter_class: type
    export_name = ""

    @cached_property
    def filter(self):
        return self.filter_class(self.request.GET, queryset=self.get_queryset(), request=self.request)

    def get_context_data(self, **kwargs):
        page = Paginator(self.filter.qs, PAGE_SIZE).get_page(self.request.GET.get("page"))
        previous = page.previous_page_number() if page.has_previous() else None
        following = page.next_page_number() if page.has_next() else None
        return super().get_context_data(
            filter=self.filter,
            rows=page.object_list,
            summary=_("共 %(count)d 条，第 %(page)d / %(pages)d 页")
            % {"count": page.paginator.count, "page": page.number, "pages": page.paginator.num_pages},
            previous_url=address_with(self.request, page=previous) if previous else "",
            next_url=address_with(self.request, page=following) if following else "",
            export_url=export_address(self.request, self.export_name) if self.export_name else "",
            **kwargs,
        )
