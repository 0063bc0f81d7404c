"""The lines of a grid as they were typed."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.http import QueryDict

from portal.form_keys import digest_of
from portal.record_rules import Doubt
from portal.records.editing.doubts import token_of
from portal.records.editing.saving import Reasons
from portal.text import as_key

FIELD = re.compile(r"([a-z_]+)-([1-9][0-9]{0,3})")
PK, VERSION, SURE = "pk", "version", "sure"


@dataclass(eq=False)
class Line:
    """One line: its number, which stays its own, what was typed by attribute, and what is said of it.

    Of a record on file its key and the `version` it was opened with; `made` is what a new line would become, once it is
    found what that belongs to. `confirmed` is the token of the doubts that were
    confirmed.
    """

    number: int
    typed: dict[str, str] = field(default_factory=dict)
    pk: int | None = None
    version: int | None = None
    confirmed: str = ""
    record: Any = None
    made: Any = None
    reasons: Reasons = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        return not any(text.strip() for text in self.typed.values())

    @property
    def token(self) -> str:
        return token_of(self.doubts)

    @property
    def is_asked(self) -> bool:
        """Whether something is odd about it that nobody has confirmed."""
        return bool(self.doubts) and self.confirmed != self.token

    @property
    def digest(self) -> str:
        return digest_of({name: text.strip() for name, text in self.typed.items()})

    def key(self, of_grid: UUID) -> UUID:
        """By which a line that is sent again is known: the same in every sending of one grid."""
        return uuid5(of_grid, str(self.number))

    def refuse(self, attribute: str | None, reason: str) -> None:
        self.reasons.setdefault(attribute, []).append(reason)


def lines_of(data: QueryDict, attributes: Collection[str]) -> list[Line]:
    """The lines that a form brings, by number; fields of no column are passed over."""
    lines: dict[int, Line] = {}
    for name, text in data.items():
        match = FIELD.fullmatch(name)
        if match is None:
            continue
        attribute, number = match[1], int(match[2])
        if attribute in attributes:
            lines.setdefault(number, Line(number)).typed[attribute] = str(text)
        elif attribute in (PK, VERSION):
            setattr(lines.setdefault(number, Line(number)), attribute, as_key(str(text)))
        elif attribute == SURE:
            lines.setdefault(number, Line(number)).confirmed = str(text)
    return [lines[number] for number in sorted(lines)]


def fields_of(lines: Iterable[Line]) -> Iterator[tuple[str, str]]:
    """The same lines as a form would send them."""
    for line in lines:
        if line.pk is not None:
            yield f"{PK}-{line.number}", str(line.pk)
            yield f"{VERSION}-{line.number}", str(line.version or "")
        for attribute, text in line.typed.items():
            yield f"{attribute}-{line.number}", text
