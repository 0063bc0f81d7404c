"""Work on many at once takes few presses, counted by the pages themselves."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from aid.enums import CaseState, Policy, Stage
from aid.models import AidCase, PolicyAid
from portal.models import Campaign
from tests.aid import cases as casework
from tests.browser import season
from tests.browser.counting import count, counted
from tests.reports import builders as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YEAR = localdate().year


def test_twenty_children_are_renewed_in_twelve_presses(window_of, clerk, district):
    Campaign.objects.open(YEAR)
    Campaign.objects.open(YEAR - 1)
    for _turn in range(20):
        child = make.child(district, stage=Stage.JUNIOR, grade="初一")
        make.case(district, child=child, year=YEAR - 1, stage=Stage.JUNIOR)
    page = window_of(clerk)
    count(page)
    page.goto("/")
    season.menu(page, "助学申请")
    season.go(page.get_by_role("link", name="续办"))
    season.go(page.get_by_role("button", name="续办勾选的子女"))
    expect(page.get_by_text("已续办 20 份申请（草稿）")).to_be_visible()
    assert counted(page).presses <= 12
    drafts = AidCase.objects.filter(campaign__year=YEAR, status=CaseState.DRAFT)
    assert drafts.count() == 20


def test_six_policies_of_800_cases_are_answered_in_ten_presses(window_of, clerk, district):
    home = make.household(district)
    for _turn in range(800):
        casework.case(district, child=make.child(district, household=home))
    page = window_of(clerk)
    count(page)
    page.goto("/")
    season.menu(page, "助学申请")
    page.get_by_label("选中筛选出的全部 800 条").check()
    season.go(page.get_by_role("button", name="填写政策"))
    page.get_by_label("都不适用").check()
    with page.expect_navigation(timeout=60_000):
        page.get_by_role("button", name="填写 800 条").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert counted(page).presses <= 10
    assert PolicyAid.objects.count() == 800 * len(Policy)


def test_one_box_ticks_the_page_and_the_list_comes_back_to_its_row(window_of, clerk, district):
    cases = [casework.case(district) for _turn in range(3)]
    page = window_of(clerk)
    page.goto("/cases/?status=draft&order=number")
    page.get_by_label("选中本页全部").check()
    expect(page.get_by_text("本页已选 3 条")).to_be_visible()
    page.get_by_label(f"选中 {cases[1].number}").uncheck()
    expect(page.get_by_text("本页已选 2 条")).to_be_visible()
    assert page.get_by_label("选中本页全部").evaluate("box => box.indeterminate")
    season.go(page.get_by_role("link", name=cases[1].number))
    season.go(page.get_by_role("link", name="返回列表"))
    assert page.url.endswith(f"/cases/?status=draft&order=number#record-{cases[1].pk}")
