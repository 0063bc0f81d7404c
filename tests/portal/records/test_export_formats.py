"""Every list × every format: the same cells in each, masked, in scope, and never a formula."""

import csv
import io
import json
import zipfile
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from employment.records import FINAL
from portal.audit import By, record
from portal.enums import AuditAction
from portal.models import AuditEntry
from portal.records.exporting.formats import FORMATS
from tests import builders
from tests.access_rows import ROWS
from tests.employment.builders import attendance
from tests.reports import builders as make

OTHERS = [name for name in FORMATS if name != "xlsx"]
LISTED = [name for name in FINAL if name != "retentioncheck"]  # on the pages of others only
HOSTILE = "=cmd|' /C calc'!A0"


def body_of(response) -> bytes:
    assert response.status_code == 200, response
    return b"".join(response.streaming_content)


def read_xlsx(content: bytes) -> list[list]:
    sheet = load_workbook(io.BytesIO(content)).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def read_csv(content: bytes) -> list[list]:
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "@"))]
    return rows


def read_ods(content: bytes) -> list[list]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert b"table:formula" not in archive.read("content.xml")
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def read_json(content: bytes) -> list[list]:
    told = json.loads(content)
    return [told["columns"], *told["rows"]]


READERS = {"xlsx": read_xlsx, "csv": read_csv, "ods": read_ods, "json": read_json}


def alike(value) -> str:
    """A cell as text, by which the formats are compared: each has its own numbers and days."""
    match value:
        case None:
            return ""
        case datetime():
            return f"{value:%Y-%m-%d}"
        case date():
            return value.isoformat()
        case float() | Decimal() | int():
            return f"{Decimal(str(value)).normalize():f}"
    try:
        return f"{Decimal(value).normalize():f}" if "." in value else str(int(value)) if value.isdigit() else value
    except ArithmeticError:
        return value


def cells(content: bytes, name: str) -> list[list[str]]:
    rows = [[alike(value) for value in row] for row in READERS[name](content)]
    if name == "csv":
        rows = [[cell.removeprefix("'") if cell.startswith("'=") else cell for cell in row] for row in rows]
    width = len(rows[0])
    return [[*row, *[""] * (width - len(row))] for row in rows]


@pytest.fixture
def planted(district, foreign_district):
    """A record of every kind, here and in a unit that the clerk does not see."""
    for union, mark in ((district, "甪禺"), (foreign_district, "熥鬯")):
        builders.one_of_each(union, mark)
        for row in ROWS:
            if row.make and row.name.removesuffix("_detail") in LISTED:
                row.make(union)
        attendance(union)
        make.assistance(union, kind="placement", given_on=localdate() - timedelta(days=100))
    make.practice_post(district, description=HOSTILE)


@pytest.mark.usefixtures("planted")
def test_every_kind_in_every_format_holds_the_cells_of_the_workbook(client_of, clerk):
    client, empty = client_of(clerk), []
    for name in LISTED:
        address = reverse(f"{name}_export")
        told = cells(body_of(client.get(address)), "xlsx")
        if len(told) == 1:
            empty.append(name)
        for other in OTHERS:
            content = body_of(client.get(address, {"format": other}))
            assert cells(content, other) == told, (name, other)
            assert "熥鬯".encode() not in content
            for sensitive in (builders.CARD, builders.TELEPHONE):
                assert sensitive.encode() not in content
    assert empty == []


def test_masks_digits_and_days(client_of, clerk, district):
    home = builders.household(district, "曾一", filed_on=date(2013, 5, 6))
    make.contribution(district, amount="1234.50", received_on=date(2014, 7, 1), voucher="0012", number="F-1")
    client = client_of(clerk)
    told = json.loads(body_of(client.get(reverse("household_export"), {"format": "json"})))
    row = dict(zip(told["columns"], *told["rows"], strict=True))
    assert (told["title"], row["证件号码"][:3], row["证件号码"][3:14]) == ("困难职工家庭", "310", "*" * 11)
    assert (row["档案编号"], row["建档日期"], row["注销日期"]) == (home.number, "2013-05-06", None)
    lines = read_csv(body_of(client.get(reverse("contribution_export"), {"format": "csv"})))
    assert lines[1][:3] == ["F-1", "2014-07-01", "各级工会投入"]
    assert (lines[1][3], lines[1][6]) == ("1234.50", "0012")
    opened = read_ods(body_of(client.get(reverse("contribution_export"), {"format": "ods"})))
    assert (opened[1][1], opened[1][3], opened[1][6]) == (date(2014, 7, 1), 1234.5, "0012")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\tx", "\rx", "＝1+1", '=HYPERLINK("http://x")'])
