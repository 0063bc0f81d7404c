"""The workbook in the browser: choose, check, confirm, or get the faults back; template and export."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from aid.models import Household, Person
from employment.workbook import CASE_WORKBOOK
from portal.enums import AuditAction
from portal.models import AuditEntry, Campaign, WorkbookUpload
from portal.models.upload import UploadState
from portal.workbook.importing.service import import_workbook
from portal.workbook.reading.limits import FILE_BYTES
from tests import builders
from tests.portal.workbook.packages import write_xlsx
from tests.workbook.outcomes import row_counts
from tests.workbook.sheets import (
    CASE,
    FUNDS,
    HEADINGS,
    HOUSEHOLD,
    MING,
    SHEETS,
    WANG,
    CaseBook,
    light_book,
    valid_book,
    write,
)

UPLOAD, EXPORT = "/workbook/", "/workbook/export/"


@pytest.fixture
def page(client_of, clerk, grassroots):
    return client_of(clerk)


@pytest.fixture
def send(page, tmp_path):
    """Upload a workbook, or bytes, through the form; the answer to the form itself."""

    def send(content, name="一季度.xlsx", client=page):
        if isinstance(content, CaseBook):
            content = write(content, tmp_path / "sent.xlsx").read_bytes()
        return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)})

    return send


@pytest.fixture
def faulty_book():
    book = valid_book()
    book.put(HOUSEHOLD, "D002", "职工类别", "农民")
    return book


def text(response) -> str:
    return response.content.decode()


def spreadsheet(response):
    return load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def cells(html: str) -> list[list[str]]:
    """The rows of the page's tables, each a list of its cells' text."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    return [
        [re.sub(r"<.*?>", "", cell).strip() for cell in re.findall(r"<td.*?>(.*?)</td>", row, re.DOTALL)]
        for row in rows
    ]


def reasons(html: str) -> list[str]:
    """The sentences above the faulty cells."""
    found = re.findall(r'<th colspan="4" scope="rowgroup">(.*?)</th>', html, re.DOTALL)
    return [" ".join(re.sub(r"<.*?>", "", each).split()) for each in found]


# Upload and check


def test_good_workbook_shows_what_would_be_written_and_writes_nothing(page, send):
    before = row_counts()
    answer = send(valid_book())
    upload = WorkbookUpload.objects.get()
    assert answer.url == reverse("workbook_check", args=[upload.pk])
    shown = text(page.get(answer.url))
    assert "检查通过" in shown
    assert [HOUSEHOLD, "4", "0", "0"] in cells(shown)
    assert "送审核人复核，其余各行现在导入" in shown
    before["portal.WorkbookUpload"] += 1
    before["portal.AuditEntry"] += 1
    assert row_counts() == before


@pytest.fixture
def brought(district, grassroots, tmp_path):
    """The valid book, brought in by the operator."""
    path = write(valid_book(), tmp_path / "brought.xlsx")
    assert import_workbook(path, workbook=CASE_WORKBOOK, unit=district).ok


@pytest.mark.usefixtures("brought")
def test_changes_are_listed_with_both_values_and_numbers_masked(page, send):
    book = valid_book()
    book.put(HOUSEHOLD, "D001", "职工姓名", "王建民")
    book.put(HOUSEHOLD, "D001", "联系电话", "13987654321")
    rows = cells(text(page.get(send(book).url)))
    assert [HOUSEHOLD, "0", "1", "3"] in rows
    assert [HOUSEHOLD, "2", "D001", "职工姓名", "王建国", "王建民"] in rows
    (telephone,) = [row for row in rows if "联系电话" in row]
    assert "13987654321" not in telephone
    assert "13812345678" not in telephone


def test_bad_workbook_shows_the_cell_and_the_reason(page, send, faulty_book):
    answer = send(faulty_book)
    shown = text(page.get(answer.url))
    (row,) = [row for row in cells(shown) if "职工类别" in row]
    assert row == [HOUSEHOLD, "3", "职工类别", "农民"]
    assert reasons(shown) == ["应为下列之一：困难职工、困难农民工"]
    assert "确认导入" not in shown
    assert "下载已标注错误的工作簿" in shown
    assert not Household.objects.exists()


def test_same_sentence_of_many_cells_stands_once_with_all_of_them(page, send):
    book = CaseBook({FUNDS: [dict(valid_book().row(FUNDS, "Z001"), 业务编号=f"Z{n:04d}") for n in range(36)]})
    for n, row in enumerate(book[FUNDS][1:]):
        row["收款日期"] = "昨天" if n < 20 else "前天"
    shown = text(page.get(send(book).url))
    assert reasons(shown) == ["不是日期，请填写如 2014-08-25 的日期 （35 处）"]
    assert [row for row in cells(shown) if row] == [
        [FUNDS, "3–22", "收款日期", "昨天"],
        [FUNDS, "23–37", "收款日期", "前天"],
    ]


