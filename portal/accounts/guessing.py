"""Passwords that are guessed first: one known word, with digits and marks around it.

Lists of what people use are lists of words; what portals of this kind see (Admin@123, Shanghai2026, Abcd1234!) is such
a word, a name of the place or a run of keys with a year or a mark. So the word inside is looked for, not the password.
"""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from portal.models import Union, User
from portal.words.pinyin import syllables

# Words of this work and this place, as they are typed without Chinese characters.
ROLE_WORDS = (
    "admin administrator root system sysadmin security secadmin audit auditor clerk lead leader reviewer manager user"
    " guest guanliyuan guanli xitong anquan shenji jiandu jingban jingbanren shenhe shenheyuan caiwu zhuxi fuzhuxi"
    " zhuren buzhang chuzhang kezhang baozhangbu bangfu kunnan zhigong gonghui demo test ceshi mima huanying nihao"
)
SEASON_WORDS = "spring summer autumn fall winter chun chuntian xia xiatian qiu qiutian dong dongtian chunjie guoqing"
PLACE_WORDS = (
    "shanghai sh shanghaishi huangpu xuhui changning jingan putuo hongkou yangpu minhang baoshan jiading pudong"
    " jinshan songjiang qingpu fengxian chongming hudong puxi zhongguo china beijing"
)
OWN_WORDS = frozenset(f"{ROLE_WORDS} {SEASON_WORDS} {PLACE_WORDS}".split())

KEYBOARD = (
    "1234567890 qwertyuiop asdfghjkl zxcvbnm abcdefghijklmnopqrstuvwxyz 1qaz2wsx3edc4rfv5tgb6yhn7ujm"
    " qazwsxedcrfvtgbyhnujm 1q2w3e4r5t6y7u8i9o0p q1w2e3r4t5y6u7i8o9p0 a1b2c3d4e5f6g7h8 1a2b3c4d5e6f7g8h"
)
ROWS = tuple(direction for row in KEYBOARD.split() for direction in (row, row[::-1]))
UNSHIFTED = str.maketrans("!@#$%^&*()", "1234567890")
LOOKS_LIKE = ("@a$s0o1i3e4a5s7t!i", "@a$s0o1l3e4a5s7t!l")  # leet twins: a mark and the letter it stands for
TWINS = tuple(str.maketrans(dict(zip(pairs[::2], pairs[1::2], strict=True))) for pairs in LOOKS_LIKE)
SHORTEST_RUN = 3
SHORTEST_WORD = 4  # what is shorter adds nothing to the digits around it
LONGEST_LOOKED_AT = 128
TWINS_AT_START, TWINS_AT_END = 2, 4  # so many digits and marks at an end may be letters in disguise


@cache
def known_words() -> frozenset[str]:
    """Passwords, words and names that lists of guesses begin with: zxcvbn's lists, Django's, and this work's own."""
    listed = (word for words in FREQUENCY_LISTS.values() for word in words)
    return frozenset(listed) | CommonPasswordValidator().passwords | OWN_WORDS


def words_of(user: User | None) -> frozenset[str]:
    """The names of a person, their unions and their parts in pinyin: 东湖区总工会 is donghu, donghuqu and so on."""
    if user is None:
        return frozenset()
    path = user.union.path if user.union_id else ""
    above = [path[:end] for end in range(Union.steplen, len(path) + 1, Union.steplen)]
    found = {user.username.lower()}
    for name in (user.name, *Union.objects.filter(path__in=above).values_list("name", flat=True)):
        read = syllables(name)
        found |= {"".join(read[:end]) for end in range(2, len(read) + 1)} | {"".join(each[0] for each in read)}
    return frozenset(found)


def cores(password: str) -> Iterator[str]:
    """What may be the word in `password`: it without some of the digits and marks at both its ends, lower case."""
    lowered = password.lower()
    letters = [place for place, char in enumerate(lowered) if char.isalpha()]
    if not letters:
        return
    first, last = letters[0], letters[-1] + 1
    for start in range(max(0, first - TWINS_AT_START), first + 1):
        for end in range(last, min(last + TWINS_AT_END, len(lowered)) + 1):
            yield lowered[start:end]


def is_run(text: str) -> bool:
    """Whether `text` is nothing but runs of neighbouring keys or letters, or one character again and again."""
    plain, start = text.lower().translate(UNSHIFTED), 0
    while start < len(plain):
        end = next((end for end in range(len(plain), start + SHORTEST_RUN - 1, -1) if _runs(plain[start:end])), None)
        if end is None:
            return False
        start = end
    return bool(plain)


def _runs(part: str) -> bool:
    return any(part in row for row in ROWS) or all(one == two for one, two in pairwise(part))


def is_guessed_first(password: str, user: User | None = None) -> bool:
    """Whether `password` is a known word, a run of keys or a few letters, with digits and marks around it or in it."""
    if len(password) > LONGEST_LOOKED_AT:
        return False
    tried = list(cores(password))
    if min(map(len, tried), default=0) < SHORTEST_WORD or is_run(password) or any(map(is_run, tried)):
        return True
    known, own = known_words(), words_of(user)
    return any(word in known or word in own for core in tried for word in _spellings(core))


def _spellings(core: str) -> Iterator[str]:
    """The word as it stands, with letters for their twins, and once where it was typed twice."""
    for word in (core, *(core.translate(twins) for twins in TWINS)):
        yield word
        if word[: len(word) // 2] * 2 == word:
            yield word[: len(word) // 2]


class GuessedFirstValidator:
    """No known word, name of the place or run of keys, whatever digits stand around it (ASVS 6.2.4, 6.2.11)."""

    def validate(self, password: str, user: User | None = None) -> None:
        if is_guessed_first(password, user):
            raise ValidationError(
                _(
                    "密码太容易猜到：它只是一个常见的词、姓名、地名、岗位或键盘上相邻的键，再加上数字或符号。请换成几个不相干的词。"
                ),
                code="password_guessed_first",
            )

    def get_help_text(self) -> str:
        return _("密码不能只是一个常见的词、姓名、地名或键盘上相邻的键加数字、符号，例如“Admin@123”。")
