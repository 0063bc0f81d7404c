"""One value of a record: where it is read, what it is called, how it is masked, and what it opens."""

import datetime
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partialmethod
from operator import attrgetter, methodcaller
from typing import Any, cast

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import get_script_prefix, reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.codes.fields import CodeField
from portal.codes.kept import word_of
from portal.fields import EncryptedTextField, field_of, target
from portal.models import UnionOwned
from portal.records.tone import Tone

NAMED = "named"  # set on the record by portal.records.naming
NATIVE = frozenset({int, Decimal, datetime.date})  # as a file holds them; a truth and a moment are told in words
ABSENT = object()  # a step of the path leads to a record outside the reader's scope


@dataclass(frozen=True)
class Attribute:
    """A value found by following `path` from a record, dots between the steps.

    `label` is the last field's verbose name unless given. `mask` makes the value sensitive: shown masked until it is
    revealed; if it is `needed`, who works on the family reads it on its page. `link` is the path of the record that the
    value opens ("self" for the record itself). `order` is the field a list is sorted by when this column's heading is
    chosen. A `minor` column is left out on narrow screens, an `extra` one of every list until somebody chooses it;
    one `in_files` stands in what is exported all the same.
    `tones` give the codes of a state the colour in which lists tell it.
    """

    path: str
    label: str = ""
    mask: Callable[[str], str] | None = None
    link: str = ""
    order: str = ""
    minor: bool = False
    extra: bool = False
    in_files: bool = False
    tones: Mapping[Any, Tone] | None = None
    needed: bool = False

    def reader(self, scope: str) -> Callable[[models.Model], Any]:
        """What reads the value of many records as a person reads codes and dates: labels for codes, else the field's.

        What depends on the path alone is looked up once, and how the last value is read once for the kind of its owner.
        """
        steps, last, display = steps_of(self.path)
        of_kind: dict[type, Callable[[Any], Any]] = {}

        def read(record: models.Model) -> Any:
            owner = follow(record, steps, scope) if steps else record
            if owner is None or owner is ABSENT:
                return owner
            kind = type(owner)
            if kind not in of_kind:
                of_kind[kind] = last_value(kind, last, display, scope)
            return of_kind[kind](owner)

        return read

    def read(self, record: models.Model, scope: str) -> Any:
        """The value as a person reads codes and dates."""
        return self.reader(scope)(record)

    def teller(self, scope: str, *, reveal: bool = False) -> Callable[[models.Model], str]:
        """What tells the value of many records as text for a page; masked unless `reveal`."""
        read = self.reader(scope)
        return lambda record: self._told(read(record), reveal=reveal)

    def text(self, record: models.Model, scope: str, *, reveal: bool = False) -> str:
        """The value as text for a page; masked unless `reveal`."""
        return self.teller(scope, reveal=reveal)(record)

    def exporter(self, scope: str) -> Callable[[models.Model], Any]:
        """What gives the cells of a file: numbers and days as such, the rest, moments too, as the list has it."""
        read = self.reader(scope)

        def exported(record: models.Model) -> Any:
            value = read(record)
            return value if type(value) in NATIVE and not self.mask else self._told(value)

        return exported

    def _told(self, value: Any, *, reveal: bool = False) -> str:
        if value is ABSENT:
            return absent()
        if self.mask and value and not reveal:
            return self.mask(value)
        return value if type(value) is str else as_text(value)

    def tone(self, record: models.Model, scope: str) -> str:
        """The tone in which a list tells the value; '' for one that is told plainly."""
        if not self.tones:
            return ""
        steps, last, _display = steps_of(self.path)
        owner = follow(record, steps, scope)
        return "" if owner is None or owner is ABSENT else self.tones.get(getattr(owner, last), "")

    def url(self, record: models.Model, scope: str) -> str:
        """The address of the record this value opens; '' for none, and for one outside `scope`."""
        if not self.link:
            return ""
        target = record if self.link == "self" else follow(record, self.link.split("."), scope)
        return record_url(target) if isinstance(target, models.Model) else ""

    def heading(self, model: type[models.Model]) -> str:
        field = last_field(model, self.path)
        return str(self.label or (field and field.verbose_name) or "")

    def is_numeric(self, model: type[models.Model]) -> bool:
        field = last_field(model, self.path)
        return isinstance(field, models.DecimalField | models.IntegerField) and not field.choices


def last_value(kind: type, last: str, display: str, scope: str) -> Callable[[Any], Any]:
    """What reads the last step of a path from records of `kind`."""
    if holds_code(kind, last):
        if codes := edited_list(kind, last):
            return lambda owner: word_of(codes, getattr(owner, last) or "")
        words = code_words(kind, last, get_language())
        return lambda owner: words.get(value := getattr(owner, last), value)
    if hasattr(kind, display):
        return methodcaller(display)
    if last in plain_fields(kind):
        return attrgetter(last)
    return lambda owner: follow(owner, (last,), scope)


