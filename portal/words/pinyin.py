"""Initials of Chinese names, so that people are found by typing a few letters."""

import functools
import unicodedata

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

LONGEST = 50


def _share_syllables() -> None:
    """Let equal syllables of pypinyin's 47 000 phrases be one list: 20 MB less in each process."""
    shared: dict[str, list[str]] = {}
    for phrase, syllables in PHRASES_DICT.items():
        PHRASES_DICT[phrase] = [shared.setdefault(each[0], each) if len(each) == 1 else each for each in syllables]


_share_syllables()

# Those that pypinyin reads as the word; 单于 stands here because 单 does.
SURNAMES = {
    "单于": "CY",
    "曾": "Z",
    "仇": "Q",
    "单": "S",
    "解": "X",
    "翟": "Z",
    "区": "O",
    "查": "Z",
    "乐": "Y",
    "秘": "B",
    "种": "C",
    "折": "S",
    "召": "S",
    "祭": "Z",
    "隗": "W",
    "繁": "P",
    "重": "C",
    "覃": "Q",
    "句": "G",
    "阚": "K",
}


@functools.lru_cache(maxsize=10_000)
def initials(name: str) -> str:
    """The upper-case initials of `name`: 曾小丽 → ZXL. Of words in Latin letters the first letter counts."""
    name = "".join(name.split()) if not name.isascii() else name
    for length in (2, 1):
        surname = SURNAMES.get(name[:length])
        if surname:
            return (surname + _letters(name[length:]))[:LONGEST]
    return _letters(name)[:LONGEST]


def syllables(name: str) -> list[str]:
    """The syllables of `name`, lower case, without tones: 东湖区 → dong, hu, qu."""
    return [found.lower() for found in lazy_pinyin(name, errors=_words, strict=False) if found]  # type: ignore[arg-type]


def _letters(text: str) -> str:
    syllables = lazy_pinyin(text, style=Style.FIRST_LETTER, errors=_words, strict=False)  # type: ignore[arg-type]  # it takes a list, too
    return "".join(_plain(syllable[:1]) for syllable in syllables).upper()


def _words(text: str) -> list[str]:
    """Words of what is not Chinese; signs between them, such as the dot in 买买提·艾力, part and vanish."""
    return "".join(character if character.isalnum() else " " for character in text).split()


def _plain(letter: str) -> str:
    """A letter without its accent; '' for what is no letter of the alphabet."""
    base = unicodedata.normalize("NFKD", letter)[:1]
    return base if base.isascii() and base.isalnum() else ""
