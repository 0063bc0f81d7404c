"""Identity, card and telephone numbers of mainland China: read from what people type, and masked for the screen.

A refusal never repeats the value, so that it may go into logs and answers.
"""

import functools
import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from stdnum import luhn, numdb
from stdnum.cn import uscc

from portal import text as plain
from portal.days import is_future

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999, table 1
ID_CHECK_CHARACTERS = "10X98765432"
ID_PATTERN = re.compile("[0-9]{17}[0-9X]")
CARD_PATTERN = re.compile("[0-9]{16,19}")
TELEPHONE_PATTERN = re.compile("1[3-9][0-9]{9}|(?:0[0-9]{2,3}-?)?[0-9]{7,8}(?:-[0-9]{1,6})?")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
SCIENTIFIC = re.compile("[+-]?[0-9]+(?:[.][0-9]*)?E[+-]?[0-9]+", re.IGNORECASE)
# As long as a telephone of eleven digits at least, people's blanks and dashes among them; or a digest, which is none.
LONG_NUMBER = re.compile(r"\b[0-9a-f]{64}\b|\d(?:[ -]?\d){10,}[Xx]?")
DIGEST = 64  # letters and digits of a SHA-256
APOSTROPHES = frozenset("'‘’`´")


class IdentityError(ValueError):
    """A value refused, with a sentence for the person who typed it."""


@dataclass(frozen=True)
class IdNumber:
    number: str
    birth_date: date | None  # None, and the sex "", of a document that does not tell it
    sex: str  # "male" or "female"


def clean_text(text: str, *, multiline: bool = False) -> str:
    """The text in one form (see `portal.text`); bidirectional overrides are refused."""
    try:
        return plain.normalise(text, multiline=multiline)
    except plain.ForbiddenCharacterError:
        raise IdentityError(_("含有改变文字显示方向的控制字符，请删除后重新输入")) from None


def parse_id_number(text: str, today: date | None = None) -> IdNumber:
    """An 18-character citizen identity number by GB 11643-1999, of somebody born by today."""
    number = clean_number(text)
    if len(number) == 15:
        raise IdentityError(_("是 15 位的旧身份证号，请填写 18 位身份证号"))
    if len(number) != 18:
        raise IdentityError(_("身份证号应为 18 位，现为 %(length)d 位，请核对") % {"length": len(number)})
    if not ID_PATTERN.fullmatch(number):
        raise IdentityError(_("身份证号前 17 位应为数字，末位应为数字或 X，请核对"))
    birth_date = _birth_date(number)
    if (birth_date > today) if today else is_future(birth_date):
        raise IdentityError(_("身份证号中的出生日期晚于今天，请核对"))
    total = sum(weight * int(digit) for weight, digit in zip(ID_WEIGHTS, number[:17], strict=True))
    if number[17] != ID_CHECK_CHARACTERS[total % 11]:
        raise IdentityError(_("身份证号末位校验码不对，请逐位核对"))
    return IdNumber(number, birth_date, "male" if int(number[16]) % 2 else "female")


def clean_number(text: str) -> str:
    """What was typed as a number, without blanks and in capitals. Raises IdentityError for what spoils one."""
    number = _compact(text).upper()
    _refuse_what_spoils(number)
    return number


def _birth_date(number: str) -> date:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise IdentityError(_("身份证号中的出生日期不存在，请核对")) from None


def id_region_known(number: str) -> bool:
    """Whether the first six digits are, or once were, a county. The list has gaps: notice, never refuse."""
    return _region_known(number[:6])


@functools.lru_cache(maxsize=4096)
def _region_known(region: str) -> bool:
    return any("county" in properties for _part, properties in numdb.get("cn/loc").info(region))


def parse_card(text: str) -> str:
    """A bank card number of 16 to 19 digits with its Luhn check digit."""
    number = _compact(text)
    _refuse_what_spoils(number)
    if not CARD_PATTERN.fullmatch(number):
        raise IdentityError(_("银行卡号应为 16 至 19 位数字，请核对"))
    if not luhn.is_valid(number):
        raise IdentityError(_("银行卡号校验不通过，请逐位核对"))
    return number


def parse_telephone(text: str) -> str:
    """A mobile number, or a landline with or without area code and extension."""
    number = _compact(text).translate(DASHES)
    _refuse_what_spoils(number, dashes=False)
    if not TELEPHONE_PATTERN.fullmatch(number):
        raise IdentityError(_("电话应为 11 位手机号，或 7 至 8 位固定电话（可带区号和分机，如 021-63211939-3151）"))
    return number


def parse_credit_code(text: str) -> str:
    """A unified social credit code of 18 characters with its check character (GB 32100-2015)."""
    code = _compact(text).upper()
    if not uscc.is_valid(code):
        raise IdentityError(_("统一社会信用代码应为 18 位数字和字母，现校验不通过，请逐位核对"))
    return code


def is_scientific(text: str) -> bool:
    """Whether a number was written with a power of ten, as spreadsheets show long ones: 6.22E+18."""
    return SCIENTIFIC.fullmatch(text) is not None


def _refuse_what_spoils(number: str, *, dashes: bool = True) -> None:
    """Name what a spreadsheet or a careful hand put between or before the digits. Raises IdentityError."""
    if is_scientific(number):
        raise IdentityError(_("是科学计数法，末几位已丢失，请将此列设为文本格式后按证件重填"))
    if APOSTROPHES.intersection(number):
        raise IdentityError(_("含有撇号（'），请删去，只留号码"))
    if dashes and "-" in number.translate(DASHES):
        raise IdentityError(_("含有横线（-），请删去，只留号码"))


def _compact(text: str) -> str:
    return "".join(clean_text(text).split())


def mask_id_number(number: str) -> str:
    """310***********9017; of another document its kind, and less of the number, which is shorter: 护照 E*****678"""
    kind, _blank, short = number.rpartition(" ")
    if kind and not any(map(str.isdigit, kind)):  # digits before a blank are a number as people group it
        return f"{kind} {short[:1]}{'*' * (len(short) - 4)}{short[-3:]}" if len(short) > 4 else f"{kind} ****"
    return number[:3] + "*" * (len(number) - 7) + number[-4:] if len(number) > 7 else "*" * len(number)


def mask_card(number: str) -> str:
    """**** 6662"""
    return f"**** {number[-4:]}" if len(number) > 4 else "*" * len(number)


def mask_numbers(text: str) -> str:
    """Words that somebody typed, with what in them is as long as a number of a card or telephone masked."""
    return LONG_NUMBER.sub(_number_masked, text)


def _number_masked(found: re.Match[str]) -> str:
    number = "".join(filter(str.isalnum, found[0]))
    return found[0] if len(number) == DIGEST else mask_card(number)


def mask_name(name: str) -> str:
    """张*"""
    return name[:1] + "*" * (len(name) - 1)


def mask_telephone(number: str) -> str:
    """138****5678; of a landline the last four digits before the extension: ****1939"""
    if re.fullmatch("1[0-9]{10}", number):
        return f"{number[:3]}****{number[-4:]}"
    main = number.rsplit("-", 1)[0] if re.search("[0-9]{7}-[0-9]{1,6}$", number) else number
    return f"****{main[-4:]}" if len(main) > 4 else "*" * len(main)
