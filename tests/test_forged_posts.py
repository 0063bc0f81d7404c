"""Extra fields of a post are ignored: every field of every model, posted along with each form, changes nothing.

What a form, or a page beside its form, reads is known: the fields of every form that is judged, and `READ`. All other
names of fields are forged: another state, a foreign union or person, a day long ago. What is written is the same,
statement by statement. One page of each kind, unless FORGED_POSTS=all; of records to be edited every one.
"""

import os
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLResolver, get_resolver

from portal.records.views.edit import RecordEdit
from tests.access import Row
from tests.access_rows import ROWS
from tests.posts import Written, asked, forms_read, opened, sender, sent, taken_back
from tests.test_access_matrix import open_clients

FLOORS = ("portal", "aid", "employment", "reports")
MARK = "夹带"
BATCH = 60
SHARE_THAT_WRITES = 0.25  # of the forms that are tried: those that are taken as they are sent

# By address: what its page reads of a post beside a form, and happens to be called like the field of some model.
CONFIRMED = frozenset({"confirmed"})
ANSWER = frozenset({"answer", "reason", "digest"})
READ: dict[str, frozenset[str]] = {
    "accountrequest_show": ANSWER,
    "activity_came": CONFIRMED,
    "aidcase_print_many": frozenset({"reason"}),
    "case_policies_many": CONFIRMED,
    "household_print_many": frozenset({"reason"}),
    "household_visit_form_many": frozenset({"reason"}),
    "list_second": ANSWER,
    "paymentbatch_items": frozenset({"amounts", "item"}),
    "project_gave": CONFIRMED,
    "transfer_move": ANSWER,
    "unittable_move": ANSWER,
    "workbook_second": ANSWER,
}
# Keys, moments and archives are never made the same twice, whatever is posted; receipts have a digest of all of it.
NEVER_THE_SAME = re.compile(r'"portal_(formreceipt|authenticator|jobpart|job)"')
# The clock that libraries ask goes on: a workbook says when it was made, and so does the digest of what holds one.
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[.+:\d]*|digest\W+[0-9a-f]{64}")


def callbacks(patterns, prefix: str = "") -> Iterator[tuple[str, type]]:
    """The class of the page at each address, by its full name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from callbacks(pattern.url_patterns, inner)
        else:
            yield f"{prefix}{pattern.name}", getattr(pattern.callback, "view_class", pattern.callback)


def rows_tried() -> list[Row]:
    """One row of each page; every row of a page that edits a record, whose form is another for each kind."""
    pages, seen, rows = dict(callbacks(get_resolver().url_patterns)), set(), []
    for row in filter(sender, ROWS):
        page = pages[row.name]
        edits = isinstance(page, type) and issubclass(page, RecordEdit)
        if edits or page not in seen or os.environ.get("FORGED_POSTS") == "all":
            rows.append(row)
        seen.add(page)
    return rows


TRIED = rows_tried()
BATCHES = [TRIED[start : start + BATCH] for start in range(0, len(TRIED), BATCH)]


def forged(field: models.Field, foreign: dict) -> str:
    """What the column would take."""
    if isinstance(field, models.ForeignKey):
        return str(foreign.get(field.related_model, 1))
    if field.choices:
        return str(list(field.choices)[-1][0])
    kinds = {models.BooleanField: "1", models.DateField: "2001-02-03"} | dict.fromkeys(
        (models.DecimalField, models.IntegerField), "98765"
    )
    return next((value for kind, value in kinds.items() if isinstance(field, kind)), MARK)


@pytest.fixture
def smuggled(foreign_district, foreign_clerk) -> dict[str, str]:
    """Each field of each model by both of its names."""
    foreign = {type(each): each.pk for each in (foreign_district, foreign_clerk)}
    ours = [model for model in apps.get_models() if model._meta.app_label in FLOORS]
    fields = [field for model in ours for field in model._meta.concrete_fields]
    return {name: forged(field, foreign) for field in fields for name in (field.name, field.attname)}


@pytest.fixture
def unions(district, grassroots, foreign_district, city):
    return {"own": district, "child": grassroots, "sibling": foreign_district, "parent": city}


@pytest.fixture
def clients(clerk, lead, reviewer, auditor, admin, security):
    people = {"clerk": clerk, "lead": lead, "reviewer": reviewer, "auditor": auditor}
    return open_clients(people | {"admin": admin, "security": security})


def comparable(answer: tuple[int, Written]) -> tuple[int, list]:
    code, written = answer
    return code, [(sql, *map(as_told, params)) for sql, params in written if not NEVER_THE_SAME.search(sql)]


def as_told(value: object) -> str:
    if isinstance(value, list | tuple):
        return str([as_told(each) for each in value])
    value = getattr(value, "adapted", value)  # what is kept as JSON, which PostgreSQL's driver wraps
    return MOMENT.sub("", str(bytes(value) if isinstance(value, memoryview) else value))


def tried(row: Row, unions, clients, smuggled) -> tuple[bool, bool]:
    """Whether the form was taken, with something written, and whether all was the same with what was smuggled in."""
    address, fields = asked(row, unions)
    client = clients[sender(row)]
    fields = opened(client, address) | fields
    with forms_read() as known:
        plain = sent(client, address, fields)
    known |= READ.get(row.name, set()) | fields.keys()
    forged_too = sent(client, address, fields | {name: smuggled[name] for name in smuggled.keys() - known})
    return bool(plain[1]), comparable(plain) == comparable(forged_too)


@pytest.mark.parametrize("rows", BATCHES, ids=lambda rows: f"{rows[0].name} to {rows[-1].name}")
def test_extra_fields_of_a_post_change_nothing(rows, unions, clients, smuggled):
    found = {}
    for row in rows:
        with taken_back():
            found[row.name] = tried(row, unions, clients, smuggled)
    assert [name for name, (_written, same) in found.items() if not same] == []
    assert sum(written for written, _same in found.values()) > len(rows) * SHARE_THAT_WRITES


def test_page_that_reads_more_than_its_form_is_found(unions, clients, smuggled, monkeypatch):
    """An answer to a transfer is read beside a form: were it no field of the page, it would be one too many."""
    (row,) = (row for row in ROWS if row.name == "transfer_move")
    with taken_back():
        assert tried(row, unions, clients, smuggled) == (True, True)
    monkeypatch.delitem(READ, row.name)
    with taken_back():
        assert tried(row, unions, clients, smuggled) == (True, False)
