"""The cases of one campaign that wait, page by page: what was ticked on one page stays ticked on the others."""

import uuid
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import cached_property

from aid.deciding.rows import DecisionRow
from portal.models import Campaign
from portal.records.lists.selection import keys_of
from portal.text import as_key

ROWS = 100  # of a page


@dataclass(frozen=True)
class Choice:
    """The keys of cases that stood on pages seen so far, and those of them that were ticked when a page was left."""

    seen: frozenset[int] = frozenset()
    ticked: frozenset[int] = frozenset()

    @classmethod
    def sent(cls, data: QueryDict) -> "Choice":
        """What the form of a year sends when it turns to another page."""
        seen = {key for key in map(as_key, data.get("seen", "").split(",")) if key is not None}
        return cls(frozenset(seen), frozenset(keys_of(data, "ids")) & seen)

    def ticks(self, row: DecisionRow) -> bool:
        """Whether the box of `row` is ticked: as it was left, or, seen for the first time, if nothing is doubtful."""
        return row.case.pk in self.ticked if row.case.pk in self.seen else not row.doubts


@dataclass(frozen=True)
class YearOfCases:
    """All cases of one campaign that wait, the most doubtful first, open at one page; `key` is that of its form."""

    campaign: Campaign
    rows: list[DecisionRow]
    number: int = 1
    choice: Choice = Choice()
    key: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def total(self) -> int:
        return len(self.rows)

    @cached_property
    def page(self) -> Page:
        return Paginator(self.rows, ROWS).get_page(self.number)

    @property
    def ticked(self) -> set[int]:
        """The keys of the page whose boxes are ticked."""
        return {row.case.pk for row in self.page if self.choice.ticks(row)}

    @property
    def elsewhere(self) -> list[int]:
        """The keys ticked on other pages, of cases that still wait."""
        here = {row.case.pk for row in self.page}
        return [row.case.pk for row in self.rows if row.case.pk in self.choice.ticked - here]

    @property
    def seen(self) -> str:
        """What the next page is told of the pages up to this one."""
        known = self.choice.seen | {row.case.pk for row in self.page}
        return ",".join(str(row.case.pk) for row in self.rows if row.case.pk in known)
