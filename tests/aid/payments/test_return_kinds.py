"""Return files as banks make them: covers, totals, footers, words and names of their own, read like the plain one."""

import io
from decimal import Decimal

import pytest
from django.utils.timezone import localdate
from openpyxl import Workbook

from aid.enums import LineResult
from aid.models import ReturnFile
from aid.payments.bank.return_table import ReturnRefused, verdict
from aid.payments.bank.returns import take_return
from portal.audit import By
from tests.aid.paying import case_to_pay, items, layout, lines_of, raised, released, return_file, xlsx

pytestmark = pytest.mark.django_db
HEADINGS = ["序号", "户名", "账号", "开户行", "金额", "用途", "处理结果", "失败原因"]


@pytest.fixture
def batch(campaign, district, clerk, lead):
    raised(district, 5000)
    names = {"1000": "王建国", "1500": "阿卜杜拉·买买提", "2000": "张三"}
    return released(
        campaign, clerk, lead, [case_to_pay(district, amount, worker_name=name) for amount, name in names.items()]
    )


def take(batch, content, clerk, **fields):
    terms = {"name": "回盘.xlsx", "layout": layout(), "paid_on": localdate()} | fields
    return take_return(batch, content=content, by=By(clerk), **terms)


def changed(batch, change, failed=None) -> bytes:
    return return_file(batch, failed, change=change)


def is_read(batch, content, clerk, **fields):
    """Two payments of three succeeded, the second failed for the bank's reason."""
    found = take(batch, content, clerk, **fields)
    assert (found.paid, found.failed) == (2, 1)
    assert [item.result for item in items(batch)] == [LineResult.PAID, LineResult.FAILED, LineResult.PAID]
    assert items(batch)[1].reason == "账户已销户"
    return found


def refused(batch, content, clerk, **fields) -> list[str]:
    with pytest.raises(ReturnRefused) as told:
        take(batch, content, clerk, **fields)
    assert not ReturnFile.objects.exists()
    return told.value.reasons


FAILED = {2: "账户已销户"}


def test_cover_and_hidden_sheet_before_the_table_are_passed_over(batch, clerk):
    book = Workbook()
    book.active.title = "封面"
    book.active.append(["代发结果", "共 3 笔"])
    hidden = book.create_sheet("旧")
    hidden.append(HEADINGS)
    hidden.append([9, "外人", "6222020200112230004", "", 1, "", "成功", None])
    hidden.sheet_state = "hidden"
    table = book.create_sheet("明细")
    result = {1: ["成功", None], 2: ["失败", "账户已销户"], 3: ["成功", None]}
    table.append(HEADINGS)
    for line in lines_of(batch):
        told = [line.number, line.name, line.card, line.bank, line.amount, line.purpose]
        table.append([*told, *result[line.number]])
    file = io.BytesIO()
    book.save(file)
    is_read(batch, file.getvalue(), clerk)


def test_titles_totals_footer_and_repeated_headings_are_no_payments(batch, clerk):
    def dress(rows):
        first, *rest = rows[1:]
        rows[:] = [
            ["代发工资回盘"], ["批号：20140801", None, None, "日期：2014-08-01"], HEADINGS, first,
            ["小计", None, None, None, 1000], HEADINGS, *rest,
            ["合计", "3 笔", None, None, 4500], [None, None, None, None, "4,500.00元"],
            ["制表人：李四", None, None, None, "打印时间：2014-08-02"], ["以上数据仅供参考，以银行记账为准"],
        ]  # fmt: skip

    is_read(batch, changed(batch, dress, FAILED), clerk)


def test_total_that_is_not_what_stands_above_it_is_refused(batch, clerk):
    def add(rows):
        rows.append(["合计", None, None, None, 4499])

    assert refused(batch, changed(batch, add), clerk) == ["第 5 行：合计与它上面的明细 4,500.00 元不符"]


def test_headings_with_breaks_marks_and_units_and_cells_with_invisible_marks(batch, clerk):
    def spoil(rows):
        rows[0] = ["序 号", "户\n名", "账\n号*", "开户行", "金额\n（元）", "用途", "处理\u200b结果：", "失败原因"]
        for row in rows[1:]:
            row[0], row[2], row[6] = f"\u200e{row[0]}", f"'{row[2][:4]} {row[2][4:]}\ufeff", f" {row[6]}\u200b"

    is_read(batch, changed(batch, spoil, FAILED), clerk)


