"""The main job in Chromium, with and without scripts: workbook in, annex out, a figure that opens its record."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import load_workbook
from playwright.sync_api import expect

from portal.enums import Role
from portal.models import Union
from tests.browser import season
from tests.factories import UserFactory

SAMPLES = Path(__file__).parents[1] / "samples"
UNIT = "310001"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def unit():
    call_command("load_unions", SAMPLES / "small" / "unions.csv", verbosity=0)
    return Union.objects.get(code=UNIT)


@pytest.fixture(params=[True, False], ids=["scripts", "no_scripts"])
def page(request, signed_in, unit):
    """The window of the unit's clerk."""
    clerk = UserFactory(username="clerk", name="陈经办", role=Role.CLERK, union=unit)
    return signed_in(clerk, java_script_enabled=request.param)


def upload(page, file: Path) -> None:
    season.menu(page, "导入工作簿")
    page.get_by_label("工作簿文件").set_input_files(file)
    page.get_by_role("button", name="上传并检查").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(file.name)


def download(page, name: str):
    """The workbook behind a link, opened."""
    with page.expect_download() as started:
        page.get_by_role("link", name=name).click()
    assert started.value.suggested_filename.endswith(".xlsx")
    return load_workbook(io.BytesIO(started.value.path().read_bytes()))


def test_from_the_workbook_to_the_form_and_the_record_behind_a_figure(page):
    upload(page, SAMPLES / "small" / f"{UNIT}.xlsx")
    expect(page.get_by_text("检查通过。")).to_contain_text("确认后才写入")
    households = page.get_by_role("row").filter(has=page.get_by_role("cell", name="困难职工家庭", exact=True))
    expect(households.get_by_role("cell")).to_have_text(["困难职工家庭", re.compile("[1-9]"), "0", "0"])
    season.go(page.get_by_role("button", name="全部一起送复核"))
    expect(page.get_by_text("已送单位审核人复核；复核同意后写入。")).to_be_visible()
    season.agree_to_imports()

    season.menu(page, "统计表")
    page.get_by_label("活动年度").select_option("2014")
    page.get_by_label("统计截止日").fill("2014-08-31")
    season.go(page.get_by_role("button", name="查看"))
    aided = page.locator("a.annex-blank[href*='/aided/']")
    expect(aided).to_have_text("1")
    annex = page.url

    aided.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("资助子女")
    expect(page.get_by_text("共 1 条记录")).to_be_visible()
    page.get_by_role("table").get_by_role("link", name=f"{UNIT}-A").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("助学申请")
    expect(page.get_by_text("已审批通过").first).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page).to_have_url(annex)

    book = download(page, "下载附件1")
    ((title, cell),) = book.defined_names["aided"].destinations
    assert book[title][cell].value == 1
    ((title, cell),) = book.defined_names["paid"].destinations
    assert book[title][cell].value == 0.052048


def test_bad_file_shows_the_cell_and_the_reason(page, tmp_path):
    book = load_workbook(SAMPLES / "small" / f"{UNIT}.xlsx")
    tab = book["困难职工家庭"]
    column = next(cell.column for cell in tab[1] if cell.value == "身份证号")
    tab.cell(3, column).value = "310105197902311705"
    book.save(tmp_path / "bad.xlsx")

    upload(page, tmp_path / "bad.xlsx")
    expect(page.get_by_role("alert")).to_contain_text("未写入任何数据")
    faults = page.get_by_role("row").filter(has=page.get_by_role("cell", name="310105197902311705"))
    expect(faults.get_by_role("cell").nth(0)).to_have_text("困难职工家庭")
    expect(faults.get_by_role("cell").nth(1)).to_have_text("3")
    expect(faults.get_by_role("cell").nth(2)).to_have_text("身份证号")
    expect(page.get_by_role("table").first).to_contain_text("出生日期")
    expect(page.get_by_role("button", name="确认导入")).to_have_count(0)

    marked = download(page, "下载已标注错误的工作簿")["困难职工家庭"]
    assert "出生日期" in marked.cell(3, column).comment.text


def test_search_box_of_the_bar_finds_what_was_imported(page):
    upload(page, SAMPLES / "small" / f"{UNIT}.xlsx")
    season.go(page.get_by_role("button", name="全部一起送复核"))
    season.agree_to_imports()
    box = page.get_by_role("search", name="全部档案")
    box.get_by_role("searchbox").fill("320102199402013263")  # the child aided in 2014
    season.go(box.get_by_role("button"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("子女|查找"))
    assert "3201021994" not in page.url
