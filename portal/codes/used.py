"""Where a code list is used: the fields of records that hold its codes, and how many records hold which."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import Count, Model

from portal.codes.declaration import CodeList
from portal.codes.fields import CodeField, SealedCodeField
from portal.models import UnionOwned, User
from portal.models.codes.change import LONGEST_CODE


@dataclass(frozen=True)
class Use:
    """One field that holds codes of a list; of a sealed one nobody can count who holds which."""

    model: type[Model]
    field: CodeField | SealedCodeField

    @property
    def is_sealed(self) -> bool:
        return isinstance(self.field, SealedCodeField)

    def __str__(self) -> str:
        return f"{self.model._meta.verbose_name}：{self.field.verbose_name}"


@cache
def uses_of(code_list: CodeList) -> tuple[Use, ...]:
    """The fields of records; not those of their histories, which copy them."""
    found = (
        Use(model, field)
        for model in apps.get_models()
        if issubclass(model, UnionOwned)
        for field in model._meta.fields
        if isinstance(field, CodeField | SealedCodeField) and field.codes is code_list.choices
    )
    return tuple(found)


def longest_code(code_list: CodeList) -> int:
    """How many characters of a code every field holds that has one."""
    lengths = [use.field.max_length for use in uses_of(code_list) if use.field.max_length]
    return min([*lengths, LONGEST_CODE])


def counted(code_list: CodeList, user: User) -> Counter[str] | None:
    """How many records that `user` sees hold each code, one query a field; None where they are sealed."""
    uses = [use for use in uses_of(code_list) if not use.is_sealed]
    found: Counter[str] = Counter()
    for use in uses:
        name = use.field.name
        held = use.model._default_manager.visible_to(user).order_by().values_list(name)  # type: ignore[attr-defined]
        found.update(dict(held.annotate(records=Count("pk"))))
    return found if uses else None
