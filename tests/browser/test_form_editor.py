"""The editor of a form in Chromium: without scripts, on a narrow screen, for a screen reader."""

import pytest
from playwright.sync_api import expect

from portal.audit import By
from portal.models import Campaign
from reports.annex.campaign_figures import declared_for
from reports.annex.wording import WORDINGS
from reports.campaign.form_editing import add_figure
from reports.campaign.named_blanks import by_name
from reports.campaign.palette import palette
from reports.figures.own import OwnFigure
from tests.browser.accessible import NARROW, faults, overflow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/campaigns/",
    "/campaigns/2014/",
    "/campaigns/2014/forms/1/",
    "/campaigns/2014/figures/",
    "/campaigns/2014/figures/names/",
    "/campaigns/2014/figures/compose/",
    "/campaigns/2014/figures/compose/disbursements/",
    "/campaigns/2014/figures/add/total/",
)


@pytest.fixture
def editor(settings, signed_in, reviewer, campaign):
    settings.SECOND_FACTOR_REQUIRED = False
    add_figure(campaign, own=OwnFigure("raised_firms", "企业捐助", "wan_yuan", "typed"), by=By(reviewer))
    return lambda **options: signed_in(reviewer, **options)


def named(wording: str) -> str:
    """As the editor has it."""
    return by_name(wording, palette(declared_for(Campaign.objects.get(year=2014))))


def test_pages_are_accessible_and_fit_a_narrow_screen(editor):
    page = editor()
    found = {}
    for address in PAGES:
        page.set_viewport_size({"width": 1366, "height": 768})
        page.goto(address)
        found[address] = faults(page)
        page.set_viewport_size(NARROW)
        assert overflow(page) == 0, address
    assert found == {address: [] for address in PAGES}


def test_editor_works_without_scripts(editor):
    page = editor(java_script_enabled=False)
    page.goto("/campaigns/2014/forms/1/")
    text = page.get_by_label("文字", exact=True)
    wrong = WORDINGS[1].replace("{raised_social}", "{raised_socail}")
    text.fill(wrong)
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("附件 1 第 5 行：空格 {raised_socail} 没有对应的数字。")).to_be_visible()
    expect(text).to_have_value(named(wrong))
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("没有保存")
    expect(text).to_have_value(named(wrong))
    firms = WORDINGS[1].replace("社会捐助{raised_social}", "社会各界{raised_social}（万元），企业{raised_firms}")
    text.fill(firms)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存附件 1 的表式。")).to_be_visible()
    expect(text).to_have_value(named(firms))
    page.get_by_role("button", name="恢复为通知原文").click()
    expect(page.get_by_text("附件 1 已恢复为通知原文。")).to_be_visible()


def test_problem_leads_to_its_line(editor):
    page = editor()
    page.goto("/campaigns/2014/forms/1/")
    text = page.get_by_label("文字", exact=True)
    text.fill(WORDINGS[1].replace("{practice_posts}", "{nothing}"))
    page.get_by_text("空格 {nothing} 没有对应的数字。").click()
    selected = text.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)")
    assert selected.startswith("7. 与{practice_employers}")  # as it was typed
    assert selected.endswith("{nothing}（个）。")
    page.on("dialog", lambda dialog: dialog.accept())  # what is typed and not saved is asked about on leaving
