"""Files for the bank: cards are text, sums and counts agree, 3 000 lines a file, the same bytes every time."""

import io
import time
import zipfile
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from aid.enums import BatchState, PaymentMethod
from aid.models import BankLayout, PayeeLine, PaymentBatch
from aid.payments.bank import outgoing as bank_files
from aid.payments.bank.outgoing import bank_file, send_batch
from portal.audit import By
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from tests.aid.paying import case_to_pay, draft, layout, lines_of, opened, raised, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(campaign, district, clerk, lead):
    raised(district, 5000)
    return released(campaign, clerk, lead, [case_to_pay(district, amount) for amount in ("1000", "2000.50")])


def test_plain_file_has_a_row_for_each_line_and_cards_as_text(batch):
    sheet = opened(bank_file(batch, layout()).content)
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("序号", "户名", "账号", "开户行", "金额", "用途")
    first, second = lines_of(batch)
    assert rows[1] == (1, "王建国", first.card, "工商银行东湖支行", 1000, "金秋助学款")
    assert rows[2][2:5:2] == (second.card, 2000.5)
    card = sheet["C2"]
    assert (card.data_type, card.number_format, type(card.value)) == ("s", "@", str)


def test_payroll_file_has_sum_and_count_above_and_begins_in_row_five(batch):
    sheet = opened(bank_file(batch, layout("代发格式")).content)
    assert (sheet["B2"].value, sheet["B3"].value) == (3000.5, 2)
    assert [cell.value for cell in sheet[4]] == ["账号", "户名", "金额", "用途"]
    cards, amounts = [[sheet.cell(row, column).value for row in (5, 6)] for column in (1, 3)]
    assert cards == [line.card for line in lines_of(batch)]
    assert sum(map(Decimal, map(str, amounts))) == Decimal("3000.50")
    assert sheet.max_row == 6


def test_file_made_again_is_the_same_whatever_became_of_the_records(batch, clerk):
    first = send_batch(batch, layout=layout(), reason="送银行", by=By(clerk))
    home = batch.items.first().case.child.household
    home.worker_name, home.bank_card = "李某", ""
    home.save()
    time.sleep(1.1)  # files note the second in which they are written
    assert send_batch(batch, layout=layout(), reason="重新下载", by=By(clerk)).content == first.content
    assert PaymentBatch.objects.get().state == BatchState.SENT


def test_every_download_is_audited_with_its_reason_and_no_card(batch, clerk):
    send_batch(batch, layout=layout(), reason="送银行", by=By(clerk, "10.0.0.1"))
    entry = AuditEntry.objects.get(action="bank_file_made")
    assert (entry.actor, entry.address, entry.detail["reason"], entry.detail["count"]) == (
        clerk,
        "10.0.0.1",
        "送银行",
        2,
    )
    assert not any(line.card in str(list(AuditEntry.objects.values())) for line in lines_of(batch))


ICBC = BankLayout(
    name="工商银行批量支付",
    columns=[
        ["币种", "text:RMB"],
        ["日期", "released_on"],
        ["顺序号", "number"],
        ["付款账号", "text:1001234509000123456"],
        ["明细标志", "blank"],
        ["收款账号", "card"],
        ["收款账号名称", "name"],
        ["金额", "amount"],
    ],
)


def test_constants_stand_in_every_line_as_text(batch):
    PaymentBatch.objects.update(released_on="2014-08-05")
    sheet = opened(bank_file(PaymentBatch.objects.get(), ICBC).content)
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("币种", "日期", "顺序号", "付款账号", "明细标志", "收款账号", "收款账号名称", "金额")
    payer = "1001234509000123456"
    cards = [line.card for line in lines_of(batch)]
    assert rows[1:] == [
        ("RMB", "20140805", 1, payer, None, cards[0], "王建国", 1000),
        ("RMB", "20140805", 2, payer, None, cards[1], "王建国", 2000.5),
    ]
    assert (sheet["D2"].data_type, sheet["D2"].number_format) == ("s", "@")


def test_draft_and_cash_batches_have_no_bank_file(campaign, district, clerk, lead):
    raised(district, 1000)
    with pytest.raises(MoveRefused, match="草稿"):
        send_batch(draft(campaign, clerk, []), layout=layout(), reason="送银行", by=By(clerk))
    cash = released(campaign, clerk, lead, [case_to_pay(district)], method=PaymentMethod.CASH)
    with pytest.raises(MoveRefused, match="签领表"):
        send_batch(cash, layout=layout(), reason="送银行", by=By(clerk))


def test_lead_who_prepares_no_payments_gets_no_file(batch, lead):
    with pytest.raises(MoveRefused, match="不能编制发放批次"):
        send_batch(batch, layout=layout(), reason="送银行", by=By(lead))


def test_text_that_begins_like_a_formula_stays_text(campaign, district, clerk, lead):
    raised(district, 1000)
    batch = released(campaign, clerk, lead, [case_to_pay(district, worker_name="=1+1")])
    cell = opened(bank_file(batch, layout()).content)["B2"]
    assert (cell.data_type, cell.value) == ("s", "=1+1")


def test_3001_payees_make_two_files(batch):
    """Lines are copied past the pre-flight: only their number matters here."""
    item, first = batch.items.first(), lines_of(batch)[0]
    fields = {"batch": batch, "name": "王建国", "card": first.card, "amount": Decimal("0.01"), "purpose": "助学款"}
    extra = [PayeeLine(number=number, item_id=-number, **fields) for number in range(3, 3002)]
    for line in extra:
        line.place_with(item)
    # An item of their own for each would be 3 000 families; the reference is not looked at.
    made = bank_files.bank_file(_Lines(batch, [*lines_of(batch), *extra]), layout("代发格式"))
    assert (made.parts, made.content_type, made.name) == (2, "application/zip", f"{batch.number}.zip")
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        sheets = [load_workbook(io.BytesIO(archive.read(name))).active for name in archive.namelist()]
        assert archive.namelist() == [f"{batch.number}-1.xlsx", f"{batch.number}-2.xlsx"]
    assert [sheet.max_row - 4 for sheet in sheets] == [3000, 1]
    assert [sheet["B3"].value for sheet in sheets] == [3000, 1]
    assert [Decimal(str(sheet["B2"].value)) for sheet in sheets] == [Decimal("3030.48"), Decimal("0.01")]
    assert all(sheet.cell(5, 1).data_type == "s" for sheet in sheets)


class _Lines:
    """A batch whose lines are a list."""

    def __init__(self, batch, lines):
        self.number, self.purpose, self._lines = batch.number, batch.purpose, lines

    @property
    def lines(self):
        return self

    def count(self):
        return len(self._lines)

    def order_by(self, _field):
        return self._lines
