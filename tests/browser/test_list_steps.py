"""A list of a union's own making in Chromium, through its five steps, with and without scripts; wrong rows in place."""

from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from aid.models import AidCase, Child, Household
from portal.enums import Role
from portal.models import HeldRow, Union
from tests.browser import season
from tests.employment.lists.files import xlsx
from tests.factories import UserFactory

LISTS = Path(__file__).parents[1] / "samples" / "lists"
HEADINGS = (
    "职工姓名",
    "身份证号码",
    "困难类型",
    "是否单亲",
    "联系电话",
    "子女姓名",
    "子女身份证号码",
    "学段",
    "申请金额",
)
ROWS = [
    ("2026年“金秋助学”困难职工子女情况汇总表",),
    ("填报单位：望江街道总工会　　填报日期：2026年7月20日",),
    HEADINGS,
    ("俞建国", "310109197001102015", "低收入", "否", "13800000000", "俞小明", "310109200601203017", "初中", "2000元"),
    ("姚建华", "310109197102112027", "低保", "否", "13800000001", "姚小红", "31010920070221302X", "初中", "约2000"),
    ("合计", "", "", "", "", "", "", "", "4000元"),
]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["scripts", "no_scripts"])
def page(request, signed_in):
    call_command("load_unions", LISTS / "unions.csv", verbosity=0)
    unit = Union.objects.get(code="310101")
    clerk = UserFactory(username="clerk", name="陈经办", role=Role.CLERK, union=unit)
    return signed_in(clerk, java_script_enabled=request.param)


def upload(page, name: str, content: bytes) -> None:
    season.menu(page, "导入 Excel 清单")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.get_by_label("清单文件").set_input_files({"name": name, "mimeType": kind, "buffer": content})
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("核对各列")


def say(page) -> None:
    page.get_by_label("职工类别").select_option("困难职工")
    page.get_by_label("助学方式").select_option("社会助学")
    page.get_by_role("button", name="下一步").click()


def test_list_comes_in_and_its_wrong_rows_are_corrected_in_place(page):
    upload(page, "汇总表.xlsx", xlsx(ROWS, merges=["A1:I1", "A2:I2"]))
    expect(page.get_by_text("下面有 2 行")).to_contain_text("另有 1 行是合计、签名一类")
    expect(page.get_by_label("工会*", exact=True)).to_have_value("望江街道总工会")
    expect(page.get_by_label("活动年度")).to_have_value("2026")
    expect(page.get_by_label("子女身份证号码")).to_have_value("子女.person")
    expect(page.get_by_role("button", name="先不填，逐行补正")).to_be_visible()
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("alert").get_by_role("button", name="先不填，逐行补正")).to_be_visible()
    say(page)

    page.get_by_label("“困难类型”里的“低收入”（1 行）").select_option("低保边缘户")
    page.get_by_role("button", name="下一步").click()

    expect(page.get_by_role("button", name="导入对的 1 行，错的 1 行留着补正")).to_be_visible()
    assert not Household.objects.exists()
    wrong = page.get_by_label("第 5 行 身份证号码")
    expect(wrong).to_have_value("310109197102112027")
    page.get_by_label("第 5 行 申请金额").fill("2000")
    page.get_by_role("button", name="保存改动，重新检查").click()
    expect(page.get_by_label("第 5 行 申请金额")).to_have_value("2000")
    season.go(page.get_by_role("button", name="导入对的 1 行，错的 1 行留着补正"))
    expect(page.get_by_text("有 1 行留在“待补正”")).to_be_visible()
    assert [model.objects.count() for model in (Household, Child, AidCase)] == [1, 1, 1]
    assert Household.objects.get().hardship_category == "near_minimum_income"

    season.menu(page, "待补正")
    page.get_by_role("link", name="汇总表.xlsx").click()
    expect(page.get_by_text("身份证号码：身份证号末位校验码不对")).to_be_visible()
    expect(page.get_by_label("第 5 行 申请金额")).to_have_value("2000")
    page.get_by_label("第 5 行 身份证号码").fill("310109197102112028")
    page.get_by_label("第 5 行 困难类型").select_option("深度困难")
    page.get_by_role("button", name="保存并补导").click()
    expect(page.get_by_text("补导了 1 行")).to_be_visible()
    assert [model.objects.count() for model in (Household, Child, AidCase)] == [2, 2, 2]
    assert Household.objects.get(worker_name="姚建华").hardship_category == "deep"
    assert not HeldRow.objects.exists()


def test_block_from_a_spreadsheet_goes_into_rows_that_wait(signed_in):
    call_command("load_unions", LISTS / "unions.csv", verbosity=0)
    clerk = UserFactory(username="clerk", name="陈经办", role=Role.CLERK, union=Union.objects.get(code="310101"))
    page = signed_in(clerk)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    wrong = [(name, number, "深度困难", *rest) for name, number, _hardship, *rest in (ROWS[4], ROWS[4])]
    upload(page, "汇总表.xlsx", xlsx([*ROWS[:4], *wrong], merges=["A1:I1", "A2:I2"]))
    page.get_by_role("button", name="下一步").click()
    say(page)
    page.get_by_label("“困难类型”里的“低收入”（1 行）").select_option("低保边缘户")
    page.get_by_role("button", name="下一步").click()
    sums = [page.get_by_label(f"第 {row} 行 申请金额") for row in (5, 6)]
    expect(sums[1]).to_have_class("form-control form-control-sm is-invalid")
    sums[0].fill("2000")
    with page.expect_response("**/drafts/"):
        page.get_by_role("button", name="向下填充").click()
    page.reload()
    for typed in sums:
        expect(typed).to_have_value("2000")
        expect(typed).to_have_class("form-control form-control-sm grid-changed")
    season.go(page.get_by_role("button", name="导入对的 1 行，错的 2 行留着补正"))
    page.goto("/held/")
    page.get_by_role("link", name="汇总表.xlsx").click()
    page.evaluate("text => navigator.clipboard.writeText(text)", "310109197102112028\r\n310109197203122030\r\n")
    page.get_by_label("第 5 行 身份证号码").focus()
    page.keyboard.press("Control+V")
    expect(page.get_by_label("第 6 行 身份证号码")).to_have_value("310109197203122030")
    page.get_by_label("第 5 行 申请金额").fill("1800")
    page.get_by_role("button", name="向下填充").click()
    expect(page.get_by_label("第 6 行 申请金额")).to_have_value("1800")


def test_summary_comes_in_as_it_is_and_is_taken_back(page):
    upload(page, "summary.xlsx", (LISTS / "summary.xlsx").read_bytes())
    say(page)
    expect(page.get_by_text("低保 → 低保户").first).to_be_visible()
    season.go(page.get_by_role("button", name="导入这 6 行"))
    expect(page.get_by_text("已导入：困难职工家庭新增 6；子女新增 6；助学申请新增 6。")).to_be_visible()
    assert [model.objects.count() for model in (Household, Child, AidCase)] == [6, 6, 6]
    page.get_by_role("link", name="写入的内容、撤回").click()
    page.get_by_label("已核对下面的内容").check()
    season.go(page.get_by_role("button", name="撤回（新增 18 条）"))
    expect(page.get_by_text("清单退回到“核对各列”")).to_be_visible()
    assert not Household.objects.exists()
    page.get_by_role("link", name="这份清单").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("核对各列")
