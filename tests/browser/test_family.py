"""A whole family by keyboard alone, what it takes counted by the page itself; and what a crash leaves of it."""

import re

import pytest
from django.core.management import call_command
from django.utils.timezone import localdate
from playwright.sync_api import expect

from aid.enums import CaseState, Stage
from aid.models import AidStandard, Household, Person
from portal.models import Campaign, FormDraft
from tests import builders
from tests.browser.accessible import NARROW, faults, overflow
from tests.browser.counting import count, counted
from tests.factories import CampaignFactory
from tests.forms import create_address
from tests.workbook.sheets import id_number

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YEAR = localdate().year
WORKER, CHILD = id_number(21, "19800712"), id_number(22, f"{YEAR - 13}0506")
CARD = "6222021001116245702"
FOLLOWS = object()
CHOSEN = {
    "household-worker_category": "困难职工",
    "household-single_parent": "否",
    "household-hardship_category": "低保户",
    "case0-mode": "政策助学",
}
TYPED_AT_MOST, CHOSEN_AT_MOST, LOADS_AT_MOST = 16, 4, 2


@pytest.fixture
def page(window_of, clerk):
    campaign = CampaignFactory(year=YEAR)
    AidStandard.objects.create(campaign=campaign, stage=Stage.JUNIOR, amount=1500)
    call_command("load_card_prefixes", verbosity=0)
    window = window_of(clerk, viewport={"width": 1366, "height": 768})
    yield window
    if not window.is_closed():
        window.wait_for_timeout(500)  # what the page asked while one typed is answered before its tables go


def person(number: str) -> Person:
    who = Person.of(number)
    who.save()
    return who


def named(page) -> str:
    """The cell where the next key goes."""
    return page.evaluate("document.activeElement.name || document.activeElement.tagName")


# The cells in the order in which Enter leads through them, and what is typed; "" where the page filled in what follows
# (bank, stage) or nothing need be said. Lists are answered by the initials of their words.
WAY = (
    ("household-worker_name", "张建国"),
    ("household-worker", WORKER),
    ("household-telephone", "13816245702"),
    ("household-worker_category", "knzg"),
    ("household-single_parent", "f"),
    ("household-employer", "东湖纺织厂"),
    ("household-address", "示范路 1 弄 2 号"),
    ("household-hardship_category", "dbh"),
    ("household-family_size", "3"),
    ("household-monthly_income", "3000"),
    ("household-cause", "本人患病，长期服药"),
    ("household-bank_card", CARD),
    ("household-bank_name", FOLLOWS),
    ("child0-name", "张小丽"),
    ("child0-person", CHILD),
    ("child0-relation", ""),
    ("child0-grade", "初二"),
    ("child0-stage", FOLLOWS),
    ("child0-school", "育才中学"),
    ("case0-mode", "zczx"),
    ("income-amount", "36000"),
    ("income-note", ""),
    ("papers", " "),  # ticked by the bar
    ("papers", ""),
    ("papers", ""),
    ("papers", ""),
    ("papers", ""),
)
CELLS = {name: text for name, text in WAY if text not in ("", " ", FOLLOWS)}


def fill_in(page, way=WAY) -> None:
    """By keyboard alone, from the first cell on."""
    for name, text in way:
        assert named(page) == name
        if text is FOLLOWS:
            page.wait_for_function("name => document.getElementsByName(name)[0].value", arg=name)
        elif text:
            page.keyboard.type(text)
        page.keyboard.press("Enter")


def begin(page) -> None:
    page.goto("/families/new/")
    page.wait_for_function("document.activeElement.name === 'household-worker_name'")


def test_family_with_child_and_case_by_keyboard_alone(page):
    count(page)
    begin(page)
    fill_in(page)
    assert named(page) == "BUTTON"  # 保存
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    expect(page.get_by_text(re.compile("已建档：.*张建国，子女 1 人，助学申请（草稿）1 份。"))).to_be_visible()

    found = counted(page)
    assert found.loads <= LOADS_AT_MOST
    assert len(found.typed) <= TYPED_AT_MOST, found.typed
    assert len(found.chosen) <= CHOSEN_AT_MOST, found.chosen
    assert found.clicks == 0
    home = Household.objects.get()
    assert (home.worker_name, home.bank_name, home.family_size) == ("张建国", "中国工商银行", 3)
    case = home.children.get().cases.get()
    assert (case.stage, case.standard, case.status) == (Stage.JUNIOR, 1500, CaseState.DRAFT)
    assert (case.child.school, case.policies.count()) == ("育才中学", 2)
    assert home.incomes.get().people == 3
    assert [paper.kind for paper in home.documents.all()] == ["application"]


