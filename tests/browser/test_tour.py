import pytest
from playwright.sync_api import expect

from tests.browser.accessible import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_tour_points_at_what_it_tells_of_and_ends_for_good(signed_in, clerk):
    page = signed_in(clerk)
    page.get_by_role("link", name="五步认识平台").click()
    for _step in range(4):
        expect(page.locator(".tour-pointed")).to_have_count(1)
        assert faults(page) == []
        with page.expect_navigation():
            page.get_by_role("link", name="下一步").click()
    expect(page.locator(".tour-pointed")).to_have_text("帮助")
    page.get_by_role("button", name="知道了，开始工作").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("您好")
    expect(page.get_by_role("link", name="五步认识平台")).to_have_count(0)


def test_tour_is_read_without_scripts(signed_in, clerk):
    page = signed_in(clerk, java_script_enabled=False)
    page.get_by_role("link", name="五步认识平台").click()
    page.get_by_role("link", name="下一步").click()
    expect(page.get_by_role("main")).to_contain_text("第 2 步，共 5 步")
    page.get_by_role("button", name="跳过导览").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("您好")
