from itertools import product

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from portal.accounts.guessing import OWN_WORDS, is_guessed_first, known_words
from portal.accounts.passwords import first_password
from portal.models import User


@pytest.mark.parametrize(
    "password",
    [
        "Admin@123",
        "Shanghai2026",
        "12345678Aa",
        "Abcd1234!",
        "Qwer1234",
        "Spring2026!",  # a season and a year
        "Qiutian@2025",
        "Shenhe#2026",  # a role
        "Pudong-2026",  # a part of the city
        "P@ssw0rd2026!",  # marks that stand for letters
        "Adm1n1strat0r!",
        "@dmin2026",
        "!QAZ2wsx",  # neighbouring keys, with shift
        "Aa112233..",
        "AdminAdmin1!",  # twice the same
        "Zgh@12345",  # three letters and digits
        "Beijing@2008",
    ],
)
def test_word_with_digits_and_marks_is_refused_with_the_reason(password):
    with pytest.raises(ValidationError) as refusal:
        validate_password(password)
    assert "常见" in "".join(refusal.value.messages)
    assert password not in str(refusal.value.messages)


def test_list_holds_a_hundred_thousand_words():
    assert len(known_words()) >= 100_000
    assert known_words() > OWN_WORDS


def test_every_own_word_is_refused_with_every_usual_end():
    ends = ("1", "123", "@123", "2026", "#2025", "2026!", "_01", "888")
    tried = [word.capitalize() + end for word, end in product(sorted(OWN_WORDS), ends)]
    assert len(tried) == 8 * len(OWN_WORDS)
    assert [password for password in tried if not is_guessed_first(password)] == []


@pytest.mark.parametrize("password", ["Chenjingban@1", "Cjbxy#Donghu1", "Donghu@2026", "Donghuqu2026!", "Shilishi-88"])
def test_own_name_and_those_of_the_unions_above_are_refused_in_pinyin(clerk, grassroots, password):
    clerk.union = grassroots
    expected = not password.startswith("Cjbxy")
    assert is_guessed_first(password, clerk) is expected
    assert is_guessed_first(password, User(username="other", name="周其他")) is False


@pytest.mark.parametrize("password", ["Maple31x", "Maple-Street-31", "枫叶Maple31", "x" * 60 + "Y-31"])
def test_several_words_are_accepted(password):
    assert is_guessed_first(password) is False


def test_first_passwords_pass():
    assert not [password for password in (first_password() for _round in range(200)) if is_guessed_first(password)]


def test_what_is_very_long_is_not_searched():
    assert is_guessed_first("1" * 100_000 + "a" + "!" * 100_000) is False