def test_confirmation_names_what_will_be_made(page, send):
    shown = text(page.get(send(valid_book()).url))
    rows = cells(shown)
    (home,) = [row for row in rows if row[1:2] == ["D001"]]
    number = f"310***********{WANG[-4:]}"
    assert home == ["2", "D001", "310001", "王建国", number, "困难职工", "否", "低保户", "2012-03-01"]
    (case,) = [row for row in rows if row[1:2] == ["A001"]]
    assert case[2] == f"王小明 310***********{MING[-4:]}"
    assert MING not in shown
    assert "困难职工家庭（4 条）" in shown


def test_confirmation_lists_fifty_of_a_sheet_and_says_how_many_more(page, send):
    book = CaseBook({FUNDS: [dict(valid_book().row(FUNDS, "Z001"), 业务编号=f"Z{n:04d}") for n in range(53)]})
    shown = text(page.get(send(book).url))
    assert len([row for row in cells(shown) if row and row[1].startswith("Z0")]) == 50
    assert "资金筹集（53 条）" in shown
    assert "另有 3 条未逐一列出。" in shown


@pytest.mark.parametrize("sheet", [None, "别的"], ids=["template", "another sheet"])
def test_workbook_without_records_says_where_they_go_and_offers_nothing(page, send, sheet):
    book = load_workbook(io.BytesIO(b"".join(page.get(reverse("workbook_template")).streaming_content)))
    if sheet:
        for each in book.sheetnames:
            del book[each]
        book.create_sheet(sheet).append(["甲", "乙"])
    content = io.BytesIO()
    book.save(content)
    shown = text(page.get(send(content.getvalue()).url))
    assert "工作簿里没有可以导入的记录。记录要填在名为“困难职工家庭、" in shown
    assert f'单位自己做的表（一张清单），请用<a href="{reverse("list_upload")}">“导入 Excel 清单”</a>。' in shown
    assert "检查通过" not in shown
    assert "确认导入" not in shown


def test_long_cell_is_shown_by_its_beginning(page, send):
    book = valid_book()
    book.put(HOUSEHOLD, "D001", "职工姓名", "长" * 1200)
    (row,) = [row for row in cells(text(page.get(send(book).url))) if "职工姓名" in row]
    assert row[3] == "长" * 37 + "..."


def test_five_hundred_wrong_cells_are_all_listed(page, send):
    book = CaseBook({FUNDS: []})
    rows = [dict(valid_book().row(FUNDS, "Z001"), 业务编号=f"Z{n:04d}") for n in range(500)]
    book[FUNDS] = [row | {"来源": f"来源{n}"} for n, row in enumerate(rows)]
    listed = [row for row in cells(text(page.get(send(book).url))) if row]
    assert [row[:4] for row in listed] == [[FUNDS, str(n + 2), "来源", f"来源{n}"] for n in range(500)]


def test_cells_are_shown_as_text(page, send):
    book = valid_book()
    book.put(HOUSEHOLD, "D001", "单亲", "<script>alert(1)</script>")
    shown = text(page.get(send(book, name="<b>&.xlsx").url))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<b>&" not in shown


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><table></table></html>", "网页"),
        (b"a,b\n1,2\n", "文本文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 .xls"),
        (b"PK\x03\x04" + b"\1" * 200, "损坏"),
        (b"\x89PNG\r\n\x1a\n\0\0", "不是 Excel 工作簿"),
    ],
    ids=["html", "csv", "xls", "torn", "picture"],
)
def test_file_that_is_no_workbook_is_refused_in_words(page, send, content, words):
    answer = send(content)
    assert answer.status_code == 302
    shown = text(page.get(answer.url))
    assert words in shown
    assert "下载已标注错误的工作簿" not in shown
    assert WorkbookUpload.objects.get().state == UploadState.FAULTY
    assert page.get(f"{answer.url}marked/").status_code == 404


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"parts": {"xl/vbaProject.bin": b"x"}}, "宏"),
        ({"parts": {"xl/big.xml": b"0" * 60_000_000}}, "解压后过大"),
    ],
    ids=["macro", "bomb"],
)
def test_hostile_workbook_is_refused_in_words(page, send, tmp_path, extra, words):
    content = write_xlsx(tmp_path / "hostile.xlsx", (HOUSEHOLD, ""), **extra).read_bytes()
    assert words in text(page.get(send(content).url))


