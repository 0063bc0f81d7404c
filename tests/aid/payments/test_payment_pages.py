"""The pages of money: from picking cases to the bank's answer, by the forms; who may; what never leaks."""

import io
import re
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from aid.enums import BatchState, PaymentMethod
from aid.models import BankLayout, BatchItem, PaymentBatch
from portal.models import AuditEntry
from tests.aid.paying import SOURCE, case_to_pay, draft, items, layout, lines_of, raised, released, return_file
from tests.printing import docx_text
from tests.reports import builders as make

pytestmark = pytest.mark.django_db


def url(batch, act="detail"):
    return reverse(f"paymentbatch_{act}", args=[batch.pk])


def test_whole_way_through_the_pages(client_of, campaign, district, clerk, lead, caplog):
    raised(district, 5000)
    cases = [case_to_pay(district), case_to_pay(district, 500)]
    clerks, leads = client_of(clerk), client_of(lead)
    terms = {"campaign": 2014, "source": SOURCE, "method": "card", "purpose": "助学款"}
    key = {"form_key": str(uuid4())}
    for _twice in range(2):
        answer = clerks.post(reverse("paymentbatch_create"), terms | key)
    batch = PaymentBatch.objects.get()
    assert answer.url == url(batch, "pick")
    assert clerks.get(answer.url).context["page"].total == 2
    clerks.post(answer.url, {"all": "1"})
    assert clerks.post(url(batch, "release")).status_code == 403
    assert leads.get(url(batch, "release")).context["found"].total == 1500
    clerks.post(url(batch, "hand_over"))
    leads.post(url(batch, "release"))
    form = {"layout": layout().pk, "reason": "送银行代发"}
    sent = clerks.post(url(batch, "bank_file"), form)
    assert load_workbook(io.BytesIO(sent.content)).active["C2"].value == lines_of(batch)[0].card
    file = SimpleUploadedFile("回盘.xlsx", return_file(batch, {2: "账户已销户"}))
    form = {"layout": layout().pk, "file": file, "paid_on": localdate(), "voucher": "V1"}
    page = clerks.post(url(batch, "return_file"), form, follow=True).content.decode()
    assert "成功 1 笔，失败 1 笔" in page
    reissued = clerks.post(url(batch, "reissue"), follow=True)
    assert "已建立重发批次，含 1 笔" in reissued.content.decode()
    told = page + reissued.content.decode() + caplog.text + str(list(AuditEntry.objects.values()))
    assert not any(case.child.household.bank_card in told for case in cases)


def test_refused_return_file_tells_every_reason_and_no_card(client_of, campaign, district, clerk, lead):
    raised(district, 5000)
    batch = released(campaign, clerk, lead, [case_to_pay(district)])

    def spoil(rows):
        rows[1][4] = 999
        rows.append(list(rows[1]))

    file = SimpleUploadedFile("r.xlsx", return_file(batch, change=spoil))
    form = {"layout": layout().pk, "file": file, "paid_on": localdate()}
    page = client_of(clerk).post(url(batch, "return_file"), form).content.decode()
    for words in ("整个文件没有读入", "金额是 999.00 元", "笔数不符：文件中 2 笔，送出 1 笔"):
        assert words in page
    assert lines_of(batch)[0].card not in page


def test_reason_with_a_card_number_is_not_taken_into_the_log(client_of, campaign, district, clerk, lead):
    raised(district, 5000)
    batch = released(campaign, clerk, lead, [case_to_pay(district)])
    form = {"layout": layout().pk, "reason": f"核对{lines_of(batch)[0].card}"}
    page = client_of(clerk).post(url(batch, "bank_file"), form).content.decode()
    assert "不要填写身份证号、银行卡号或电话号码" in page
    assert not AuditEntry.objects.filter(action="bank_file_made").exists()


def test_clerk_below_the_unit_is_told_why_not(client_of, grassroots_clerk):
    answer = client_of(grassroots_clerk).get(reverse("paymentbatch_create"))
    assert answer.status_code == 403
    assert "填报单位" in answer.content.decode()


