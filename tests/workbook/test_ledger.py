"""Funds: what is paid of a source never exceeds what was raised of it up to that day. Each table is worked by hand."""

from decimal import Decimal

import pytest

from tests.reports import builders as make
from tests.workbook.sheets import CASE, FUNDS, PAYMENT, POST, CaseBook, day, valid_book

GOVERNMENT, SOCIAL, UNION = "各级党委政府资助", "社会捐助", "各级工会投入"
A, B = "310001", "310001001"


def ledger(receipts, payments) -> CaseBook:
    """A workbook with these receipts (day, amount, …) and payments alone, on cases approved in June 2014."""
    book = valid_book()
    receipt, payment = book.row(FUNDS, "Z001"), book.row(PAYMENT, "F001")
    book[FUNDS] = [receipt | {"业务编号": f"Z{n:03d}"} | cells for n, cells in enumerate(map(receipt_cells, receipts))]
    book[PAYMENT] = [
        payment | {"业务编号": f"F{n:03d}"} | cells for n, cells in enumerate(map(payment_cells, payments))
    ]
    return book


def receipt_cells(receipt) -> dict:
    on, amount, source, union = (*receipt, *(GOVERNMENT, A)[len(receipt) - 2 :])
    return {"收款日期": day(on), "金额(元)": amount, "来源": source, "工会编码": union}


def payment_cells(payment) -> dict:
    on, amount, source, status = (*payment, *(GOVERNMENT, "已发放")[len(payment) - 2 :])
    return {"发放日期": day(on), "金额(元)": amount, "资金来源": source, "状态": status}


# Receipts, payments, and the rows (2 is the first) of the payments that are refused.
LEDGERS = {
    "spent to the last fen": ([("2014-01-01", 100.01)], [("2014-07-01", 60.01), ("2014-07-02", 40)], []),
    "a fen too much": ([("2014-01-01", 100)], [("2014-07-01", 60.01), ("2014-07-02", 40)], [3]),
    "sums of tenths": ([("2014-01-01", 0.1), ("2014-01-02", 0.2)], [("2014-07-01", 0.3)], []),
    "nothing raised": ([], [("2014-07-01", 0.01)], [2]),
    "received on the day, in a row below": ([("2014-01-01", 1), ("2014-07-01", 99)], [("2014-07-01", 100)], []),
    "received the day after": ([("2014-01-01", 99.99), ("2014-07-02", 50)], [("2014-07-01", 100)], [2]),
    "covered in the end, but not on the day": (
        [("2014-06-01", 50), ("2014-12-01", 500)], [("2014-07-01", 50), ("2014-07-02", 50), ("2014-12-02", 50)], [3]),
    "carried over from earlier years": ([("2005-03-01", 70), ("2013-12-31", 30)], [("2014-07-01", 100)], []),
    "another source does not help": (
        [("2014-01-01", 100, SOCIAL), ("2014-01-01", 100, UNION)], [("2014-07-01", 1)], [2]),
    "each source for itself": (
        [("2014-01-01", 10), ("2014-01-01", 20, SOCIAL), ("2014-01-01", 30, UNION)],
        [("2014-07-01", 10), ("2014-07-01", 20, SOCIAL), ("2014-07-01", 30, UNION)], []),
    "two sources overdrawn": (
        [("2014-01-01", 10), ("2014-01-01", 20, SOCIAL)],
        [("2014-07-01", 10.01), ("2014-07-01", 20.01, SOCIAL)], [2, 3]),
    "received by the union below": ([("2014-01-01", 100, GOVERNMENT, B)], [("2014-07-01", 100)], []),
    "not yet paid": ([], [("2014-07-01", 100, GOVERNMENT, "待发放")], []),
    "failed": ([], [("2014-07-01", 100, GOVERNMENT, "发放失败")], []),
    "not yet paid does not use up": (
        [("2014-01-01", 100)], [("2014-07-01", 100, GOVERNMENT, "待发放"), ("2014-07-02", 100)], []),
    "first by date, not by row": ([("2014-01-01", 100)], [("2014-07-03", 60), ("2014-07-01", 60)], [2]),
    "first by row within a day": (
        [("2014-01-01", 100)], [("2014-07-01", 60), ("2014-07-01", 30), ("2014-07-01", 60)], [4]),
    "the first that overdraws, though a later one would too": (
        [("2014-01-01", 100)], [("2014-07-01", 60), ("2014-07-02", 50), ("2014-07-03", 50)], [3]),
    "one that overdraws alone": ([("2014-01-01", 100)], [("2014-07-01", 50), ("2014-07-02", 99999999)], [3]),
    "large sums": ([("2014-01-01", 9999999.99)] * 3, [("2014-07-01", 29999999.97)], []),
    "large sums and a fen": ([("2014-01-01", 9999999.99)] * 3, [("2014-07-01", 29999999.98)], [2]),
}  # fmt: skip


@pytest.mark.parametrize(("receipts", "payments", "rows"), LEDGERS.values(), ids=LEDGERS)
def test_funds_of_one_workbook(bring, refused, receipts, payments, rows):
    book = ledger(receipts, payments)
    if rows:
        assert refused(book) == [(PAYMENT, row, "金额(元)") for row in rows]
    else:
        assert bring(book).errors == []


