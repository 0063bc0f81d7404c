"""Of a field that is posted twice the last value is meant, by whoever reads it: what is judged is what is written.

Every form is posted, and again with another value in front of each of its values, a foreign one where a field has
choices. It must be answered alike, ask the same of the database and write the same, statement by statement. Each sixth
of them, unless ONE_MEANING=all.
"""

import os
from functools import partial

from django.forms import Widget

from tests.access import Row
from tests.access_rows import ROWS
from tests.posts import asked, each_tried, opened, sender, sent, taken_back
from tests.test_forged_posts import NEVER_THE_SAME, SHARE_THAT_WRITES, as_told
from tests.test_one_meaning import SHARE, Asked, clients, first_said, listening, said, unions

__all__ = ["clients", "unions"]  # fixtures

TRIED = [row for row in ROWS if sender(row)][:: 1 if os.environ.get("ONE_MEANING") == "all" else SHARE]


def post(client, address: str, fields: dict) -> tuple[Asked, list]:
    """What a post reads and how it is answered, and what it writes."""
    with listening() as told:
        told.code, written = sent(client, address, fields)
    return told, [(sql, *map(as_told, params)) for sql, params in written if not NEVER_THE_SAME.search(sql)]


def doubled(fields: dict, told: Asked, unions: dict) -> dict:
    """Each field with another value in front of its own, but where all values are meant."""
    others = {name: said(name, told, unions)[1] for name in fields.keys() - told.all_meant}
    return fields | {name: [other, fields[name]] for name, other in others.items()}


def tried(row: Row, unions: dict, clients: dict) -> tuple[int, str]:
    """How many statements a post writes, and how it differs where each field is said twice; '' for not at all."""
    address, fields = asked(row, unions)
    client = clients[sender(row)]
    fields = opened(client, address) | fields
    told, written = post(client, address, fields)
    twice, written_twice = post(client, address, doubled(fields, told, unions))
    wrong = sorted(twice.statements ^ told.statements) + [each for each in written_twice if each not in written]
    same = (twice.code, written_twice, wrong) == (told.code, written, [])
    return len(written), "" if same else f"{told.code} and {twice.code}, {wrong[:1]}"


def test_field_posted_twice_means_the_last_wherever_it_is_read(unions, clients):
    found = each_tried(TRIED, partial(tried, unions=unions, clients=clients))
    assert {name: wrong for name, (_count, wrong) in found.items() if wrong} == {}
    assert sum(count > 0 for count, _wrong in found.values()) > len(TRIED) * SHARE_THAT_WRITES


def test_form_that_takes_the_first_is_found(unions, clients, monkeypatch):
    (row,) = (row for row in ROWS if row.name == "paymentbatch_create")
    with taken_back():
        assert tried(row, unions, clients)[1] == ""
    monkeypatch.setattr(Widget, "value_from_datadict", lambda _widget, data, _files, name: first_said(data).get(name))
    with taken_back():
        assert tried(row, unions, clients)[1] != ""