def test_crash_of_the_browser_loses_no_cell(page, window_of, clerk):
    begin(page)
    fill_in(page)
    page.get_by_text("其他家庭成员").click()
    page.locator("[name=member0-name]").fill("张妻")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="再加一名子女").click()
    page.locator("[name=child1-name]").press_sequentially("张小强")  # not left: the cursor stands in it
    page.get_by_label("收入证明").check()
    expect(page.locator("[data-draft-told]")).to_contain_text("草稿已保存")
    page.wait_for_timeout(1500)
    page.context.set_offline(True)  # nothing more gets through: the browser dies
    page.context.close()

    elsewhere = window_of(clerk)  # another computer
    elsewhere.goto("/families/new/")
    expect(elsewhere.get_by_text("还没有保存的内容")).to_be_visible()
    told = {"member0-name": "张妻", "child1-name": "张小强", "household-bank_name": "中国工商银行"}
    told = {**CELLS, **told, **CHOSEN}
    found = {name: elsewhere.locator(f"[name={name}]").input_value() for name in told}
    assert found == told
    expect(elsewhere.get_by_text("男，1980-07-12 出生")).to_be_visible()  # and is checked anew
    expect(elsewhere.get_by_label("收入证明")).to_be_checked()
    expect(elsewhere.locator("[name=member0-name]")).to_be_visible()  # its section is open
    assert not Household.objects.exists()
    assert WORKER not in FormDraft.objects.values_list("page", flat=True)[0]


def test_save_and_next_begins_an_empty_page(page):
    begin(page)
    fill_in(page)
    with page.expect_navigation():
        page.get_by_role("button", name="保存并继续新建").click()
    expect(page.get_by_text("已建档：")).to_be_visible()
    expect(page.locator("[name=household-worker_name]")).to_have_value("")
    expect(page.get_by_text("还没有保存的内容")).to_have_count(0)


def test_numbers_are_told_while_one_types(page, district, foreign_district):
    builders.household(foreign_district, "绝密人", worker=person(WORKER))
    known = builders.household(district, "本区人", worker=person(CHILD))
    begin(page)
    cell = page.locator(".family-entry", has=page.locator("[name=household-worker]"))
    page.locator("[name=household-worker]").press_sequentially(WORKER)
    expect(cell).to_contain_text("男，1980-07-12 出生")
    assert "西山" not in cell.inner_text()
    page.locator("[name=household-worker]").fill(CHILD)
    expect(cell.get_by_role("link", name=f"{known.number} 本区人")).to_be_visible()
    page.locator("[name=household-bank_card]").fill(CARD[:-1] + "3")
    page.keyboard.press("Tab")
    expect(page.get_by_text("银行卡号校验不通过，请逐位核对")).to_be_visible()
    assert WORKER not in page.url


def test_enter_on_a_box_goes_on_from_there_and_sends_nothing(page):
    begin(page)
    page.locator("[name=case0-wanted]").focus()
    page.keyboard.press("Enter")
    assert named(page) == "case0-mode"
    assert page.url.split("?")[0].endswith("/families/new/")
    expect(page.locator("[role=alert]")).to_have_count(0)


def test_short_dates_are_written_out(page):
    begin(page)
    page.get_by_text("建档信息").click()
    day = page.locator("[name=household-filed_on]")
    for typed, written in (("20140825", "2014-08-25"), ("2014.8.5", "2014-08-05"), ("31.31", "31.31")):
        day.fill(typed)
        day.press("Tab")
        expect(day).to_have_value(written)
    day.fill("1.1")
    day.press("Tab")
    expect(day).to_have_value(f"{YEAR}-01-01")


