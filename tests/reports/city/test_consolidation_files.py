"""The city to take away: who is missing is always said, kept numbers stay, everything handed in fits one archive."""

import csv
import hashlib
import io
import json
import zipfile
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from portal.audit import By
from portal.documents.file_names import file_name
from portal.models import AuditEntry, Job
from reports.beside.years import years_until
from reports.charts.heat import steps
from reports.city.consolidation import accepted_city, consolidate, kept_city
from reports.enums import ReportState
from reports.models import AdjustmentFile, Report, SummaryFile
from tests.reports import builders as make
from tests.reports.getting_ready import frozen, with_files
from tests.reports.submissions import hand_in, report, set_state


@pytest.fixture
def cast(district, foreign_district, bureau):
    return [district, foreign_district, bureau]


@pytest.fixture
def accepted(year_2014, cast):
    """40 and 10 aided in two units; the third has handed in and waits."""
    made = [report(year_2014, cast[0], ReportState.ACCEPTED, aided=40, paid=Decimal("20819.20"))]
    made.append(report(year_2014, cast[1], ReportState.ACCEPTED, aided=10))
    report(year_2014, cast[2], ReportState.SUBMITTED, aided=1000)
    return made


def fetched(client, **asked):
    """The file of a job that `asked` of the consolidation starts."""
    kind = asked.pop("kind")
    response = client.post(reverse("consolidation_job", args=[2014, kind]), asked)
    job = Job.objects.get(pk=response.url.rstrip("/").rpartition("/")[2])
    assert job.problem == ""
    return b"".join(client.get(reverse("job_download", args=[job.pk])).streaming_content)


def book_of(content, *, values=True):
    """With what its formulas come to, or with the formulas."""
    return load_workbook(io.BytesIO(content), data_only=values)


def printed_in(content):
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


def value_of(book, slug):
    ((sheet, cell),) = book.defined_names[slug].destinations
    return book[sheet][cell].value


MISSING = "310003 示例市邮政局工会（已报送，未接收）"


def test_missing_units_are_named_with_how_they_stand(year_2014, accepted, cast):
    assert [str(missing) for missing in accepted_city(year_2014).missing_units] == [MISSING]
    set_state(Report.objects.get(union=cast[2]), ReportState.RETURNED)
    assert accepted_city(year_2014).missing_units[0].state == "已退回"


def test_workbook_names_the_missing_units_below_the_form_and_on_a_sheet(client_of, auditor, accepted):
    book = book_of(client_of(auditor).get(reverse("consolidation_download", args=[2014, "xlsx"])).content)
    assert [row[0].value for row in book["缺报单位名单"].rows] == ["缺报单位（1 个）", MISSING]
    texts = [cell.value for row in book["附件1"].rows for cell in row if cell.value]
    assert texts[-1] == "缺 1 个单位，名单见“缺报单位名单”。"


def test_document_of_the_city_names_the_missing_units(client_of, auditor, accepted, cast):
    printed = printed_in(client_of(auditor).get(reverse("consolidation_download", args=[2014, "docx"])).content)
    assert f"1. {MISSING}" in printed
    assert printed.index("缺报单位名单") < printed.index(f"1. {MISSING}")
    assert sum("附件 1" in text for text in printed) == 1  # of the city alone


def test_city_without_missing_units_says_so(client_of, auditor, accepted, cast):
    set_state(Report.objects.get(union=cast[2]), ReportState.ACCEPTED)
    printed = printed_in(client_of(auditor).get(reverse("consolidation_download", args=[2014, "docx"])).content)
    assert "所有填报单位的报表均已接收。" in printed


def test_job_prints_the_city_with_every_unit(client_of, auditor, accepted, cast):
    book = book_of(fetched(client_of(auditor), kind="xlsx"))
    assert book.sheetnames[5:] == [f"{unit.code} {unit.name}" for unit in cast[:2]]
    entry = AuditEntry.objects.get(action="exported")
    assert (entry.detail["missing"], entry.detail["units"]) == ([cast[2].code], 2)


