"""A parameter that is said twice, encoded twice or in other characters has one meaning: the last, decoded once.

What the scope is judged by and what is asked of the database is then the same value. Every page that shows something is
opened with each name it reads, once, and again with a foreign value in front of each: it must ask nothing else of the
database. Each sixth of them, unless ONE_MEANING=all.
"""

import ast
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.db import connection
from django.forms import BaseForm, Field
from django.http import QueryDict
from django.test import Client
from django.urls import get_resolver
from django.utils.datastructures import MultiValueDict

from portal.records.lists.listing import Listing
from tests.access import ACTORS, RELATIONS, YEAR, Row
from tests.access_rows import PLANTS, ROWS
from tests.known import people_known
from tests.posts import fresh, taken_back, typed
from tests.source import ROOT, SOURCES, tree_of
from tests.test_access_matrix import contents, open_clients
from tests.test_forged_posts import as_told, callbacks

SHARE = 6
FOREIGN = "熥鬯"  # planted in everything of the other district
MARK = "无此"
# Asked by a moment, and by a key drawn at random.
NEW_EACH_TIME = re.compile(r'FROM "portal_(signinsession|job|formreceipt)"')
OF_NO_MEANING = {"csrfmiddlewaretoken"}
# Opening these ends or changes the session of who asks.
ENDING = {"sign_out"}
# Where all values that were said are meant, and each is looked up by itself.
ALL_MEANT = {
    "portal/records/editing/form.py": "whether anything was typed into a masked field",
    "portal/records/lists/selection.py": "records that were ticked",
    "portal/records/views/own_list.py": "the columns a person wants",
    "aid/views/casework/renewal.py": "children that were ticked",
    "aid/views/social/children_here.py": "children that were ticked",
    "reports/views/city/summary.py": "paragraphs that were ticked",
    "reports/views/review/reminding.py": "units that were ticked",
}


def getting_lists(tree: ast.Module) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr == "getlist" for node in ast.walk(tree))


def test_only_these_places_mean_every_value_that_was_said():
    """Everywhere else Django's own way holds: of a name that is said twice the last value is meant."""
    found = {path.relative_to(ROOT).as_posix() for path in SOURCES if getting_lists(tree_of(path))}
    assert found == set(ALL_MEANT)


class Asked:
    """What a page reads of its address, and what it asks the database."""

    def __init__(self):
        self.names: set[str] = set()
        self.all_meant: set[str] = set()
        self.fields: dict[str, Field] = {}
        self.statements: set[str] = set()
        self.code, self.text = 0, ""


@contextmanager
def listening() -> Iterator[Asked]:
    told = Asked()
    get, get_all, judge = MultiValueDict.__getitem__, MultiValueDict.getlist, BaseForm.full_clean

    def heard(values, name):
        told.names.add(name)
        return get(values, name)

    def heard_all(values, name, default=None):
        told.all_meant.add(name)
        return get_all(values, name, default)

    def judged(form):
        told.fields |= {form.add_prefix(name): field for name, field in form.fields.items()}
        judge(form)

    def look(execute, sql, params, many, context):
        if sql.startswith("SELECT") and not NEW_EACH_TIME.search(sql):
            told.statements.add(f"{sql} {as_told(params)}")
        return execute(sql, params, many, context)

    with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(look):
        patch.setattr(MultiValueDict, "__getitem__", heard)
        patch.setattr(MultiValueDict, "getlist", heard_all)
        patch.setattr(BaseForm, "full_clean", judged)
        yield told


def ask(client: Client, address: str, query: str = "") -> Asked:
    joined = f"{address}{'&' if '?' in address else '?'}{query}"
    with taken_back(), listening() as told:
        response = fresh(client).get(joined)
        told.code, told.text = response.status_code, contents(response)
    return told


def rows_tried() -> list[Row]:
    """A row of each page that somebody opens, of lists every one: the filters of each are its own."""
    pages, seen, rows = dict(callbacks(get_resolver().url_patterns)), set(), []
    for row in ROWS:
        if not reader(row) or row.name in ENDING:
            continue
        if pages[row.name] not in seen or row.name.endswith("_list"):
            rows.append(row)
        seen.add(pages[row.name])
    return rows


