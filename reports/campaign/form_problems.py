"""What is wrong with the forms of a campaign, each in a sentence with the line it is about.

What has no problem here can be derived, checked, printed and frozen; nothing else is saved.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.annex.campaign_figures import Declared
from reports.annex.places import LONGEST, Place, numbered, places, stray_braces
from reports.campaign.own_problems import own_problems
from reports.campaign.palette import Known, all_places, palette
from reports.checks import checks_for
from reports.figures.registry import RegistryError
from reports.figures.units import Unit

MONEY_LABELS = {str(unit.label) for unit in Unit if unit.is_money}


@dataclass(frozen=True)
class Problem:
    """One sentence, about line `line` of the text of form `form` (0: the whole form), and the blank it is about."""

    words: str
    form: int
    line: int = 0
    slug: str = ""

    def __str__(self):
        place = {"form": self.form, "line": self.line, "words": self.words}
        if self.line:
            return _("附件 %(form)d 第 %(line)d 行：%(words)s") % place
        return _("附件 %(form)d：%(words)s") % place


def problems_of(declared: Declared) -> list[Problem]:
    """All that is wrong, in the order of the forms; empty when the forms can be saved."""
    known = palette(declared)
    found = [problem for number, wording in declared.wordings.items() for problem in _of_text(number, wording, known)]
    found += _of_blanks(declared, known)
    for figure in known.values():
        if figure.places:
            found += _of_figure(figure, known)
    return sorted(found or _contradictions(declared), key=lambda problem: (problem.form, problem.line))


def _of_text(number: int, wording: str, known: Mapping[str, Known]) -> Iterator[Problem]:
    if not wording.strip():
        yield Problem(_("表式是空的。"), number)
        return
    if len(wording) > LONGEST:
        yield Problem(_("表式太长，最多 %(count)d 个字。") % {"count": LONGEST}, number)
    for line in stray_braces(wording):
        yield Problem(_("有不成对的“{”或“}”，空格应写成 {数字的名称}。"), number, line)
    blanks = list(places(number, wording))
    if not blanks:
        yield Problem(_("表上没有一个数字空格。"), number)
    first = next(line for line, text in numbered(wording) if text.strip())
    for place in blanks:
        if place.line == first:
            words = _("第一行是标题，不能有空格 %(blank)s。") % {"blank": _written(place, known)}
            yield Problem(words, number, first, place.slug)


def _of_blanks(declared: Declared, known: Mapping[str, Known]) -> Iterator[Problem]:
    """Blanks that name no figure, stand a second time, or have another unit of money in brackets than the figure."""
    seen: dict[str, Place] = {}
    for place in all_places(declared):
        named = {"blank": _written(place, known)}
        figure, first = known.get(place.slug), seen.setdefault(place.slug, place)
        if figure is None:
            yield Problem(_("空格 %(blank)s 没有对应的数字。") % named, place.form, place.line, place.slug)
        elif first is not place:
            words = _("空格 %(blank)s 用了不止一次，附件 %(form)d 第 %(line)d 行已有。")
            where = {"form": first.form, "line": first.line}
            yield Problem(words % (named | where), place.form, place.line, place.slug)
        elif _other_money(place.unit, figure.unit):
            words = _("空格 %(blank)s 按“%(unit)s”填写，后面的括号里却是“%(written)s”。")
            units = {"unit": figure.unit.label, "written": place.unit}
            yield Problem(words % (named | units), place.form, place.line, place.slug)


def _written(place: Place, known: Mapping[str, Known]) -> str:
    """The blank as the department writes it, or wrote it."""
    return known[place.slug].blank if place.slug in known else f"{{{place.slug}}}"


def _other_money(written: str, unit: Unit) -> bool:
    """Whether what is written after a blank would make yuan of 万元, or persons of yuan."""
    labels = {str(each.label) for each in Unit}
    return written in labels and written != unit.label and (unit.is_money or written in MONEY_LABELS)


def _of_figure(figure: Known, known: Mapping[str, Known]) -> Iterator[Problem]:
    """What a figure that stands in a form asks of the others."""
    place = figure.places[0]
    for slug in figure.parts:
        if slug in known and not known[slug].places:
            words = _("%(total)s的组成部分%(part)s不在表中。")
            values = {"total": figure.named, "part": known[slug].named}
            yield Problem(words % values, place.form, place.line, figure.slug)
    if figure.at_most in known and not known[figure.at_most].places:
        words = _("%(figure)s核对时不得超过%(other)s，而后者不在表中。")
        values = {"figure": figure.named, "other": known[figure.at_most].named}
        yield Problem(words % values, place.form, place.line, figure.slug)
    for other in known.values():
        if figure.own and other.places and _take_one_place(figure, other):
            words = _("%(figure)s代替的是%(place)s，表中同时还有%(other)s，只能留一个。")
            values = {"figure": figure.named, "place": known[figure.own.stands_for].named, "other": other.named}
            yield Problem(words % values, place.form, place.line, figure.slug)
    if figure.own:
        for _field, words in own_problems(figure.own, known):
            yield Problem(f"{figure.named}：{words}", place.form, place.line, figure.slug)


def _take_one_place(figure: Known, other: Known) -> bool:
    """Whether `figure`, of a campaign's own, stands for what `other` is or stands for, too."""
    place = figure.own.stands_for
    return bool(place) and other is not figure and place in (other.slug, other.own.stands_for if other.own else "")


def _contradictions(declared: Declared) -> list[Problem]:
    """The last word is that of the registry and the checks, which have rules of their own."""
    times = Counter(own.slug for own in declared.own)
    repeated = dict.fromkeys(own.label for own in declared.own if times[own.slug] > 1)
    if repeated:
        return [Problem(_("数字“%(names)s”设了不止一次。") % {"names": "、".join(repeated)}, 1)]
    try:
        checks_for(declared.registry())
    except (KeyError, ValueError, LookupError, RegistryError):
        return [Problem(_("各数字之间的关系有矛盾，请检查自设数字的组成部分和核对。"), 1)]
    return []