@pytest.mark.parametrize(("receipts", "payments", "rows"), LEDGERS.values(), ids=LEDGERS)
def test_payments_after_the_rest_is_on_file(accepted, bring, refused, receipts, payments, rows):
    """The same, in two workbooks: the receipts with everything else, then the payments alone."""
    book = ledger(receipts, payments)
    paid = book.only(PAYMENT)
    book[PAYMENT] = []
    accepted(book)
    if rows:
        assert refused(paid) == [(PAYMENT, row, "金额(元)") for row in rows]
    else:
        assert bring(paid).errors == []


def test_payments_on_file_count(accepted, refused):
    book = ledger([("2014-01-01", 100)], [("2014-07-01", 60)])
    accepted(book)
    book.add(PAYMENT, "F000", {"金额(元)": 40.01, "发放日期": day("2014-08-01"), "业务编号": "F100"})
    assert refused(book.only(PAYMENT, "F100")) == [(PAYMENT, 2, "金额(元)")]
    book.put(PAYMENT, "F100", "金额(元)", 40)
    accepted(book.only(PAYMENT, "F100"))


def test_new_payment_before_one_on_file_that_it_makes_overdraw(accepted, refused):
    book = ledger([("2014-01-01", 100)], [("2014-08-01", 60)])
    accepted(book)
    book.add(PAYMENT, "F000", {"金额(元)": 40.01, "发放日期": day("2014-07-01"), "业务编号": "F100"})
    assert refused(book.only(PAYMENT, "F100")) == [(PAYMENT, 2, "金额(元)")]


def test_receipt_in_the_same_workbook_covers_payments_on_file_and_new(accepted):
    book = ledger([("2014-01-01", 60)], [("2014-07-01", 60)])
    accepted(book)
    book.add(PAYMENT, "F000", {"金额(元)": 40, "发放日期": day("2014-07-01"), "业务编号": "F100"})
    book.add(FUNDS, "Z000", {"金额(元)": 40, "收款日期": day("2014-07-01"), "业务编号": "Z100"})
    accepted(CaseBook(book.only(FUNDS, "Z100") | book.only(PAYMENT, "F100")))


def test_payment_that_shrinks_makes_room_for_another(accepted):
    book = ledger([("2014-01-01", 100)], [("2014-07-01", 100)])
    accepted(book)
    book.put(PAYMENT, "F000", "金额(元)", 60)
    book.add(PAYMENT, "F000", {"金额(元)": 40, "业务编号": "F100"})
    accepted(book.only(PAYMENT))


def test_receipts_of_another_unit_do_not_count(accepted, refused, foreign_district):
    other = ledger([("2014-01-01", 1000, GOVERNMENT, "310002")], [])
    accepted(other.only(FUNDS), union=foreign_district)
    assert refused(ledger([], [("2014-07-01", 1)])) == [(PAYMENT, 2, "金额(元)")]


def test_union_below_spends_what_its_unit_raised(accepted, refused, grassroots):
    """The 填报单位 is what counts, whoever of it imports."""
    book = ledger([("2014-01-01", 100)], [("2014-07-01", 60)])
    accepted(book)
    book.add(PAYMENT, "F000", {"金额(元)": 40, "业务编号": "F100", "助学申请编号": "A002"})
    accepted(book.only(PAYMENT, "F100"), union=grassroots)
    book.add(PAYMENT, "F100", {"金额(元)": 0.01, "业务编号": "F101"})
    assert refused(book.only(PAYMENT, "F101"), union=grassroots) == [(PAYMENT, 2, "金额(元)")]


def test_receipt_with_a_fault_elsewhere_still_counts(refused):
    book = ledger([("2014-01-01", 100)], [("2014-07-01", 100)])
    fault = book.put(FUNDS, "Z000", "工会编码", "999999")
    assert refused(book) == [fault]


def test_overdraft_and_other_faults_are_listed_together(refused):
    book = ledger([("2014-01-01", 100)], [("2014-07-01", 100.01)])
    faults = [book.put(POST, "P001", "单位名称", None), book.put(CASE, "A006", "申请日期", "昨天")]
    assert refused(book) == sorted([*faults, (PAYMENT, 2, "金额(元)")])


def test_overdrawn_history_is_no_leave_to_pay_what_was_never_raised(accepted, bring, refused, district):
    """Nor does a workbook that brings again what is on file."""
    book = ledger([("2014-01-01", 100)], [("2014-07-01", 60)])
    accepted(book)
    make.payment(district, source="government", amount=Decimal(1000), paid_on=day("2014-06-20"))
    book.add(PAYMENT, "F000", {"金额(元)": 9999999, "发放日期": day("2014-08-01"), "业务编号": "F100"})
    assert refused(book.only(PAYMENT, "F100")) == [(PAYMENT, 2, "金额(元)")]
    assert refused(book) == [(PAYMENT, 3, "金额(元)")]
    told = bring(book).errors[0].reason
    assert "“各级党委政府资助”截至 2014-08-01 余额 -960.00 元，还差 10,000,959.00 元" in told


def test_overdrawn_history_may_be_mended_bit_by_bit(accepted, refused, district):
    book = ledger([("2014-01-01", 100)], [("2014-07-01", 60)])
    accepted(book)
    make.payment(district, source="government", amount=Decimal(1000), paid_on=day("2014-06-20"))
    book.put(FUNDS, "Z000", "金额(元)", 300)
    accepted(book.only(FUNDS))
    book.put(FUNDS, "Z000", "金额(元)", 299.99)
    assert refused(book.only(FUNDS)) == [(FUNDS, 2, "金额(元)")]
