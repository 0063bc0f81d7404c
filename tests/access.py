"""What a row of the access matrix is, and the rows that every kind of record has."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlencode

from django.urls import reverse

from portal.models import Union
from tests.builders import one_of_each

ACTORS = ("anonymous", "clerk", "lead", "reviewer", "auditor", "admin", "security")
RELATIONS = ("own", "child", "sibling", "parent", "absent")
SCOPE = {actor: {"own", "child"} if actor in {"clerk", "lead"} else set(RELATIONS) for actor in ACTORS}
ABSENT = {"pk": 987_654_321}
LOGIN = 302
YEAR = 2014  # of the campaign in which `one_of_each` counts

Codes = Mapping[str, int]


def codes(code: int | None = None, *, otherwise: int = 403, **by_role: int) -> Codes:
    """Expected codes by actor: `code` for every signed-in role, or those named and `otherwise` for the rest."""
    default = otherwise if code is None else code
    return {"anonymous": LOGIN} | dict.fromkeys(ACTORS[1:], default) | by_role


class Named(Enum):
    """Where an address names the object it is about."""

    IN_PATH = "path"
    IN_QUERY = "query"
    IN_FORM = "form"


@dataclass(frozen=True)
class Row:
    """Expected codes at one URL name. `make` puts an object into a union and returns the arguments that name it."""

    name: str
    get: Codes
    post: Codes
    make: Callable[[Union], dict] | None = None
    absent: dict = field(default_factory=lambda: ABSENT)
    named: Named = Named.IN_PATH
    outside: int = 404
    query: str = ""
    data: Mapping[str, str] = field(default_factory=dict)
    scope: Mapping[str, set[str]] = field(default_factory=lambda: SCOPE)

    def _code(self, method: str, actor: str) -> int:
        return (self.get if method == "GET" else self.post)[actor]

    def refuses(self, method: str, actor: str) -> bool:
        """Whether `actor` is sent to log in, forbidden, or has no such method, whatever the object."""
        return self._code(method, actor) in ({LOGIN} if actor == "anonymous" else {403, 405})

    def expected(self, method: str, actor: str, relation: str | None) -> int:
        code = self._code(method, actor)
        inside = relation is None or (relation != "absent" and relation in self.scope.get(actor, ()))
        return self.outside if not inside and actor != "anonymous" and code in {200, 302, 400} else code

    def request(self, arguments: dict) -> tuple[str, dict]:
        """The address and the form to send, for the object that `arguments` name."""
        if self.named is Named.IN_PATH:
            return reverse(self.name, kwargs=arguments) + self.query, dict(self.data)
        if self.named is Named.IN_QUERY:
            return f"{reverse(self.name)}?{urlencode(arguments)}", dict(self.data)
        return reverse(self.name), {**self.data, **arguments}


READERS = {"clerk": 200, "lead": 200, "reviewer": 200, "auditor": 200}
NO_POST = dict.fromkeys(READERS, 405)
ASKERS = READERS | {"auditor": 302}  # an auditor sees in full what a second person agrees to
REVEALERS = {role: 200 for role in READERS if role != "auditor"}


def record_row(name: str, make: Callable[[Union], dict] | None = None, **fields) -> Row:
    """A page of case records that is only read: open to those who see records, closed to the administrator."""
    return Row(name, get=codes(**READERS), post=codes(**NO_POST), make=make, **fields)


def kept_file_row(name: str, make: Callable[[Union], dict]) -> Row:
    """A file that is kept with a record: who needs a second person's consent is led to where it is asked for."""
    return Row(name, get=codes(**READERS | {"auditor": 302}), post=codes(**NO_POST), make=make)


def sheets_row(name: str, make: Callable[[Union], dict]) -> Row:
    """Several sheets together: named in the address, or sent where a job is to make them."""
    return Row(
        f"{name}_many",
        get=codes(**READERS),
        post=codes(**READERS),
        make=lambda union: {"ids": make(union)["pk"]},
        absent={"ids": ABSENT["pk"]},
        named=Named.IN_QUERY,
    )


def revealing_row(name: str, make: Callable[[Union], dict]) -> Row:
    """A sheet that tells whole numbers to who says what for."""
    return Row(name, get=codes(**READERS), post=codes(**REVEALERS), make=make, data={"reason": "check"})


