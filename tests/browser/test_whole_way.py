"""The whole way of a report in Chromium: prepared, handed in, returned, mended, accepted, consolidated."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import load_workbook
from playwright.sync_api import Locator, expect

from portal.enums import Role
from portal.models import Union
from tests.browser import season
from tests.factories import UserFactory

SAMPLE = Path(__file__).parents[1] / "samples" / "small"
UNIT, YEAR = "310001", "2014"
PAID = "0.052048"  # 万元, of the sample
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(window_of):
    """The windows of the clerk and the lead of the unit, and of the reviewer of the city."""
    call_command("load_unions", SAMPLE / "unions.csv", verbosity=0)
    unit, city = Union.objects.get(code=UNIT), Union.objects.get(depth=1)
    roles = ((Role.CLERK, unit), (Role.LEAD, unit), (Role.REVIEWER, city))
    return [window_of(UserFactory(role=role, union=union)) for role, union in roles]


def bring_in(page, lead, file: Path) -> None:
    """The clerk sends what decides and pays with all the rest to the lead, who agrees."""
    season.menu(page, "导入工作簿")
    page.get_by_label("工作簿文件").set_input_files(file)
    season.go(page.get_by_role("button", name="上传并检查"))
    season.go(page.get_by_role("button", name="全部一起送复核"))
    season.menu(lead, "待复核的导入")
    season.go(lead.get_by_role("link", name=file.name))
    season.go(lead.get_by_role("button", name=re.compile("^同意，写入这")))
    expect(lead.get_by_text("已同意，工作簿已导入。")).to_be_visible()


def with_amount(amount: str, folder: Path) -> Path:
    """The sample with another amount in its one payment."""
    book = load_workbook(SAMPLE / f"{UNIT}.xlsx")
    tab = book["助学款发放"]
    column = next(cell.column for cell in tab[1] if cell.value == "金额(元)")
    tab.cell(2, column).value = amount
    book.save(folder / "mended.xlsx")
    return folder / "mended.xlsx"


def open_report(page) -> None:
    season.menu(page, "报表")
    row = page.get_by_role("row").filter(has=page.get_by_role("cell", name=YEAR))
    season.go(row.get_by_role("link", name="打开"))


def prepare(clerk) -> None:
    """From the list of what the unit owes until nothing is left to do."""
    season.menu(clerk, "报表")
    row = clerk.get_by_role("row").filter(has=clerk.get_by_role("cell", name=YEAR))
    season.go(row.get_by_role("button", name="开始填报"))
    report = clerk.url
    clerk.goto(f"{report}contact/")
    clerk.get_by_label("填报人").fill("陈经办")
    clerk.get_by_label("联系电话").fill("021-63211939")
    season.go(clerk.get_by_role("button", name="保存"))
    write_the_summary(clerk, report)
    explain_all(clerk, report)


def write_the_summary(clerk, report: str) -> None:
    """The summary as it is drafted, a sentence added with a number in it, and used in place of an uploaded one."""
    clerk.goto(f"{report}narrative/")
    for part in clerk.get_by_role("textbox", name=re.compile("正文$")).all():
        part.fill(part.input_value().replace("（请补充。）", "共发放助学款{发放助学款}万元。"))
    season.go(clerk.get_by_role("button", name="保存", exact=True))
    expect(clerk.locator("data.report-live").filter(has_text=PAID).first).to_be_visible()
    season.go(clerk.get_by_role("button", name="用作总结报告"))
    expect(clerk.get_by_text("已用作总结报告。")).to_be_visible()


def explain_all(clerk, report: str) -> None:
    clerk.goto(report)
    while (asked := clerk.locator(".report-steps a[href*='/explain/']")).count():
        season.go(asked.first)
        clerk.get_by_label("说明").fill("情况属实")
        season.go(clerk.get_by_role("button", name="保存"))
        expect(clerk.get_by_text("已保存。")).to_be_visible()
        clerk.goto(report)
    expect(clerk.get_by_text("都办好了，可以报送")).to_be_visible()


def hand_in(lead) -> None:
    open_report(lead)
    season.go(lead.get_by_role("link", name="确认并报送").first)
    season.tick_what_is_asked(lead)
    season.go(lead.get_by_role("button", name="确认并报送"))
    expect(lead.get_by_text("核验码").first).to_be_visible()


def open_review(reviewer) -> None:
    season.menu(reviewer, "审核进度")
    reviewer.goto(f"/review/?campaign={YEAR}")
    season.go(reviewer.locator("a[href^='/review/']").filter(has_text=Union.objects.get(code=UNIT).name).first)


def public_page(open_page) -> Locator:
    """What who never signed in reads of the unit."""
    page = open_page()
    page.goto(f"/public/{UNIT}/")
    return page.get_by_role("main")


def test_from_the_first_figure_to_the_consolidated_workbook(people, open_page, tmp_path):
    clerk, lead, reviewer = people
    bring_in(clerk, lead, SAMPLE / f"{UNIT}.xlsx")
    prepare(clerk)
    hand_in(lead)

    open_review(reviewer)
    season.go(reviewer.get_by_role("button", name="开始审核"))
    season.go(reviewer.get_by_role("link", name="退回", exact=True))
    reviewer.get_by_label("退回意见").fill("请核对发放的助学款")
    reviewer.get_by_label("发放助学款的退回原因", exact=True).select_option(label="与记录不符")
    season.go(reviewer.get_by_role("button", name="退回"))
    expect(reviewer.get_by_text("已退回").first).to_be_visible()

    open_report(clerk)
    todo = clerk.get_by_role("region", name="退回后要办的事")
    expect(todo).to_contain_text("请核对发放的助学款")
    season.go(todo.get_by_role("link", name="查看记录").first)
    expect(clerk.get_by_role("heading", level=1)).to_have_text("发放助学款")
    bring_in(clerk, lead, with_amount("620.48", tmp_path))
    open_report(clerk)
    expect(clerk.get_by_role("region", name="退回后要办的事").locator(".report-done-yes")).to_have_count(1)
    explain_all(clerk, clerk.url)
    hand_in(lead)

    open_review(reviewer)
    season.go(reviewer.get_by_role("link", name="与上次报送比较"))
    changed = reviewer.get_by_role("row").filter(has_text="发放助学款").first
    expect(changed).to_contain_text(PAID)
    expect(changed).to_contain_text("0.062048")
    reviewer.go_back()
    expect(public_page(open_page)).not_to_contain_text(f"{YEAR} 年度")
    season.go(reviewer.get_by_role("button", name="接收"))
    expect(reviewer.get_by_text("已接收").first).to_be_visible()
    expect(public_page(open_page)).to_contain_text(f"{YEAR} 年度")

    reviewer.goto(f"/consolidation/?campaign={YEAR}")
    season.go(reviewer.get_by_role("button", name="汇总").first)
    expect(reviewer.get_by_role("status")).to_contain_text("1 个单位")
    reviewer.goto(f"/consolidation/?campaign={YEAR}")
    with reviewer.expect_download() as started:
        reviewer.get_by_role("link", name="Excel").first.click()
    book = load_workbook(io.BytesIO(started.value.path().read_bytes()), data_only=True)
    ((title, cell),) = book.defined_names["paid"].destinations
    assert book[title][cell].value == 0.062048
