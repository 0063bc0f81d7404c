"""What is wrong with one figure of a campaign's own, in sentences, each with the field of the form it is about."""

import datetime
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.models import Campaign
from portal.models.campaign import FIRST_YEAR, default_dates
from portal.records.attribute import last_field
from reports.annex.campaign_figures import Declared
from reports.annex.wording import YEAR
from reports.campaign.palette import Known, palette
from reports.checks.arithmetic import counterpart_of
from reports.figures import FIGURES
from reports.figures.choosing import AskedField, Choice, Choosable, choosables
from reports.figures.funnel import FUNNEL
from reports.figures.own import FACT_BY_NAME, OwnFigure, OwnKind, OwnMeasure, measures_money
from reports.figures.registry import Fact, Window
from reports.figures.units import Unit

SLUG = re.compile(r"[a-z][a-z0-9_]{2,40}")
# A figure names a cell of the workbook, and Excel takes such names for the address of another cell.
CELL_ADDRESS = re.compile(r"[a-z]{1,3}[0-9]+|r[0-9]*c[0-9]*")
LONGEST_LABEL = 40
BRACES = set("{}｛｝")  # between which a form has the name of a figure
LIMIT = Decimal(2) ** 31  # of a whole number in the database; more than any union has in yuan, too

Problems = Iterator[tuple[str, str]]


def own_problems(own: OwnFigure, known: Mapping[str, Known]) -> Problems:
    """Pairs of field and sentence. `known` are the figures of the campaign; `own` itself need not be among them."""
    yield from _slug(own)
    if not own.label.strip():
        yield "label", _("请填写名称。")
    if words := _unfit(own.label, known):
        yield "label", words
    namesake = next((each for each in known.values() if each.label == own.label and each.slug != own.slug), None)
    if namesake:
        yield "label", _("已有名称相同的数字，请换一个名称。")
    yield from _parts(own, known)
    yield from _bound(own, known)
    yield from _place(own, known)
    if own.kind == OwnKind.COMPOSED:
        yield from _composed(own)


def name_faults(declared: Declared) -> dict[str, list[str]]:
    """What is wrong with the names that a campaign gives figures of the notice, by slug."""
    known = palette(declared)
    faults = {}
    for slug, name in declared.labels.items():
        same = next((each for each in known.values() if each.label == name and each.slug != slug), None)
        if same:
            faults[slug] = [_("已有名称相同的数字，请换一个名称。")]
        elif words := _unfit(name, known):
            faults[slug] = [words]
    return faults


def _unfit(name: str, known: Mapping[str, Known]) -> str:
    """Why nothing can be called `name`; '' where it can."""
    if len(name) > LONGEST_LABEL:
        return _("名称最多 %(count)d 个字。") % {"count": LONGEST_LABEL}
    if BRACES & set(name):
        return _("名称中不能有大括号。")
    return _("名称不能是某个数字的标识，也不能是“年度”。") if name in {*known, YEAR, _("年度")} else ""


def _slug(own: OwnFigure) -> Problems:
    if not SLUG.fullmatch(own.slug):
        yield "slug", _("标识由 3 至 41 个小写字母、数字和下划线组成，以字母开头。")
    elif own.slug.endswith("_") or "__" in own.slug:
        yield "slug", _("标识不能以下划线结尾，也不能有连续的下划线。")
    elif own.slug in FIGURES or own.slug in FUNNEL:
        yield "slug", _("这个标识是系统已有的数字，请换一个。")
    elif own.slug == YEAR or CELL_ADDRESS.fullmatch(own.slug):
        yield "slug", _("这个标识有别的含义（年份或 Excel 单元格），请换一个。")


def _parts(own: OwnFigure, known: Mapping[str, Known]) -> Problems:
    if own.kind == OwnKind.TOTAL and len(own.parts) < 2:
        yield "parts", _("请选择至少两个相加的数字。")
    for slug in own.parts:
        part = known.get(slug)
        if part is None or slug == own.slug:
            yield "parts", _("所选的一个组成部分没有对应的数字。")
        elif part.unit != own.unit:
            words = _("组成部分%(part)s的单位是“%(theirs)s”，与“%(ours)s”不同。")
            yield "parts", words % {"part": part.named, "theirs": part.unit.label, "ours": Unit(own.unit).label}
        elif part.own and part.own.kind == OwnKind.TOTAL and own.kind == OwnKind.TOTAL:
            yield "parts", _("%(part)s本身由其他数字相加，请直接选择它的各个部分。") % {"part": part.named}


def _bound(own: OwnFigure, known: Mapping[str, Known]) -> Problems:
    if not own.at_most:
        return
    other = known.get(own.at_most)
    if other is None or own.at_most == own.slug:
        yield "at_most", _("核对的上限没有对应的数字。")
    elif other.unit.is_money != Unit(own.unit).is_money:
        words = _("%(other)s的单位是“%(unit)s”，不能比较大小。")
        yield "at_most", words % {"other": other.named, "unit": other.unit.label}
    elif counterpart_of(own.place) in known:  # the check of the two would have the code of this one
        words = _("这个数字已自动与%(other)s核对，请换一个标识，或不设上限。")
        yield "at_most", words % {"other": known[counterpart_of(own.place)].named}


