"""Return files of the bank: read once, or refused whole with the place and the reason."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from aid.enums import BatchState, LineResult, PaymentState
from aid.models import Disbursement, FundBalance, PaymentBatch, ReturnFile
from aid.payments.bank.return_table import ReturnRefused
from aid.payments.bank.returns import take_return
from aid.payments.batches import reissue_failed
from aid.payments.ledger import balance_of
from aid.payments.preflight import preflight
from aid.payments.release import release_batch
from portal.audit import By
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from tests.aid.paying import (
    SOURCE,
    card,
    case_to_pay,
    items,
    layout,
    lines_of,
    raised,
    released,
    return_file,
    xlsx,
)
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
BOUNCED = "账户已销户"


@pytest.fixture
def batch(campaign, district, clerk, lead):
    raised(district, 5000)
    return released(campaign, clerk, lead, [case_to_pay(district, amount) for amount in (1000, 1500, 2000)])


def take(batch, content, clerk, address=None, **fields):
    terms = {"name": "回盘.xlsx", "layout": layout(), "paid_on": localdate()} | fields
    return take_return(batch, content=content, by=By(clerk, address), **terms)


def reasons(batch, content, clerk, **fields) -> list[str]:
    """Why the file is refused; nothing may have been written."""
    with pytest.raises(ReturnRefused) as refused:
        take(batch, content, clerk, **fields)
    assert set(batch.items.values_list("result", flat=True)) == {LineResult.PENDING}
    assert not ReturnFile.objects.exists()
    told = " ".join(refused.value.reasons)
    assert not any(line.card in told for line in lines_of(batch))
    return refused.value.reasons


def test_paid_lines_are_paid_and_failed_ones_fail_with_the_banks_reason(batch, district, clerk):
    outcome = take(batch, return_file(batch, {2: BOUNCED}), clerk, voucher="V-77")
    assert (outcome.paid, outcome.failed) == (2, 1)
    first, second, _third = items(batch)
    payment = first.disbursement
    assert (payment.status, payment.paid_on, payment.voucher) == (PaymentState.PAID, localdate(), "V-77")
    assert (second.result, second.reason) == (LineResult.FAILED, BOUNCED)
    assert second.disbursement.status == PaymentState.FAILED
    balance = balance_of(district, SOURCE)
    assert (balance.paid, balance.reserved, balance.left) == (Decimal(3000), 0, Decimal(2000))
    assert FundBalance.objects.get().taken == 300000
    assert PaymentBatch.objects.get().state == BatchState.SETTLED


def test_same_file_read_twice_changes_nothing(batch, clerk):
    content = return_file(batch, {2: BOUNCED})
    take(batch, content, clerk)
    before = (list(Disbursement.objects.values()), list(FundBalance.objects.values()), AuditEntry.objects.count())
    assert take(batch, content, clerk).again
    assert before == (
        list(Disbursement.objects.values()),
        list(FundBalance.objects.values()),
        AuditEntry.objects.count(),
    )


def test_other_file_that_says_the_same_changes_nothing_and_one_that_contradicts_is_refused(batch, clerk):
    take(batch, return_file(batch, {2: BOUNCED}), clerk)
    before = list(Disbursement.objects.values())
    same = take(batch, return_file(batch, {2: "改写的原因"}), clerk)
    assert (same.paid, same.failed) == (0, 0)
    with pytest.raises(ReturnRefused) as refused:
        take(batch, return_file(batch), clerk)
    assert refused.value.reasons == ["第 3 行：这一笔已登记为“发放失败”，与文件不同"]
    assert list(Disbursement.objects.values()) == before


def test_changed_amount_is_refused_with_row_and_sum(batch, clerk):
    def more(rows):
        rows[1][4] += 1

    assert reasons(batch, return_file(batch, change=more), clerk) == [
        "第 2 行：金额是 1,001.00 元，批次中是 1,000.00 元",
        "金额合计不符：文件中 4,501.00 元，送出 4,500.00 元",
    ]


def test_foreign_row_is_refused(batch, clerk):
    def foreign(rows):
        rows.append([4, "外人", card(), "", 5, "", "成功", None])

    assert reasons(batch, return_file(batch, change=foreign), clerk) == [
        "第 5 行：这一笔不在本批次中",
        "笔数不符：文件中 4 笔，送出 3 笔",
        "金额合计不符：文件中 4,505.00 元，送出 4,500.00 元",
    ]


def test_row_twice_is_refused_by_number_and_by_card_and_amount(batch, clerk):
    def twice(rows):
        rows[3] = list(rows[1])

    found = reasons(batch, return_file(batch, change=twice), clerk)
    assert found[0] == "第 4 行：与第 2 行重复，是同一笔"

    def unnumbered(rows):
        twice(rows)
        for row in rows[1:]:
            row[0] = None

    found = reasons(batch, return_file(batch, change=unnumbered), clerk)
    assert found[0] == "第 4 行：这一笔在文件中出现的次数比批次中多，是重复的行"


def test_row_left_out_is_refused(batch, clerk):
    found = reasons(batch, return_file(batch, change=lambda rows: rows.pop()), clerk)
    assert found[0] == "笔数不符：文件中 2 笔，送出 3 笔"


def test_other_card_word_or_number_format_is_refused_at_its_row(batch, clerk):
    def spoil(rows):
        rows[1][2] = card()
        rows[2][6] = "处理中"
        rows[3][2] = int(rows[3][2])

    found = reasons(batch, return_file(batch, change=spoil), clerk)
    assert found[0].startswith("第 3 行：“处理结果”应为")
    assert found[1] == "第 4 行：账号被存成数字，末几位已丢失，请设为文本"

    def other_card(rows):
        rows[1][2] = card()

    assert reasons(batch, return_file(batch, change=other_card), clerk) == ["第 2 行：账号与批次第 1 笔不同"]


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0 old", b"a,b,c\n1,2,3", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_refused_in_words(batch, clerk, content):
    assert reasons(batch, content, clerk)


def test_workbook_without_the_headings_is_refused(batch, clerk):
    assert "没有找到表头" in reasons(batch, xlsx([["姓名", "钱"], ["甲", 1]]), clerk)[0]


def payroll_return(batch, total, count) -> bytes:
    rows = [["代发", None], ["总金额", total], ["总笔数", count], ["账号", "户名", "金额", "用途", "处理结果"]]
    return xlsx(rows + [[line.card, line.name, line.amount, line.purpose, "成功"] for line in lines_of(batch)])


def test_sum_and_count_above_the_lines_must_agree(batch, clerk):
    found = reasons(batch, payroll_return(batch, 4499, 2), clerk, layout=layout("代发格式"))
    assert found == [
        "单元格 B2 的总金额与明细合计 4,500.00 不符",
        "单元格 B3 的总笔数与明细合计 3 不符",
    ]
    assert take(batch, payroll_return(batch, 4500, 3), clerk, layout=layout("代发格式")).paid == 3


def test_two_children_of_one_family_share_card_and_amount(campaign, district, clerk, lead):
    raised(district, 5000)
    first = case_to_pay(district)
    sister = make.child(district, household=first.child.household)
    second = make.case(district, child=sister, standard=Decimal(1000))
    batch = released(campaign, clerk, lead, [first, second])
    assert take(batch, payroll_return(batch, 2000, 2), clerk, layout=layout("代发格式")).paid == 2


def test_day_of_payment_lies_between_release_and_today(batch, clerk):
    for day in (localdate() + timedelta(days=1), date(2014, 1, 1)):
        with pytest.raises(MoveRefused, match=r"^银行入账日期应在"):
            take(batch, return_file(batch), clerk, paid_on=day)


def test_failed_line_is_corrected_and_reissued_once(batch, district, clerk, lead):
    take(batch, return_file(batch, {2: BOUNCED}), clerk)
    failed = batch.items.get(result=LineResult.FAILED)
    fresh, added = reissue_failed(batch, by=By(clerk))
    assert added.count == 1
    assert fresh.items.get().reissue_of == failed
    with pytest.raises(MoveRefused, match="都已重发"):
        reissue_failed(batch, by=By(clerk))
    doubt = preflight(fresh).doubts[0].words
    assert BOUNCED in doubt
    assert doubt.count("*") == 4  # the card is masked
    with pytest.raises(MoveRefused, match="1 项提醒"):
        release_batch(fresh, by=By(lead))
    home = failed.case.child.household
    home.bank_card = corrected = card()
    home.save()
    fresh = release_batch(fresh, by=By(lead))
    assert lines_of(fresh)[0].card == corrected
    assert take(fresh, return_file(fresh), clerk).paid == 1
    assert balance_of(district, SOURCE).paid == Decimal(4500)


def test_card_number_in_the_banks_words_is_masked(batch, clerk):
    number = lines_of(batch)[0].card
    take(batch, return_file(batch, {1: f"账号{number}不存在"}), clerk)
    assert items(batch)[0].reason == f"账号**** {number[-4:]}不存在"
    assert number not in str(list(AuditEntry.objects.values()))


def test_reading_leaves_one_audit_row_with_counts(batch, clerk):
    take(batch, return_file(batch, {2: BOUNCED}), clerk, address="10.0.0.9")
    entry = AuditEntry.objects.get(action="return_read")
    assert (entry.detail["paid"], entry.detail["failed"], entry.address) == (2, 1, "10.0.0.9")
