import pytest

from portal.workbook.reading.norows import BLANK, HEADINGS, NOTE, NUMBER_ONLY, TOTAL, why_no_row

COLUMNS = {1: "编号", 2: "姓名", 3: "金额(元)"}


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ([None, "A1", "张三", 5], None),
        ([7, None, None, None], NUMBER_ONLY),
        ([7.0, "7", None, "\u200b "], NUMBER_ONLY),
        (["7", "A7", None, None], None),
        (["别的", None, None, None], BLANK),
        ([None, "合 计", None, 500], TOTAL),
        (["总计：3 户", None, None, None], TOTAL),
        ([None, None, "本页小计", 500], TOTAL),
        ([None, None, None, "合计 12"], TOTAL),
        ([None, "合计师傅", "张三", 5], None),
        (["填表人：张三", None, "审核人：李四", None], NOTE),
        ([None, "说明（必读）：逐行填写", None, None], NOTE),
        (["注：", None, None, None], NOTE),
        (["备注", "A1", "31010119900307201X", 5], None),
        (["说明书", "A1", "张三", 5], None),
        (["序号", "编号*", "姓 名", "金额"], HEADINGS),
    ],
)
def test_rows_that_are_none(cells, why):
    assert why_no_row(cells, COLUMNS, numbered=[1]) == why


def test_number_written_ahead_counts_only_where_one_is_expected():
    assert why_no_row([None, "7", None, None], COLUMNS) is None
    assert why_no_row([None, None, "7", None], COLUMNS, numbered=[1]) is None
