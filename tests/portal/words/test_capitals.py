"""人民币大写: the examples of the rule, traps, and every amount read back by another way than it was written."""

from decimal import Decimal
from itertools import product

import pytest

from portal.words.capitals import in_capitals

# The rule's own examples, those it lets be written in two ways in the first of them; then zeros wherever they hide.
WORDS = {
    "1409.50": "壹仟肆佰零玖元伍角整",
    "6007.14": "陆仟零柒元壹角肆分",
    "1680.32": "壹仟陆佰捌拾元零叁角贰分",
    "107000.53": "壹拾万柒仟元零伍角叁分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "325.04": "叁佰贰拾伍元零肆分",
    "0": "零元整",
    "0.01": "壹分",
    "0.10": "壹角整",
    "0.11": "壹角壹分",
    "1": "壹元整",
    "1.01": "壹元零壹分",
    "10": "壹拾元整",
    "10.10": "壹拾元零壹角整",
    "15": "壹拾伍元整",
    "20": "贰拾元整",
    "100": "壹佰元整",
    "101": "壹佰零壹元整",
    "110": "壹佰壹拾元整",
    "1000": "壹仟元整",
    "1001": "壹仟零壹元整",
    "1010": "壹仟零壹拾元整",
    "1100": "壹仟壹佰元整",
    "1200": "壹仟贰佰元整",
    "10000": "壹万元整",
    "10001": "壹万零壹元整",
    "10010": "壹万零壹拾元整",
    "10100": "壹万零壹佰元整",
    "11000": "壹万壹仟元整",
    "100000": "壹拾万元整",
    "100500": "壹拾万零伍佰元整",
    "1000000": "壹佰万元整",
    "1000001": "壹佰万零壹元整",
    "10000000": "壹仟万元整",
    "10203040": "壹仟零贰拾万叁仟零肆拾元整",
    "100000000": "壹亿元整",
    "100000001": "壹亿零壹元整",
    "100010000": "壹亿零壹万元整",
    "105000000": "壹亿零伍佰万元整",
    "110000000": "壹亿壹仟万元整",
    "1000007000": "壹拾亿零柒仟元整",
    "999999999999.99": "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
}


@pytest.mark.parametrize(("amount", "words"), WORDS.items(), ids=list(WORDS))
def test_amount_in_the_words_of_the_rule(amount, words):
    assert in_capitals(Decimal(amount)) == words


def read_back(words: str) -> Decimal:
    """The amount of words: each digit by the unit behind it, so that a lost or doubled zero is of no account."""
    digits = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
    places = {"拾": 10, "佰": 100, "仟": 1000}
    yuan, parts = words.split("元") if "元" in words else ("", words)
    total = section = digit = 0
    for character in yuan:
        if character in digits:
            digit = digits[character]
        elif character in places:
            section, digit = section + digit * places[character], 0
        else:
            total, section, digit = total + (section + digit) * {"万": 10**4, "亿": 10**8}[character], 0, 0
    fen = 0
    for character in parts:
        if character in digits:
            digit_of_part = digits[character]
        elif character in "角分":
            fen += digit_of_part * (10 if character == "角" else 1)
    return Decimal(total + section + digit) + Decimal(fen) / 100


def test_every_section_and_every_fraction_is_read_back_and_has_no_odd_zero():
    """All numbers of four digits as yuan, ten thousands and hundred millions, with 0, 7 and 10 000 behind them."""
    yuan = {number * scale + rest for number in range(10_000) for scale in (1, 10**4, 10**8) for rest in (0, 7, 10_000)}
    amounts = [*map(Decimal, sorted(yuan)), *(Decimal(whole) + Decimal(fen) / 100 for whole, fen in FRACTIONS)]
    wrong = [amount for amount in amounts if not is_sound(amount, in_capitals(amount))]
    assert wrong == []


FRACTIONS = list(product((0, 1, 10, 105, 1000, 20_030, 10**8), range(100)))


def is_sound(amount: Decimal, words: str) -> bool:
    odd = ("零零", "零万", "零亿", "亿万", "零拾", "零佰", "零仟", "零角", "零分")
    ends_right = words.endswith("整") == (amount * 10 == int(amount * 10))
    begins_right = not words.startswith("零") or amount == 0
    return (
        read_back(words) == amount and not any(each in words for each in odd) and ends_right and begins_right
        and ("零元" not in words or amount == 0)
    )  # fmt: skip


@pytest.mark.parametrize("amount", ["-0.01", "0.001", "1000000000000", "NaN", "Infinity"])
def test_what_is_no_amount_is_refused(amount):
    with pytest.raises(ValueError, match="no amount of money"):
        in_capitals(Decimal(amount))
