"""What a code, a word and a year of a code list must be; each raises ValidationError with the name of its field."""

import re

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal.codes.declaration import CodeList
from portal.codes.used import longest_code
from portal.codes.words import Codes, Word
from portal.identity import IdentityError, clean_text
from portal.models.codes.change import FIRST_YEAR, LONGEST_WORD
from portal.text import NOTHING

YEARS_AHEAD = 5
CODE = re.compile("[A-Za-z0-9][A-Za-z0-9_-]*")
OF_A_SPREADSHEET = re.compile('[,"，;；|<>\\n]|^[=+@-]')  # what a drop-down, a cell or a page takes for something else


def clean_year(year: int) -> int:
    """A year from the first that the portal knows to some years ahead. Raises ValidationError."""
    last = localdate().year + YEARS_AHEAD
    if not FIRST_YEAR <= year <= last:
        raise ValidationError(
            {"year": _("年份应在 %(first)d 和 %(last)d 之间。") % {"first": FIRST_YEAR, "last": last}}
        )
    return year


def clean_code(code: str, code_list: CodeList, codes: Codes) -> str:
    """A code that a column holds and that no word of any year has. Raises ValidationError."""
    code, longest = _cleaned(code, "code"), longest_code(code_list)
    if not CODE.fullmatch(code) or len(code) > longest:
        words = _("代码由字母、数字、“_”、“-”组成，以字母或数字开头，最多 %(longest)d 位。")
        raise ValidationError({"code": words % {"longest": longest}})
    taken = {known.lower(): word for known, word in codes.by_code.items()}
    if word := taken.get(code.lower()):
        raise ValidationError({"code": _("代码“%(code)s”已是“%(word)s”（%(years)s）。") % vars_of(word)})
    return code


def clean_word(text: str, codes: Codes) -> str:
    """A word that none of any year is, and that a list or a drop-down cannot misread. Raises ValidationError."""
    text = _cleaned(text, "word")
    if not text or len(text) > LONGEST_WORD:
        raise ValidationError({"word": _("名称为 1 至 %(longest)d 个字。") % {"longest": LONGEST_WORD}})
    if text in NOTHING:
        raise ValidationError({"word": _("“%(word)s”在清单里表示没有填写，不能作为名称。") % {"word": text}})
    if OF_A_SPREADSHEET.search(text):
        raise ValidationError({"word": _("名称里不能有逗号、分号、竖线、双引号、尖括号，也不能以 = + - @ 开头。")})
    taken = {_folded(word.word): word for word in codes.words}
    if word := taken.get(_folded(text)):
        if word.ended is not None:
            told = _("“%(word)s”（代码 %(code)s）已在表中，%(years)s；要再用，请在它那一行恢复使用。")
            raise ValidationError({"word": told % vars_of(word)})
        raise ValidationError({"word": _("“%(word)s”（代码 %(code)s）已在表中。") % vars_of(word)})
    return text


def vars_of(word: Word) -> dict[str, str]:
    return {"word": word.word, "code": word.code, "years": word.years}


def _cleaned(text: str, field: str) -> str:
    try:
        return clean_text(text)
    except IdentityError as error:
        raise ValidationError({field: str(error)}) from None


def _folded(word: str) -> str:
    """A word as lists compare it: without blanks, capital letters as small ones."""
    return "".join(clean_text(word).split()).casefold()


def known(code: str, codes: Codes) -> Word:
    """The word of a code. Raises ValidationError."""
    if code not in codes.by_code:
        raise ValidationError(_("没有代码“%(code)s”这一项。") % {"code": code})
    return codes.by_code[code]
