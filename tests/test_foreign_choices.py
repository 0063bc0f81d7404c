"""What a form takes is asked of the scope: none goes on with a record of another union in any of its fields.

Every form of every page of the access matrix is opened by the person of a unit who may send it, and sent with each of
its fields that takes a record, or a union, naming one of another district; and, to see that this is all that was wrong
with it, one of their own.
"""

from collections.abc import Iterator

import pytest
from django import forms
from django.apps import apps
from django.db import models

from portal.models import Union, UnionOwned
from portal.unions.choosing.field import ChoosesUnion
from tests.access_rows import PLANTS, ROWS
from tests.posts import asked, fresh, opened, read, sender, sent, taken_back
from tests.second_lock import out_of_force
from tests.test_access_matrix import open_clients

pytestmark = pytest.mark.django_db
UNIT_ROLES = ("clerk", "lead")
FOUND = 302


@pytest.fixture
def clients(clerk, lead):
    return open_clients({"clerk": clerk, "lead": lead})


@pytest.fixture
def unions(district, grassroots, foreign_district, city):
    for union, mark in ((district, "自己"), (foreign_district, "别人")):
        for plant in PLANTS:
            plant(union, mark)
    return {"own": district, "child": grassroots, "sibling": foreign_district, "parent": city}


def planted_in(union: Union) -> dict[type[models.Model], models.Model]:
    """One record of each kind that is kept for `union`, and the union itself."""
    owned = [model for model in apps.get_models() if issubclass(model, UnionOwned)]
    found = {model: model._base_manager.filter(union=union).first() for model in owned}
    return {Union: union} | {model: record for model, record in found.items() if record}


def forms_of(response) -> Iterator[forms.BaseForm]:
    """Every form that a page was drawn from, however deep its context keeps it."""
    seen = set()
    for layer in response.context or ():
        for value in layer.flatten().values() if hasattr(layer, "flatten") else ():
            for each in value if isinstance(value, list | tuple) else (value,):
                if isinstance(each, forms.BaseForm) and id(each) not in seen:
                    seen.add(id(each))
                    yield each


def model_of(field: forms.Field) -> type[models.Model] | None:
    if isinstance(field, ChoosesUnion) and field.is_offered:
        return Union
    return field.queryset.model if isinstance(field, forms.ModelChoiceField) else None


def sent_for(field: forms.Field, record: models.Model) -> object:
    """What a browser sends that chooses `record`."""
    if isinstance(field, ChoosesUnion):
        return record.code
    key = str(getattr(record, field.to_field_name or "pk"))
    return [key] if isinstance(field, forms.ModelMultipleChoiceField) else key


def taken(client, address: str, fields: dict) -> bool:
    """Whether a page goes on after this form, having written something."""
    code, written = sent(client, address, fields)
    return code == FOUND and bool(written)


def tried(unions, clients) -> tuple[set, set, set]:
    """Every field that takes a record, where one of another union went on, and where one of their own did."""
    foreign, own = planted_in(unions["sibling"]), planted_in(unions["own"])
    places, wrongly, rightly = set(), set(), set()
    for row in ROWS:
        if sender(row) not in UNIT_ROLES:
            continue
        with taken_back():
            address, fields = asked(row, unions)
            client = clients[sender(row)]
            fields = opened(client, address) | fields
            for form in forms_of(read(fresh(client).get(address))):
                for name, field in form.fields.items():
                    model = model_of(field)
                    if model not in foreign:
                        continue
                    place, key = (row.name, name), form.add_prefix(name)
                    places.add(place)
                    if taken(client, address, fields | {key: sent_for(field, foreign[model])}):
                        wrongly.add(place)
                    if model in own and taken(client, address, fields | {key: sent_for(field, own[model])}):
                        rightly.add(place)
    return places, wrongly, rightly


def test_no_form_takes_a_record_of_another_union(unions, clients):
    places, wrongly, rightly = tried(unions, clients)
    assert wrongly == set()
    assert len(rightly) > len(places) // 2


def test_without_a_scope_it_is_found(unions, clients, monkeypatch):
    """Each union may then be chosen by everybody."""
    asked_of = type(Union.objects.all())
    monkeypatch.setattr(asked_of, "in_union", lambda self, _union: self.all())
    monkeypatch.setattr(asked_of, "visible_to", lambda self, _user: self.all())
    with out_of_force():
        assert {("household_edit", "union"), ("sponsor_create", "union")} <= tried(unions, clients)[1]
