"""Documents besides the identity card: what a number must look like, and what it tells."""

from datetime import date

import pytest

from portal.identity import IdentityError, mask_id_number
from portal.words.identity_kinds import as_kept, bare_number, is_of_unknown_region, kind_word, parse_identity


# 810000199408230021 and 830000199201300022 are on the specimens of the residence permit that the police published; the
# check digit of USA31008612015 by hand: 30·7+28·3+10·1+3·7+1·3+0+0+8·3+6·1+1·7+2·3+0+1·7+5·3 = 393 → 3.
@pytest.mark.parametrize(
    ("typed", "kept", "born", "sex"),
    [
        ("11010519491231002X", "11010519491231002X", date(1949, 12, 31), "female"),
        ("港澳台居民居住证 810000199408230021", "810000199408230021", date(1994, 8, 23), "female"),
        ("830000199201300022", "830000199201300022", date(1992, 1, 30), "female"),
        ("港澳居民来往内地通行证 H12345678", "港澳居民来往内地通行证 H12345678", None, ""),
        ("回乡证：m1234567801", "港澳居民来往内地通行证 M1234567801", None, ""),
        ("台胞证12345678", "台湾居民来往大陆通行证 12345678", None, ""),
        ("台湾居民来往大陆通行证 1234567890(B)", "台湾居民来往大陆通行证 1234567890B", None, ""),
        ("护照 e12345678", "护照 E12345678", None, ""),
        ("外国人永久居留身份证 USA310086120153", "外国人永久居留身份证 USA310086120153", date(1986, 12, 1), ""),
    ],
)
def test_number_of_each_kind(typed, kept, born, sex):
    read = parse_identity(typed)
    assert (read.number, read.birth_date, read.sex) == (kept, born, sex)
    assert parse_identity(kept) == read


def foreigner(body: str) -> str:
    """The number of 2023 with its check character, reckoned here anew: 2 to the power of the place, modulo 11."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body))
    return body + "0123456789X"[(12 - total % 11) % 11]


def test_permanent_residence_since_2023():
    number = foreigner("93184019860112001")
    read = parse_identity(f"永居证 {number}")
    assert (read.number, read.birth_date, read.sex) == (number, date(1986, 1, 12), "male")
    assert kind_word(number) == "外国人永久居留身份证"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("H12345678", "身份证号应为 18 位"),  # without its word: as ever
        ("港澳居民来往内地通行证 K12345678", "字母 H 或 M"),
        ("港澳居民来往内地通行证 H123456789", "字母 H 或 M"),
        ("台湾居民来往大陆通行证 1234567", "8 位数字"),
        ("港澳台居民居住证 11010519491231002X", "810000、820000 或 830000"),
        ("港澳台居民居住证 810000199408230022", "校验码"),
        ("外国人永久居留身份证 11010519491231002X", "以 9 开头"),
        ("外国人永久居留身份证 USA310086120154", "校验码"),
        ("外国人永久居留身份证 USA310086130153", "出生日期不存在"),
        ("护照 ABCDE", "5 至 9 位"),
        ("护照 E1234567890", "5 至 9 位"),
    ],
)
def test_wrong_number_of_each_kind(typed, words):
    with pytest.raises(IdentityError, match=words) as refused:
        parse_identity(typed)
    assert typed.split()[-1] not in str(refused.value)


def test_kind_and_number_of_what_is_kept():
    assert kind_word("护照 E12345678") == "护照"
    assert bare_number("护照 E12345678") == "E12345678"
    assert kind_word("11010519491231002X") == "居民身份证"
    assert kind_word("820000199408230021") == "港澳台居民居住证"
    assert kind_word("") == ""


def test_masked_with_its_kind():
    assert mask_id_number("护照 E12345678") == "护照 E*****678"
    assert mask_id_number("台湾居民来往大陆通行证 12345678") == "台湾居民来往大陆通行证 1****678"


def test_looked_for_as_every_kind_it_may_be():
    assert list(as_kept("12345678")) == ["台湾居民来往大陆通行证 12345678", "护照 12345678"]
    assert list(as_kept("h12345678")) == ["港澳居民来往内地通行证 H12345678", "护照 H12345678"]
    assert list(as_kept("护照 E12345678")) == ["护照 E12345678"]
    assert list(as_kept("USA310086120153")) == ["外国人永久居留身份证 USA310086120153"]
    assert list(as_kept("11010519491231002X")) == []
    assert list(as_kept("张三")) == []


def test_region_is_asked_of_identity_cards_only():
    assert not is_of_unknown_region("11010519491231002X")
    assert not is_of_unknown_region(foreigner("93184019860112001"))
    assert is_of_unknown_region("99999919491231002X")  # no province 99
    assert is_of_unknown_region("79999919491231002X")
    assert not is_of_unknown_region("护照 E12345678")
