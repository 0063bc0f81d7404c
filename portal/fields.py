"""Model fields of our own: the tree path, text encrypted at rest, its blind index; and how any field is asked for."""

import base64
import functools
import hashlib
import hmac
import os
import re
from collections.abc import Callable
from typing import Any, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models

NONCE_LENGTH = 12
# What a value is bound to, told by the character behind its key's id: a context by name, as columns were until their
# tables were told too; or table and column. One that names the row can stand beside them.
LOOSE, TABLE = ".", ":"
BINDINGS = (LOOSE, TABLE)
START = re.compile(r"([A-Za-z0-9_-]{1,20})([.:])")
LONGEST_START = 21
Context: TypeAlias = str | Callable[[str], str]  # what a value is bound to, by its binding where there are several


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


def seal(content: bytes, context: str, binding: str = LOOSE) -> bytes:
    """`content` as key id, `binding` and nonce with ciphertext; it opens in the same `context` and nowhere else."""
    key_id = settings.FIELD_ENCRYPTION_KEY_ID
    return f"{key_id}{binding}".encode() + _closed(key_id, content, context)


def unseal(sealed: bytes, context: Context) -> bytes:
    """The content that `seal` was given; `context` is what it was, or tells it by the binding.

    Raises cryptography.exceptions.InvalidTag when it was tampered with or belongs to another place.
    """
    key_id, binding = told_by(sealed)
    return _opened(key_id, bytes(sealed)[len(key_id) + 1 :], context, binding)


def encrypt(text: str, context: str, binding: str = LOOSE) -> str:
    """`text` sealed, in characters that a text column holds: key id, `binding` and base 64."""
    key_id = settings.FIELD_ENCRYPTION_KEY_ID
    return f"{key_id}{binding}{base64.b64encode(_closed(key_id, text.encode(), context)).decode()}"


def decrypt(stored: str, context: Context) -> str:
    """The text that `encrypt` was given; raises as `unseal` does."""
    key_id, binding = told_by(stored)
    return _opened(key_id, base64.b64decode(stored[len(key_id) + 1 :]), context, binding).decode()


def _closed(key_id: str, content: bytes, context: str) -> bytes:
    nonce = os.urandom(NONCE_LENGTH)
    return nonce + _cipher(key_id).encrypt(nonce, content, context.encode())


def _opened(key_id: str, body: bytes, context: Context, binding: str) -> bytes:
    bound_to = context if isinstance(context, str) else context(binding)
    return _cipher(key_id).decrypt(body[:NONCE_LENGTH], body[NONCE_LENGTH:], bound_to.encode())


def told_by(sealed: str | bytes) -> tuple[str, str]:
    """The id of the key and the binding that `sealed` begins with. Raises InvalidTag for what nobody sealed."""
    start = sealed[:LONGEST_START] if isinstance(sealed, str) else bytes(sealed[:LONGEST_START]).decode("latin-1")
    found = START.match(start)
    if found is None:
        raise InvalidTag
    return found[1], found[2]


def in_use() -> str:
    """What every sealed column begins with that is written now: the id of the key in front, and the binding."""
    return f"{settings.FIELD_ENCRYPTION_KEY_ID}{TABLE}"


def blind_index(text: str) -> str:
    """The keyed hash under which a sensitive value is found again by exact match; '' for ''."""
    return keyed_hash(text, settings.BLIND_INDEX_KEY) if text else ""


def keyed_hash(text: str, key: str) -> str:
    """The HMAC-SHA256 of `text` under `key`, both it and the answer in hexadecimal digits."""
    return hmac.new(bytes.fromhex(key), text.encode(), hashlib.sha256).hexdigest()


class SealedField(models.Field):
    """What the encrypted fields have in common: what a value is bound to, and how it is sealed anew as it is stored."""

    @property
    def place(self) -> str:
        """The table and column. A version is bound like its record: it is another day's value of the same."""
        return f"{self.model._meta.db_table.replace('_historical', '_')}.{self.column}"

    def bound_to(self, binding: str) -> str:
        """The context of a value with that `binding`. Raises InvalidTag where the older one is accepted no more."""
        if binding == TABLE:
            return self.place
        if not settings.FIELD_LOOSE_BINDING_OPENS:
            raise InvalidTag
        return self.attname

    def resealed(self, stored: Any) -> Any:
        """What is `stored` in this column, sealed under the key in front. Raises as `unseal` does."""
        raise NotImplementedError


class EncryptedTextField(SealedField, models.TextField):
    """Text stored as AES-GCM with a random nonce. The database can neither compare nor search it: any lookup raises."""

    def resealed(self, stored: str) -> str:
        return encrypt(decrypt(stored, self.bound_to), self.place, TABLE)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value, self.place, TABLE) if value else value

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return decrypt(value, self.bound_to) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        message = f"{self.name} is encrypted; search its blind index instead of {lookup_name!r}"
        raise FieldError(message)


class EncryptedBinaryField(SealedField, models.BinaryField):
    """Bytes (a file's content) stored as AES-GCM with a random nonce."""

    def resealed(self, stored: bytes) -> bytes:
        return seal(unseal(stored, self.bound_to), self.place, TABLE)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: Any = False) -> Any:  # noqa: FBT002  Django's
        sealed = seal(bytes(value), self.place, TABLE) if value else value
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: bytes | None, expression: object, connection: object) -> bytes:
        return unseal(value, self.bound_to) if value else b""


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
