"""A cell as people write it in lists, brought to what the cells of the workbook take.

What is left over goes to the workbook's own cell, which refuses what it does not know.
"""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.identity import IdentityError, clean_text, parse_telephone
from portal.text import NOTHING
from portal.workbook.cells import (
    AmountCell,
    CardCell,
    Cell,
    CellFault,
    CodeCell,
    CodeListCell,
    DateCell,
    IdNumberCell,
    TelephoneCell,
    WholeCell,
    YesNoCell,
)
from portal.workbook.raw import Raw, digits, shown
from portal.workbook.sheets import Column

NO_WORD = NOTHING | {"没有", "未知"}
YES = {"是", "有", "√", "✓", "✔", "☑", "y", "yes", "1", "单亲", "单亲家庭"}
NO = {"否", "无", "不是", "没有", "×", "✗", "✘", "x", "n", "no", "0", "非单亲", "非单亲家庭"}
MONEY = re.compile("(?:元整|元|圆整|圆)?(?:[/每](?:人|月|年|学年|学期)){0,5}$")
CURRENCY = re.compile("人民币|rmb|[¥￥$]", re.IGNORECASE)
PLAIN = re.compile("-?[0-9][0-9.]*")
ZERO = re.compile("[¥￥]?0+(?:[.]0*)?元?")
COUNT = re.compile("([0-9]+)(?:个?人|口人?|户|个|名|位|岗|场|家)?")
SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?e\+?[0-9]+", re.IGNORECASE)
MONTH_ONLY = re.compile(r"[0-9]{4}[-./年][0-9]{1,2}月?份?|[0-9]{6}|[0-9]{4}年?")
SHORT_YEAR = re.compile("(?:[0-9]{2})[-./年][0-9]{1,2}[-./月][0-9]{1,2}日?")
TIME_OF_DAY = re.compile(
    r"(?:(?<![ T])[ T]++|(?<=[日号]))(?:[(]?(?:周|星期)[一二三四五六日天][)]?)? *+(?:[上下中]午|早上|晚上|全天)?"
    r"(?: *+[0-9]{1,2}[:点时][0-9]{0,2}分?(?::[0-9]{2}(?:[.][0-9]+)?)?)?$"
)
BRACKETED = re.compile(r"[(\[【]([^(\[【)\]】]*)[)\]】]")
SEPARATORS = re.compile(r"[、,，;；/\\|\n]+|\s{1,}")
NOT_BLANKS = re.compile(r"[、,，;；/\\|\n]+")
TELEPHONE = re.compile("(?<![0-9])(?:1[3-9][0-9]{9}|(?:0[0-9]{2,3}-?)?[0-9]{7,8}(?:-[0-9]{1,6})?)(?![0-9])")
BESIDE_NUMBERS = " 、,，;；:：/\\|()（）-"
DASHES = re.compile("[-‐‑‒–—―−]")
SAYS_UNIT = re.compile("[元圆万]")
TEN_THOUSAND = Decimal(10_000)


@dataclass(frozen=True)
class Answer:
    """A cell as read: the clean value, a remark where it is doubtful, and the rest of what stood there."""

    value: Any
    remark: str = ""
    rest: str = ""


class Unknown(CellFault):
    """A word that a coded column does not know; it may be asked for once for all rows."""


def read_cell(
    column: Column, raw: Raw, *, ten_thousands: bool = False, answers: Mapping[str, str] | None = None
) -> Answer:
    """The value of `raw` below `column`. Raises CellFault with the reason why it is left to be completed.

    `ten_thousands`: the heading says 万元. `answers`: words of a coded column → that of the workbook. Of a `lenient`
    column what cannot be read is left out, and told unless it is kept elsewhere.
    """
    try:
        return _read(column, raw, ten_thousands=ten_thousands, answers=answers)
    except CellFault:
        if not column.lenient:
            raise
        text = shown(raw) or ""
        remark = "" if column.rest_to else _("“%(word)s”不能归入，没有导入") % {"word": text[:20]}
        return Answer(column.cell.empty, remark, text if column.rest_to else "")


def _read(column: Column, raw: Raw, *, ten_thousands: bool, answers: Mapping[str, str] | None) -> Answer:
    try:
        text = clean_text(raw, multiline=column.cell.multiline) if isinstance(raw, str) else raw
    except IdentityError as error:
        raise CellFault(str(error)) from None
    if answers and text is not None:
        text = answers.get(shown(text) or "") or text  # '' was left to be completed
    value, remark, rest = column.cell.empty, "", ""
    if not says_nothing(column, text):
        if isinstance(text, str) and isinstance(column.cell, TelephoneCell):
            text, rest = first_telephone(text)
        says_unit = isinstance(text, str) and SAYS_UNIT.search(text)
        text, remark = listed(column.cell, text)
        if ten_thousands and isinstance(column.cell, AmountCell) and not says_unit:
            text = _times(text)
        value = column.cell.clean(text)
    if column.required and value in (None, ""):
        raise CellFault(_("必须填写"))
    return Answer(value, remark, rest)


def says_nothing(column: Column, raw: Raw) -> bool:
    """Whether a cell is blank, or holds a word for nothing; 无 below 单亲 is an answer."""
    if not isinstance(raw, str):
        return raw is None or (column.cell.zero_is_blank and raw == 0)
    try:
        text = clean_text(raw)
    except IdentityError:
        return False
    if column.cell.zero_is_blank and ZERO.fullmatch(text):
        return True
    return not text or (text in NO_WORD and not isinstance(column.cell, YesNoCell))