def test_amounts_with_noise_or_units_are_the_same_to_the_fen(batch, clerk):
    def spoil(rows):
        rows[1][4], rows[2][4], rows[3][4] = 1000.0000000000001, "￥1,500.00元", "2,000.00"

    is_read(batch, changed(batch, spoil, FAILED), clerk)


def test_status_and_verdicts_in_the_banks_words(batch, clerk):
    def reword(rows):
        rows[0] = ["顺序号", "收款人名称", "收款账号", "开户行", "交易金额", "用途", "状态", "备注"]
        rows[1][6], rows[2][6], rows[3][6] = "银行处理成功", "交易失败", "交易成功"

    is_read(batch, changed(batch, reword, FAILED), clerk)


@pytest.mark.parametrize(
    ("said", "paid"),
    [
        ("成功", True), ("交易成功", True), ("付款成功", True), ("已入账", True), ("退票", False),
        ("银行处理失败", False), ("未成功", None), ("部分成功", None), ("处理中", None), ("成功失败", None), ("", None),
    ],
)  # fmt: skip
def test_verdict_is_read_only_where_it_is_certain(said, paid):
    assert verdict(said, layout()) is paid


def test_names_with_blanks_and_other_dots_are_the_same(batch, clerk):
    def spoil(rows):
        rows[1][1], rows[2][1], rows[3][1] = "王 建　国", "阿卜杜拉•买买提", "张　三 "

    assert is_read(batch, changed(batch, spoil, FAILED), clerk).notice == ""


def test_masked_names_are_read_with_a_notice_where_all_else_agrees(batch, clerk):
    def mask(rows):
        rows[1][1], rows[2][1], rows[3][1] = "王*国", "阿卜杜拉·*", "张?"

    found = is_read(batch, changed(batch, mask, FAILED), clerk)
    assert found.notice == "第 2–4 行的户名被遮盖或缺字，已按账号和金额（有序号的并按序号）认定，请留意核对。"


@pytest.mark.parametrize("name", ["李*国", "王*", "***", "王建军"], ids=["other", "short", "all", "plain"])
def test_masked_name_of_somebody_else_is_refused(batch, clerk, name):
    def mask(rows):
        rows[1][1] = name

    if name == "王*":  # banks write one mark for any number of characters
        assert take(batch, changed(batch, mask), clerk).masked == (2,)
    else:
        assert refused(batch, changed(batch, mask), clerk) == ["第 2 行：户名与批次第 1 笔不同"]


def test_masked_name_does_not_excuse_another_amount(batch, clerk):
    def mask(rows):
        rows[1][1], rows[1][4] = "王*国", 1000.01

    assert refused(batch, changed(batch, mask), clerk)[0] == "第 2 行：金额是 1,000.01 元，批次中是 1,000.00 元"


def test_table_below_a_title_states_its_sum_as_many_rows_lower(batch, clerk):
    def payroll(total):
        rows = [["某银行代发回盘"], ["代发"], ["总金额", f"{total}元"], ["总笔数", "3"]]
        rows.append(["账号", "户名", "金额", "用途", "处理结果"])
        return xlsx(rows + [[line.card, line.name, line.amount, line.purpose, "成功"] for line in lines_of(batch)])

    wrong = refused(batch, payroll("4,499.00"), clerk, layout=layout("代发格式"))
    assert wrong == ["单元格 B2 的总金额与明细合计 4,500.00 不符"]
    assert take(batch, payroll("4,500.00"), clerk, layout=layout("代发格式")).paid == 3


def test_csv_of_a_bank_in_its_own_encoding_is_read(batch, clerk):
    rows = [HEADINGS] + [
        [
            line.number,
            line.name,
            f"\t{line.card}",
            "",
            line.amount,
            "",
            *(("失败", "账户已销户") if line.number == 2 else ("成功", "")),
        ]
        for line in lines_of(batch)
    ]
    text = "\r\n".join(",".join(map(str, row)) for row in rows)
    is_read(batch, text.encode("gb18030"), clerk)
    assert ReturnFile.objects.get().paid + ReturnFile.objects.get().failed == 3
    assert sum(item.amount for item in items(batch)) == Decimal(4500)
