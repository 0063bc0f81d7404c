"""填报人 and 联系电话 of the city: filled in by the reviewer, printed on all its files, in one line with the unit."""

import io

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from portal.audit import By
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.city.consolidation import accepted_city
from reports.city.contact import set_city_contact
from reports.city.files import city_file, filled_of
from reports.enums import ReportState
from reports.models import CityContact
from reports.render.excel.xlsx import FOOTER_LENGTH
from reports.render.formats import FORMATS
from reports.render.paper import city_sheets
from tests.reports.submissions import report

HEAD = ["填报单位：", "示例市总工会", "填报人：", "顾佳", "联系电话：", "021-63211939"]


@pytest.fixture
def accepted(year_2014, city, district, reviewer):
    report(year_2014, district, ReportState.ACCEPTED, aided=4)
    set_city_contact(year_2014, name=" 顾佳 ", telephone="021—63211939", by=By(reviewer))
    return accepted_city(year_2014)


def test_head_line_of_the_workbook_has_the_three_in_one_row(accepted, city):
    book = load_workbook(io.BytesIO(city_file(accepted, city, FORMATS["xlsx"], with_units=False)))
    for sheet in book.worksheets[:2]:
        rows = [[str(cell.value).strip() for cell in row if cell.value not in (None, "")] for row in sheet.iter_rows()]
        assert [row for row in rows if "填报单位：" in row] == [HEAD]


def test_document_and_pages_have_them_in_one_line(accepted, city):
    document = Document(io.BytesIO(city_file(accepted, city, FORMATS["docx"], with_units=False)))
    said = [paragraph.text for paragraph in document.paragraphs if paragraph.text.startswith("填报单位：")]
    assert len(said) == 2
    assert all("顾佳" in text and "021-63211939" in text and "\n" not in text for text in said)
    sheets = list(city_sheets(filled_of(accepted, city), accepted.figures))[:2]
    by_hand = [[row for sentence in sheet.sentences for row in sentence if row.by_hand] for sheet in sheets]
    spaces = [[[piece.text for piece in row.pieces if piece.kind == "space"] for row in rows] for rows in by_hand]
    assert spaces == [[HEAD[1::2]]] * 2


def test_head_and_foot_of_no_sheet_are_printed_over_each_other(accepted, city):
    book = load_workbook(io.BytesIO(city_file(accepted, city, FORMATS["xlsx"], with_units=True)))
    for sheet in book:
        for band in (sheet.oddHeader, sheet.oddFooter):
            sides = [(part.text or "").split("\n") for part in (band.left, band.center, band.right)]
            for number in range(max(map(len, sides))):
                line = [side[number] for side in sides if number < len(side) and side[number].strip()]
                assert len(line) <= 1 or sum(map(len, line)) <= FOOTER_LENGTH, (sheet.title, line)
        assert not any(part.text for part in (sheet.oddHeader.left, sheet.oddHeader.center, sheet.oddHeader.right))


def test_reviewer_fills_them_in_and_the_page_shows_them(client_of, reviewer, year_2014, city, district):
    client, url = client_of(reviewer), reverse("consolidation_contact", args=[2014])
    refused = client.post(url, {"name": "", "telephone": "12"})
    assert (refused.status_code, CityContact.objects.count()) == (200, 0)
    assert client.post(url, {"name": "顾佳", "telephone": "021-63211939"}).url == "/consolidation/?campaign=2014"
    page = client.get("/consolidation/?campaign=2014").text
    assert "顾佳" in page
    assert page.count("021-63211939") == 2  # below the form, and in it
    entry = AuditEntry.objects.get(action="record_saved")
    assert (entry.actor, entry.subject, "63211939" in str(entry.detail)) == (reviewer, "2014 全市统计表的填报人", False)


def test_others_do_not(year_2014, lead):
    with pytest.raises(MoveRefused):
        set_city_contact(year_2014, name="顾佳", telephone="021-63211939", by=By(lead))
