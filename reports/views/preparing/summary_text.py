"""What pages that edit the text of a summary report share: its parts, filled and to be typed, and the names at hand."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from django import forms

from reports.campaign.named_blanks import by_name, by_slug
from reports.enums import SummaryPart
from reports.forms.preparation import RedraftForm, SummaryTextForm
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
