import pytest

from portal.text import ForbiddenCharacterError, fold_name, may_have_lost_a_character, normalise

MARKS = ((0x200B, 0x200F), (0x202A, 0x202D), (0x2060, 0x2064), (0x2066, 0x2069))
INVISIBLE = [chr(code) for first, last in MARKS for code in range(first, last + 1)]


@pytest.mark.parametrize(
    "mark", [*INVISIBLE, "\ufeff", "\u00ad", "\u061c", "\u115f", "\u3164", "\ufe0f", "\u2800"], ids=ascii
)
def test_invisible_marks_are_removed(mark):
    assert normalise(f"{mark}5,0{mark}00.10{mark}") == "5,000.10"


@pytest.mark.parametrize("text", ["甲\u202e乙", "甲_x202E_乙", "\u202d甲\u202e"])
def test_only_the_mark_that_turns_text_round_is_refused(text):
    with pytest.raises(ForbiddenCharacterError):
        normalise(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("张\u3000三", "张三"),
        ("欧 阳  娜娜", "欧阳娜娜"),
        ("John Smith", "John Smith"),
        ("阿依古丽 • 买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽‧买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("J.R. Smith", "J.R. Smith"),
    ],
)
def test_names_are_folded(written, folded):
    assert fold_name(normalise(written)) == folded


@pytest.mark.parametrize(
    ("name", "lost"), [("张\ufffd", True), ("张?三", True), ("张\ue123", True), ("张三", False), ("O?", False)]
)
def test_lost_characters_leave_traces(name, lost):
    assert may_have_lost_a_character(name) is lost