def revealing_rows(name: str, make: Callable[[Union], dict]) -> Iterator[Row]:
    """Such a sheet, alone and together with others."""
    yield revealing_row(name, make)
    yield sheets_row(name, make)


@dataclass(frozen=True)
class Canary:
    """A text that must not leave its union.

    `shown` says whether some page shows it to the reviewer; `case` whether it is from a case record, which the
    administrator never sees; `unit` whether the people of the union itself may see it.
    """

    text: str
    shown: bool = True
    case: bool = True
    unit: bool = True


KINDS_WITH_MASKED_FIELDS = ("household", "child", "graduate", "visit", "member", "assistance", "aidcase")
EXPORTERS = READERS  # of lists, masked as they are shown
WORKBOOK_EXPORTERS = {"clerk": 200, "lead": 200, "reviewer": 200}


def record_rows(name: str) -> Iterator[Row]:
    """The read pages of one kind of record."""

    def made(union: Union) -> dict:
        return {"pk": one_of_each(union)[name].pk}

    yield record_row(f"{name}_list")
    yield record_row(f"{name}_detail", made)
    yield Row(f"{name}_export", get=codes(**EXPORTERS), post=codes(**dict.fromkeys(EXPORTERS, 405)))
    if name in KINDS_WITH_MASKED_FIELDS:
        reason = {"reason": "check"}
        yield Row(f"{name}_reveal", get=codes(**NO_POST), post=codes(**ASKERS), make=made, data=reason)


KEEPERS = {"clerk": 200}


def editing_rows(name: str, parent: str = "") -> Iterator[Row]:
    """The forms by which a kind of record is made, below a `parent` if it has one, and changed."""

    def made(union: Union) -> dict:
        return {"pk": one_of_each(union)[name].pk}

    def below(union: Union) -> dict:
        return {parent: one_of_each(union)[parent].pk}

    absent = {parent: ABSENT["pk"]}
    named = {"make": below, "absent": absent, "named": Named.IN_QUERY} if parent else {}
    yield Row(f"{name}_create", get=codes(**KEEPERS), post=codes(**KEEPERS), **named)
    yield Row(f"{name}_edit", get=codes(**KEEPERS), post=codes(**KEEPERS), make=made)


def grid_rows(name: str, build: Callable[[Union], object] | None = None) -> Iterator[Row]:
    """The grids in which many of a kind are entered, and those that were ticked are changed."""

    def ticked(union: Union) -> dict:
        return {"ids": (build(union) if build else one_of_each(union)[name]).pk}

    yield Row(f"{name}_grid", get=codes(**KEEPERS), post=codes(**KEEPERS))
    yield Row(
        f"{name}_grid_edit",
        get=codes(clerk=404),  # what was ticked stands in the address that the list leads to
        post=codes(clerk=302),
        make=ticked,
        absent={"ids": ABSENT["pk"]},
        named=Named.IN_FORM,
    )


def voiding_rows(name: str, build: Callable[[Union], object] | None = None) -> Iterator[Row]:
    """The pages by which a record is taken back: by who keeps it, and by the second person."""

    def made(union: Union) -> dict:
        return {"pk": (build(union) if build else one_of_each(union)[name]).pk}

    yield Row(f"{name}_void", get=codes(**KEEPERS), post=codes(**KEEPERS), make=made)
    yield Row(f"{name}_void_agree", get=codes(lead=200), post=codes(lead=200), make=made)


def own_kind_rows(
    name: str, build: Callable, *, parent: str = "", detail_post: Codes | None = None, editable: bool = True
) -> Iterator[Row]:
    """The pages and forms of a kind that no workbook carries; of one that no form makes the pages alone."""

    def made(union: Union) -> dict:
        return {"pk": build(union).pk}

    def below(union: Union) -> dict:
        return {parent: one_of_each(union)[parent].pk}

    named = {"make": below, "absent": {parent: ABSENT["pk"]}, "named": Named.IN_QUERY} if parent else {}
    yield record_row(f"{name}_list")
    yield Row(f"{name}_detail", get=codes(**READERS), post=detail_post or codes(**NO_POST), make=made)
    yield Row(f"{name}_export", get=codes(**EXPORTERS), post=codes(**dict.fromkeys(EXPORTERS, 405)))
    if editable:
        yield Row(f"{name}_create", get=codes(**KEEPERS), post=codes(**KEEPERS), **named)
        yield Row(f"{name}_edit", get=codes(**KEEPERS), post=codes(**KEEPERS), make=made)
