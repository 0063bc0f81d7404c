"""What a floor declares for other systems: resources, each with what can be asked of it and sent to it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from portal.access import Permission
from portal.api.tokens import Caller
from portal.models.outside.token import RESOURCE_LENGTH

PATH = "/api/v1"


class ApiRequest(HttpRequest):
    """What an operation is asked with: nobody comes so far without a token."""

    auth: Caller


@dataclass(frozen=True)
class Operation:
    """One thing to ask or to send. `act` ends its name, `path` its address, with `{id}` where a record is named.

    `view` is given the request and what its other parameters name of the address; what it returns is an `answer`. One
    with a `body`, a JSON schema, writes: it is sent by POST with a key, and acts once.
    """

    act: str
    path: str
    summary: str | Promise
    permission: Permission
    view: Callable[..., Any]
    answer: Any
    description: str | Promise = ""
    body: dict[str, Any] | None = None

    @property
    def writes(self) -> bool:
        return self.body is not None

    @property
    def fields(self) -> Iterator[dict[str, Any]]:
        """What is sent, flat, for a page: the names of the call, then those of its rows, with their words."""
        yield from _named(self.body or {}, "")

    @property
    def method(self) -> str:
        return "POST" if self.writes else "GET"


@dataclass(frozen=True)
class Resource:
    """What a token may be given: its name in addresses and tokens, its title in words, its operations."""

    name: str
    title: str | Promise
    operations: tuple[Operation, ...]

    @property
    def can_be_written(self) -> bool:
        return any(operation.writes for operation in self.operations)


def _named(schema: dict[str, Any], before: str) -> Iterator[dict[str, Any]]:
    """The names of an object, and below a name that is a list those of its rows."""
    for name, each in schema.get("properties", {}).items():
        required = name in schema.get("required", ())
        told = {"title": each.get("title", ""), "description": each.get("description", ""), "required": required}
        yield {"name": f"{before}{name}", **told}
        yield from _named(each.get("items", {}), f"{before}{name}[].")


@cache
def all_resources() -> dict[str, Resource]:
    """Every resource by its name; raises ImproperlyConfigured for one that two floors declare."""
    declared = [resource for path in settings.API_RESOURCES for resource in import_string(path)]
    wrong = [name for name, times in Counter(each.name for each in declared).items() if times > 1]
    wrong += [each.name for each in declared if len(each.name) > RESOURCE_LENGTH]
    if wrong:
        message = f"resources declared twice, or with too long a name: {wrong}"
        raise ImproperlyConfigured(message)
    return {resource.name: resource for resource in declared}