def test_job_of_live_records_counts_up_to_the_day_asked_for(client_of, reviewer, accepted, cast):
    make.payment(cast[2], amount=Decimal(50_000), paid_on=make.AS_OF)
    for as_of, paid in (("2014-08-30", 0), (make.AS_OF.isoformat(), 5)):
        assert value_of(book_of(fetched(client_of(reviewer), kind="xlsx", live="1", as_of=as_of)), "paid") == paid


@pytest.mark.parametrize(
    ("kind", "asked", "code"),
    [
        ("exe", {}, 404),
        ("json", {}, 404),
        ("xlsx", {"kept": "987654"}, 404),
        ("xlsx", {"kept": "x"}, 404),
        ("xlsx", {"live": "1", "as_of": "昨天"}, 400),
    ],
)
def test_file_of_what_is_none_is_refused(client_of, reviewer, accepted, kind, asked, code):
    assert client_of(reviewer).post(reverse("consolidation_job", args=[2014, kind]), asked).status_code == code
    assert client_of(reviewer).get(reverse("consolidation_download", args=[2014, kind]), asked).status_code == code
    assert not Job.objects.exists()


def test_kept_consolidation_prints_its_own_numbers_whatever_was_accepted_since(
    client_of, reviewer, year_2014, accepted, cast
):
    made = consolidate(year_2014, by=By(reviewer))
    hand_in(accepted[1], aided=11)
    set_state(Report.objects.get(union=cast[2]), ReportState.ACCEPTED)
    cast[0].name = "东湖新区总工会"
    cast[0].save()
    city = kept_city(made)
    assert {slug: f"{value:.2f}" for slug, value in city.figures.total.items()} == made.totals
    client = client_of(reviewer)
    book = book_of(client.get(reverse("consolidation_download", args=[2014, "xlsx"]), {"kept": made.pk}).content)
    assert value_of(book, "aided") == 50
    assert [row[0].value for row in book["缺报单位名单"].rows][1:] == ["310003 示例市邮政局工会"]
    book = book_of(fetched(client, kind="xlsx", kept=made.pk))
    assert book.sheetnames[5:] == ["310001 东湖区总工会", "310002 西山区总工会"]
    assert accepted_city(year_2014).figures.total["aided"] == 1051


def test_archive_has_every_unit_the_city_and_a_manifest(client_of, reviewer, year_2014, accepted, cast):
    with_files(accepted[0])
    SummaryFile.objects.update(file_name="../总结:一.pdf")
    AdjustmentFile.objects.update(file_name="名单.pdf")
    real = frozen(accepted[0])
    Report.objects.filter(pk=accepted[0].pk).update(submission=real)
    for other in Report.objects.exclude(pk=accepted[0].pk):
        Report.objects.filter(pk=other.pk).update(submission=frozen(other))
    archive = zipfile.ZipFile(io.BytesIO(fetched(client_of(reviewer), kind="zip")))
    folders = ["310001_东湖区总工会", "310002_西山区总工会", "310003_示例市邮政局工会"]
    of_first = {
        "统计表.xlsx",
        "统计表.docx",
        "总结报告_.._总结_一.pdf".replace(".._", "_"),
        "调整依据_资助子女_名单.pdf",
    }
    names = set(archive.namelist())
    assert {name.partition("/")[2] for name in names if name.startswith(folders[0])} == of_first
    assert {name.partition("/")[0] for name in names if "/" in name} == set(folders)
    assert {"全市汇总表.xlsx", "全市汇总表.docx", "缺报单位名单.csv", "manifest.csv", "manifest.json"} <= names
    manifest = json.loads(archive.read("manifest.json"))
    for listed in manifest["files"]:
        assert hashlib.sha256(archive.read(listed["file"])).hexdigest() == listed["sha256"]
    first = next(listed for listed in manifest["files"] if listed["unit"] == "310001")
    assert (first["code"], first["digest"], first["state"]) == (real.code, real.digest, "accepted")
    assert [missing["unit"] for missing in manifest["missing"]] == ["310003"]
    rows = list(csv.reader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
    assert len(rows) == 1 + len(manifest["files"]) == 9
    at = timezone.localtime(real.submitted_at)
    assert first["submitted_at"] == at.isoformat(timespec="seconds")
    assert rows[0][:6] == ["工会编码", "填报单位", "状态", "补报序号", "报送次数", "报送时间"]
    assert rows[1][:6] == ["310001", "东湖区总工会", "已接收", "0", "2", f"{at:%Y-%m-%d %H:%M:%S}"]
    assert archive.read("缺报单位名单.csv").decode("utf-8-sig").splitlines() == [
        "缺报单位",
        "310003 示例市邮政局工会（已报送，未接收）",
    ]


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("a/b\\c:d*?.docx", "a_b_c_d__.docx"),
        ("..", "_"),
        ("\u202e反.pdf", "_反.pdf"),
        ("长" * 100 + ".docx", "长" * 60 + ".docx"),
        ("总\r\n结", "总__结"),
    ],
)
def test_names_of_files_are_cleaned(name, cleaned):
    assert file_name(name) == cleaned


