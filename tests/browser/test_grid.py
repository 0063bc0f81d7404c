"""A grid in Chromium by keyboard: a block from a spreadsheet, fill down, faults at their cells, nothing lost."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from aid.models import Child, Contribution
from portal.models import FormDraft
from tests.browser import season
from tests.browser.accessible import faults
from tests.reports import builders as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GIFTS = [("2014-03-01", "社会捐助", f"{place}00", f"第{place}公司") for place in range(1, 31)]


def block(*rows: tuple[str, ...]) -> str:
    return "".join("\t".join(row) + "\r\n" for row in rows)


def paste(page: Page, cell: str, text: str) -> None:
    """As somebody who has copied `text` in a spreadsheet."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator(f"[name={cell}]").focus()
    page.keyboard.press("Control+V")


def value(page: Page, cell: str) -> str:
    return page.locator(f"[name={cell}]").input_value()


@pytest.fixture
def page(window_of, clerk, grassroots):
    page = window_of(clerk)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/contributions/")
    page.get_by_role("link", name="表格录入").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("表格录入：资金筹集")
    return page


def test_thirty_lines_from_a_spreadsheet_are_saved(page):
    paste(page, "received_on-1", block(*GIFTS))
    expect(page.locator("[data-grid-told]")).to_have_text("已粘贴 30 行，按 Ctrl+Z 可撤销。")
    expect(page.locator("tbody tr")).to_have_count(30)
    assert value(page, "donor-30") == "第30公司"
    page.get_by_role("button", name="全部保存").click()
    expect(page.get_by_text("已保存 30 条资金筹集。")).to_be_visible()
    assert Contribution.objects.count() == 30
    assert Contribution.objects.get(donor="第30公司").amount == Decimal(3000)


def test_block_with_its_headings_goes_to_their_columns_and_can_be_taken_back(page):
    headings = ("序号", "出资方", "金额（元）", "收款日期")
    paste(page, "received_on-2", block(headings, ("1", "春雨公司", "500", "20140301")))
    assert [value(page, f"{name}-2") for name in ("donor", "amount", "received_on")] == [
        "春雨公司",
        "500",
        "2014-03-01",  # written out as in other forms
    ]
    expect(page.locator("[data-grid-told]")).to_contain_text("有 1 格没有对应的列")
    page.keyboard.press("Control+Z")
    assert value(page, "donor-2") == ""


def test_keyboard_alone_fills_a_grid(page):
    page.locator("[name=received_on-1]").focus()
    page.keyboard.type("3.1")
    page.keyboard.press("Tab")
    page.keyboard.type("shjz")  # the initials of 社会捐助
    page.keyboard.press("Tab")
    page.keyboard.type("500")
    page.keyboard.press("Enter")
    page.keyboard.type("600")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+D")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+D")
    assert value(page, "source-1") == value(page, "source-2") == "社会捐助"
    page.keyboard.press("Control+s")
    expect(page.get_by_text("已保存 2 条资金筹集。")).to_be_visible()
    assert sorted(Contribution.objects.values_list("amount", flat=True)) == [500, 600]


def test_cell_is_filled_down_to_the_last_line_in_use(page):
    paste(page, "amount-1", block(("100",), ("200",), ("300",)))
    page.locator("[name=source-1]").fill("社会捐助")
    page.get_by_role("button", name="向下填充").click()
    assert [value(page, f"source-{line}") for line in (1, 2, 3, 4)] == ["社会捐助"] * 3 + [""]


def test_more_lines_than_a_grid_has_are_told(page):
    paste(page, "donor-1", block(*[(f"第{place}公司",) for place in range(203)]))
    expect(page.locator("[data-grid-told]")).to_contain_text("还有 3 行没有贴入")
    expect(page.locator("tbody tr")).to_have_count(200)


def test_faults_stand_at_their_cells_and_a_crash_loses_nothing(page, window_of, clerk):
    paste(page, "received_on-1", block(GIFTS[0], ("2014-03-02", "没有来源", "2000", "夏雨公司")))
    page.get_by_role("button", name="先存对的行").click()
    expect(page.get_by_text("已保存 1 条资金筹集。")).to_be_visible()
    cell = page.locator("[name=source-2]")
    expect(cell).to_have_accessible_description("应为下列之一：各级党委政府资助、社会捐助、各级工会投入")
    assert faults(page) == []
    page.get_by_role("link", name="第 2 行 来源").click()
    with page.expect_response("**/drafts/**"):
        page.locator("[name=voucher-2]").fill("凭证八")
        page.locator("[name=voucher-2]").blur()
    page.close()
    assert "夏雨公司" not in FormDraft.objects.get().page
    again = window_of(clerk)
    again.goto("/contributions/grid/")
    expect(again.get_by_text("还没有保存的内容")).to_be_visible()
    assert [value(again, f"{name}-2") for name in ("donor", "source", "voucher")] == ["夏雨公司", "没有来源", "凭证八"]
    again.locator("[name=source-2]").fill("社会捐助")
    again.get_by_role("button", name="全部保存").click()
    expect(again.get_by_text("已保存 1 条资金筹集。")).to_be_visible()
    assert Contribution.objects.count() == 2


def test_ticked_children_are_changed_at_once(window_of, clerk, district):
    for name in ("曾小丽", "曾小红"):
        make.child(district, name=name, initials="ZXL", stage="junior", school="东湖中学")
    page = window_of(clerk)
    page.goto("/children/")
    for box in page.get_by_role("checkbox", name="选中 曾").all():
        box.check()
    season.go(page.get_by_role("button", name="表格修改"))
    expect(page.locator("tbody tr")).to_have_count(2)
    page.locator("[name=stage-1]").fill("高中")
    page.get_by_role("button", name="向下填充").click()
    page.get_by_role("button", name="全部保存").click()
    expect(page.get_by_text("已保存 2 条子女。")).to_be_visible()
    assert list(Child.objects.values_list("stage", flat=True)) == ["senior", "senior"]


def test_plain_form_of_twenty_lines_without_scripts(window_of, clerk):
    page = window_of(clerk, java_script_enabled=False)
    page.goto("/contributions/grid/")
    expect(page.locator("tbody tr")).to_have_count(20)
    expect(page.get_by_role("button", name="向下填充")).to_be_hidden()
    for name, text in zip(("received_on", "source", "amount", "donor"), GIFTS[0], strict=True):
        page.locator(f"[name={name}-1]").fill(text)
    page.locator("[name=donor-2]").fill("夏雨公司")
    page.get_by_role("button", name="全部保存").click()
    expect(page.get_by_text("都没有保存：有的行还要改。")).to_be_visible()
    assert value(page, "donor-1") == "第1公司"
    page.get_by_role("button", name="先存对的行").click()
    expect(page.get_by_text("已保存 1 条资金筹集。")).to_be_visible()
    page.get_by_role("button", name="再加 20 行").click()
    expect(page.locator("tbody tr")).to_have_count(40)
    assert value(page, "donor-2") == "夏雨公司"