def reader(row: Row) -> str:
    return next((actor for actor in ACTORS[1:] if row.get[actor] == 200), "")


def place(row: Row, unions: dict) -> str:
    scope = row.scope[reader(row)]
    return row.request(row.make(unions[next(each for each in RELATIONS if each in scope)]) if row.make else {})[0]


def said(name: str, told: Asked, unions: dict) -> tuple[str, str]:
    """Something that the name may mean, and something else that is foreign where it can be."""
    if name in {"unit", "union"}:
        return unions["own"].code, unions["sibling"].code
    if name in {"campaign", "year"}:
        return str(YEAR), "2001"
    choices = [str(value) for value, _label in getattr(told.fields.get(name), "choices", ()) if str(value)]
    if choices:
        return choices[0], choices[-1] if len(choices) > 1 else MARK
    return (str(typed(told.fields[name])), MARK) if name in told.fields else ("1", MARK)


def tried(row: Row, unions: dict, clients: dict) -> tuple[int, str]:
    """How many names a page reads of its address, and what is wrong with how; '' for nothing."""
    client, address = clients[reader(row)], place(row, unions)
    read = ask(client, address)
    names = sorted(read.names - read.all_meant - set(QueryDict(address.partition("?")[2])) - OF_NO_MEANING)
    if not names:
        return 0, ""
    values = {name: said(name, read, unions) for name in names}
    plain = ask(client, address, "&".join(f"{name}={quote(value)}" for name, (value, _other) in values.items()))
    twice = ask(
        client, address, "&".join(f"{n}={quote(other)}&{n}={quote(value)}" for n, (value, other) in values.items())
    )
    odd = ask(client, address, "&".join(f"{name}={odd_value(values[name][1])}" for name in names))
    if (twice.code, twice.statements - plain.statements) != (plain.code, set()):
        return len(names), f"{twice.code}, {plain.code}: {sorted(twice.statements - plain.statements)[:1]}"
    leaks = reader(row) in {"clerk", "lead"} and any(FOREIGN in each.text for each in (plain, twice, odd))
    wrong = f"{odd.code} for what is encoded twice" if odd.code >= 500 else "foreign" if leaks else ""
    return len(names), wrong


def odd_value(value: str) -> str:
    """Encoded twice, the twin of each sign that NFKC would make equal, and bytes that are no UTF-8."""
    twins = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in value)
    return f"{quote(quote(value))}{quote(twins)}%C0%AE%FF"


@pytest.fixture
def unions(district, grassroots, foreign_district, city):
    return {"own": district, "child": grassroots, "sibling": foreign_district, "parent": city}


@pytest.fixture
def clients(unions, clerk, lead, reviewer, auditor, admin, security):
    for plant in PLANTS:
        plant(unions["sibling"], FOREIGN)
    people = {"clerk": clerk, "lead": lead, "reviewer": reviewer, "auditor": auditor}
    return open_clients(people | {"admin": admin, "security": security})


TRIED = rows_tried()[:: 1 if os.environ.get("ONE_MEANING") == "all" else SHARE]


def test_name_said_twice_means_the_last_wherever_it_is_read(unions, clients):
    found = {}
    for row in TRIED:
        with taken_back(), people_known():
            found[row.name] = tried(row, unions, clients)
    assert {name: wrong for name, (_count, wrong) in found.items() if wrong} == {}
    assert sum(count > 0 for count, _wrong in found.values()) > len(TRIED) / 3


def first_said(values: QueryDict) -> QueryDict:
    turned = QueryDict(mutable=True)
    for name, said in values.lists():
        turned.setlist(name, said[::-1])
    return turned


def test_page_that_takes_the_first_is_found(unions, clients, monkeypatch):
    def listing(kind, request, params, **options):
        return Listing(kind, request, first_said(params), **options)

    (row,) = (row for row in ROWS if row.name == "household_list")
    count, wrong = tried(row, unions, clients)
    assert (count > 5, wrong) == (True, "")
    monkeypatch.setattr("portal.records.views.listing.Listing", listing)
    assert tried(row, unions, clients)[1] != ""
