"""Which code lists may be edited: each floor declares its own, by the enum that holds the built-in words."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class CodeList:
    """A list of words upon which no rule, figure or check depends. `name` stands in addresses and in what is kept.

    `choices` are the built-in words with their codes, and the only place that says them.
    """

    name: str
    title: str | Promise
    choices: type[Choices]


@cache
def code_lists() -> dict[str, CodeList]:
    """Every list by its name. Raises ImproperlyConfigured where two share a name or an enum."""
    declared = [each for path in settings.CODE_LISTS for each in import_string(path)]
    found = {each.name: each for each in declared}
    if not len(declared) == len(found) == len({each.choices for each in declared}):
        message = "two code lists share a name or an enum"
        raise ImproperlyConfigured(message)
    return found


@cache
def list_of(choices: type[Choices]) -> CodeList | None:
    """The list whose built-in words are `choices`; None for words that are as the program has them."""
    return next((each for each in code_lists().values() if each.choices is choices), None)
