"""Finding records of all kinds, and the one door through which whole numbers are searched."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.audit import SEARCHED, spend
from portal.identity import IdentityError
from portal.records.attribute import record_url
from portal.records.kind import RecordKind
from portal.records.lists.listing import Listing
from portal.records.lists.paging import Keyset
from portal.records.lists.table import Table, table
from portal.records.naming import attach_names
from portal.records.search import (
    LAST_FOUR,
    NOT_IN_AN_ADDRESS,
    carries_number,
    documented,
    ending_in,
    ending_in_list,
    exactly,
    matching,
    numbered,
    read_query,
)
from portal.web.base import PortalPage
from portal.web.commands import commands_like
from portal.words.contacts import is_sensitive
from portal.words.identity_kinds import as_kept

SHOWN_PER_KIND = 20


@dataclass(frozen=True)
class FoundOfKind:
    """What was found of one kind; when there is more, `is_cut`, and `more_url` opens the list if one can show it."""

    title: str
    table: Table
    records: list[Model]
    is_cut: bool
    more_url: str


class Find(PortalPage):
    """One box for names, initials, record numbers, whole identity or card numbers and a card's last four digits.

    Whatever is typed arrives by POST. A sensitive number is answered at once, from blind indexes, and so are four
    digits with which a card ends; anything else goes on by redirect: to the list the box stood on, else to the results
    of this page.
    """

    permission = Permission.VIEW_RECORDS
    template_name = "records/find.html"
    kinds: tuple[RecordKind, ...] = ()
    kinds_of_text: tuple[RecordKind, ...] = ()  # those searched for any text, the others for whole numbers

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            query = read_query(request.GET.get("q", ""))
        except IdentityError as error:
            return self._answer(problem=str(error), status=400)
        if is_sensitive(query):
            return self._answer(problem=str(NOT_IN_AN_ADDRESS), status=400)
        if not query:
            return self._answer()
        return self._answer(query=query, groups=[*self._by_text(query, self.kinds_of_text), *self._by_number(query)])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = next((kind for kind in self.kinds if kind.name == request.POST.get("kind")), None)
        try:
            query = read_query(request.POST.get("q", ""))
        except IdentityError as error:
            return self._answer(problem=str(error), status=400)
        if is_sensitive(query) or self._is_of_a_document(query):
            return self._whole_number(query, kind)
        if LAST_FOUR.fullmatch(query) and (groups := self._last_four(query, kind)):
            return self._answer(query=query, groups=groups)
        if kind:
            return redirect(reverse(f"{kind.name}_list") + Listing(kind, request, request.POST).address())
        return redirect(f"{reverse('find')}?{urlencode({'q': query})}" if query else reverse("find"))

    def _whole_number(self, number: str, kind: RecordKind | None) -> HttpResponse:
        """Straight to the record if there is one; first among the kind whose list was searched, then among all."""
        spend(SEARCHED, self.request.user)
        for kinds in ((kind,), self.kinds) if kind else (self.kinds,):
            groups = [self._group(each, exactly(each, self.request.user, number)) for each in kinds]
            found = [record for group in groups for record in group.records]
            if len(found) == 1:
                return redirect(record_url(found[0]))
            if found:
                return self._answer(groups=groups, searched=True)
        return self._answer(groups=[], searched=True)

    def _is_of_a_document(self, query: str) -> bool:
        """Whether somebody within scope has a passport, or another document, of that number."""
        user = self.request.user
        kinds = [kind for kind in self.kinds if kind.hashes] if any(as_kept(query)) else []
        return any(kind.visible_to(user).filter(documented(kind, user, query)).exists() for kind in kinds)

    def _last_four(self, digits: str, kind: RecordKind | None) -> list[FoundOfKind]:
        """Records whose card ends in `digits`, then what they find as the text they may be; [] if no card ends so."""
        spend(SEARCHED, self.request.user)
        kinds = (kind,) if kind else self.kinds_of_text
        user, title = self.request.user, _("%s（银行卡末四位）")
        search = ending_in_list if kind else ending_in
        searched = [each for each in kinds if (each.is_found_by_card if kind else each.tails)]
        cards = [self._group(each, search(each, user, digits), title=title) for each in searched]
        if not any(group.records for group in cards):
            return []
        return [*cards, *self._by_text(digits, kinds), *([] if kind else self._by_number(digits))]

    def _by_text(self, query: str, kinds: tuple[RecordKind, ...]) -> list[FoundOfKind]:
        return [self._group(kind, matching(kind, self.request.user, query), query) for kind in kinds]

    def _by_number(self, query: str) -> list[FoundOfKind]:
        """The one record of that number, of the kinds that are not searched for text."""
        if not carries_number(query):
            return []
        others = [kind for kind in self.kinds if kind not in self.kinds_of_text and "number" in kind.numbers]
        return [self._group(kind, numbered(kind, self.request.user, query)) for kind in others]

    def _group(self, kind: RecordKind, condition: Q, query: str = "", title: str = "%s") -> FoundOfKind:
        user = self.request.user
        found = Keyset.parse(kind.ordering).sort(kind.listed_to(user).filter(condition))
        records = list(found[: SHOWN_PER_KIND + 1])
        shown = attach_names(kind, records[:SHOWN_PER_KIND], user)
        is_cut = len(records) > SHOWN_PER_KIND
        more_url = f"{reverse(f'{kind.name}_list')}?{urlencode({'q': query})}" if is_cut and query else ""
        rows = table(kind.columns, kind.model, shown, user.union.path)
        return FoundOfKind(title % kind.title, rows, shown, is_cut, more_url)

    def _answer(
        self,
        *,
        query: str = "",
        groups: Iterable[FoundOfKind] = (),
        problem: str = "",
        searched: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        context = self.get_context_data(
            query=query,
            groups=[group for group in groups if group.records],
            problem=problem,
            searched=searched or bool(query),
            commands=commands_like(self.request.user, query),
        )
        return self.render_to_response(context, status=status)
