"""Words from a list: the cell holds the label, the record the value."""

import functools

from django.utils.translation import gettext as _

from portal.identity import clean_text
from portal.workbook.cells.base import Cell, CellFault

CODES_JOINED_BY = ","  # in the record


class YesNoCell(Cell):
    width = 8

    def convert(self, value):
        if value not in self.words:
            raise CellFault(_("应填“是”或“否”"))
        return value == "是"

    def render(self, value, obj=None, **kwargs):
        return None if value is None else self.words[not value]

    @property
    def words(self):
        return ("是", "否")

    @property
    def help(self):
        return _("填“是”或“否”")


class CodeCell(Cell):
    """One of the labels of `choices`. An alias is another word for a label.

    For lists: `short` are words that only they use, and `grown` reads a label out of any other text: the label and
    whether it is sure, or None.
    """

    empty = ""

    def __init__(self, choices, aliases: dict[str, str] | None = None, *, short=None, grown=None):
        super().__init__()
        self.choices = choices
        self.aliases = aliases or {}
        self.short = short or {}
        self.grown = grown

    # Labels are lazy translations, which may not be read before all apps are loaded.
    @functools.cached_property
    def labels(self) -> dict[str, str]:
        return {str(value): str(label) for value, label in self.choices.choices if value}

    @functools.cached_property
    def values(self) -> dict[str, str]:
        values = {clean_text(label): value for value, label in self.labels.items()}
        return values | {clean_text(alias): values[clean_text(label)] for alias, label in self.aliases.items()}

    def convert(self, value):
        try:
            return self.values[value]
        except KeyError:
            raise CellFault(_("应为下列之一：%(words)s") % {"words": "、".join(self.words)}) from None

    def render(self, value, obj=None, **kwargs):
        return self.labels[value] if value else None

    @property
    def words(self):
        return tuple(self.labels.values())

    @property
    def help(self):
        return _("下列之一：%(words)s") % {"words": "、".join(self.words)}


class CodeListCell(CodeCell):
    """Several of the labels, joined by a separator; the record holds the values joined by commas."""

    width = 24

    def __init__(self, choices, separator: str = "、", *, short: dict[str, str] | None = None, grown=None):
        super().__init__(choices, short=short, grown=grown)
        self.separator = separator

    def convert(self, value):
        typed = [word.strip() for word in str(value).split(self.separator)]
        if not self.values.keys() >= set(typed):
            words = {"separator": self.separator, "words": "、".join(self.words)}
            raise CellFault(_("应为下列之一或几项，几项之间用“%(separator)s”隔开：%(words)s") % words)
        return CODES_JOINED_BY.join(dict.fromkeys(self.values[word] for word in typed))

    def render(self, value, obj=None, **kwargs):
        return self.separator.join(self.labels[code] for code in value.split(CODES_JOINED_BY)) if value else None

    @property
    def help(self):
        return _("下列之一或几项，用“%(separator)s”隔开：%(words)s") % {
            "separator": self.separator,
            "words": "、".join(self.words),
        }
