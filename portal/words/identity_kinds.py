"""Kinds of identity document besides the identity card: one declaration a kind, asked wherever a number is read.

A number alone does not tell its kind: eight digits are a 台湾居民来往大陆通行证 or a passport of some country. So the
word of the kind stands in front, 护照 E12345678, and what is kept is that whole text: sealed, found by its blind index
and unique as (kind, number) without a field of its own. Numbers after GB 11643 say themselves what they are and stay
bare: the identity card's, those of 港澳台居民居住证 (810000, 820000, 830000), and of the 外国人永久居留身份证 of 2023,
which begin with 9.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.days import is_future
from portal.identity import IdentityError, IdNumber, clean_number, id_region_known, parse_id_number

MRZ_WEIGHTS = (7, 3, 1)  # ICAO Doc 9303, part 3, 4.9; the 外国人永久居留身份证 of 2017 has its check digit from there
KNOWN_OF_OLD_PERMIT = 14  # characters before that digit
COMPATRIOTS = ("810000", "820000", "830000")  # Hong Kong, Macao, Taiwan: 港澳台居民居住证申领发放办法, 2018
PROVINCES = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"  # GB/T 2260
)
FOREIGNERS = tuple(f"9{province}" for province in PROVINCES.split())  # 外国人永久居留身份证 since December 2023
BETWEEN = " :"  # what may stand between the word of a kind and the number; folded by then


def _nothing(_number: str) -> tuple[date | None, str]:
    """Neither day of birth nor sex."""
    return None, ""


def _sound(_number: str) -> bool:
    """No check digit."""
    return True


@dataclass(frozen=True)
class IdentityKind:
    """A kind of document: its word, others for it, and what a number of it looks like, in a pattern and in words.

    `check` says whether the check digit is right, `tells` the day of birth and the sex that the number holds; it raises
    ValueError for a day that is none. Numbers of `regions` are those of GB 11643 that begin so; they stand bare.
    """

    word: str
    pattern: re.Pattern[str]  # of numbers that stand behind the word, in capitals
    shape: str | Promise
    others: tuple[str, ...] = ()
    check: Callable[[str], bool] = _sound
    tells: Callable[[str], tuple[date | None, str]] = _nothing
    regions: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Its own first."""
        return (self.word, *self.others)

    def is_bare(self, number: str) -> bool:
        """Whether a number of this kind stands without its word."""
        return not number.startswith(self.words)

    def read(self, number: str, today: date | None) -> IdNumber:
        """Raises IdentityError with a sentence that does not repeat the number."""
        if self.regions and len(number) == 18:
            return self._read_as_citizen(number, today)
        if not self.pattern.fullmatch(number):
            raise IdentityError(_("%(kind)s号码应为%(shape)s，请核对") % {"kind": self.word, "shape": self.shape})
        try:
            born, sex = self.tells(number)
        except ValueError:
            raise IdentityError(_("%(kind)s号码中的出生日期不存在，请核对") % {"kind": self.word}) from None
        if not self.check(number):
            raise IdentityError(_("%(kind)s号码末位校验码不对，请逐位核对") % {"kind": self.word})
        return IdNumber(f"{self.word} {number}", born, sex)

    def _read_as_citizen(self, number: str, today: date | None) -> IdNumber:
        parsed = parse_id_number(number, today)
        if not parsed.number.startswith(self.regions):
            raise IdentityError(_("%(kind)s号码应为%(shape)s，请核对") % {"kind": self.word, "shape": self.shape})
        return parsed


def _checked_as_passport(number: str) -> bool:
    """The last digit by the weights 7, 3, 1; letters count from A = 10."""
    body = number[:KNOWN_OF_OLD_PERMIT]
    total = sum(int(character, 36) * MRZ_WEIGHTS[place % 3] for place, character in enumerate(body))
    return number[KNOWN_OF_OLD_PERMIT] == str(total % 10)


def _born_by_old_permit(number: str) -> tuple[date | None, str]:
    """Two digits of the year: the latest that is not to come. The number does not tell the sex."""
    year, month, day = int(number[7:9]), int(number[9:11]), int(number[11:13])
    born = date(2000 + year, month, day)
    return (date(1900 + year, month, day) if is_future(born) else born), ""


IDENTITY_CARD = "居民身份证"
IDENTITY_SHAPE = gettext_lazy("18 位身份证号，末位可为 X")
GB_11643 = re.compile("[0-9]{17}[0-9X]")