def test_csv_says_that_a_formula_is_text(text):
    with FORMATS["csv"].write("表", ["列"], [[text], [Decimal("-12.50")], [-3]]) as file:
        rows = read_csv(file.read())
    assert rows[1:] == [[f"'{text}"], ["-12.50"], ["-3"]]


def test_text_is_kept_to_the_letter_in_every_format():
    text = "a<b>&\"c'  两 个 空格\n第二行\x00\x0b"
    kept = "a<b>&\"c'  两 个 空格\n第二行"
    for name, kind in FORMATS.items():
        with kind.write("表<1>", ["列", "空"], [[text, ""]]) as file:
            assert READERS[name](file.read())[1][0] == kept, name


@pytest.mark.parametrize("name", OTHERS)
def test_file_is_named_by_its_format_and_logged(client_of, clerk, district, name):
    builders.household(district)
    response = client_of(clerk).get(reverse("household_export"), {"format": name, "open": "yes"})
    assert len(READERS[name](body_of(response))) == 2
    assert response["Content-Disposition"].endswith(f".{name}")
    assert response["Content-Type"] == FORMATS[name].content_type
    row = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert row.detail == {"count": 1, "filters": ["档案状态"]}


def test_a_format_there_is_not_is_not_found_and_not_logged(client_of, clerk):
    assert client_of(clerk).get(reverse("household_export"), {"format": "exe"}).status_code == 404
    assert not AuditEntry.objects.filter(action=AuditAction.EXPORTED).exists()


def test_limit_filters_and_rights_hold_for_every_format(client_of, clerk, admin, district, monkeypatch):
    monkeypatch.setattr("portal.records.views.export.LARGEST_EXPORT", 1)
    for _turn in range(2):
        builders.household(district)
    for name in OTHERS:
        response = client_of(clerk).get(reverse("household_export"), {"format": name}, follow=True)
        assert "一次最多导出 1 条" in response.text
        assert client_of(clerk).get(reverse("household_export"), {"format": name, "open": "?"}).status_code == 302
        assert client_of(admin).get(reverse("household_export"), {"format": name}).status_code == 403


def test_list_offers_every_format(client_of, clerk, district):
    builders.household(district)
    page = client_of(clerk).get(reverse("household_list"), {"open": "yes"}).text
    for name in OTHERS:
        assert f'href="{reverse("household_export")}?open=yes&amp;format={name}"' in page


OF_THE_CITY = ("minimumincome", "campaign", "review_board")
PLAIN = (
    "union",
    "account",
    "audit",
    "minors_use",
    "transfer",
    "announcement",
    "minimumincome",
    "aidstandard",
    "unittable",
    "campaign",
    "codelist",
    "report",
    "household_national",
)


@pytest.mark.usefixtures("campaign")
@pytest.mark.parametrize("name", [*PLAIN, "banklayout", "ledger", "review_board", "proposal", "visitplan"])
def test_lists_that_are_no_kind_export_alike(client_of, clerk, reviewer, auditor, security, district, name):
    builders.transfer(builders.household(district), reviewer.union)
    others = {"account": security, "audit": auditor, "minors_use": auditor}
    client = client_of(others.get(name, reviewer if name in OF_THE_CITY else clerk))
    address = reverse(f"{name}_export")
    asked = {"person": clerk.name} if name == "audit" else {}  # not who exports: each export is one line more
    record(AuditAction.VIEWED, by=By(clerk), subject=HOSTILE)
    told = cells(body_of(client.get(address, asked)), "xlsx")
    for other in OTHERS:
        assert cells(body_of(client.get(address, asked | {"format": other})), other) == told


def test_every_address_that_exports_is_tried_here():
    """Those with a place in their address are tried by `tests/reports`; a workbook of several sheets is no list."""
    tried = {f"{name}_export" for name in (*LISTED, *PLAIN, "banklayout", "ledger", "review_board", "proposal")}
    placed = {row.name for row in ROWS if row.name.endswith("_export")} - tried - {"visitplan_export"}
    for name in placed - {"workbook_export"}:
        with pytest.raises(NoReverseMatch):
            reverse(name)
