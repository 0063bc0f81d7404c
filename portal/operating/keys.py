"""Whether the keys of the settings are those that the database was written with: told by opening stored rows."""

from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, models

from portal.fields import BlindIndexField, EncryptedTextField, blind_index

HISTORICAL = "Historical"  # a version is sealed with the keys of its record


def encrypted_fields() -> list[tuple[type[models.Model], str, BlindIndexField | None]]:
    """Every encrypted text of every model, with the index to find it by where it has one."""
    found = []
    for model in apps.get_models():
        if model.__name__.startswith(HISTORICAL):
            continue
        indices = {field.source: field for field in model._meta.fields if isinstance(field, BlindIndexField)}
        texts = [field.name for field in model._meta.fields if isinstance(field, EncryptedTextField)]
        found += [(model, name, indices.get(name)) for name in texts]
    return found


def key_faults() -> list[str]:
    """What is wrong with the keys, in words and without repeating any; empty where they fit, or nothing is stored yet.

    Of each encrypted text the first and the last row are opened: the first tells of a key that was taken away, the last
    of a process that was started with other keys than the rest. Tables that are not there yet are passed over.
    """
    faults: dict[str, None] = {}
    for model, name, index in encrypted_fields():
        for end in ("pk", "-pk"):
            faults |= dict.fromkeys(_faults_at(model, name, index, end))
    return list(faults)


def _faults_at(model: type[models.Model], name: str, index: BlindIndexField | None, end: str) -> Iterator[str]:
    rows = model._base_manager.exclude(**{index.name: ""}) if index else model._base_manager.exclude(pk=None)
    asked = [name, index.name] if index else [name]
    try:
        row = rows.order_by(end).values_list(*asked).first()
    except DatabaseError:
        return
    except ImproperlyConfigured:
        yield f"FIELD_ENCRYPTION_KEYS 中缺少曾经用过的密钥：{model._meta.db_table}.{name} 里有打不开的数据"
        return
    except (InvalidTag, ValueError):
        yield f"FIELD_ENCRYPTION_KEYS 与数据库不符：{model._meta.db_table}.{name} 里的数据打不开"
        return
    if row and index and row[1] != blind_index(row[0][-index.last :]):
        yield f"BLIND_INDEX_KEY 与数据库不符：{model._meta.db_table}.{index.name} 里的数据查找不到"


def weak_keys() -> list[str]:
    """Keys that serve two purposes, or look as if somebody typed them: in words, without repeating any."""
    keys = {
        "FIELD_ENCRYPTION_KEYS": list(settings.FIELD_ENCRYPTION_KEYS.values()),
        "BLIND_INDEX_KEY": [settings.BLIND_INDEX_KEY],
        "SEAL_KEYS": settings.SEAL_KEYS[:1],
    }
    names: dict[str, list[str]] = {}
    for name, values in keys.items():
        for value in values:
            names.setdefault(value.lower(), []).append(name)
    shared = [f"{'、'.join(used)} 用了同一个密钥，应各用各的" for used in names.values() if len(used) > 1]
    typed = [f"{used[0]} 不像随机产生的密钥" for value, used in names.items() if len(set(value)) < 8]
    return shared + typed
