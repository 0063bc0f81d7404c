import pytest

from portal.workbook.reading.headings import HeadingRow, find_heading_row, fold_heading

KNOWN = {"编号", "姓名", "金额", "子女姓名"}


def known(text: str) -> bool:
    return fold_heading(text) in KNOWN


@pytest.mark.parametrize(
    "written",
    [
        "金额",
        "金额（元）",
        "*金额(元)",
        "金额＊",
        "﹡金 额",
        "金\n额\n(元)",
        "金额：",
        "金\u3000额:",
        "\u200b金额【元】",
        "金额(单位：元)",
    ],
)
def test_headings_are_compared_folded(written):
    assert fold_heading(written) == "金额"


@pytest.mark.parametrize(
    ("written", "folded"), [("金额(万元)", "金额(万元)"), ("日期(起)", "日期(起)"), ("金\u202e额", "")]
)
def test_what_tells_a_heading_apart_stays(written, folded):
    assert fold_heading(written) == folded


def test_heading_row_below_titles_is_the_one_with_most_known():
    rows = [
        (1, ["困难职工登记表"]),
        (3, ["编号", None, "填报单位：区总"]),
        (4, ["编号*", "姓 名", "别的"]),
        (5, ["1", "张三", ""]),
    ]
    assert find_heading_row(rows, known) == HeadingRow(4, 4, {0: "编号*", 1: "姓 名", 2: "别的"}, 2)


def test_of_equal_rows_the_upper_one_is_taken():
    assert find_heading_row([(1, ["编号"]), (2, ["姓名"])], known).last == 1


def test_heading_below_the_twentieth_row_is_none():
    assert find_heading_row([(21, ["编号", "姓名"])], known) is None
    assert find_heading_row([(20, ["编号", "姓名"])], known).first == 20


def test_two_rows_of_headings_are_joined():
    rows = [(2, ["编号", "子女", None, "金额"]), (3, [None, "姓名", "年级", None]), (4, ["1", "王一", "初二", 5])]
    merges = [(2, 2, 2, 3), (2, 1, 3, 1)]
    assert find_heading_row(rows, known, merges) == HeadingRow(
        2, 3, {0: "编号", 1: "子女姓名", 2: "年级", 3: "金额"}, 4
    )


def test_row_of_data_is_not_taken_for_a_second_row_of_headings():
    rows = [(1, ["编号", "姓名", "项目"]), (2, ["1", "张三", "金额"])]
    assert find_heading_row(rows, known).last == 1