@pytest.mark.parametrize("viewport", [{"width": 1366, "height": 768}, NARROW], ids=["office", "narrow"])
def test_page_is_for_everybody(page, viewport):
    page.set_viewport_size(viewport)
    begin(page)
    for part in page.locator("details").all():
        part.evaluate("part => { part.open = true; }")
    assert faults(page) == []
    assert overflow(page) <= 0
    page.locator("[name=household-worker]").fill("1")
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    expect(page.get_by_text("有内容需要更正：")).to_be_visible()
    assert faults(page) == []


def test_family_without_scripts(window_of, page, clerk):
    plain = window_of(clerk, java_script_enabled=False)
    plain.goto("/families/new/")
    for name, text in {**CELLS, **CHOSEN}.items():
        cell = plain.locator(f"[name={name}]")
        if name in CHOSEN:
            cell.select_option(label=text)
        else:
            cell.fill(text)
    with plain.expect_navigation():
        plain.get_by_role("button", name="再加一名子女").click()
    expect(plain.locator("[name=child1-name]")).to_be_visible()
    expect(plain.locator("[name=household-bank_name]")).to_have_value("中国工商银行")
    with plain.expect_navigation():
        plain.get_by_role("button", name="保存", exact=True).last.click()
    expect(plain.get_by_text("已建档：")).to_be_visible()
    assert Household.objects.get().children.get().stage == Stage.JUNIOR


def test_single_forms_fill_in_what_follows_too(page, district):
    page.goto(create_address("household"))
    page.get_by_label("银行卡号").fill(CARD)
    page.keyboard.press("Tab")
    expect(page.get_by_label("开户银行")).to_have_value("中国工商银行")
    category = page.get_by_label("困难类别")
    category.focus()
    page.keyboard.type("dbby")  # of 低保户 and 低保边缘户
    expect(category).to_have_value("低保边缘户")
    page.goto(create_address("child", household=builders.household(district)))
    page.get_by_label("年级").fill("高一")
    page.keyboard.press("Tab")
    expect(page.get_by_label("学段")).to_have_value("高中")


def test_what_was_filled_in_goes_on_following_in_a_form_that_was_refused(page):
    AidStandard.objects.create(campaign=Campaign.objects.get(year=YEAR), stage=Stage.SENIOR, amount=2500)
    begin(page)
    cell = {name: page.locator(f"[name={name}]") for name in ("child0-stage", "case0-standard", "income-people")}
    page.locator("[name=household-family_size]").fill("3")
    page.locator("[name=child0-name]").fill("张小丽")
    cell["child0-stage"].select_option(label="初中")
    expect(cell["case0-standard"]).to_have_value("1500.00")
    for _refused in range(2):
        with page.expect_navigation():
            page.keyboard.press("Control+s")
        expect(page.get_by_text("有内容需要更正：")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.locator("[name=household-family_size]").fill("4")
    page.keyboard.press("Tab")
    cell["child0-stage"].select_option(label="高中")
    expect(cell["case0-standard"]).to_have_value("2500.00")
    expect(cell["income-people"]).to_have_value("4")
    cell["case0-standard"].fill("2400")  # typed: it stays, whatever the stage and however often it is refused
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    page.wait_for_load_state("networkidle")
    cell["child0-stage"].select_option(label="初中")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    expect(cell["case0-standard"]).to_have_value("2400")


def test_what_a_number_looks_like_follows_the_document_that_is_chosen(page):
    begin(page)
    number = page.locator("[name=household-worker]")
    expect(number).to_have_attribute("placeholder", "18 位身份证号，末位可为 X")
    page.locator("[name=household-worker__kind]").select_option(label="护照")
    expect(number).to_have_attribute("placeholder", "5 至 9 位字母和数字")
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    expect(number).to_have_attribute("placeholder", "5 至 9 位字母和数字")
    page.goto(create_address("household"))
    page.get_by_label("证件种类").select_option(label="护照")
    expect(page.locator("[data-identity-shape]")).to_have_text("5 至 9 位字母和数字")
    page.get_by_label("证件种类").select_option(label="居民身份证")
    expect(page.locator("[data-identity-shape]")).to_have_text("18 位身份证号，末位可为 X")
