"""What pages that edit the text of a summary report share: its parts, filled and to be typed, and the names at hand."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as _

from reports.campaign.named_blanks import by_name, by_slug
from reports.enums import OVERTAKEN, SummaryPart
from reports.forms.preparation import RedraftForm, SummaryTextForm
from reports.models.preparation import SummaryText
from reports.preparing.narrating import lost_blanks
from reports.preparing.written import strangers
from reports.summary.blanks import TextPiece, pieces
from reports.summary.drafting import Texts
from reports.summary.names import Name, Names
from reports.summary.numbers import Numbers, texts_of


@dataclass(frozen=True)
class Read:
    """One part as it is read: paragraphs of pieces; `field` and `tick` are what it is typed and chosen with."""

    label: str
    paragraphs: list[list[TextPiece]]
    field: forms.BoundField | None = None
    tick: forms.BoundField | None = None


def typed(parts: Mapping[str, str], names: Names) -> Texts:
    """The parts as people type them: with the names of numbers in braces."""
    return {part: by_name(text, names) for part, text in parts.items()}


def read_parts(
    parts: Mapping[str, str], texts: Mapping[str, str], names: Names, form: SummaryTextForm | None = None
) -> list[Read]:
    """The parts filled with `texts`, each with its field of `form`. What is in `parts` may have names in its braces."""
    return [
        Read(
            SummaryPart(part).label,
            pieces(by_slug(text, names), texts, names),
            form[part] if form else None,
            form[form.tick(part)] if isinstance(form, RedraftForm) else None,
        )
        for part, text in parts.items()
    ]


def in_form(form: SummaryTextForm) -> Texts:
    """What stands in the fields: as typed, or as the page opened."""
    return {part: form[part].value() or "" for part in SummaryPart.values}


class SummaryEditing:
    """A page with the form of a summary's text, of a unit or of the city."""

    kept: SummaryText | None
    names: Names
    numbers: Numbers

    def drafted(self) -> Texts:
        """The text as the records stand now, with slugs in its blanks."""
        raise NotImplementedError

    def get_initial(self):
        return self.fresh() | typed(self.kept.parts if self.kept else self.drafted(), self.names)

    def editing(self, form: SummaryTextForm) -> dict:
        """What the templates show beside the fields."""
        parts = in_form(form)
        return {
            "form": form,
            "kept": self.kept,
            "changes": self._changes(form, parts),
            "read": read_parts(parts, texts_of(self.numbers), self.names, form),
            "at_hand": at_hand(self.names, self.numbers),
            "strangers": list(strangers(self.kept.parts, self.names)) if self.kept else [],
        }

    def beside(self, read: list[Read]) -> list[tuple[Read, Read]]:
        """Each part of a new draft, and what is written of it."""
        kept = self.kept.parts if self.kept else dict.fromkeys(SummaryPart.values, "")
        return list(zip(read, read_parts(kept, texts_of(self.numbers), self.names), strict=True))

    def merged(self, ticked: Texts) -> Texts:
        """What is written, with the ticked parts of a new draft."""
        return (typed(self.kept.parts, self.names) if self.kept else {}) | ticked

    def tell_lost(self, request, after: SummaryText) -> None:
        """Say which numbers the text had and has no more."""
        if lost := lost_blanks(self.kept.parts if self.kept else {}, after.parts, self.names):
            words = _("这些数字已不在正文里，以后不会自动更新：%(places)s。要恢复，请把花括号里的名称写回去。")
            messages.warning(request, words % {"places": "；".join(lost)})

    def _changes(self, form: SummaryTextForm, parts: Texts) -> list[tuple[str, str]]:
        """What the other wrote and what stands here, where somebody was quicker."""
        if not (self.kept and form.is_bound and form.has_error("__all__", OVERTAKEN)):
            return []
        return difference(typed(self.kept.parts, self.names), parts)


def difference(theirs: Mapping[str, str], ours: Mapping[str, str]) -> list[tuple[str, str]]:
    """The lines that only one of the two texts has: ("theirs" or "ours", line), part by part, in order."""
    return [each for part, text in theirs.items() for each in _lines(text, ours.get(part, ""))]


def _lines(theirs: str, ours: str) -> list[tuple[str, str]]:
    whose = {"- ": "theirs", "+ ": "ours"}
    lines = difflib.ndiff(theirs.split("\n"), ours.replace("\r\n", "\n").split("\n"))
    return [(whose[line[:2]], line[2:]) for line in lines if line[:2] in whose]


def at_hand(names: Names, numbers: Numbers) -> list[tuple[Name, str]]:
    """Every number that may be named, with what it is now."""
    texts = texts_of(numbers)
    return [(name, texts[slug]) for slug, name in names.items() if slug in texts]