def test_empty_file_is_refused_on_the_form(send):
    answer = send(b"")
    assert answer.status_code == 200
    assert "文件是空的" in text(answer)
    assert not WorkbookUpload.objects.exists()


def test_too_large_file_is_refused_on_the_form(send):
    answer = send(b"PK\x03\x04" + b"\0" * FILE_BYTES)
    assert answer.status_code == 200
    assert "10 MB" in text(answer)
    assert not WorkbookUpload.objects.exists()


def test_form_without_a_file_says_so(page):
    answer = page.post(UPLOAD)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def test_name_of_the_file_is_only_a_name(page, send):
    send(valid_book().only(FUNDS), name="..\\..\\etc\\pass\u202ewd.xlsx")
    assert WorkbookUpload.objects.get().file_name == "passwd.xlsx"


def test_upload_page_lists_recent_uploads(page, send):
    answer = send(valid_book().only(FUNDS), name="资金.xlsx")
    shown = text(page.get(UPLOAD))
    assert "资金.xlsx" in shown
    assert answer.url in shown
    assert "待确认" in shown


# Confirm


def test_confirm_imports_and_says_so(page, send):
    check = send(light_book()).url
    assert "确认导入" in text(page.get(check))
    answer = page.post(check + "confirm/", follow=True)
    assert answer.redirect_chain == [(check, 302)]
    assert "工作簿已导入" in text(answer)
    assert "确认导入" not in text(answer)
    assert Household.objects.count() == 4
    assert WorkbookUpload.objects.get().content == b""


def test_confirm_pressed_twice_writes_once(page, send):
    check = send(light_book()).url
    page.post(check + "confirm/")
    before = row_counts()
    answer = page.post(check + "confirm/", follow=True)
    assert row_counts() == before
    assert "工作簿已导入" in text(answer)
    assert AuditEntry.objects.filter(action=AuditAction.IMPORTED).count() == 1


def test_confirm_after_records_changed_writes_nothing_and_says_why(page, send, foreign_district):
    check = send(valid_book()).url
    worker = Person.of(WANG)
    worker.save()
    builders.household(foreign_district, worker=worker, worker_name="秘密姓名")
    before = row_counts()
    shown = text(page.post(check + "confirm/", follow=True))
    assert row_counts() == before
    assert "上次检查之后数据有变化" in shown
    assert foreign_district.name in shown
    assert "秘密姓名" not in shown


def test_confirm_of_a_faulty_workbook_writes_nothing(page, send, faulty_book):
    check = send(faulty_book).url
    before = row_counts()
    page.post(check + "confirm/")
    assert row_counts() == before


@pytest.mark.usefixtures("brought")
def test_imported_workbook_that_comes_again_changes_nothing(page, send):
    assert [HOUSEHOLD, "0", "0", "4"] in cells(text(page.get(send(valid_book()).url)))


# The marked copy


def test_marked_copy_has_the_fault_marked_and_is_audited(page, send, faulty_book, clerk):
    check = send(faulty_book).url
    answer = page.get(check + "marked/")
    assert "attachment" in answer["Content-Disposition"]
    book = spreadsheet(answer)
    assert book.sheetnames[0] == "错误清单"
    cell = book[HOUSEHOLD].cell(3, HEADINGS[HOUSEHOLD].index("职工类别") + 1)
    assert cell.value == "农民"
    assert "应为下列之一" in cell.comment.text
    entry = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (entry.actor, entry.subject) == (clerk, "一季度.xlsx")


def test_marked_copy_is_audited_where_the_workbook_belongs(client_of, page, send, faulty_book, grassroots_clerk):
    check = send(faulty_book, client=client_of(grassroots_clerk)).url
    spreadsheet(page.get(check + "marked/"))
    assert AuditEntry.objects.get(action=AuditAction.EXPORTED).union_path == grassroots_clerk.union.path


def test_marked_copy_corrected_is_accepted(page, send, faulty_book):
    book = spreadsheet(page.get(send(faulty_book).url + "marked/"))
    book[HOUSEHOLD].cell(3, HEADINGS[HOUSEHOLD].index("职工类别") + 1).value = "困难农民工"
    file = io.BytesIO()
    book.save(file)
    shown = text(page.get(send(file.getvalue()).url))
    assert "检查通过" in shown


def test_marked_copy_of_a_good_workbook_is_not_found(page, send):
    assert page.get(send(valid_book()).url + "marked/").status_code == 404


# Whose it is


