import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from employment.records import FINAL
from portal.enums import AuditAction
from portal.models import AuditEntry
from portal.records.exporting.xlsx import write_sheet
from tests import builders
from tests.reports import builders as make


def body_of(response):
    return b"".join(response.streaming_content)


def sheet_of(response):
    return load_workbook(io.BytesIO(body_of(response))).active


@pytest.mark.parametrize("name", builders.KIND_NAMES)
def test_export_has_the_columns_and_rows_of_the_list(client_of, clerk, grassroots, name):
    builders.one_of_each(grassroots)
    client = client_of(clerk)
    page = client.get(reverse(f"{name}_list"))
    sheet = sheet_of(client.get(reverse(f"{name}_export")))
    always = [column.heading(FINAL[name].model) for column in FINAL[name].columns if column.in_files and column.extra]
    assert [cell.value for cell in sheet[1]] == [heading.label for heading in page.context["table"].headings] + always
    assert sheet.max_row == 2


def test_export_holds_all_pages_in_order_and_masks(client_of, clerk, district):
    homes = [builders.household(district) for _turn in range(60)]
    sheet = sheet_of(client_of(clerk).get(reverse("household_export"), {"order": "number"}))
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == sorted(home.number for home in homes)
    numbers = [row[2].value for row in sheet.iter_rows(min_row=2)]
    assert all("***********" in number for number in numbers)


def test_export_of_more_than_one_chunk(client_of, clerk, district, monkeypatch):
    monkeypatch.setattr("portal.records.exporting.whole_list.CHUNK", 7)
    visits = [builders.visit(district, person=builders.child(district, f"子{n}").person) for n in range(20)]
    sheet = sheet_of(client_of(clerk).get(reverse("visit_export"), {"order": "number"}))
    rows = [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=2)]
    assert rows == [(visit.number, f"子{n}") for n, visit in enumerate(visits)]


def test_export_is_as_filtered_and_logged_without_values(client_of, clerk, district):
    builders.household(district, "曾一")
    builders.household(district, "王二")
    params = {"q": "曾一", "open": "yes", "order": "number"}
    sheet = sheet_of(client_of(clerk).get(reverse("household_export"), params))
    assert sheet.max_row == 2
    row = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (row.actor, row.subject) == (clerk, "困难职工家庭")
    assert row.detail == {"count": 1, "filters": ["查找", "档案状态"]}


def test_export_keeps_numbers_and_dates_as_such(client_of, clerk, district):
    make.contribution(district, amount="1234.50", received_on=date(2014, 7, 1), voucher="0012")
    sheet = sheet_of(client_of(clerk).get(reverse("contribution_export")))
    _number, received, source, amount, confirmed, _donor, voucher, _union = sheet[2]
    assert (received.value.date(), received.number_format) == (date(2014, 7, 1), "yyyy-mm-dd")
    assert (source.value, confirmed.value) == ("各级工会投入", "已复核")
    assert (float(amount.value), amount.data_type) == (1234.5, "n")
    assert (voucher.value, voucher.data_type, voucher.number_format) == ("0012", "s", "@")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\tx", "\rx", "＝1+1", '=HYPERLINK("http://x")'])
def test_text_stays_text(text):
    with write_sheet("表", ["列"], [[text]]) as file:
        cell = load_workbook(file).active["A2"]
    assert (
        cell.data_type,
        cell.value.replace("_x000D_", "\r").replace("\n", "\r") if "\r" in text else cell.value,
    ) == (
        "s",
        text,
    )
    assert cell.quotePrefix


def test_export_neutralises_formulas_of_a_record(client_of, clerk, district):
    make.practice_post(district, description="=cmd|' /C calc'!A0")
    response = client_of(clerk).get(reverse("practicepost_export"))
    body = body_of(response)
    assert load_workbook(io.BytesIO(body)).active["E2"].data_type == "s"
    assert response["Content-Disposition"].startswith("attachment")


def test_export_with_a_faulty_filter_goes_back_and_logs_nothing(client_of, clerk):
    response = client_of(clerk).get(reverse("household_export"), {"filed_from": "昨天", "q": "曾"})
    assert response.status_code == 302
    assert response.url.startswith("/households/?")
    assert not AuditEntry.objects.filter(action=AuditAction.EXPORTED).exists()


def test_export_too_large_is_refused_in_words(client_of, clerk, district, monkeypatch):
    monkeypatch.setattr("portal.records.views.export.LARGEST_EXPORT", 1)
    for _turn in range(2):
        builders.household(district)
    response = client_of(clerk).get(reverse("household_export"), follow=True)
    assert "一次最多导出 1 条" in response.text


def test_auditor_exports_what_is_shown_and_the_administrator_nothing(client_of, auditor, admin, district):
    builders.household(district)
    client = client_of(auditor)
    assert "导出本列表" in client.get(reverse("household_list")).text
    [row] = sheet_of(client.get(reverse("household_export"))).iter_rows(min_row=2, values_only=True)
    assert row[2].startswith("310***********")
    assert client_of(admin).get(reverse("household_export")).status_code == 403
