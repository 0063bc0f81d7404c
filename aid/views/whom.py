"""Forms about a person that first ask whom: for those who do not come from the page of that person."""

from django.urls import reverse

from portal.identity import IdentityError
from portal.records.kind import RecordKind
from portal.records.lists.paging import Keyset
from portal.records.search import documented, exactly, matching, read_query
from portal.records.views import RecordList
from portal.records.views.page import KindPage, caption
from portal.views.listing import address_with
from portal.words.contacts import is_sensitive

FOUND_OF_EACH = 20


class AskingList(RecordList):
    """A list whose records are made by a form that asks whom."""

    def _create_url(self):
        return reverse(f"{self.kind.name}_create") if self.may_keep else ""

    def _made_on(self):
        """Nowhere else: its own button asks whom."""
        return []


class AskWhom:
    """A `RecordCreate` that asks whom when its address names nobody.

    What is typed then is posted: names stay out of addresses. `people` are the kinds among which is searched; whatever
    else the address says goes on to the form.
    """

    people: tuple[RecordKind, ...] = ()
    whom = ""
    whom_help = ""

    def dispatch(self, request, *args, **kwargs):
        self.is_search = not any(name in request.GET for name in self.kind.editing.parents)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return self._search() if self.is_search else super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return self._search(request.POST.get("q", "")) if self.is_search else super().post(request, *args, **kwargs)

    def ways(self) -> list[tuple[str, str]]:
        """Other ways to somebody: words and addresses."""
        return []

    def _search(self, typed: str = ""):
        found, problem = [], ""
        try:
            query = read_query(typed)
            found = self._found(query) if query else []
        except IdentityError as error:
            query, problem = "", str(error)
        shown = {"found": found, "asked": bool(query), "problem": problem, "ways": self.ways()}
        shown |= {"query": "" if is_sensitive(query) else query, "heading": self.whom, "help": self.whom_help}
        context = KindPage.get_context_data(self, **shown)
        return self.response_class(
            request=self.request, template=["aid/whom.html"], context=context, status=400 if problem else 200
        )

    def _found(self, query: str) -> list[tuple[str, str, str, str]]:
        """Everybody within scope whom `query` finds, some of each kind."""
        user, ask = self.request.user, exactly if is_sensitive(query) else matching
        found = []
        for kind in self.people:
            records = kind.listed_to(user).filter(ask(kind, user, query) | documented(kind, user, query))
            found += [self._line(kind, record) for record in Keyset.parse(kind.ordering).sort(records)[:FOUND_OF_EACH]]
        return found

    def _line(self, kind: RecordKind, record) -> tuple[str, str, str, str]:
        """Kind, caption, what tells people of one name apart, and the address of the form."""
        home = getattr(record, "household", None)
        name = caption(kind, record, self.request.user.union.path)
        asked = address_with(self.request, **{kind.name: record.pk})
        return str(kind.title), name, home.number if home else "", asked
