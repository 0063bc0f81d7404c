import pytest
from playwright.sync_api import expect

from tests.browser.accessible import NARROW, faults, overflow
from tests.reports import builders as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("address", ["/", "/unions/", "/password/"])
def test_pages_of_a_clerk_are_accessible(signed_in, clerk, campaign, address):
    page = signed_in(clerk)
    page.goto(address)
    assert faults(page) == []


@pytest.mark.parametrize("address", ["/audit/", "/unions/"])
def test_pages_of_an_auditor_are_accessible(signed_in, auditor, address):
    page = signed_in(auditor)
    page.goto(address)
    assert faults(page) == []


@pytest.mark.parametrize("address", ["/accounts/", "/accounts/new/", "/second-factor/setup/"])
def test_pages_of_an_administrator_are_accessible(signed_in, security, settings, address):
    settings.SECOND_FACTOR_REQUIRED = False
    page = signed_in(security)
    page.goto(address)
    assert faults(page) == []


def test_sign_in_page_is_accessible(open_page, clerk):
    page = open_page()
    page.goto("/sign-in/")
    assert faults(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_menu_of_a_narrow_window_opens_with_and_without_scripts(signed_in, clerk, scripts):
    page = signed_in(clerk, viewport=NARROW, java_script_enabled=scripts)
    menu = page.get_by_role("navigation", name="主导航")
    expect(menu).to_be_hidden()
    page.get_by_text("菜单").click()
    expect(menu).to_be_visible()
    menu.get_by_role("link", name="家庭档案").click()
    page.get_by_role("navigation", name="家庭档案").get_by_role("link", name="工会名录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("工会名录")


@pytest.mark.parametrize("address", ["/", "/unions/", "/password/"])
def test_narrow_window_needs_no_sideways_scrolling(signed_in, clerk, campaign, address):
    page = signed_in(clerk, viewport=NARROW)
    page.goto(address)
    assert overflow(page) <= 0


def test_keyboard_reaches_the_content_past_the_menu(signed_in, clerk):
    page = signed_in(clerk)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_content_is_three_presses_of_tab_away(signed_in, clerk, campaign):
    page = signed_in(clerk)
    for address in ("/", "/areas/aid/", "/households/", "/unions/"):
        page.goto(address)
        presses = 0
        while not page.evaluate("document.activeElement.matches('main *')"):
            page.keyboard.press("Tab")
            presses += 1
            assert presses <= 3, address


def test_second_skip_link_leads_to_the_areas(signed_in, clerk):
    page = signed_in(clerk)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到导航")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    areas = page.get_by_role("navigation", name="主导航")
    expect(areas.get_by_role("link", name="首页")).to_be_focused()


def test_bar_stays_on_top_of_a_long_page(signed_in, clerk, district):
    for _turn in range(60):
        make.household(district)
    page = signed_in(clerk)
    page.goto("/households/")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate("window.scrollY") > 0
    assert page.locator(".portal-bar").bounding_box()["y"] == 0


def test_ctrl_k_finds_a_page_by_its_initials_and_a_record_by_its_name(signed_in, clerk, district):
    home = make.household(district, worker_name="甪禺")
    page = signed_in(clerk)
    page.keyboard.press("Control+k")
    box = page.get_by_role("dialog").get_by_role("searchbox")
    expect(box).to_be_focused()
    assert faults(page) == []
    box.fill("fjpc")
    expect(page.get_by_role("dialog").get_by_role("link")).to_have_count(0)
    box.fill("ffpc")
    expect(page.get_by_role("dialog").get_by_role("link")).to_have_text(["发放批次"])
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(box).to_have_value("")
    box.fill("zijin")
    box.fill("资金")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("资金筹集")
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("searchbox").fill("甪禺")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text(home.number)


def test_without_scripts_the_same_stands_on_a_page(signed_in, clerk, district):
    home = make.household(district, worker_name="甪禺")
    page = signed_in(clerk, java_script_enabled=False)
    page.get_by_role("link", name="全部功能").click()
    expect(page.get_by_role("link", name="发放批次")).to_be_visible()
    page.get_by_role("main").get_by_role("searchbox").fill("甪禺")
    page.get_by_role("main").get_by_role("button", name="查找").click()
    expect(page.get_by_role("main")).to_contain_text(home.number)
    page.get_by_role("searchbox").last.fill("发放批次")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("link", name="发放批次")).to_be_visible()


def test_print_leaves_menu_and_buttons_out(signed_in, clerk):
    page = signed_in(clerk)
    page.goto("/unions/")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="主导航")).to_be_hidden()
    expect(page.get_by_role("button", name="查询")).to_be_hidden()
    expect(page.get_by_role("cell", name="东湖区总工会")).to_be_visible()


def test_sign_out_by_the_button(signed_in, clerk):
    page = signed_in(clerk)
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")
