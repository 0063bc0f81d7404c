"""The list of a kind."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.access import Permission, can
from portal.records.editing.declaration import Editing
from portal.records.filters import VOIDED
from portal.records.lists.left import leave
from portal.records.lists.listing import Listing
from portal.records.lists.own_list import ROWS, has_years
from portal.records.views.page import KindPage


class RecordList(KindPage):
    """Filters, search, order, pages. A faulty parameter is said, shows nothing and answers 400."""

    act = "list"

    @property
    def list_url(self) -> str:
        """The list without any filter."""
        return reverse(f"{self.kind.name}_list")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        listing = Listing(self.kind, request, request.GET, opens=self.is_own_list)
        if listing.is_valid and self.is_own_list:
            leave(self.request, self.kind, listing.left())
        table = listing.table()
        context = self.get_context_data(
            listing=listing,
            table=table,
            ticked=list(zip(listing.page.records, table.rows, strict=True)),
            filters=listing.kept.urlencode(),
            rows_offered=ROWS if self.is_own_list else (),
            years_kept=self.is_own_list and has_years(self.kind),
            pages=self._pages(listing),
            export_url=self._export_url(listing),
            create_url=self._create_url(),
            made_on=self._made_on(),
            lists_url=self._lists_url(),
            part_lists=self._part_lists(),
            **self._many(listing),
        )
        return self.render_to_response(context, status=200 if listing.is_valid else 400)

    @property
    def is_own_list(self) -> bool:
        """Whether this is the list of the kind, not one that a page of another record shows."""
        match = self.request.resolver_match
        return match is not None and match.url_name == f"{self.kind.name}_list"

    def _export_url(self, listing: Listing) -> str:
        return reverse(f"{self.kind.name}_export") + listing.address()

    def _bulk(self) -> list[tuple[str, str]]:
        """Words and addresses of what the person may do with ticked rows."""
        may = (act for act in self.kind.bulk if can(self.request.user, act.permission))
        return [(str(act.label), reverse(act.url_name)) for act in may]

    @property
    def _editing(self) -> Editing | None:
        """The form of the kind, for those who may keep its records."""
        return self.kind.editing if self.may_keep else None

    def _create_url(self) -> str:
        """Where a record is made; '' for those who may not, and for kinds made on the page of another record."""
        return reverse(f"{self.kind.name}_create") if self._editing and not self._editing.parent else ""

    def _lists_url(self) -> str:
        """Where a list of such records is brought in; '' for those who may not, and for kinds that no list brings."""
        may_import = self.kind.in_lists and can(self.request.user, Permission.IMPORT_WORKBOOK)
        return reverse("list_upload") if may_import else ""

    def _part_lists(self) -> list[tuple[str, str]]:
        """Titles and addresses of the lists of its parts."""
        return [(str(part.title), reverse(f"{part.name}_list")) for part in self.kind.parts]

    def _made_on(self) -> list[tuple[str, str]]:
        """Of a kind that is made on the page of another record: what that may be, and its list."""
        models = self._editing.parents if self._editing else {}
        return [(str(model._meta.verbose_name), reverse(f"{name}_list")) for name, model in models.items()]

    def _many(self, listing: Listing) -> dict:
        """Where many are entered at once, and what is done with ticked rows: what is void is changed by nobody."""
        keeps_grid = bool(self.kind.grid and self.may_keep)
        entered = {"grid_url": reverse(f"{self.kind.name}_grid")} if keeps_grid else {}
        if listing.params.get(VOIDED) or not self.is_own_list:
            return entered
        if not keeps_grid:
            return {"bulk": self._bulk()}
        edit = reverse(f"{self.kind.name}_grid_edit")
        return entered | {"bulk": [*self._bulk(), (_("表格修改"), edit)], "grid_edit_url": edit}

    @staticmethod
    def _pages(listing: Listing) -> dict[str, str]:
        """Addresses of the neighbours that there are, by name."""
        page = listing.page
        places = {"first": page.first, "previous": page.previous, "next": page.next, "last": page.last}
        return {name: listing.address(**place) for name, place in places.items() if place is not None}
