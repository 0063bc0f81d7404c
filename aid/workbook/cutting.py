"""What lists put into one cell, cut in two: a school with its grade, a bank with its card; and the stage of a grade."""

import re
from collections.abc import Mapping

from aid.enums import Stage

BANK_AND_CARD = (
    "开户行及卡号", "开户银行及卡号", "开户行及账号", "开户银行及账号", "开户行及帐号", "开户银行及帐号",
    "银行及卡号", "开户行和卡号", "开户行、卡号", "开户行/卡号", "开户银行、卡号", "开户行卡号", "开户银行卡号",
    "银行卡开户行及卡号", "开户行及银行卡号", "开户银行及银行卡号", "银行名称及卡号", "银行及账号",
)  # fmt: skip
SCHOOL_AND_GRADE = (
    "就读学校及年级", "就读学校年级", "就读学校、年级", "就读学校/年级", "就读学校和年级", "学校及年级", "学校年级",
    "学校、年级", "学校/年级", "学校和年级", "就读院校及年级", "所在学校及年级", "在读学校及年级", "就读学校及班级",
    "学校班级", "学校及班级",
)  # fmt: skip

CARD_DIGITS = re.compile(r"[0-9](?:[ -]*[0-9]){11,}")
SEPARATORS = " \t\n,，、;；:：/|-—()（）"
NUMERAL = "(?:[一二三四五六七八九十]{1,2}|[1-9][0-2]?)"
GRADE = (
    f"(?:(?:小学|初级中学|初中|高级中学|高中|中职|中专|职高|技校|大专|专科|高职|大学|本科|硕士|博士|研究生|研)?"
    f"{NUMERAL}(?:年级|(?=[(（]{NUMERAL}[)）]班))"
    f"|(?:小|初|高|职|大|研|中专|职高|技校|大专|本科|研究生|硕|博){NUMERAL}(?!年级)"
    f"|预初|初中预备班|预备班|预备年级)(?:[(（]?{NUMERAL}[)）]?班)?"
)
ENDS_WITH_GRADE = re.compile(f"({GRADE})$")
SCHOOL_WORD = re.compile("小学|初级中学|初中|高级中学|高中|中专|职高|技校|大学")
SCHOOL_ENDINGS = ("学", "校", "院", "小", "中", "附中")
WHOLE_GRADE = re.compile(f"{GRADE}$")
BARE_GRADE = re.compile("(?:[一二三四五六]|[1-6])(?:年级|[(（])")
# What a school is called in front of a grade, by its name and the grade. A 六年级 of a 中学 is its 预初.
SCHOOLS = (
    (re.compile("小学"), "小学"),
    (re.compile("职业技术学院|职业学院|高等专科|高专"), "大专"),
    (re.compile("大学|学院"), "大学"),
    (re.compile("职业|职校|职高|中专|技校|技工|技师|技术学校|卫校|卫生学校|中等"), "中专"),
    (re.compile("高级中学|高中"), "高中"),
    (re.compile("初级中学|初中"), "初中"),
    (re.compile("(?:中学|[一二三四五六七八九十附]中).{0,60} [六6]"), "初中"),
    (re.compile("中学|[一二三四五六七八九十附]中"), "中学"),
)
# By its first words, longest first; what leaves a doubt is proposed, not taken.
STAGE_OF = (
    (re.compile("小学|小"), Stage.PRIMARY, True),
    (re.compile("初级中学|初|预初|预备"), Stage.JUNIOR, True),
    (re.compile("高级中学|高中|高(?!职)"), Stage.SENIOR, True),
    (re.compile("中职|中专|职高|技校|职"), Stage.VOCATIONAL, True),
    (re.compile("大专|专科|高职"), Stage.COLLEGE, True),
    (re.compile("本科"), Stage.BACHELOR, True),
    (re.compile("硕|博|研"), Stage.POSTGRADUATE, True),
    (re.compile("大"), Stage.BACHELOR, False),  # a 大三 may be of a 大专 as well
    (re.compile("(?:[一二三四五]|[1-5])(?:年级|[(（])"), Stage.PRIMARY, True),
    (re.compile("(?:六|6)(?:年级|[(（])"), Stage.PRIMARY, False),  # where school has five years below, it is 初中
    (re.compile("(?:[七八九]|[7-9])(?:年级|[(（])"), Stage.JUNIOR, True),
    (re.compile("(?:十|十一|十二|1[0-2])(?:年级|[(（])"), Stage.SENIOR, True),
)


def bank_and_card(text: str) -> tuple[str, str]:
    """农行 6228… → 农行 and the number, wherever it stands; without a long number all of it is the bank."""
    found = CARD_DIGITS.search(text)
    if not found:
        return text.strip(SEPARATORS), ""
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return rest.strip(SEPARATORS), found[0]


def school_and_grade(text: str) -> tuple[str, str]:
    """育才中学初二 → 育才中学 and 初二; without a grade at the end all of it is the school.

    Of 示例小学三年级 the 小学 is the school's; a 大学 or 初中 there is the grade's as well, which says nothing without.
    """
    found = ENDS_WITH_GRADE.search(text.strip())
    if not found or not found.start():
        return (text.strip(), "") if not found else ("", found[0])
    school, grade = text.strip()[: found.start()], found[0]
    word = SCHOOL_WORD.match(grade)
    if word and not school.endswith(SCHOOL_ENDINGS) and school == school.rstrip(SEPARATORS):
        return school + word[0], grade.removeprefix("小学")
    return school.rstrip(SEPARATORS), grade


def grade_at_school(grade: str, child: Mapping[str, object]) -> str:
    """The grade as one says it with the school of the `child`: 二年级 at 示例大学 is 大学二年级, and not of a 小学.

    At a 中学 it may be of either stage, which nobody can tell from 中学二年级: it is asked for.
    """
    if not BARE_GRADE.match(grade):
        return grade
    at = f"{child.get('school') or ''} {grade}"
    return next((word + grade for words, word in SCHOOLS if words.search(at)), grade)


def stage_of_grade(text: str) -> tuple[str, bool] | None:
    """The label of the stage to which a grade belongs, and whether that is sure; None for what is no grade."""
    grade = "".join(text.split())
    if not WHOLE_GRADE.match(grade):
        return None
    for words, stage, sure in STAGE_OF:
        if words.match(grade):
            return str(stage.label), sure
    return None