HOME_RETURN = IdentityKind(
    "港澳居民来往内地通行证",
    re.compile("[HM](?:[0-9]{8}|[0-9]{10})"),
    gettext_lazy("字母 H 或 M 加 8 位数字（旧证为 10 位）"),
    others=("港澳通行证", "港澳居民通行证", "来往内地通行证", "回乡证"),
)
TAIWAN_PERMIT = IdentityKind(
    "台湾居民来往大陆通行证",
    re.compile("[0-9]{8}|[0-9]{10}[A-Z]?"),
    gettext_lazy("8 位数字（旧证为 10 位数字，可带一个字母）"),
    others=("台湾通行证", "台湾居民通行证", "来往大陆通行证", "台胞证"),
)
COMPATRIOT_RESIDENCE = IdentityKind(
    "港澳台居民居住证",
    GB_11643,
    gettext_lazy("18 位，以 810000、820000 或 830000 开头"),
    others=("港澳居民居住证", "台湾居民居住证", "居住证"),
    regions=COMPATRIOTS,
)
FOREIGNER_RESIDENCE = IdentityKind(
    "外国人永久居留身份证",
    re.compile("[A-Z]{3}[0-9]{12}"),
    gettext_lazy("18 位，以 9 开头；旧证为 3 位字母加 12 位数字"),
    others=("外国人永久居留证", "永久居留身份证", "永居证"),
    check=_checked_as_passport,
    tells=_born_by_old_permit,
    regions=FOREIGNERS,
)
PASSPORT = IdentityKind(
    "护照",
    re.compile("(?=[A-Z]{0,8}[0-9])[A-Z0-9]{5,9}"),  # ICAO Doc 9303, part 4: nine characters at most
    gettext_lazy("5 至 9 位字母和数字"),
    others=("外国护照", "中国护照", "外国人护照"),
)
KINDS = (HOME_RETURN, TAIWAN_PERMIT, COMPATRIOT_RESIDENCE, FOREIGNER_RESIDENCE, PASSPORT)


def parse_identity(text: str, today: date | None = None) -> IdNumber:
    """An identity number, or the number of another document behind the word of its kind. Raises IdentityError."""
    kind, number = _divided(clean_number(text))
    return kind.read(number, today) if kind else parse_id_number(number, today)


def kind_of(number: str) -> IdentityKind | None:
    """The kind of a number as it is kept; None of an identity card."""
    kind, bare = _divided(number)
    if kind or not GB_11643.fullmatch(bare):
        return kind
    return next((each for each in KINDS if each.regions and bare.startswith(each.regions)), None)


def kind_word(number: str) -> str:
    """The word of its kind; '' of no number."""
    kind = kind_of(number)
    return kind.word if kind else IDENTITY_CARD if number else ""


def shape_of(word: str) -> str:
    """What a number of the kind of that word looks like, in words; of any other word that of an identity card."""
    return str(next((kind.shape for kind in KINDS if kind.word == word), IDENTITY_SHAPE))


def bare_number(number: str) -> str:
    """The number without the word of its kind."""
    return _divided(number)[1]


def named_by_kind(kind: Any, number: Any) -> Any:
    """The number behind the word of its kind, where a column of its own says the kind and the number does not.

    Both as cells hold them: an identity card's number stays as it is, of which no word is kept.
    """
    word = "".join(kind.split()) if isinstance(kind, str) else ""
    if not word or not isinstance(number, str) or _divided(number.strip())[0]:
        return number
    is_card = word.endswith("身份证") and not any(word in each.words for each in KINDS)
    return number if is_card else f"{word} {number}"


def is_of_unknown_region(number: str) -> bool:
    """Whether an identity card's number begins with no county there ever was. The list has gaps."""
    return kind_of(number) is None and not id_region_known(number)


def as_kept(text: str) -> Iterator[str]:
    """The forms in which what somebody looks for may be on file: of each kind whose number it may be."""
    with suppress(IdentityError):
        kind, number = _divided(clean_number(text))
        for each in (kind,) if kind else KINDS:
            if each.pattern is not GB_11643 and each.pattern.fullmatch(number):
                yield f"{each.word} {number}"


def _divided(text: str) -> tuple[IdentityKind | None, str]:
    """The kind that a text names in front, if it names one, and the number behind."""
    for kind in KINDS:
        for word in kind.words:
            if text.startswith(word):
                return kind, text.removeprefix(word).lstrip(BETWEEN).replace("(", "").replace(")", "")
    return None, text
