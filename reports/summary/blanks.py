"""The blanks of a summary's text: filled, looked for, and told of where one names nothing or is gone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.annex.wording import YEAR
from reports.campaign.named_blanks import BLANK, by_name
from reports.summary.names import Names


@dataclass(frozen=True)
class TextPiece:
    """A piece of a paragraph: words, or the number that stands for the blank `slug`; `is_unknown` where it is none."""

    text: str
    slug: str = ""
    label: str = ""
    is_unknown: bool = False


@dataclass(frozen=True)
class BlankPlace:
    """Where a blank stands: its paragraph, counted from 1, and its words as they are read."""

    paragraph: int
    blank: str

    def __str__(self) -> str:
        return str(_("第 %(paragraph)d 段 %(blank)s") % {"paragraph": self.paragraph, "blank": self.blank})


def paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def filled(text: str, texts: Mapping[str, str]) -> str:
    """`text` with the number of each blank; one that is known to nobody stays as it is."""
    return BLANK.sub(lambda found: texts.get(found[1], found[0]), text)


def pieces(text: str, texts: Mapping[str, str], names: Names) -> list[list[TextPiece]]:
    """The paragraphs of `text` with their numbers told apart from their words."""
    return [list(_pieces(line, texts, names)) for line in paragraphs(text)]


def _pieces(line: str, texts: Mapping[str, str], names: Names) -> Iterator[TextPiece]:
    end = 0
    for found in BLANK.finditer(line):
        if words := line[end : found.start()]:
            yield TextPiece(words)
        slug, end = found[1], found.end()
        label = names[slug].label if slug in names else ""
        yield TextPiece(texts.get(slug, found[0]), slug, label, is_unknown=slug not in texts)
    if words := line[end:]:
        yield TextPiece(words)


def slugs_in(texts: Iterable[str]) -> set[str]:
    return {found[1] for text in texts for found in BLANK.finditer(text)}


def unknown(text: str, names: Names) -> list[BlankPlace]:
    """The blanks that name nothing, in order. `text` is as it is kept, with slugs."""
    return [place for place, slug in _places(text, names) if slug not in names and slug != YEAR]


def gone(before: str, after: str, names: Names) -> list[BlankPlace]:
    """The blanks of `before` that `after` no longer has, where they stood."""
    left = slugs_in([after])
    found = {slug: place for place, slug in reversed(list(_places(before, names))) if slug not in left}
    return sorted(found.values(), key=lambda place: place.paragraph)


def _places(text: str, names: Names) -> Iterator[tuple[BlankPlace, str]]:
    for number, line in enumerate(paragraphs(text), start=1):
        for found in BLANK.finditer(line):
            yield BlankPlace(number, by_name(found[0], names)), found[1]