def test_pick_page_asks_as_much_for_one_as_for_three(client_of, campaign, district, clerk):
    batch, client = draft(campaign, clerk, []), client_of(clerk)
    counts = []
    for more in (1, 2):
        for _turn in range(more):
            case_to_pay(district)
        with CaptureQueriesContext(connection) as asked:
            client.get(url(batch, "pick"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_cash_is_signed_for_on_a_sheet_without_whole_numbers_of_people(client_of, campaign, district, clerk, lead):
    raised(district, 5000)
    cases = [case_to_pay(district), case_to_pay(district, 700)]
    batch = released(campaign, clerk, lead, cases, method=PaymentMethod.CASH)
    client = client_of(clerk)
    page = client.get(url(batch, "receipt")).content.decode()
    paper = docx_text(client.get(url(batch, "receipt"), {"as": "docx"}).content)
    assert all(words in paper for words in ("王建国", "王小明", "700.00", "1,700.00元", "人民币壹仟柒佰元整"))
    for case in cases:
        home = case.child.household
        secrets = (home.bank_card, case.person.id_number, home.worker.id_number)
        assert not any(secret in page + paper for secret in secrets)
        assert home.worker.id_number[-4:] in paper
        assert home.bank_card[-4:] not in paper.replace(home.worker.id_number[-4:], "")
    first, second = items(batch)
    form = {"result": "paid", "on": localdate(), "item": [first.pk]}
    page = client.get(url(batch, "sign")).text
    assert [words in page for words in ("凭证号（已签领的必填）", "未领的原因（未领的必填）")] == [True, True]
    refused = client.post(url(batch, "sign"), form)
    assert refused.context["form"].errors == {"voucher": ["请填写签领表或回单的凭证号。"]}
    refused = client.post(url(batch, "sign"), form | {"result": "failed"})
    assert refused.context["form"].errors == {"reason": ["请写明未领的原因。"]}
    early = client.post(url(batch, "sign"), form | {"voucher": "S-9", "on": "2014-01-01"})
    assert early.context["form"].non_field_errors() == [f"签领或未领的日期应在复核发放日期 {localdate()} 与今天之间。"]
    client.post(url(batch, "sign"), form | {"voucher": "S-9"})
    client.post(url(batch, "sign"), {"result": "failed", "on": localdate(), "all": "1", "reason": "未到场"})
    first, second = items(batch)
    assert (first.result, first.disbursement.voucher) == ("paid", "S-9")
    assert (second.result, second.reason) == ("failed", "未到场")
    assert PaymentBatch.objects.get().state == BatchState.SETTLED


def test_coverage_counts_and_their_lists_agree(client_of, campaign, district, foreign_district, clerk):
    """Of five approved: one in full by card on time, one late, one in cash, one in part, one not at all."""
    on_time, late, cash, part, _none = [case_to_pay(district, 100) for _turn in range(5)]
    due = campaign.due_on = make.IN_WINDOW
    campaign.save()
    make.payment(district, case=on_time, amount=Decimal(100))
    make.payment(district, case=late, amount=Decimal(60))
    make.payment(district, case=late, amount=Decimal(40), paid_on=due.replace(day=due.day + 1))
    make.payment(district, case=cash, amount=Decimal(100), method=PaymentMethod.CASH)
    make.payment(district, case=part, amount=Decimal("99.99"))
    make.payment(foreign_district, amount=Decimal(1))
    client = client_of(clerk)
    page = client.get(reverse("coverage"), {"campaign": 2014})
    tables = page.context["tables"]
    told = [pair for table in tables for pair in zip(table["groups"], table["cells"], strict=True)]
    counts = {group.slug: cell for group, cell in told}
    assert {slug: count for slug, (count, _share, _url) in counts.items() if count} == {
        "approved": 5,
        "in_full": 3,
        "on_time": 2,
        "partly": 1,
        "unpaid": 1,
        "paid": 4,
        "by_card": 3,
        "off_card": 1,
        "unknown_card": 3,
    }
    assert [len(table["groups"]) for table in tables] == [8, 4, 4]
    assert [counts[slug][1] for slug in ("in_full", "on_time", "by_card")] == [60, 40, 75]
    shares = {"60.0%", "40.0%", "20.0%", "75.0%", "25.0%", "100.0%", "0.0%"}
    assert set(re.findall(r"[0-9.]+%", page.text)) == {*shares, "100%"}  # which is the aim
    for count, _share, address in [cell for cell in counts.values() if cell[0]]:
        listed = client.get(address)
        assert listed.context["page"].total == count
        book = load_workbook(io.BytesIO(b"".join(client.get(listed.context["export_url"]).streaming_content)))
        assert book.active.max_row == count + 1


def test_path_of_the_money_is_masked_and_whole(client_of, campaign, district, clerk, lead, auditor):
    raised(district, 5000)
    case = case_to_pay(district)
    batch = released(campaign, clerk, lead, [case])
    make.payment(district, case=make.case(district, child=case.child, year=2013), amount=Decimal(7))
    client = client_of(auditor)
    answer = client.get(reverse("payment_path_export", args=[2014]))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book["发放去向"].iter_rows(min_row=2, values_only=True))
    line, payment = lines_of(batch)[0], items(batch)[0].disbursement
    assert len(rows) == 1
    assert rows[0][:5] == ("东湖区总工会", "社会捐助", batch.number, 1, payment.number)
    assert rows[0][10:] == (f"**** {line.card[-4:]}", case.number, 1000, "王**")
    assert next(book["资金来源"].iter_rows(min_row=2, values_only=True))[2:] == (5000, 0, 1000, 4000)
    text = str([list(sheet.values) for sheet in book])
    assert line.card not in text
    assert case.child.name not in text
    assert AuditEntry.objects.get(action="exported").detail["count"] == 1
    page = client.get(reverse("payment_path", args=[2014])).content.decode()
    assert batch.number in page
    assert line.card not in page


def on_path(client, **asked) -> list[list[str]]:
    """The rows of the page: the texts of their columns."""
    rows = client.get(reverse("payment_path", args=[2014]), asked).context["rows"]
    return [[text for _station, text, _url in row] for row in rows]


def test_path_is_narrowed_by_union_source_and_state_and_exported_as_shown(
    client_of, campaign, district, foreign_district, auditor, clerk
):
    made = {
        name: make.payment(union, number=name, source=source, status=status)
        for name, union, source, status in (
            ("F-1", district, "social", "paid"),
            ("F-2", district, "union", "pending"),
            ("F-3", foreign_district, "social", "failed"),
        )
    }
    client = client_of(auditor)
    for asked, names in (
        ({}, ["F-1", "F-2", "F-3"]),
        ({"union": district.code}, ["F-1", "F-2"]),
        ({"source": "social"}, ["F-1", "F-3"]),
        ({"source": "social", "status": "failed"}, ["F-3"]),
    ):
        assert [row[3] for row in on_path(client, **asked)] == names
        export = client.get(reverse("payment_path", args=[2014]), asked).context["export_url"]
        book = load_workbook(io.BytesIO(b"".join(client.get(export).streaming_content)))
        assert [row[4] for row in book["发放去向"].iter_rows(min_row=2, values_only=True)] == names
    assert [row[2] for row in on_path(client_of(clerk))] == ["F-1", "F-2"]  # a unit needs no column for its own name
    assert made["F-3"].case.child.name not in client.get(reverse("payment_path", args=[2014])).content.decode()


def test_path_asks_as_much_for_one_as_for_three(client_of, campaign, district, clerk, lead):
    raised(district, 9000)
    client = client_of(clerk)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("payment_path", args=[2014]))
        return len(queries)

    released(campaign, clerk, lead, [case_to_pay(district)])
    one = asked()
    released(campaign, clerk, lead, [case_to_pay(district), case_to_pay(district)])
    assert (asked(), len(on_path(client))) == (one, 3)