def first_telephone(text: str) -> tuple[str, str]:
    """The first valid number of a cell, and what else stands there; the text itself where there is none."""
    for parts in ([text], NOT_BLANKS.split(text), text.split()):
        for place, part in enumerate(parts):
            number = _telephone(part) or _telephone("".join(DASHES.split(part)))
            if not number:
                continue
            others = [other.strip() for other in (*parts[:place], *parts[place + 1 :])]
            return number, "、".join(filter(None, others))
    found = TELEPHONE.search(text)
    if not found:
        return text, ""
    rest = (text[: found.start()].strip(BESIDE_NUMBERS), text[found.end() :].strip(BESIDE_NUMBERS))
    return found[0], "、".join(filter(None, rest))


def _telephone(text: str) -> str:
    """The number that the text is; '' if it is none."""
    try:
        return parse_telephone(text)
    except IdentityError:
        return ""


@functools.singledispatch
def listed(cell: Cell, value: Raw) -> tuple[Raw, str]:
    """What `cell` should read instead of `value`, and a remark. Raises CellFault where people must decide."""
    return value, ""


@listed.register
def _date(cell: DateCell, value: Raw) -> tuple[Raw, str]:
    if not isinstance(value, str):
        month = isinstance(value, float) and 1900 < value < 2100 and not value.is_integer()
        if month or (isinstance(value, (int, float)) and (1900 <= value <= 2100 or 190001 <= value <= 210012)):
            raise _month_alone()
        return value, ""
    text = TIME_OF_DAY.sub("", value).replace(" ", "").replace("。", ".").rstrip(".")
    if MONTH_ONLY.fullmatch(text):
        raise _month_alone()
    if SHORT_YEAR.fullmatch(text):
        raise CellFault(_("年份只有两位，请补全为四位"))
    return text.replace(".", "-").replace("号", "日"), ""


def _month_alone() -> CellFault:
    return CellFault(_("只有年月，请补全到日"))


@listed.register
def _amount(cell: AmountCell, value: Raw) -> tuple[Raw, str]:
    if not isinstance(value, str):
        return value, ""
    text = CURRENCY.sub("", "".join(value.split()))
    text = MONEY.sub("", text).replace(",", "").replace("，", "")
    if text.endswith("万") and PLAIN.fullmatch(text[:-1]):
        return _times(text[:-1]), ""
    if not PLAIN.fullmatch(text):
        raise CellFault(_("看不出是多少元，请只填写数字，如 1234.56"))
    return text, ""


def _times(value: Raw) -> Raw:
    """So many times ten thousand, as text."""
    try:
        amount = Decimal(str(value)) * TEN_THOUSAND
    except ArithmeticError:
        return value
    return format(amount.normalize(), "f")


@listed.register
def _count(cell: WholeCell, value: Raw) -> tuple[Raw, str]:
    if not isinstance(value, str):
        return value, ""
    found = COUNT.fullmatch("".join(value.split()))
    if not found:
        year = re.fullmatch("([0-9]{4})年度?", "".join(value.split()))
        return (year[1] if year else value), ""
    return found[1], ""


@listed.register
def _yes_or_no(cell: YesNoCell, value: Raw) -> tuple[Raw, str]:
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    text = "".join(text.split()).lower()
    if text in YES:
        return "是", ""
    if text in NO:
        return "否", ""
    raise Unknown(_("不知道是“是”还是“否”"))


@listed.register
def _word(cell: CodeCell, value: Raw) -> tuple[Raw, str]:
    text = digits(value) if isinstance(value, (int, float)) else value
    return _code(cell, text) if isinstance(text, str) else (value, "")


@listed.register
def _words(cell: CodeListCell, value: Raw) -> tuple[Raw, str]:
    if not isinstance(value, str):
        return value, ""
    if value in cell.values:
        return value, ""
    words = [word for word in cell.divided(value, SEPARATORS) if word]
    return cell.separator.join(_code(cell, word)[0] for word in words), ""


def _code(cell: CodeCell, text: str) -> tuple[str, str]:
    """The label for a word of a list: itself, an old or short name, the same without blanks, or what it grew from."""
    bare = "".join(text.split())
    for known in (cell.values, cell.short):
        for word in known:
            if "".join(word.split()) == bare:
                return (known[word], "") if known is cell.short else (word, "")
    grown = (cell.grown(bare) if cell.grown else None) or _beside_brackets(cell, bare)
    if grown:
        label, sure = grown
        return label, "" if sure else _("“%(word)s”读作“%(label)s”，请核对") % {"word": text, "label": label}
    reason = _("没有“%(word)s”这一类，应为下列之一：%(words)s")
    raise Unknown(reason % {"word": text[:20], "words": "、".join(cell.words)})


def _beside_brackets(cell: CodeCell, bare: str) -> tuple[str, bool] | None:
    """本科(学士) is 本科: the word without what stands in brackets, sure only where that means the same."""
    known = {**cell.short} | {"".join(word.split()): word for word in cell.values}
    label = known.get(BRACKETED.sub("", bare))
    if label is None or label == bare:
        return None
    return label, all(known.get(word) == label for word in BRACKETED.findall(bare))


@listed.register(IdNumberCell)
@listed.register(CardCell)
def _number(cell: Cell, value: Raw) -> tuple[Raw, str]:
    if not isinstance(value, str):
        return value, ""
    text = "".join(value.split()).lstrip("'‘’`")
    if SCIENTIFIC.fullmatch(text):
        raise CellFault(_("被存成科学计数法的数字，末几位已丢失，请按证件重新填写"))
    return DASHES.sub("", text), ""