def test_upload_of_a_stranger_is_not_found(client_of, send, foreign_clerk, faulty_book):
    check = send(faulty_book).url
    stranger = client_of(foreign_clerk)
    assert stranger.get(check).status_code == 404
    assert stranger.get(check + "marked/").status_code == 404
    assert stranger.post(check + "confirm/").status_code == 404
    assert "一季度" not in text(stranger.get(UPLOAD))


def test_clerk_of_a_union_below_brings_in_its_own_records_only(client_of, send, page, grassroots_clerk):
    client = client_of(grassroots_clerk)
    shown = text(client.get(send(valid_book(), client=client).url))
    assert next(row[:4] for row in cells(shown) if "工会编码" in row) == [HOUSEHOLD, "2、4–5", "工会编码", "310001"]


def test_lead_may_not_import_and_is_told_why(client_of, lead, send):
    client = client_of(lead)
    for answer in (client.get(UPLOAD), send(valid_book(), client=client), client.get(reverse("workbook_template"))):
        assert answer.status_code == 403
        assert "您的岗位（单位审核人）不能导入工作簿" in text(answer)
    assert not WorkbookUpload.objects.exists()


def test_lead_may_export(client_of, lead, district):
    assert client_of(lead).get(EXPORT).context["form"].initial == {"unit": district.code}


# Template


def test_template_comes_back_as_an_empty_workbook(page, send):
    answer = page.get(reverse("workbook_template"))
    content = b"".join(answer.streaming_content)
    assert load_workbook(io.BytesIO(content)).sheetnames == list(SHEETS)
    assert "工作簿里没有可以导入的记录。" in text(page.get(send(content).url))


# Export


@pytest.fixture
def on_file(brought):
    """What the exports below take out again."""


def rows_of(book, title: str) -> list[list]:
    return [list(row) for row in book[title].iter_rows(min_row=2, values_only=True)]


def keys_of(book, title: str) -> set:
    return {row[0] for row in rows_of(book, title)}


def test_export_of_the_own_union_imports_again_without_a_change(page, send, on_file):
    content = b"".join(page.post(EXPORT, {"unit": "310001"}).streaming_content)
    outcome = [row for row in cells(text(page.get(send(content).url))) if row]
    assert outcome == [[title, "0", "0", str(len(valid_book()[title]))] for title in SHEETS]


def test_export_of_a_union_below_holds_its_records_only(page, on_file):
    answer = page.post(EXPORT, {"unit": "310001001"})
    assert "310001001.xlsx" in answer["Content-Disposition"]
    book = spreadsheet(answer)
    assert keys_of(book, HOUSEHOLD) == {"D002"}
    assert keys_of(book, FUNDS) == {"Z002"}


def test_export_of_one_campaign_holds_what_belongs_to_it(page, on_file):
    campaign = Campaign.objects.get(year=2013)
    book = spreadsheet(page.post(EXPORT, {"unit": "310001", "campaign": campaign.pk}))
    assert keys_of(book, CASE) == {"A005"}
    assert keys_of(book, FUNDS) == {"Z001"}
    assert keys_of(book, HOUSEHOLD) >= {"D001"}
    assert "D004" not in keys_of(book, HOUSEHOLD)


@pytest.mark.parametrize("code", ["310002", "310000", "999999"], ids=["foreign", "above", "absent"])
def test_export_of_a_union_outside_the_scope_is_refused_in_the_same_words(page, foreign_district, code):
    answer = page.post(EXPORT, {"unit": code})
    assert answer.status_code == 200
    assert answer.context["form"].errors["unit"] == ["您的范围内没有该编码的工会，可在“工会名录”中查到编码。"]
    assert foreign_district.name not in text(answer)
    assert not AuditEntry.objects.filter(action=AuditAction.EXPORTED).exists()


def test_export_of_the_city_is_refused_in_words(client_of, reviewer, city):
    answer = client_of(reviewer).post(EXPORT, {"unit": city.code})
    assert answer.status_code == 200
    assert answer.context["form"].errors["unit"] == ["市总工会不直接拥有档案，请填写其下工会的编码。"]


@pytest.mark.parametrize(("year", "named"), [(None, ""), (2013, "2013")])
def test_export_leaves_an_audit_row(page, on_file, clerk, grassroots, year, named):
    campaign = Campaign.objects.get(year=year).pk if year else ""
    spreadsheet(page.post(EXPORT, {"unit": "310001001", "campaign": campaign}))
    entry = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (entry.actor, entry.union_path, entry.subject) == (clerk, grassroots.path, "310001001")
    assert entry.detail == {"campaign": named}
