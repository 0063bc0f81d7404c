"""The hotline's enquiries in Chromium, with and without scripts: workbook in, file made, another handed over."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from employment.models import Enquiry
from portal.enums import Role
from tests.browser import season
from tests.employment.enquiry_book import TITLE, content, row
from tests.factories import UserFactory
from tests.workbook.sheets import id_number

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORKER = id_number(11, "19700203")


@pytest.fixture(params=[True, False], ids=["scripts", "no_scripts"])
def scripts(request) -> bool:
    return request.param


def upload(page, file: Path) -> None:
    season.menu(page, "咨询登记")
    page.get_by_role("link", name="导入咨询登记").click()
    page.get_by_label("工作簿文件").set_input_files(file)
    page.get_by_role("button", name="上传并检查").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(file.name)


def test_from_the_hotlines_workbook_to_a_file_and_to_another_unit(
    signed_in, scripts, tmp_path, district, foreign_district
):
    clerk = UserFactory(username="clerk", role=Role.CLERK, union=district)
    there = UserFactory(username="west", role=Role.CLERK, union=foreign_district)
    page = signed_in(clerk, java_script_enabled=scripts)
    rows = [row(1, district.code, 身份证号=WORKER), row(2, district.code)]
    file = tmp_path / "热线.xlsx"
    file.write_bytes(content([rows[0], rows[1] | {"来源渠道": "微信"}]))
    upload(page, file)
    rows_shown = page.get_by_role("table").get_by_role("row")
    expect(rows_shown.nth(1)).to_contain_text("应为下列之一：12351 热线、来访、来电、来信、网上")
    expect(rows_shown.nth(2).get_by_role("cell")).to_have_text([TITLE, "3", "来源渠道", "微信"])
    file.write_bytes(content(rows))
    upload(page, file)
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("工作簿已导入。")).to_be_visible()

    page.get_by_role("link", name="返回列表").click()
    page.get_by_role("link", name="来电人1", exact=True).click()
    expect(page.get_by_text("没有查到此人的在档记录。")).to_be_visible()
    page.get_by_role("link", name="建档", exact=True).click()
    season.press(page, "新建困难职工家庭档案")
    assert WORKER not in page.content()
    for name, words in (("worker_category", "困难职工"), ("single_parent", "否"), ("hardship_category", "低保户")):
        page.locator(f"select[name={name}]").select_option(label=words)
    page.get_by_role("button", name="保存").last.click()
    expect(page.get_by_text("咨询 RX0001 已办结。")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("来电人1")
    page.get_by_role("link", name="办理经过", exact=True).click()
    expect(page.get_by_text("来电人1 12351 热线 困难求助 已建档")).to_be_visible()

    season.menu(page, "首页")
    page.get_by_role("link", name="待办理的咨询").click()
    page.get_by_role("link", name="来电人2", exact=True).click()
    page.get_by_role("link", name="转其他单位").click()
    page.get_by_label("转往本市工会").fill(foreign_district.name)
    page.get_by_label("办理说明").fill("户籍在贵区")
    page.get_by_role("button", name="转其他单位").click()
    expect(page.get_by_text("已登记：转其他单位。")).to_be_visible()

    page = signed_in(there, java_script_enabled=scripts)
    page.get_by_role("link", name="其他工会转来的咨询").click()
    page.get_by_role("link", name="来电人2", exact=True).click()
    expect(page.get_by_text("户籍在贵区")).to_be_visible()
    page.get_by_role("link", name="答复", exact=True).click()
    page.get_by_label("办理说明").fill("已电话告知")
    page.get_by_role("button", name="答复").click()
    expect(page.get_by_text("已登记：答复。")).to_be_visible()
    assert sorted(Enquiry.objects.values_list("outcome", flat=True)) == ["answered", "filed", "referred"]
