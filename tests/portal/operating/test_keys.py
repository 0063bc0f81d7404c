"""A process with other keys than the database was written with is told before it writes a row."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from portal import fields
from portal.models import Authenticator
from portal.operating.checks import refuse_wrong_keys
from portal.operating.keys import encrypted_fields, key_faults, weak_keys
from reports.models import Report
from reports.sealing.keys import seals_are_of_these_keys
from tests.builders import one_of_each
from tests.reports.submissions import hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def start_with(settings):
    """Start as a process with other keys would: no cipher of the old ones is kept."""

    def change(**keys):
        fields._cipher.cache_clear()
        settings.FIELD_ENCRYPTION_KEYS = keys
        settings.FIELD_ENCRYPTION_KEY_ID = next(iter(keys))

    yield change
    fields._cipher.cache_clear()


@pytest.fixture
def stored(grassroots):
    return one_of_each(grassroots)


def test_every_encrypted_text_is_opened_and_no_version_of_it():
    asked = {(model.__name__, name, bool(index)) for model, name, index in encrypted_fields()}
    assert ("Person", "id_number", True) in asked
    assert ("Authenticator", "key", False) in asked
    assert not [model for model, _name, _index in asked if model.startswith("Historical")]


def test_right_keys_and_an_empty_database_have_no_fault(city):
    assert key_faults() == []
    one_of_each(city)
    assert key_faults() == []
    refuse_wrong_keys()


def test_key_that_is_missing_is_told(stored, start_with):
    start_with(k9="ab" * 32)
    faults = key_faults()
    assert "FIELD_ENCRYPTION_KEYS 中缺少曾经用过的密钥：aid_person.id_number 里有打不开的数据" in faults
    with pytest.raises(ImproperlyConfigured, match="缺少曾经用过的密钥") as refused:
        refuse_wrong_keys()
    assert not [key for key in ("ab" * 32, "11" * 32) if key in str(refused.value)]


def test_key_of_the_same_name_but_another_value_is_told(stored, start_with):
    start_with(t2="ab" * 32, t1="22" * 32)
    assert "FIELD_ENCRYPTION_KEYS 与数据库不符：aid_person.id_number 里的数据打不开" in key_faults()


def test_old_settings_beside_newer_rows_are_told_by_the_last_row(clerk, lead, start_with):
    older = {"t2": "11" * 32, "t1": "22" * 32}
    Authenticator.objects.create(user=clerk, name="1")
    start_with(t3="ab" * 32, **older)
    Authenticator.objects.create(user=lead, name="2")
    assert key_faults() == []
    start_with(**older)
    assert key_faults() == ["FIELD_ENCRYPTION_KEYS 中缺少曾经用过的密钥：portal_authenticator.key 里有打不开的数据"]


def test_other_index_key_is_told(stored, settings):
    settings.BLIND_INDEX_KEY = "44" * 32
    assert "BLIND_INDEX_KEY 与数据库不符：aid_person.id_hash 里的数据查找不到" in key_faults()


def test_other_seal_keys_are_told(campaign, district, settings):
    assert seals_are_of_these_keys() == []
    hand_in(Report.objects.open(campaign, district))
    assert seals_are_of_these_keys() == []
    settings.SEAL_KEYS = ["66" * 32]
    assert [(found.id, found.msg) for found in seals_are_of_these_keys()] == [
        ("reports.E001", "SEAL_KEYS 与数据库不符：已有报送的封存值都不是这些密钥做的。")
    ]
    settings.SEAL_KEYS = ["66" * 32, "55" * 32]
    assert seals_are_of_these_keys() == []


def test_first_seal_of_a_dropped_key_is_a_caution(campaign, district, foreign_district, settings):
    first = hand_in(Report.objects.open(campaign, district))
    settings.SEAL_KEYS = ["66" * 32, "55" * 32]
    hand_in(Report.objects.open(campaign, foreign_district))
    settings.SEAL_KEYS = ["66" * 32]
    assert [(found.id, found.msg) for found in seals_are_of_these_keys()] == [
        ("reports.W001", f"SEAL_KEYS 可能缺少以前的密钥，或第 {first.pk} 号报送被改动：封存值对不上。")
    ]


def test_tables_that_are_not_there_yet_are_passed_over(monkeypatch):
    monkeypatch.setattr(Authenticator._meta, "db_table", "portal_not_yet")
    monkeypatch.setattr("portal.operating.keys.encrypted_fields", lambda: [(Authenticator, "key", None)])
    with transaction.atomic():
        assert key_faults() == []
        transaction.set_rollback(True)


def test_keys_of_two_purposes_and_typed_ones_are_told(settings):
    settings.FIELD_ENCRYPTION_KEYS = {"k1": "0f1e2d3c4b5a6978" * 4}
    settings.BLIND_INDEX_KEY = "0F1E2D3C4B5A6978" * 4
    settings.SEAL_KEYS = ["11" * 32, "0f1e2d3c4b5a6978" * 4]
    assert weak_keys() == [
        "FIELD_ENCRYPTION_KEYS、BLIND_INDEX_KEY 用了同一个密钥，应各用各的",
        "SEAL_KEYS 不像随机产生的密钥",
    ]
