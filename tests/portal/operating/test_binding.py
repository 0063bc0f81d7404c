"""A sealed value opens where it was sealed: not in another table, and in its older binding only while that is let."""

import pytest
from cryptography.exceptions import InvalidTag
from django.db import models

from aid.models import Child, Household
from portal import fields
from portal.operating.reencrypting import reencrypt
from portal.operating.sealed import keys_needed, sealed_columns
from tests.builders import one_of_each

pytestmark = pytest.mark.django_db

CARD = "6222021001116245702"


def column_of(model: type[models.Model], name: str):
    return next(column for column in sealed_columns()[model] if column.field.name == name)


def stored(model: type[models.Model], name: str, pk: int) -> str:
    return model._base_manager.filter(pk=pk).values_list(column_of(model, name).stored, flat=True).get()


def put(model: type[models.Model], name: str, pk: int, value: str) -> None:
    model._base_manager.filter(pk=pk).update(**{name: column_of(model, name).as_literal(value)})


@pytest.fixture
def family(grassroots):
    made = one_of_each(grassroots)
    Household.objects.filter(pk=made["household"].pk).update(bank_card=CARD)
    return made["household"], made["child"]


def test_card_put_into_another_table_does_not_open(family):
    home, child = family
    put(Child, "bank_card", child.pk, stored(Household, "bank_card", home.pk))
    with pytest.raises(InvalidTag):
        Child.objects.get(pk=child.pk)


def test_value_put_into_another_column_does_not_open(family):
    home, _child = family
    put(Household, "address", home.pk, stored(Household, "bank_card", home.pk))
    with pytest.raises(InvalidTag):
        Household.objects.get(pk=home.pk)


def test_binding_is_not_taken_for_the_older_one(family, settings):
    home, _child = family
    put(Household, "bank_card", home.pk, stored(Household, "bank_card", home.pk).replace(":", ".", 1))
    with pytest.raises(InvalidTag):
        Household.objects.get(pk=home.pk)


def test_versions_open(family):
    home, _child = family
    Household.history.bulk_history_create([home])
    assert home.address
    assert home.history.latest().address == home.address


def test_what_was_bound_to_the_column_alone_opens_until_it_is_refused(family, settings):
    home, _child = family
    put(Household, "bank_card", home.pk, fields.encrypt(CARD, "bank_card"))
    assert Household.objects.get(pk=home.pk).bank_card == CARD
    settings.FIELD_LOOSE_BINDING_OPENS = False
    with pytest.raises(InvalidTag):
        Household.objects.get(pk=home.pk)
    settings.FIELD_LOOSE_BINDING_OPENS = True
    assert keys_needed()["aid_household.bank_card"]["t2."] == 1
    assert [told.rows for told in reencrypt() if told.table == "aid_household"] == [1]
    settings.FIELD_LOOSE_BINDING_OPENS = False
    assert Household.objects.get(pk=home.pk).bank_card == CARD
    assert keys_needed()["aid_household.bank_card"].keys() == {"t2:"}