def test_years_stand_beside_each_other_with_their_change(year_2014, accepted, cast):
    earlier = make.campaign(2013)
    make.campaign(2012)
    report(earlier, cast[0], ReportState.ACCEPTED, aided=32, paid=Decimal(10_000))
    report(earlier, cast[1], ReportState.SUBMITTED, aided=999)
    years = years_until(year_2014)
    assert [(year.campaign.year, year.units) for year in years.years] == [(2012, 0), (2013, 1), (2014, 2)]
    aided = next(figure for figure in years.figures if figure.slug == "aided")
    cells = [(cell.text, cell.change, cell.percent) for cell in years.row(aided)]
    assert cells == [("—", "", ""), ("32", "", ""), ("50", "+18", "+56.3%")]
    own = years_until(year_2014, cast[0]).row(aided)
    assert [cell.text for cell in own] == ["—", "32", "40"]


def test_page_of_the_years_of_a_unit_shows_its_own_alone(client_of, clerk, accepted, cast):
    response = client_of(clerk).get(reverse("annex_years", args=[2014, clerk.union.code]))
    text = response.content.decode()
    assert ">40<" in text.replace(" ", "").replace("\n", "")
    assert client_of(clerk).get(reverse("annex_years", args=[2014, cast[1].code])).status_code == 404


def test_years_in_the_workbook_change_by_formula(client_of, auditor, year_2014, accepted, cast):
    report(make.campaign(2013), cast[0], ReportState.ACCEPTED, aided=32)
    content = client_of(auditor).get(reverse("consolidation_download", args=[2014, "xlsx"])).content
    sheet = book_of(content, values=False)["历年比较"]
    row = next(row for row in sheet.rows if row[0].value == "1-4 资助子女（人）")
    assert [cell.value for cell in row[1:5:3]] == [32, 50]
    assert row[5].value == f'=IF(OR(E{row[0].row}="",B{row[0].row}=""),"",E{row[0].row}-B{row[0].row})'
    known = [cell.value for cell in book_of(content)["历年比较"][row[0].row][4:7]]
    assert known == [50, 18, 0.5625]  # 18 of 32


def test_heat_is_the_fifth_of_the_columns_own_range():
    assert steps([0, 1, 2, 5, 10, 9]) == [1, 1, 2, 3, 5, 5]
    assert steps([7, 7]) == [0, 0]
    assert steps([]) == []


def test_matrix_marks_heat_and_explains_it(client_of, reviewer, accepted):
    text = client_of(reviewer).get(reverse("consolidation_matrix"), {"campaign": 2014}).content.decode()
    assert '<td class="number heat-5">40</td>' in text
    assert '<td class="number heat-1">10</td>' in text
    assert "最高的五分之一" in text
