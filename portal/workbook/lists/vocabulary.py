"""The headings that a kind of list knows, folded: of its sheets, their synonyms, and both with a word for a person."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from portal.workbook.lists.kinds import ListKind, Part
from portal.workbook.reading.headings import fold_heading
from portal.workbook.sheets import Sheet, TwoInOne

BRACKETS = re.compile(r"[(\[【〔][^(\[【〔)\]】〕]*[)\]】〕]")
TEN_THOUSAND = re.compile(r"[(\[【〔,，]?(?:单位)?(?:人民币)?万元[)\]】〕]?$")
LEADING = re.compile("^(?:主要|现在?|目前|实际|拟|具体|本次|核定|申请(?=助学|救助|资助|帮扶|补助))")
TRAILING = re.compile("(?:姓名|名称|内容|记录|登记|填写)$")
# Endings that say the same: 公示开始时间 is 公示开始日期.
ENDINGS = (
    ("日期", "时间", "年月日"),
    ("编号", "号码", "号"),
    ("类别", "类型", "种类", "分类"),
    ("金额", "数额", "款额"),
    ("名称", "全称"),
    ("情况", "状况"),
    ("方式", "形式"),
    ("人员", "人", "者"),
)
SAYS_TEN_THOUSANDS = re.compile(r"单位[:： ]*(?:人民币)?[(（]?万元")
FILLER = re.compile("^(?:的|基本|(?:情况|信息|资料|材料)|[-—_/、·.])+")
NAME, ID_NUMBER = "姓名", "身份证号"


@dataclass(frozen=True)
class Target:
    """A column of a sheet that a heading may mean; `cut` if the heading stands for two, of which this is one."""

    title: str
    attribute: str
    two_in_one: TwoInOne | None = None


class Vocabulary:
    """Which columns each heading may mean in lists of `kind`. To be had of `vocabulary_of`."""

    def __init__(self, kind: ListKind):
        self.kind = kind

    @cached_property
    def bare(self) -> dict[str, dict[str, tuple[Target, ...]]]:
        """Folded heading → sheet title → targets, without a person's word."""
        words: dict[str, dict[str, tuple[Target, ...]]] = {}
        for part in self.kind.parts:
            own = list(_headings(part, self.kind.sheets[part.title]))
            for heading, targets in [*own, *_with_other_endings(own)]:
                words.setdefault(heading, {}).setdefault(part.title, targets)
        return words

    @cached_property
    def unnamed(self) -> dict[str, dict[str, tuple[Target, ...]]]:
        """The same of headings that may stand without a person's word."""
        named = {part.title: part.only_named for part in self.kind.parts}
        words: dict[str, dict[str, tuple[Target, ...]]] = {}
        for heading, meant in self.bare.items():
            for title, targets in meant.items():
                if kept := tuple(target for target in targets if target.attribute not in named[title]):
                    words.setdefault(heading, {})[title] = kept
        return words

    @cached_property
    def subjects(self) -> list[tuple[str, str]]:
        """Person's words and the titles they mean, the longest first; of equal words the earlier sheet's."""
        pairs = [(word, title) for title, sheet in self.kind.sheets.items() for word in sheet.subjects]
        return sorted(pairs, key=lambda pair: -len(pair[0]))

    def knows(self, heading: str) -> bool:
        return bool(self.prefixed(heading) or self.unprefixed(heading))

    def prefixed(self, heading: str) -> dict[str, tuple[Target, ...]]:
        """Targets by title of a heading that begins with a person's word."""
        for text in _forms(heading):
            for word, title in self.subjects:
                rest = FILLER.sub("", text.removeprefix(word)) if text.startswith(word) else ""
                if rest and title in self.bare.get(rest, {}):
                    return {title: self.bare[rest][title]}
        return {}

    def unprefixed(self, heading: str) -> dict[str, tuple[Target, ...]]:
        return next((self.unnamed[text] for text in _forms(heading) if text in self.unnamed), {})

    def subject_of(self, heading: str) -> str | None:
        """The sheet whose person the heading names, known or not: 学生性别 is about the child."""
        text = fold_heading(heading)
        return next((title for word, title in self.subjects if text.startswith(word)), None)


@cache
def vocabulary_of(kind: ListKind) -> Vocabulary:
    """The words of `kind`, put together once: there are some thousands."""
    return Vocabulary(kind)


def _headings(part: Part, sheet: Sheet) -> Iterator[tuple[str, tuple[Target, ...]]]:
    title = part.title
    for column in sheet.columns:
        if column.attribute in part.only_taken:
            continue
        for word in (column.heading, *column.synonyms):
            yield fold_heading(word), (Target(title, column.attribute),)
            for subject in sheet.subjects:
                if word.startswith(subject) and word != subject:
                    yield fold_heading(word.removeprefix(subject)), (Target(title, column.attribute),)
    for pair in sheet.two_in_one:
        for word in pair.headings:
            yield fold_heading(word), tuple(Target(title, attribute, pair) for attribute in pair.attributes)


def _with_other_endings(headings: Iterable[tuple[str, tuple[Target, ...]]]) -> Iterator[tuple[str, tuple[Target, ...]]]:
    """The same headings in the words that end otherwise and mean no other thing."""
    for heading, targets in headings:
        for endings in ENDINGS:
            ending = next((word for word in endings if heading.endswith(word) and heading != word), None)
            if ending:
                yield from ((heading.removesuffix(ending) + other, targets) for other in endings if other != ending)


def _forms(heading: str) -> list[str]:
    """The heading folded; without 万元; without anything in brackets; and without what only sharpens it."""
    text = fold_heading(heading)
    bare = BRACKETS.sub("", text)
    forms = [text, TEN_THOUSAND.sub("", text), bare, LEADING.sub("", bare), TRAILING.sub("", bare)]
    return [form for form in dict.fromkeys(forms) if form]


def in_ten_thousands(heading: str, above: str = "") -> bool:
    """Whether amounts below are in 万元: the heading says so, or it says no unit and the words `above` the table do."""
    if "元" in heading:
        return "万元" in fold_heading(heading)
    return bool(SAYS_TEN_THOUSANDS.search(above))
