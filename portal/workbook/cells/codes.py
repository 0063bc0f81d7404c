"""Words from a list: the cell holds the label, the record the value."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal.codes.kept import codes_of, look_again, word_of
from portal.identity import clean_text
from portal.models.codes.change import JOINED_BY
from portal.workbook.cells.base import Cell, CellFault
from portal.workbook.raw import Content

CODES_JOINED_BY = JOINED_BY  # in the record
INSIDE = "\x00"  # stands for a separator inside of a label

Grown: TypeAlias = Callable[[str], tuple[str, bool] | None]


class YesNoCell(Cell):
    width = 8

    def convert(self, value: Content) -> bool:
        if value not in self.words:
            raise CellFault(_("应填“是”或“否”"))
        return value == "是"

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str | None:
        return None if value is None else self.words[not value]

    @property
    def words(self) -> tuple[str, ...]:
        return ("是", "否")

    @property
    def help(self) -> str:
        return _("填“是”或“否”")


class CodeCell(Cell):
    """One of the labels of `choices`. An alias is another word for a label.

    For lists: `short` are words that only they use, and `grown` reads a label out of any other text: the label and
    whether it is sure, or None. `explained` says, by value, what a label means where it has to be chosen.
    """

    empty = ""

    def __init__(
        self,
        choices: type[Choices],
        aliases: Mapping[str, str] | None = None,
        *,
        short: Mapping[str, str] | None = None,
        grown: Grown | None = None,
        explained: Mapping[str, str | Promise] | None = None,
    ):
        super().__init__()
        self.choices = choices
        self.aliases = aliases or {}
        self.short = short or {}
        self.grown = grown
        self.explained = explained or {}
        self._values: dict[str, str] = {}
        self._values_of: Mapping[str, str] | None = None

    @property
    def explanations(self) -> list[str]:
        """One line for each label that is explained."""
        return [f"{self.labels[value]}：{told}" for value, told in self.explained.items()]

    @property
    def labels(self) -> dict[str, str]:
        """Every word that the list has or had, by its code. Lazy translations, so not before all apps are loaded."""
        return codes_of(self.choices).labels

    @property
    def values(self) -> dict[str, str]:
        """Codes by their words, those of other years too: of which year a record is, the cell does not know."""
        labels = self.labels
        if self._values_of is not labels:  # the list was changed
            self._values, self._values_of = self._by_word(labels), labels
        return self._values

    def _by_word(self, labels: Mapping[str, str]) -> dict[str, str]:
        values = {clean_text(label): value for value, label in labels.items()}
        return values | {clean_text(alias): values[clean_text(label)] for alias, label in self.aliases.items()}

    def convert(self, value: Content) -> str:
        known = self._code_of(value) if isinstance(value, str) else None
        if known is None:
            raise CellFault(_("应为下列之一：%(words)s") % {"words": "、".join(self.words)})
        return known

    def _code_of(self, word: str) -> str | None:
        """None for a word that is not known, after a look whether it was added a moment ago."""
        return self.values.get(word) or (self.values.get(word) if look_again() else None)

    def render(self, value: str | None, obj: Any = None, **kwargs: Any) -> str | None:
        return word_of(self.choices, value) if value else None

    @property
    def words(self) -> tuple[str, ...]:
        """Those to choose from this year."""
        return codes_of(self.choices).offered(localdate().year)

    @property
    def help(self) -> str:
        return _("下列之一：%(words)s") % {"words": "、".join(self.words)}


class CodeListCell(CodeCell):
    """Several of the labels, joined by a separator; the record holds the values joined by commas."""

    width = 24

    def __init__(
        self,
        choices: type[Choices],
        separator: str = "、",
        *,
        short: Mapping[str, str] | None = None,
        grown: Grown | None = None,
    ):
        super().__init__(choices, short=short, grown=grown)
        self.separator = separator

    def divided(self, text: str, separators: re.Pattern[str]) -> list[str]:
        """The words of `text`; a separator inside of a label, as of 收入低、无法维持基本生活, divides nothing."""
        for label in self.values:
            if separators.search(label):
                text = text.replace(label, separators.sub(INSIDE, label))
        return [word.strip().replace(INSIDE, self.separator) for word in separators.split(text)]

    def convert(self, value: Content) -> str:
        typed = self.divided(str(value), re.compile(re.escape(self.separator)))
        if not all(map(self._code_of, typed)):
            words = {"separator": self.separator, "words": "、".join(self.words)}
            raise CellFault(_("应为下列之一或几项，几项之间用“%(separator)s”隔开：%(words)s") % words)
        return CODES_JOINED_BY.join(dict.fromkeys(self.values[word] for word in typed))

    def render(self, value: str | None, obj: Any = None, **kwargs: Any) -> str | None:
        if not value:
            return None
        return self.separator.join(word_of(self.choices, code) for code in value.split(CODES_JOINED_BY))

    @property
    def help(self) -> str:
        return _("下列之一或几项，用“%(separator)s”隔开：%(words)s") % {
            "separator": self.separator,
            "words": "、".join(self.words),
        }
