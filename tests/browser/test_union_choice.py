"""A union among many, chosen by the keyboard alone in Chromium; and without scripts by what the server offers."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from aid.models import Household
from portal.unions.choosing import finding
from tests import builders

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def many(monkeypatch, grassroots, sibling, foreign_grassroots):
    """More unions than a list offers."""
    monkeypatch.setattr(finding, "OFFERED", 1)
    builders.household(grassroots, "甲")
    return grassroots, sibling


def test_union_is_chosen_while_typing(window_of, clerk, many):
    first, second = many
    page = window_of(clerk)
    page.goto(f"{reverse('household_list')}?union={first.code}")
    page.locator("label.records-filter-button").click()
    box = page.get_by_role("combobox", name="工会", exact=True)
    expect(box).to_have_value(f"{first.code} {first.name}")
    box.fill("")
    box.press_sequentially("厂")
    options = page.locator("[role=listbox]").get_by_role("option")
    expect(options).to_have_text([f"{first.code} {first.name}", f"{second.code} {second.name}"])
    expect(page.get_by_role("status").filter(has_text="2 个工会")).to_have_count(1)
    box.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    box.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("机床")
    expect(options).to_have_count(1)
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value(f"{second.code} {second.name}")
    box.press("Enter")
    expect(page.get_by_text(f"工会：{second.name}")).to_be_visible()


def test_union_is_chosen_without_scripts(window_of, clerk, many):
    first, second = many
    home = Household.objects.get(union=first)
    page = window_of(clerk, java_script_enabled=False)
    page.goto(reverse("household_edit", args=[home.pk]))
    box = page.get_by_label("所属工会")
    expect(box).to_have_value(f"{first.code} {first.name}")
    box.fill("厂")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("不能确定“厂”是哪个工会，请在下面选择。").first).to_be_visible()
    page.get_by_label(second.name).check()
    page.get_by_role("button", name="保存").click()
    expect(page).to_have_url(re.compile(reverse("household_detail", args=[home.pk])))
    assert Household.objects.get().union == second
