"""What a form says while one types, in Chromium; the same by its button without scripts."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from aid.models import Person
from tests import builders
from tests.forms import create_address
from tests.reports import builders as make
from tests.workbook.sheets import id_number

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YEAR = localdate().year
NUMBER = id_number(22, "19720809")


def test_identity_number_tells_who_it_is_as_soon_as_it_is_whole(window_of, clerk, foreign_district):
    worker = Person.of(NUMBER)
    worker.save()
    builders.household(foreign_district, "绝密人", worker=worker)
    page = window_of(clerk)
    page.goto(create_address("household"))
    status = page.locator("[data-live-answer]")
    page.get_by_label("职工姓名").fill("甲")
    page.get_by_label("证件号码").press_sequentially(NUMBER[:-1])
    expect(status).to_have_text("")
    page.get_by_label("证件号码").press_sequentially(NUMBER[-1])
    expect(status).to_contain_text("女，1972-08-09 出生")
    expect(status).to_contain_text("此人在“西山区总工会”已有未注销的档案")
    expect(page.get_by_role("button", name="申请转入")).to_be_visible()
    assert "绝密" not in page.content()
    assert NUMBER not in page.url
    assert page.get_by_label("职工姓名").input_value() == "甲"


def test_second_case_is_stopped_while_typing(window_of, clerk, district, foreign_district):
    girl = builders.child(district)
    other = builders.child(foreign_district, "绝密女", person=girl.person, on_file=False)
    make.case(foreign_district, child=other, year=YEAR)
    make.campaign(YEAR - 1)
    page = window_of(clerk)
    page.goto(create_address("aidcase", child=girl))
    stopped = page.get_by_text(f"该子女 {YEAR} 年度已由“西山区总工会”申请助学，不能再新建。")
    page.get_by_label("活动年度").select_option(str(YEAR - 1))
    expect(stopped).to_have_count(0)
    page.get_by_label("帮扶标准").fill("1234")
    page.get_by_label("活动年度").select_option(str(YEAR))
    expect(stopped).to_be_visible()
    assert page.get_by_label("帮扶标准").input_value() == "1234"
    assert "绝密" not in page.content()


def test_second_case_is_stopped_by_the_button_without_scripts(window_of, clerk, district, foreign_district):
    girl = builders.child(district)
    other = builders.child(foreign_district, person=girl.person, on_file=False)
    make.case(foreign_district, child=other, year=YEAR)
    make.campaign(YEAR - 1)
    page = window_of(clerk, java_script_enabled=False)
    page.goto(create_address("aidcase", child=girl))
    page.get_by_label("活动年度").select_option(str(YEAR - 1))
    page.get_by_role("button", name="核对年度和标准").click()
    stopped = page.get_by_text("不能再新建。")
    expect(stopped).to_have_count(0)
    page.get_by_label("活动年度").select_option(str(YEAR))
    page.get_by_role("button", name="核对年度和标准").click()
    expect(stopped).to_be_visible()
