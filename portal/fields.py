"""Model fields of our own: the tree path, text encrypted at rest, its blind index; and how any field is asked for."""

import base64
import functools
import hashlib
import hmac
import os
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models

NONCE_LENGTH = 12


class PathField(models.CharField):
    """A materialised tree path, compared byte by byte.

    Scope is the range `path >= p AND path < p || '~'`. Only the C collation keeps that range equal to the prefix,
    and lets a plain b-tree answer it; SQLite compares bytes by itself and knows no collation of that name.
    """

    def db_parameters(self, connection: Any) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


@functools.cache
def _cipher(key_id: str) -> AESGCM:
    try:
        return AESGCM(bytes.fromhex(settings.FIELD_ENCRYPTION_KEYS[key_id]))
    except KeyError:
        message = f"FIELD_ENCRYPTION_KEYS has no key {key_id!r}"
        raise ImproperlyConfigured(message) from None


def seal(content: bytes, context: str) -> bytes:
    """`content` as `KEY_ID.` + nonce + ciphertext; `context` binds it to one column, so it opens nowhere else."""
    key_id = settings.FIELD_ENCRYPTION_KEY_ID
    nonce = os.urandom(NONCE_LENGTH)
    return key_id.encode() + b"." + nonce + _cipher(key_id).encrypt(nonce, content, context.encode())


def unseal(sealed: bytes, context: str) -> bytes:
    """The content that `seal` was given.

    Raises cryptography.exceptions.InvalidTag when it was tampered with or belongs to another column.
    """
    key_id, _, body = bytes(sealed).partition(b".")
    return _cipher(key_id.decode()).decrypt(body[:NONCE_LENGTH], body[NONCE_LENGTH:], context.encode())


def encrypt(text: str, context: str) -> str:
    """`text` sealed, in characters that a text column holds: `KEY_ID.BASE64`."""
    key_id, _, body = seal(text.encode(), context).partition(b".")
    return f"{key_id.decode()}.{base64.b64encode(body).decode()}"


def decrypt(stored: str, context: str) -> str:
    """The text that `encrypt` was given; raises as `unseal` does."""
    key_id, _, encoded = stored.partition(".")
    return unseal(key_id.encode() + b"." + base64.b64decode(encoded), context).decode()


def blind_index(text: str) -> str:
    """The keyed hash under which a sensitive value is found again by exact match; '' for ''."""
    return keyed_hash(text, settings.BLIND_INDEX_KEY) if text else ""


def keyed_hash(text: str, key: str) -> str:
    """The HMAC-SHA256 of `text` under `key`, both it and the answer in hexadecimal digits."""
    return hmac.new(bytes.fromhex(key), text.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """Text stored as AES-GCM with a random nonce. The database can neither compare nor search it: any lookup raises."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value, self.attname) if value else value

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return decrypt(value, self.attname) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        message = f"{self.name} is encrypted; search its blind index instead of {lookup_name!r}"
        raise FieldError(message)


class EncryptedBinaryField(models.BinaryField):
    """Bytes (a file's content) stored as AES-GCM with a random nonce."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: Any = False) -> Any:  # noqa: FBT002  Django's
        sealed = seal(bytes(value), self.attname) if value else value
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: bytes | None, expression: object, connection: object) -> bytes:
        return unseal(value, self.attname) if value else b""


class BlindIndexField(models.CharField):
    """The keyed hash of the encrypted field `source` on the same model, kept up to date on every save.

    `last`: of that many characters at its end only, by which a value is found without being typed in whole.
    """

    def __init__(self, source: str = "", last: int = 0, **kwargs: Any) -> None:
        self.source = source
        self.last = last
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        own = {"source": self.source} | ({"last": self.last} if self.last else {})
        return name, path, args, kwargs | own

    def pre_save(self, model_instance: models.Model, add: object) -> str:
        value = blind_index(getattr(model_instance, self.source)[-self.last :])  # [-0:] is all of it
        setattr(model_instance, self.attname, value)
        return value


def field_of(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    """The field of that name in the table of `model`. Raises LookupError for what other records say of it."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        message = f"{model._meta.label}.{name} is no field of its own"
        raise LookupError(message)
    return field


def target(field: models.Field[Any, Any]) -> type[models.Model]:
    """The model that a reference leads to. Raises LookupError for a field that leads nowhere."""
    related = field.related_model
    if not isinstance(related, type):
        message = f"{field.name} is no reference"
        raise LookupError(message)
    return related
