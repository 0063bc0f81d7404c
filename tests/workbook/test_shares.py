"""Payments of a case that was granted from several sources: each source pays its part, whoever brings the payment."""

from decimal import Decimal

import pytest

from aid.models import AidCase, CaseShare
from tests.workbook.sheets import PAYMENT, day

GOVERNMENT, SOCIAL, UNION = "各级党委政府资助", "社会捐助", "各级工会投入"


@pytest.fixture
def of_two(on_file) -> AidCase:
    """A002, of 3 000.50 yuan: 1 000 of the unions, of which 500 are on their way, 2 000.50 donated, 1 500.25 paid."""
    case = AidCase.objects.get(number="A002")
    for level, source, amount in (("unit_level", "union", "1000"), ("social_level", "social", "2000.50")):
        share = CaseShare(case=case, level=level, source=source, amount=Decimal(amount))
        share.place_with(case)
        share.save()
    return case


def payments(book, *given):
    """The payments on file, and behind them one for each of `given`: amount, source, status."""
    pattern = book.row(PAYMENT, "F003")
    for number, (amount, source, status) in enumerate(given):
        cells = {"业务编号": f"N{number}", "金额(元)": amount, "资金来源": source, "状态": status}
        book[PAYMENT].append(pattern | {"发放日期": day("2014-09-02")} | cells)
    return book.only(PAYMENT)


def reasons(outcome) -> list[tuple]:
    return [(error.row, error.column, error.reason) for error in outcome.errors]


def test_a_payment_from_a_source_without_a_part_is_refused_at_its_source(of_two, on_file, bring):
    outcome = bring(payments(on_file, (1, GOVERNMENT, "待发放")))
    assert reasons(outcome) == [(6, "资金来源", "该申请定了资助来源，其中没有“各级党委政府资助”，不能从这一来源发放")]


def test_more_than_the_part_is_refused_at_the_first_amount_that_is_too_much(of_two, on_file, bring):
    book = payments(on_file, ("499.99", UNION, "待发放"), ("0.02", UNION, "待发放"), ("0.01", UNION, "待发放"))
    assert reasons(bring(book))[0] == (
        7, "金额(元)", "该申请从“各级工会投入”资助 1,000.00 元，连同已发放和待发放的共 1,000.01 元，多出 0.01 元",
    )  # fmt: skip


def test_the_part_itself_what_failed_and_what_was_on_file_are_taken(of_two, on_file, accepted):
    accepted(payments(on_file, (500, UNION, "待发放"), (500, UNION, "发放失败"), (1, GOVERNMENT, "发放失败")))


def test_a_changed_payment_is_judged_by_what_it_becomes(of_two, on_file, refused, accepted):
    on_file.row(PAYMENT, "F003")["金额(元)"] = "1000.01"
    assert refused(on_file.only(PAYMENT)) == [(PAYMENT, 4, "金额(元)")]
    on_file.row(PAYMENT, "F003")["金额(元)"] = 1000
    accepted(on_file.only(PAYMENT))


def test_a_case_without_sources_is_paid_from_any(on_file, accepted):
    accepted(payments(on_file, (1, GOVERNMENT, "待发放"), (1, SOCIAL, "待发放")))
