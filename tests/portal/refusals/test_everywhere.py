"""Wherever an address names a record, the log tells a foreign one from none at all, and the answer does not."""

import re
from http import HTTPStatus
from pathlib import Path

from django.db import transaction

from portal.enums import Refusal
from portal.models import RefusalCount
from tests.access import Named, Row
from tests.access_rows import ROWS

# Told as wrong addresses, with why.
UNTOLD: dict[str, str] = {}


def named_by_records() -> list[Row]:
    """The rows whose address names a record that the clerk is given, were it of the own unit."""
    return [row for row in ROWS if row.make and row.named is Named.IN_PATH and row.outside == HTTPStatus.NOT_FOUND]


def of_foreign(client, row: Row, union) -> tuple[int, str | None]:
    """Code and text of the answer, and what the log says was refused; all of it taken back."""
    with transaction.atomic():
        address, data = row.request(row.make(union))
        opens = row.expected("GET", "clerk", "own") in (200, 302)
        response = client.get(address) if opens else client.post(address, data)
        if response.streaming:
            b"".join(response.streaming_content)
        told = RefusalCount.objects.values_list("entry__detail__refused", flat=True).first()
        transaction.set_rollback(True)
    return response.status_code, told


def reachable(row: Row) -> bool:
    return bool({row.expected(method, "clerk", "own") for method in ("GET", "POST")} & {200, 302})


def test_foreign_records_are_told_everywhere(client_of, clerk, foreign_district):
    client, untold = client_of(clerk), {}
    for row in filter(reachable, named_by_records()):
        code, told = of_foreign(client, row, foreign_district)
        if code == HTTPStatus.NOT_FOUND and told != Refusal.FOREIGN.label:
            untold[row.name] = told
    assert untold == UNTOLD


def test_records_are_looked_up_by_what_tells_the_log():
    root = Path(__file__).parents[3]
    sources = [path for floor in ("portal", "aid", "employment", "reports") for path in (root / floor).rglob("*.py")]
    plain = re.compile(r"^from django\.shortcuts import .*get_object_or_404", re.MULTILINE)
    found = {str(path.relative_to(root)) for path in sources if plain.search(path.read_text())}
    assert found == {"portal/refusals/lookup.py"}
