"""The wording of the annexes: texts with `{slug}` blanks. Those of the notice (沪工总保〔2014〕156号, 附件 1 and 2)
stand in `official/`, a file each.

A form is plain text, so that another year's or another city's wording can be kept as data and read by the same parser:
the first line is the title, `____` is a space filled in by hand, an indented line belongs to the one above it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from reports.figures import ANNEX1, ANNEX2
from reports.figures.registry import Figure

OFFICIAL = Path(__file__).parent / "official"
YEAR = "year"
CHINESE = "一二三四五六七八九十百"
SENTENCE_NUMBER = re.compile(rf"(?P<number>\d+|[{CHINESE}]+)\s*[.．、]")
PART_NUMBER = re.compile(rf"（(?P<number>[{CHINESE}]+)）")  # GB/T 9704, 7.3.3: 一、 is divided into （一）
TOKENS = re.compile(r"\{(?P<slug>[^{}\n]+)\}|(?P<space>_{2,})")


@dataclass(frozen=True)
class Text:
    """Words printed as they stand."""

    text: str


@dataclass(frozen=True)
class Blank:
    """The place of a figure."""

    slug: str


@dataclass(frozen=True)
class Space:
    """A place filled in by hand (填报单位, 填报人, 联系电话), named by the words before it."""

    label: str


Token = Text | Blank | Space


@dataclass(frozen=True)
class Line:
    """One printed line; an indented one continues the sentence above it."""

    tokens: tuple[Token, ...]
    indented: bool = False


@dataclass(frozen=True)
class Form:
    """A form in one year's wording. `wording` is kept as it was given: a frozen report prints from it again."""

    number: int
    wording: str
    title: str
    lines: tuple[Line, ...]

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(_blanks(self.lines))


class WordingError(ValueError):
    """The text of a form does not fit its figures."""


def parse(number: int, wording: str, year: int) -> Form:
    """The form that `wording` describes, for the campaign of `year`."""
    title, *lines = wording.replace(f"{{{YEAR}}}", str(year)).strip("\n").split("\n")
    return Form(number, wording, title.strip(), tuple(_line(line) for line in lines if line.strip()))


def problems(form: Form, figures: Iterable[Figure], known: Iterable[Figure] = ()) -> list[str]:
    """What is wrong with the blanks of `form`, in sentences: every one of `figures` stands in it exactly once.

    `known` are further figures that may, but need not, stand in it.
    """
    figures = tuple(figures)
    names = {figure.slug for figure in (*figures, *known)}
    times = Counter(form.slugs)
    faults = [_("空格 {%s} 没有对应的数字") % slug for slug in times if slug not in names]
    faults += [_("空格 {%s} 出现了不止一次") % slug for slug, count in times.items() if count > 1]
    return faults + [_("缺少空格 {%s}") % figure.slug for figure in figures if figure.slug not in times]


def blanks_by_line(form: Form) -> Iterator[tuple[str, str]]:
    """The slug of each blank and the number of the sentence it stands in, in the order of the form."""
    whole = number = ""
    for line in form.lines:
        words = line.tokens[0].text if isinstance(line.tokens[0], Text) else ""
        if not line.indented and (begins := SENTENCE_NUMBER.match(words)):
            whole = number = begins["number"]
        elif part := PART_NUMBER.match(words):
            number = f"{whole}（{part['number']}）"
        yield from ((token.slug, number) for token in line.tokens if isinstance(token, Blank))


def _line(text: str) -> Line:
    body = text.strip()
    return Line(tuple(_tokens(body)), indented=text != text.lstrip())


def _tokens(text: str) -> Iterator[Token]:
    end, label = 0, ""
    for match in TOKENS.finditer(text):
        if words := text[end : match.start()]:
            yield Text(words)
            label = words.strip().rstrip("：:")
        yield Blank(match["slug"]) if match["slug"] else Space(label)
        end = match.end()
    if words := text[end:]:
        yield Text(words)


def _blanks(lines: Iterable[Line]) -> Iterator[str]:
    return (token.slug for line in lines for token in line.tokens if isinstance(token, Blank))


def _official() -> dict[int, str]:
    """The two wordings, after a look at their blanks: a slip stops the portal from starting, not a report."""
    wordings = {number: (OFFICIAL / f"annex{number}.txt").read_text(encoding="utf-8") for number in (1, 2)}
    for number, figures in ((1, ANNEX1), (2, ANNEX2)):
        if faults := problems(parse(number, wordings[number], year=0), figures):
            raise WordingError("; ".join(faults))
    return wordings


WORDINGS = _official()
