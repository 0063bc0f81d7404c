"""The fields of records, and where they lead to."""

from typing import Any

from django.db.models import Field, Model


def field_of(model: type[Model], name: str) -> Field[Any, Any]:
    """The field of that name in the table of `model`. Raises LookupError for what other records say of it."""
    field = model._meta.get_field(name)
    if not isinstance(field, Field):
        message = f"{model._meta.label}.{name} is no field of its own"
        raise LookupError(message)
    return field


def target(field: Field[Any, Any]) -> type[Model]:
    """The model that a reference leads to. Raises LookupError for a field that leads nowhere."""
    related = field.related_model
    if not isinstance(related, type):
        message = f"{field.name} is no reference"
        raise LookupError(message)
    return related