@cache
def plain_fields(kind: type) -> frozenset[str]:
    """The fields of a model that lead to no other record."""
    fields = kind._meta.fields if issubclass(kind, models.Model) else ()
    return frozenset(field.name for field in fields if not field.is_relation)


def absent() -> str:
    """What stands for a value of a record outside the reader's scope."""
    return _("（不在本单位）")


@cache
def steps_of(path: str) -> tuple[tuple[str, ...], str, str]:
    """The relations of `path`, its last name, and what a model calls the words for it; kept, as every cell asks."""
    *steps, last = path.split(".")
    return tuple(steps), last, f"get_{last}_display"


@cache
def holds_code(kind: type, name: str) -> bool:
    """Whether `name` is a field of a model that holds a code with the words of its list, not words of its own."""
    if not issubclass(kind, models.Model):  # a name found by portal.records.naming
        return False
    field = next((field for field in kind._meta.fields if field.name == name), None)
    display = inspect.getattr_static(kind, f"get_{name}_display", None)
    return bool(field and field.choices) and isinstance(display, partialmethod)


@cache
def edited_list(kind: type[models.Model], name: str) -> type[models.Choices] | None:
    """The enum of a field whose code list the city edits, so that no word of it may be kept; None of any other."""
    field = field_of(kind, name)
    return field.codes if isinstance(field, CodeField) else None


@cache
def code_words(kind: type[models.Model], name: str, language: str | None) -> dict[str, str]:
    """The words of a code list in `language`, which must be the one in force.

    Kept, because Django's `get_…_display` translates the whole list for every value: half the time of a submission.
    """
    return {value: str(label) for value, label in field_of(kind, name).flatchoices}


def record_url(record: models.Model) -> str:
    head, tail = _address_around(record._meta.model_name, get_script_prefix())
    return f"{head}{record.pk}{tail}"


@cache
def _address_around(name: str, _prefix: str) -> tuple[str, str]:
    """What stands before and behind the key in the addresses of a kind; kept, as rows of lists ask for them."""
    head, _key, tail = reverse(f"{name}_detail", args=[0]).rpartition("0")
    return head, tail


def follow(record: Any, steps: Iterable[str], scope: str) -> Any:
    """What `steps` lead to from `record`. A related record may have moved to another union: then ABSENT."""
    for step in steps:
        record = getattr(record, step)
        if record is None:
            return None
        if isinstance(record, UnionOwned) and not record.union_path.startswith(scope):
            return ABSENT
    return record


def as_text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("是") if value else _("否")
        case datetime.datetime():
            return f"{localtime(value):%Y-%m-%d %H:%M}"
        case datetime.date():
            return value.isoformat()
        case Decimal():
            return f"{value:,.2f}"
    return str(value)


def walk(model: type[models.Model], path: str) -> Iterator[models.Field]:
    """The fields that `path` passes through, for checks at import; ends at a property or method of the model.

    Raises LookupError where a step names neither.
    """
    if path.startswith(f"{NAMED}."):
        return
    for step in path.split("."):
        try:
            field = model._meta.get_field(step)
        except FieldDoesNotExist:
            if not hasattr(model, step):
                message = f"{model.__name__} has no {step!r} (in {path!r})"
                raise LookupError(message) from None
            return
        yield cast("models.Field", field)  # or what other records say of it, which has what is asked of a field
        model = field.related_model or model


def last_field(model: type[models.Model], path: str) -> models.Field | None:
    fields = list(walk(model, path))
    return fields[-1] if len(fields) == len(path.split(".")) else None


def relations(model: type[models.Model], paths: list[str]) -> list[str]:
    """What to join so that reading `paths` asks no further question."""
    found = set()
    for path in paths:
        steps = []
        for field in walk(model, path):
            if not field.is_relation:
                break
            steps.append(field.name)
            found.add("__".join(steps))
    return sorted(found)


def encrypted_unread(model: type[models.Model], paths: list[str]) -> list[str]:
    """Encrypted fields of `model` and of what `paths` join that are not read: left in the database, not opened."""
    owners: dict[str, type[models.Model]] = {"": model}
    for joined in relations(model, paths):
        owners[f"{joined}__"] = target(list(walk(model, joined.replace("__", ".")))[-1])
    read = {path.replace(".", "__") for path in paths}
    return [
        prefix + field.name
        for prefix, owner in owners.items()
        for field in owner._meta.concrete_fields
        if isinstance(field, EncryptedTextField) and prefix + field.name not in read
    ]


def hidden(value: str) -> str:
    """The mask of free text: that there is something, and no more."""
    return "******" if value else ""
