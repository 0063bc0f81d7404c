"""Four eyes on the workbook: what decides, pays or changes a card waits for a lead, who sees just these rows."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from aid.models import AidCase, Contribution, Disbursement, Household
from employment.workbook import CASE_WORKBOOK
from portal.audit import By
from portal.enums import AuditAction, Role
from portal.models import AuditEntry, Import, WorkbookUpload
from portal.models.upload import UploadState
from portal.workbook.uploading import agree_to_upload
from portal.workflow import MoveRefused
from tests.factories import UserFactory
from tests.workbook.sheets import CASE, FUNDS, HOUSEHOLD, PAYMENT, valid_book, write

CARD = "6222020200112233446"


@pytest.fixture
def send(client_of, clerk, grassroots, tmp_path):
    """Upload a workbook and confirm it; its upload as it is afterwards."""

    def send(book, rest: str = "") -> WorkbookUpload:
        content = write(book, tmp_path / "sent.xlsx").read_bytes()
        client = client_of(clerk)
        check = client.post("/workbook/", {"file": SimpleUploadedFile("一季度.xlsx", content)}).url
        send.check = check
        client.post(f"{check}confirm/", {"rest": rest})
        return WorkbookUpload.objects.latest("uploaded_at")

    return send


@pytest.fixture
def answer(client_of, lead):
    """What a lead answers to an upload, on the page that shows the rows."""

    def answer(upload, **given):
        client, address = client_of(lead), reverse("workbook_second", args=[upload.pk])
        shown = client.get(address)
        return client.post(address, {"digest": shown.context["digest"]} | given, follow=True)

    return answer


def decided(book) -> set[str]:
    """The numbers of the cases that the sample decides."""
    return {row["业务编号"] for row in book[CASE] if row.get("审批结果")}


def posted(book) -> set[str]:
    """The numbers of those that the sample has on notice, decided or not: somebody passed them before that."""
    return {row["业务编号"] for row in book[CASE] if row.get("公示开始日期")} | decided(book)


def test_decided_cases_and_payments_wait_for_a_lead_with_the_rest(send, answer, client_of, lead, clerk):
    book = valid_book()
    upload = send(book)
    assert upload.state == UploadState.WAITING
    assert not Household.objects.exists()
    shown = client_of(lead).get(reverse("workbook_second", args=[upload.pk]))
    places = {(row.sheet, row.key) for row in shown.context["rows"]}
    payments = {row["业务编号"] for row in book[PAYMENT]}
    funds = {row["业务编号"] for row in book[FUNDS]}
    held = {CASE: posted(book), PAYMENT: payments, FUNDS: funds}  # the money with what it pays
    assert places == {(sheet, key) for sheet, keys in held.items() for key in keys}
    assert "决定助学申请" in shown.text
    assert answer(upload, answer="agree").status_code == 200
    upload.refresh_from_db()
    assert (upload.state, upload.answered_by, upload.content) == (UploadState.IMPORTED, lead, b"")
    assert set(AidCase.objects.exclude(decision="").values_list("number", flat=True)) == decided(book)
    assert AidCase.objects.exclude(decision="").first().history.get().history_user == clerk
    assert set(Contribution.objects.values_list("entered_by", "confirmed_by")) == {(clerk.pk, lead.pk)}
    told = AuditEntry.objects.filter(action=AuditAction.MOVED).order_by("pk").values_list("actor", "detail__act")
    assert list(told) == [(clerk.pk, "送审核人复核导入"), (lead.pk, "复核同意导入")]


def test_imports_bear_the_name_of_the_file_that_was_uploaded(send, answer, client_of, clerk):
    upload = send(valid_book(), rest="now")
    assert [each.file_name for each in Import.objects.all()] == ["一季度.xlsx"]
    answer(upload, answer="agree")
    assert [each.file_name for each in Import.objects.all()] == ["一季度.xlsx", "一季度.xlsx"]
    listed = client_of(clerk).get(reverse("import_list")).text
    assert (listed.count("一季度.xlsx"), "tmp" in listed) == (2, False)


def test_rest_goes_in_at_once_where_the_clerk_chooses_so(send, answer):
    book = valid_book()
    upload = send(book, rest="now")
    assert upload.state == UploadState.WAITING
    assert Household.objects.count() == 4
    assert not AidCase.objects.exclude(decision="").exists()
    assert AidCase.objects.count() == len(book[CASE]) - len(posted(book))
    assert not Disbursement.objects.exists()
    answer(upload, answer="agree")
    assert Disbursement.objects.count() == len(book[PAYMENT])
    assert AidCase.objects.count() == len(book[CASE])


def test_refused_rows_are_not_written_and_the_clerk_reads_why(send, answer, client_of, clerk):
    upload = send(valid_book(), rest="now")
    assert "请写明不同意的原因" in answer(upload, answer="refuse").text
    answer(upload, answer="refuse", reason="公示时间与公示单不符")
    upload.refresh_from_db()
    assert (upload.state, upload.content) == (UploadState.REFUSED, b"")
    assert not Disbursement.objects.exists()
    assert "公示时间与公示单不符" in client_of(clerk).get(send.check).text


def test_changed_card_waits_and_nothing_else_of_its_sheet(send, answer, bring):
    assert bring(valid_book()).errors == []
    book = valid_book()
    book.put(HOUSEHOLD, "D001", "银行卡号", CARD)
    book.put(HOUSEHOLD, "D002", "职工姓名", "李强强")
    upload = send(book, rest="now")
    assert Household.objects.get(number="D002").worker_name == "李强强"
    assert Household.objects.get(number="D001").bank_card != CARD
    page = answer(upload, answer="agree")
    assert CARD not in page.text
    assert Household.objects.get(number="D001").bank_card == CARD


def test_rows_that_nobody_has_to_look_at_wait_for_nobody(send, valid_rest):
    upload = send(valid_rest)
    assert upload.state == UploadState.IMPORTED
    assert Household.objects.count() == 4


@pytest.fixture
def valid_rest():
    """The sample without what is decided or paid."""
    book = valid_book()
    book[CASE], book[PAYMENT] = [], []
    return book


def test_nobody_agrees_to_what_they_sent_or_did_not_see(send, lead, clerk):
    upload = send(valid_book())
    with pytest.raises(MoveRefused, match="岗位"):
        agree_to_upload(upload, digest="", workbook=CASE_WORKBOOK, by=By(clerk))
    with pytest.raises(MoveRefused, match="请重新核对"):
        agree_to_upload(upload, digest="", workbook=CASE_WORKBOOK, by=By(lead))
    WorkbookUpload.objects.update(sent_by=lead)
    with pytest.raises(MoveRefused, match="须由另一人复核"):
        agree_to_upload(upload, digest="", workbook=CASE_WORKBOOK, by=By(lead))
    assert not AidCase.objects.exists()


def test_rows_that_changed_since_they_were_sent_are_shown_again(send, answer, bring):
    """Somebody brings the same cases in by the operator's way with another standard: what was seen is no longer so."""
    upload = send(valid_book())
    other = valid_book()
    other.put(CASE, "A001", "帮扶标准(元)", 2999)
    assert bring(other).errors == []
    assert "请重新核对" in answer(upload, answer="agree").text
    upload.refresh_from_db()
    assert upload.state == UploadState.WAITING
    assert AidCase.objects.get(number="A001").standard == 2999


def test_lead_of_another_unit_sees_nothing(send, client_of, foreign_district):
    upload = send(valid_book())
    client = client_of(UserFactory(role=Role.LEAD, union=foreign_district))
    assert client.get(reverse("workbook_second", args=[upload.pk])).status_code == 404
    assert "一季度.xlsx" not in client.get(reverse("workbook_waiting")).text


def test_home_tells_the_lead_what_waits(send, client_of, lead):
    assert "等待您复核的工作簿导入" not in client_of(lead).get("/").text
    send(valid_book())
    assert "等待您复核的工作簿导入" in client_of(lead).get("/").text
    assert "一季度.xlsx" in client_of(lead).get(reverse("workbook_waiting")).text


def test_command_needs_no_second_person_and_the_audit_log_says_so(grassroots, tmp_path):
    book = valid_book()
    call_command("import_workbook", write(book, tmp_path / "1.xlsx"), unit="310001")
    entry = AuditEntry.objects.get(action=AuditAction.IMPORTED)
    count = len(posted(book)) + len(book[PAYMENT]) + len(book[FUNDS])
    assert entry.detail["alone"] == f"命令行导入，{count} 行无须第二人复核"
