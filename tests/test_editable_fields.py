"""docs/forms.md is what the pages do: who opens the form of a record, in which states, and which fields it has.

That nothing else changes, whatever is sent along, is shown by `test_forged_posts`.
"""

import re
from http import HTTPStatus

import pytest
from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from employment.management.commands.document_forms import STATES, edit_pages
from portal.models import Union
from portal.records.editing.fields import CellField
from portal.records.views import edit
from tests.access_rows import ROWS
from tests.employment.builders import city_enquiry
from tests.factories import sign_in
from tests.posts import asked, fresh, taken_back

PAGE = (settings.BASE_DIR / "docs" / "forms.md").read_text(encoding="utf-8")
PARTS = dict(re.findall(r"^## \S+ `(\w+)`\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
ROWS_OF = {row.name: row for row in ROWS}


def address_of(name: str, district: Union) -> str:
    """The form of a record of the district; of the city's enquiries one of the city, which alone has that form."""
    if name == "hotline_edit":
        return reverse(name, args=[city_enquiry(Union.objects.get(depth=1)).pk])
    return asked(ROWS_OF[name], {"own": district})[0]


def cells(part: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line[:1] == "|"]


def documented_fields(part: str) -> list[str]:
    return [line[0].strip("`") for line in cells(part) if len(line) == 3 and line[0].startswith("`")]


def documented_states(part: str) -> list[bool]:
    lines = [line for line in cells(part) if len(line) == 2]
    return [line[1] == "✓" for line in lines[2:]]  # after the headings and the line below them


def documented_roles(part: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", part.split("\n\n", maxsplit=1)[0]))


@pytest.fixture
def clients(clerk, lead, reviewer, auditor, admin, security):
    made = {}
    for person in (clerk, lead, reviewer, auditor, admin, security):
        made[person.role] = Client()
        sign_in(made[person.role], person)
    return made


def stand(record: Model, like: Model) -> None:
    """Bring `record`, and what it belongs to, into the state of `like`, in memory."""
    for field in like._meta.concrete_fields:
        value = getattr(like, field.attname)
        if not field.primary_key and value not in (None, "") and (field.choices or value != field.get_default()):
            setattr(record, field.attname, value)
    for name, owner in like._state.fields_cache.items():
        stand(getattr(record, name), owner)


def test_every_form_of_a_record_is_documented():
    assert sorted(PARTS) == sorted(name for name, _view in edit_pages())
    assert {name for name, view in edit_pages() if not isinstance(view, edit.RecordEdit)} == set()
    assert {name for name, part in PARTS.items() if documented_states(part)} == set(STATES)
    assert {name for name, part in PARTS.items() if not documented_fields(part)} == set()


def test_forms_open_to_the_documented_roles_with_the_documented_fields(clients, district):
    opened, fields = {}, {}
    for name in PARTS:
        with taken_back():
            address = address_of(name, district)
            answers = {role: fresh(client).get(address) for role, client in clients.items()}
            opened[name] = {role for role, answer in answers.items() if answer.status_code == HTTPStatus.OK}
            form = answers[min(opened[name])].context["form"]
            fields[name] = [each for each, field in form.fields.items() if isinstance(field, CellField)]
    assert opened == {name: documented_roles(part) for name, part in PARTS.items()}
    assert fields == {name: documented_fields(part) for name, part in PARTS.items()}


@pytest.mark.parametrize("name", STATES)
def test_form_opens_in_the_documented_states_only(name, clients, district, monkeypatch):
    address = address_of(name, district)
    (role,) = documented_roles(PARTS[name])
    load, found = edit.load, []
    for _words, like in STATES[name]():

        def standing(*given, like=like):
            record = load(*given)
            stand(record, like)
            return record

        monkeypatch.setattr(edit, "load", standing)
        with taken_back():
            codes = {fresh(clients[role]).get(address).status_code, fresh(clients[role]).post(address).status_code}
        found.append({frozenset({200}): True, frozenset({403}): False}[frozenset(codes)])
    assert found == documented_states(PARTS[name])
    assert len(set(found)) == 2  # one that is open, and one that is not
