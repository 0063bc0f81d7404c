import pytest

from portal.words.pinyin import initials


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("曾小丽", "ZXL"),
        ("仇英", "QY"),
        ("单小明", "SXM"),
        ("单于飞", "CYF"),
        ("解缙", "XJ"),
        ("翟明", "ZM"),
        ("区海", "OH"),
        ("查良", "ZL"),
        ("尉迟恭", "YCG"),
        ("张 三", "ZS"),
        ("阿依古丽·买买提", "AYGLMMT"),
        ("John Smith", "JS"),
        ("", ""),
        ("·", ""),
        ("张" * 60, "Z" * 50),
    ],
)
def test_initials_of_names(name, expected):
    assert initials(name) == expected
