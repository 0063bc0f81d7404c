"""What a check is made of, and the tuple of them, verified when it is made."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.checks.context import Context
from reports.counting.derive import Values
from reports.figures.registry import Figure, Registry


class CheckKind(models.TextChoices):
    """What a finding asks for (annexes.md, Checks)."""

    HARD = "hard", _("必须更正")
    SOFT = "soft", _("需要说明")


@dataclass(frozen=True)
class Check:
    """One thing that must hold. `figures` are the slugs it compares, `words` what must hold, in a sentence.

    `message` says what does not hold, with the numbers as printed; '' where it holds. `needs` is the part of the
    context without which the check cannot be made. `records` is the question whose records are to be mended.
    """

    code: str
    kind: CheckKind
    figures: tuple[str, ...]
    words: str | Promise
    message: Callable[[Values, Context], str]
    needs: str = ""
    records: Figure | None = None

    def can_be_made(self, context: Context) -> bool:
        return not self.needs or getattr(context, self.needs) is not None

    @property
    def is_hard(self) -> bool:
        return self.kind is CheckKind.HARD

    def about(self, figures: Registry) -> str:
        """`words`, after the name of the figure where the check is made of many figures, one by one."""
        if len(self.figures) != 1:
            return str(self.words)
        return f"{figures[self.figures[0]]}：{self.words}"


@dataclass(frozen=True)
class Finding:
    """A check that does not hold. Its code tells it from the others of the report, as each finds at most one.

    `own_words` is `message` without what changes with other units' numbers: what an explanation is about.
    """

    check: Check
    message: str
    own_words: str

    @property
    def slugs(self) -> tuple[str, ...]:
        return self.check.figures

    @property
    def records(self) -> str:
        """The code under which the records to mend are listed; '' where the figures' own lists show them."""
        return self.check.code if self.check.records else ""


class CheckError(ValueError):
    """The declarations contradict themselves."""


class Checks:
    """Checks in the order in which they are shown. An unknown code raises KeyError."""

    def __init__(self, figures: Registry, *checks: Check):
        self.checks = checks
        self._by_code = {check.code: check for check in checks}
        repeated = [code for code, times in Counter(check.code for check in checks).items() if times > 1]
        unknown = sorted({slug for check in checks for slug in check.figures if slug not in figures})
        needs = {check.needs for check in checks if check.needs} - {field.name for field in fields(Context)}
        if repeated or unknown or needs:
            message = f"codes declared twice: {repeated}; unknown figures: {unknown}; unknown needs: {sorted(needs)}"
            raise CheckError(message)

    def __iter__(self) -> Iterator[Check]:
        return iter(self.checks)

    def __len__(self) -> int:
        return len(self.checks)

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Check:
        return self._by_code[code]
