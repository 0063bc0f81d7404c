"""Fields that hold a code of a list which may be edited: they know its enum, and their words are those of today."""

from typing import Any

from django.core.checks import CheckMessage
from django.db import models
from django.db.models import Choices

from portal.codes.kept import choices_of, word_of
from portal.fields import EncryptedTextField, field_of
from portal.models.codes.change import JOINED_BY


class CodeField(models.CharField):
    """A code, or codes joined by commas. To migrations it is a CharField of the built-in words."""

    codes: type[Choices] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        choices = kwargs.get("choices")
        if isinstance(choices, type) and issubclass(choices, Choices):
            self.codes, kwargs["choices"] = choices, choices_of(choices)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        if self.codes is not None:
            kwargs["choices"] = self.codes.choices
        return name, "django.db.models.CharField", args, kwargs

    def _check_choices(self) -> list[CheckMessage]:
        """Nothing is asked of the words at the start, when there may be no table yet: each was checked when added."""
        return [] if self.codes is not None else super()._check_choices()  # type: ignore[misc]  # Django has it


class SealedCodeField(EncryptedTextField):
    """The same, encrypted: the database cannot tell who holds which."""

    def __init__(self, *args: Any, codes: type[Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "portal.fields.EncryptedTextField", args, kwargs


def words_in(record: models.Model, name: str) -> str:
    """The words of the codes that the field `name` of a record holds, for its `get_…_display`."""
    field = field_of(type(record), name)
    if not isinstance(field, CodeField | SealedCodeField) or field.codes is None:
        message = f"{name} holds no code of a list"
        raise LookupError(message)
    codes = field.codes
    return "、".join(word_of(codes, code) for code in getattr(record, name).split(JOINED_BY) if code)
