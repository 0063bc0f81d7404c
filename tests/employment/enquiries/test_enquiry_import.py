"""A thousand enquiries of the hotline by workbook: every fault named, nothing lost, all of them in once."""

import io
from collections import defaultdict
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from employment.models import Enquiry
from portal.models import AuditEntry, WorkbookUpload
from portal.workbook.importing.chunks import numbers_in_words
from portal.workbook.importing.service import Outcome
from tests.employment import builders
from tests.employment.enquiry_book import FIRST_ROW, HEADINGS, TITLE, content, row
from tests.employment.exchange.test_workbook_pages import cells, reasons, spreadsheet, text
from tests.workbook.outcomes import row_counts
from tests.workbook.sheets import BOOLEAN, ERROR, FORMULA, id_number

UPLOAD = "/enquiries/workbook/"
MANY = 1000
SOUND_ID = id_number(11, "19700203")
MUST = "必须填写"
NO_UNION = "工会编码不存在，或不属于本单位及其下级工会"
NO_TELEPHONE = "电话应为 11 位手机号，或 7 至 8 位固定电话（可带区号和分机，如 021-63211939-3151）"
TOO_LONG = "文字过长：最多 {} 字，现为 {} 字"

# Row (as a spreadsheet counts): its wrong cells by column, each with the reason that must be given.
FAULTS = {
    3: {"业务编号": (None, MUST)},
    4: {"业务编号": ("RX0001", "与第 2 行的业务编号重复，同一工作表中只能出现一次")},
    40: {"业务编号": ("R" * 41, TOO_LONG.format(40, 41))},
    41: {"业务编号": (FORMULA, "单元格是公式，请改为数值后重填（复制后选择性粘贴为数值）")},
    77: {"工会编码": (None, MUST)},
    78: {"工会编码": ("999999", NO_UNION)},
    79: {"工会编码": ("310002", NO_UNION)},
    101: {"受理日期": (None, MUST)},
    102: {"受理日期": ("昨天", "不是日期，请填写如 2014-08-25 的日期")},
    103: {"受理日期": ("2999-01-01", "日期晚于今天，请核对")},
    104: {"受理日期": ("2014-02-30", "没有这一天，请核对年月日")},
    105: {"受理日期": ("1899-12-31", "日期早于 1900 年 3 月 1 日，请核对")},
    106: {"受理日期": (BOOLEAN, "单元格是逻辑值（TRUE/FALSE），请按表头批注重新填写")},
    200: {"来源渠道": ("微信", "应为下列之一：12351 热线、来访、来电、来信、网上")},
    201: {"来源渠道": (None, MUST)},
    300: {"诉求类别": ("上访", "应为下列之一：求职、困难求助、其他咨询")},
    301: {"诉求类别": (ERROR, "单元格是错误值（如 #N/A），请重新填写")},
    401: {"姓名": (None, MUST)},
    402: {"姓名": ("长" * 51, TOO_LONG.format(50, 51))},
    403: {"姓名": (date(2014, 7, 1), "单元格是日期，此列应为文字，请将此列设为文本格式后重填")},
    500: {"身份证号": ("310101197002030113", "身份证号末位校验码不对，请逐位核对")},
    501: {"身份证号": ("310101700203011", "是 15 位的旧身份证号，请填写 18 位身份证号")},
    502: {"身份证号": (SOUND_ID[:17], "身份证号应为 18 位，现为 17 位，请核对")},
    503: {"身份证号": (310101197002030110, "被存成数字，末几位已丢失，请将此列设为文本格式后重填")},
    504: {"身份证号": ("310101197013030110", "身份证号中的出生日期不存在，请核对")},
    505: {"身份证号": ("31010119700203O11X", "身份证号前 17 位应为数字，末位应为数字或 X，请核对")},
    800: {"联系电话": ("1381234567", NO_TELEPHONE)},
    801: {"联系电话": ("没有", NO_TELEPHONE)},
    1000: {"诉求内容": (None, MUST)},
    1001: {"诉求内容": ("难" * 1001, TOO_LONG.format(1000, 1001)), "联系电话": ("12351", NO_TELEPHONE)},
}


def rows(code: str) -> list[dict]:
    return [row(number, code) for number in range(1, MANY + 1)]


def spoilt(code: str) -> list[dict]:
    wrong = rows(code)
    for at, faults in FAULTS.items():
        wrong[at - FIRST_ROW] |= {column: value for column, (value, _reason) in faults.items()}
    return wrong


def expected() -> list[tuple]:
    return [(str(at), column, FAULTS[at][column][1]) for at in FAULTS for column in HEADINGS if column in FAULTS[at]]


def expected_cells() -> list[tuple]:
    """As they are listed: rows in which a column holds the same and is faulty for the same reason, together."""
    together = defaultdict(list)
    for at, faults in FAULTS.items():
        for column, (value, reason) in faults.items():
            together[column, str(value), reason].append(at)
    return [(numbers_in_words(rows), column) for (column, _value, _reason), rows in together.items()]


@pytest.fixture
def page(client_of, clerk, foreign_district):
    return client_of(clerk)


@pytest.fixture
def send(page):
    def send(file: bytes, client=page) -> str:
        answer = client.post(UPLOAD, {"file": SimpleUploadedFile("热线.xlsx", file)})
        assert answer.status_code == 302
        return answer.url

    return send