def _place(own: OwnFigure, known: Mapping[str, Known]) -> Problems:
    if not own.stands_for:
        return
    replaced = known.get(own.stands_for)
    if replaced is None or replaced.own:
        yield "stands_for", _("只能代替通知规定的数字。")
    elif replaced.unit.is_money != Unit(own.unit).is_money:
        words = _("%(other)s的单位是“%(unit)s”，这个数字不能代替它。")
        yield "stands_for", words % {"other": replaced.named, "unit": replaced.unit.label}


def _composed(own: OwnFigure) -> Problems:
    fact = FACT_BY_NAME.get(own.fact)
    if fact is None:
        yield "fact", _("没有选择统计哪一类记录。")
        return
    yield from _measure(own, fact)
    asked = {choosable.path: choosable for choosable in choosables(fact)}
    for choice in own.choices:
        if choice.path in asked:
            yield from ((choice.path, words) for words in _choice(choice, asked[choice.path], fact))
        else:
            yield "choices", _("“%(fact)s”不能按所选的一项筛选。") % {"fact": fact.label}


def _measure(own: OwnFigure, fact: Fact) -> Problems:
    unit = Unit(own.unit)
    if own.measure not in OwnMeasure.values:
        yield "measure", _("没有选择怎样计算。")
    elif own.measure == OwnMeasure.PERSONS and not fact.person:
        yield "measure", _("“%(fact)s”的记录不涉及人员，不能按人数计算。") % {"fact": fact.label}
    elif own.measure == OwnMeasure.SUM and own.field not in fact.sums:
        yield "measure", _("“%(fact)s”的这一项不能合计。") % {"fact": fact.label}
    elif measures_money(fact, own.measure, own.field) != unit.is_money:
        if unit.is_money:
            yield "unit", _("计算的不是金额，单位不能是“%(unit)s”。") % {"unit": unit.label}
        else:
            yield "unit", _("计算的是金额，单位应为“元”或“万元”，不能是“%(unit)s”。") % {"unit": unit.label}


def _choice(choice: Choice, by: Choosable, fact: Fact) -> Iterator[str]:
    named = {"label": by.label}
    match by.asked:
        case AskedField.CODES | AskedField.YES_NO:
            if not choice.codes or set(choice.codes) - dict(by.codes).keys():
                yield _("“%(label)s”的选项不对，请重新选择。") % named
            elif (counted := _counted(by, fact)) and not counted & _kept(choice, by):
                only = "、".join(label for code, label in by.codes if code in counted)
                words = _("“%(fact)s”只统计“%(label)s”为%(only)s的记录，按所选的条件一条也没有。")
                yield words % {**named, "fact": fact.label, "only": only}
        case AskedField.WORD:
            if not choice.word.strip():
                yield _("请填写“%(label)s”所含的字。") % named
        case _:
            try:
                yield from _ends(choice, by, fact)
            except (ValueError, InvalidOperation):
                yield _("“%(label)s”的起止填写不对。") % named


def _kept(choice: Choice, by: Choosable) -> set[str]:
    """The codes that the choice lets through."""
    chosen = set(choice.codes)
    return dict(by.codes).keys() - chosen if choice.excluded else chosen


def _counted(by: Choosable, fact: Fact) -> set[str]:
    """The codes of a field that the conditions of `fact` itself count; empty where they do not ask it.

    Conditions that ask nothing of the window's days are read: a plain code, or some of them.
    """
    window = Window.of(Campaign(year=FIRST_YEAR, **default_dates(FIRST_YEAR)))
    asked = [child for condition in fact.conditions for child in _plain(condition.holds(window))]
    found = [{str(value)} for lookup, value in asked if lookup == by.lookup]
    found += [set(map(str, values)) for lookup, values in asked if lookup == f"{by.lookup}__in"]
    return set.intersection(*found) if found else set()


def _plain(q: Q) -> list[tuple]:
    """The lookups of `q` that must all hold."""
    return [] if q.negated or q.connector != Q.AND else [child for child in q.children if isinstance(child, tuple)]


def _ends(choice: Choice, by: Choosable, fact: Fact) -> Iterator[str]:
    """Raises ValueError or InvalidOperation for what is no day or no number."""
    read = datetime.date.fromisoformat if by.asked is AskedField.DAYS else Decimal
    ends = [read(text) for text in (choice.least, choice.most) if text]
    named = {"label": by.label}
    if by.asked is AskedField.NUMBERS and not all(_fits(end, by, fact) for end in ends):
        yield _("“%(label)s”的数字过大，或应为整数。") % named
    elif not ends:
        yield _("“%(label)s”的起止至少填写一个。") % named
    elif len(ends) == 2 and ends[0] > ends[1]:
        yield _("“%(label)s”的起点大于终点。") % named


def _fits(number: Decimal, by: Choosable, fact: Fact) -> bool:
    whole = isinstance(last_field(fact.model, by.path), models.IntegerField)
    return number.is_finite() and abs(number) < LIMIT and not (whole and number % 1)
