import pytest
from playwright.sync_api import expect

from tests.browser.accessible import NARROW, faults, overflow

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
def test_pages_of_an_administrator_are_accessible(signed_in, admin, settings, address):
    settings.SECOND_FACTOR_REQUIRED = False
    page = signed_in(admin)
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
    menu.get_by_role("link", name="工会名录").click()
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
