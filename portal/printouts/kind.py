"""What is declared of a sheet: of which records it is made, what stands on it, who may have it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.enums import RevealReason
from portal.models import UnionOwned, User
from portal.printouts.cells import Reader
from portal.printouts.content import Printout

SHOWN_AT_ONCE, MADE_AT_ONCE, MOST = 50, 5, 200  # sheets on a page, in a file while one waits, in one that a job makes
REASONS = (
    RevealReason.FILING, RevealReason.CHECK, RevealReason.VISIT, RevealReason.CALL, RevealReason.PAYMENT,
    RevealReason.OVERSIGHT,
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Who asks for a sheet, at which address the portal is reached, and the `reason` why whole numbers are told."""

    user: User
    site: str
    reason: str = ""

    def reader(self, *kept: Callable[[str], str]) -> Reader:
        """What is masked by one of `kept` stays so, whatever the reason."""
        return Reader(self.user.union.path, reveal=bool(self.reason), kept=kept)


class NotPrinted(Exception):  # noqa: N818  named after what happens to the sheet
    """There is no such sheet of this record now; the message says why."""


@dataclass(frozen=True, kw_only=True)
class PrintoutKind:
    """A sheet of records of `model`, for those who may see them.

    Addresses, and the names of files and of the urls, are made from the model's name, `noun` and `act`. `read` adds to
    the records in scope what the sheet reads; `content` raises NotPrinted where there is none. `reveals` names the
    fields that stand masked on it until a reason is chosen; with it the sheet asks for the right to see them.
    `number` is what a file is called by. The sheet is for those who hold `permission`.
    """

    model: type[UnionOwned]
    noun: str
    act: str
    title: str
    content: Callable[[Any, Asked], Printout]
    read: Callable[[QuerySet], QuerySet]
    reveals: tuple[str, ...] = ()
    number: Callable[[Any], str] = str
    permission: Permission = Permission.VIEW_RECORDS

    @property
    def name(self) -> str:
        return f"{self.model._meta.model_name}_{self.act}"

    def records(self, user: User) -> QuerySet:
        """What `user` may print, with what the sheet reads."""
        return self.read(self.model.objects.visible_to(user).select_related("union"))

    def back(self, record: Any) -> str:
        """The page of the record."""
        return reverse(f"{self.model._meta.model_name}_detail", args=[record.pk])

    def file_name(self, records: Sequence[Any], ending: str) -> str:
        """Of a file with the sheets of `records`: their numbers, never a name."""
        which = self.number(records[0]) if len(records) == 1 else _("%d 份") % len(records)
        return f"{self.title}_{which}.{ending}"


class PrintoutKindError(ValueError):
    """The table contradicts itself."""


@cache
def all_printouts() -> dict[str, PrintoutKind]:
    """Every sheet of `settings.PRINTOUTS` by its name. Raises PrintoutKindError for two alike."""
    declared = [kind for path in settings.PRINTOUTS for kind in import_string(path)]
    found = {kind.name: kind for kind in declared}
    if len(found) < len(declared):
        message = "two sheets of one name"
        raise PrintoutKindError(message)
    return found