def test_coverage_without_a_campaign_says_so(client_of, clerk):
    page = client_of(clerk).get(reverse("coverage")).text
    assert "尚未设立活动年度。" in page
    assert "None" not in page


def test_path_asked_of_a_foreign_union_shows_and_exports_nothing(client_of, campaign, foreign_district, clerk):
    make.payment(foreign_district)
    client, asked = client_of(clerk), {"union": foreign_district.code}
    assert on_path(client, **asked) == []
    assert client.get(reverse("payment_path", args=[2014]), asked).status_code == 400
    assert client.get(reverse("payment_path_export", args=[2014]), asked).url == reverse("payment_path", args=[2014])


def test_layout_of_another_bank_is_kept_by_the_city_and_makes_its_file(
    client_of, campaign, district, clerk, lead, reviewer
):
    client = client_of(reviewer)
    form = {
        "name": "某银行",
        "columns": "客户姓名=户名\n卡号=账号\n金额(元)=金额",
        "head": "A1=笔数\nB1={count}",
        "first_row": 4,
        "result_heading": "结果",
        "reason_heading": "原因",
        "paid_words": "OK",
        "failed_words": "NO",
    }
    faulty = client.post(reverse("banklayout_create"), form | {"columns": "户名=姓名"}).content.decode()
    assert "不认识的内容：姓名" in faulty
    client.post(reverse("banklayout_create"), form)
    made = BankLayout.objects.get(name="某银行")
    assert made.columns == [["客户姓名", "name"], ["卡号", "card"], ["金额(元)", "amount"]]
    raised(district, 5000)
    batch = released(campaign, clerk, lead, [case_to_pay(district)])
    sent = client_of(clerk).post(url(batch, "bank_file"), {"layout": made.pk, "reason": "送银行"})
    sheet = load_workbook(io.BytesIO(sent.content)).active
    assert (sheet["B1"].value, sheet["B3"].value, sheet["B4"].value) == (1, "卡号", lines_of(batch)[0].card)


