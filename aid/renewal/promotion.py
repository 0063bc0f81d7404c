"""Where a child stands at school a year later: 小学六年级 becomes 初中 七年级, and who ends a course graduates.

Grades are free text on file. Shanghai counts 五四制 (a sixth grade is 初中), other places 六三制: what cannot be told
from the grade alone is proposed and marked to be looked at.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from aid.enums import Stage

NUMERALS = "一二三四五六七八九"
PREPARATORY = ("预备班", "预初")  # Shanghai's names of the sixth grade
LAST_OF_PRIMARY, LAST_OF_BASIC = 6, 9
# Of the stages that count their years from one: the word before the numeral, years, and the stage that mostly follows.
COURSES = {
    Stage.SENIOR: ("高", 3, Stage.BACHELOR),
    Stage.VOCATIONAL: ("职", 3, Stage.COLLEGE),
    Stage.COLLEGE: ("大", 3, None),
    Stage.BACHELOR: ("大", 4, None),
    Stage.POSTGRADUATE: ("研", 3, None),
}
NAMED_YEAR = re.compile(r"(小|初|高|大|研|职)([一二三四五六七八九1-9])")
GRADE = re.compile(r"(?<!\d)([一二三四五六七八九1-9])\s*年?级?$")


@dataclass(frozen=True)
class Proposal:
    """Stage and grade proposed for the next year; `doubt` says in words what has to be looked at, '' for nothing.

    `stage` is None for who ends school.
    """

    stage: Stage | None
    grade: str = ""
    doubt: str = ""


def a_year_on(stage: str, grade: str) -> Proposal:
    """What is proposed for a child that was in `grade` of `stage` a year ago."""
    stage, year = Stage(stage), _year(stage, grade)
    if year is None:
        return Proposal(stage, grade, _("年级不详，请核对学段和年级"))  # what is on file is not lost
    if stage in (Stage.PRIMARY, Stage.JUNIOR):
        return _basic(stage, year)
    return _course(stage, year)


def _year(stage: str, grade: str) -> int | None:
    """The year of school that a grade says: of basic schooling from the first grade on, else of the course."""
    text = "".join(grade.split())
    if any(word in text for word in PREPARATORY):
        return LAST_OF_PRIMARY
    if named := NAMED_YEAR.search(text):
        year = _number(named[2])
        return year + LAST_OF_PRIMARY if named[1] == "初" else year
    found = GRADE.search(text)
    if found is None:
        return None
    year = _number(found[1])
    # 初中 二年级 is the eighth grade; 初中 六年级 to 九年级 count from the first.
    return year + LAST_OF_PRIMARY if stage == Stage.JUNIOR and year < LAST_OF_PRIMARY else year


def _number(text: str) -> int:
    return NUMERALS.index(text) + 1 if text in NUMERALS else int(text)


def _basic(stage: Stage, year: int) -> Proposal:
    following = year + 1
    if following > LAST_OF_BASIC:
        return Proposal(Stage.SENIOR, _("高一"), _("初中毕业，请核对升入高中还是中职"))
    grade = _("%(numeral)s年级") % {"numeral": NUMERALS[following - 1]}
    if following > LAST_OF_PRIMARY:
        return Proposal(Stage.JUNIOR, grade)
    if following == LAST_OF_PRIMARY and stage == Stage.PRIMARY:
        return Proposal(Stage.JUNIOR, grade, _("六年级在上海属初中，请核对学段"))
    return Proposal(stage, grade)


def _course(stage: Stage, year: int) -> Proposal:
    word, years, after = COURSES[stage]
    if year < years:
        return Proposal(stage, f"{word}{NUMERALS[year]}")
    if after is None:
        return Proposal(None)
    first = f"{COURSES[after][0]}{NUMERALS[0]}"
    return Proposal(after, first, _("%(stage)s毕业，请核对升入的学段") % {"stage": stage.label})