def counts(page, check: str) -> list[str]:
    """New, changed and unchanged rows, as the page tells them."""
    (found,) = [each[1:] for each in cells(text(page.get(check))) if each and each[0] == TITLE and len(each) == 4]
    return found


def test_thirty_faulty_rows_of_a_thousand_are_named_and_nothing_is_lost(page, send, district):
    assert len(FAULTS) == 30
    before, sent = row_counts(), content(spoilt(district.code))
    check = send(sent)
    shown = text(page.get(check))
    listed = [each for each in cells(shown) if each]
    assert {each[0] for each in listed} == {TITLE}
    assert sorted((at, column) for _sheet, at, column, _value in listed) == sorted(expected_cells())
    assert [each.split(" （")[0] for each in reasons(shown)] == list(dict.fromkeys(each[2] for each in expected()))
    errors = Outcome.loads(WorkbookUpload.objects.get().outcome).errors
    assert [(str(error.row), error.column, error.reason) for error in errors] == expected()
    after = row_counts()
    assert after.pop("portal.WorkbookUpload") == before.pop("portal.WorkbookUpload") + 1
    assert after.pop("portal.AuditEntry") == before.pop("portal.AuditEntry") + 1
    assert after == before
    assert bytes(WorkbookUpload.objects.get().content) == sent

    marked = spreadsheet(page.get(check + "marked/"))
    sheet = marked[TITLE]
    commented = {(cell.row, sheet.cell(1, cell.column).value) for line in sheet for cell in line if cell.comment}
    assert commented == {(at, column) for at, faults in FAULTS.items() for column in faults}
    assert sheet.max_row == MANY + 1

    for at, faults in FAULTS.items():  # mended in the very file that came back
        for column in faults:
            sheet.cell(at, HEADINGS.index(column) + 1).value = rows(district.code)[at - FIRST_ROW][column]
    file = io.BytesIO()
    marked.save(file)
    check = send(file.getvalue())
    assert counts(page, check) == ["1000", "0", "0"]
    for _turn in range(2):  # confirmed twice
        page.post(check + "confirm/")
    assert Enquiry.objects.count() == Enquiry.history.count() == MANY
    assert set(Enquiry.objects.values_list("number", flat=True)) == {f"RX{n:04d}" for n in range(1, MANY + 1)}
    written = Enquiry.objects.get(number="RX0999")
    assert (written.name, written.telephone, written.outcome) == ("来电人999", "13800000999", "open_enquiry")
    assert (written.union, written.initials, written.version) == (district, "LDR9", 1)
    assert AuditEntry.objects.filter(action="imported").count() == 1

    again = send(content(rows(district.code)))
    assert counts(page, again) == ["0", "0", "1000"]
    page.post(again + "confirm/")
    assert Enquiry.objects.filter(version=1).count() == Enquiry.history.count() == MANY


def test_template_comes_back_as_an_empty_workbook(page, send):
    book = load_workbook(io.BytesIO(b"".join(page.get(UPLOAD + "template/").streaming_content)))
    starred = [f"{heading}*" * (heading not in {"身份证号", "联系电话"}) or heading for heading in HEADINGS]
    assert [cell.value for cell in book[TITLE][1]] == starred
    file = io.BytesIO()
    book.save(file)
    assert "记录要填在名为“咨询登记”的工作表里" in text(page.get(send(file.getvalue())))


def test_closed_enquiry_is_not_changed_by_a_workbook(page, send, district):
    builders.enquiry(district, number="RX0001", outcome="answered", outcome_text="已告知")
    shown = text(page.get(send(content([row(1, district.code)]))))
    (fault,) = [each for each in cells(shown) if each]
    assert fault[1:3] == ["2", "姓名"]
    assert reasons(shown)[0] == "该咨询已办结（已答复），不能修改；确需更正的请先重新办理"


def test_number_of_a_union_beside_is_refused_without_a_word(
    client_of, grassroots_clerk, send, page, sibling, grassroots
):
    builders.enquiry(sibling, number="RX0001")
    client = client_of(grassroots_clerk)
    shown = text(client.get(send(content([row(1, grassroots.code)]), client)))
    (fault,) = [each for each in cells(shown) if each]
    assert fault[1:] == ["2", "业务编号", "RX0001"]
    assert reasons(shown) == ["该编号已被本单位的其他工会使用"]


def test_each_workbook_has_its_own_pages(page, send, district):
    check = send(content([row(1, district.code)]))
    upload = WorkbookUpload.objects.get()
    for method, act in ((page.get, "check"), (page.post, "confirm"), (page.get, "marked")):
        assert method(reverse(f"workbook_{act}", args=[upload.pk])).status_code == 404
    assert "热线.xlsx" not in text(page.get(reverse("workbook_upload")))
    assert "热线.xlsx" in text(page.get(UPLOAD))
    assert counts(page, check) == ["1", "0", "0"]


def test_what_cannot_be_called_back_is_accepted_with_a_notice(page, send, district):
    shown = text(page.get(send(content([row(1, district.code, 联系电话=None, 受理日期=localdate())]))))
    assert "“咨询登记”第 2 行：没有联系电话，也没有证件号码，将无法联系和核对此人" in shown