# As four programs in public write them, in this order.
ICBC_COLUMNS = [
    *("币种", "日期", "明细标志", "顺序号", "付款账号开户行", "付款账号/卡号", "付款账号名称/卡名称"),
    *(
        "收款账号开户行",
        "收款账号省份",
        "收款账号地市",
        "收款账号地区码",
        "收款账号",
        "收款账号名称",
        "金额",
        "汇款用途",
    ),
    *("备注信息", "汇款方式", "收款账户短信通知手机号码", "自定义序号"),
]


def test_layout_of_icbc_is_proposed_and_wants_the_payer(client_of, campaign, district, clerk, lead, reviewer):
    client = client_of(reviewer)
    page = client.get(reverse("banklayout_create"), {"like": "icbc"})
    proposed = {field: page.context["form"][field].value() or "" for field in page.context["form"].fields}
    assert "币种=“RMB”\n日期=复核发放日期" in proposed["columns"]
    refused = client.post(reverse("banklayout_create"), proposed)
    words = "“付款账号/卡号”的固定内容还没有填写；整列不填的，请写“空白”。"
    assert refused.context["form"].errors["columns"] == [words]
    columns = proposed["columns"].replace("付款账号/卡号=“”", "付款账号/卡号=“1001234509000123456”")
    client.post(reverse("banklayout_create"), proposed | {"columns": columns.replace("卡名称=“”", '卡名称="某工会"')})
    made = BankLayout.objects.get(name="工商银行批量支付")
    assert ["付款账号/卡号", "text:1001234509000123456"] in made.columns
    assert "付款账号名称/卡名称（“某工会”）" in client.get(reverse("banklayout_list")).content.decode()
    raised(district, 5000)
    batch = released(campaign, clerk, lead, [case_to_pay(district)])
    sent = client_of(clerk).post(url(batch, "bank_file"), {"layout": made.pk, "reason": "送银行"})
    headings, row = load_workbook(io.BytesIO(sent.content)).active.iter_rows(values_only=True)
    assert [*headings] == ICBC_COLUMNS
    (line,) = lines_of(batch)
    day = f"{batch.released_on:%Y%m%d}"
    payer = ("工商银行", "1001234509000123456", "某工会")
    assert row[:7] == ("RMB", day, None, 1, *payer)
    assert row[7:15] == ("工商银行东湖支行", "上海", "上海", None, line.card, "王建国", 1000, "金秋助学款")
    assert row[15:] == (None, "1", None, 1)


def test_whole_card_of_a_line_is_revealed_for_a_reason_only(client_of, campaign, district, clerk, lead):
    raised(district, 5000)
    batch = released(campaign, clerk, lead, [case_to_pay(district)])
    item, client = BatchItem.objects.get(), client_of(clerk)
    card = lines_of(batch)[0].card
    assert card not in client.get(reverse("batchitem_detail", args=[item.pk])).content.decode()
    assert card in client.post(reverse("batchitem_reveal", args=[item.pk]), {"reason": "payment"}).content.decode()
    assert AuditEntry.objects.filter(action="revealed").count() == 1
