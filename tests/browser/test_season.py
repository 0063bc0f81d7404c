"""A season of Golden Autumn in Chromium: from the family's file to money on the card, the visit, and annex 1."""

from datetime import date

import pytest
from playwright.sync_api import expect

from portal.enums import Role
from portal.holidays import fill_calendar
from portal.models import Campaign, HolidayYear, WorkdayException
from tests.aid.paying import card, layout
from tests.browser import season
from tests.clock import Clock
from tests.factories import UserFactory
from tests.workbook.sheets import id_number

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WANG, LI = id_number(11, "19700203"), id_number(33, "19680101")
GIRL, BOY = id_number(102, "19970315"), id_number(303, "19980704")
HIGH_SCHOOL = {"学段": "高中", "就读学校": "东江中学"}
TERMS = {"活动年度": "2014", "帮扶标准(元)": "2000", "助学方式": "政策助学"}

# Two children at senior school with 2 000 yuan each, of the 5 000 that were raised.
FIGURES = {
    "raised": "0.50",
    "raised_social": "0.50",
    "raised_union": "0.00",
    "paid": "0.40",
    "paid_secondary": "0.40",
    "paid_tertiary": "0.00",
    "aided": "2",
    "aided_secondary": "2",
    "migrant_aided": "0",
}
CHILDREN = ("王小丽", "李小军")
OPENED = {"raised": ("示例慈善基金会",), "paid": CHILDREN, "paid_secondary": CHILDREN, "aided": CHILDREN}


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def unit(district):
    """A unit in a city that has set up its campaign, its calendar and its bank's layout."""
    Campaign.objects.open(2014)
    fill_calendar(HolidayYear, WorkdayException)
    layout()
    return district


@pytest.fixture
def people(unit, window_of):
    return [window_of(UserFactory(role=role, union=unit)) for role in (Role.CLERK, Role.LEAD)]


def file_both_families(clerk) -> tuple[list[str], list[str]]:
    """The files and the applications of two children."""
    homes, cases = [], []
    for worker, number, child, child_number in (("王建国", WANG, "王小丽", GIRL), ("李强", LI, "李小军", BOY)):
        bank = {"银行卡号": card(), "开户银行": "工商银行东江支行"}
        homes.append(season.open_file(clerk, worker, number, **bank))
        page = season.add_child(clerk, homes[-1], child, child_number, **HIGH_SCHOOL)
        cases.append(season.apply_for_aid(clerk, page, **TERMS))
    return homes, cases


def refuse_approval_to_the_clerk(clerk, case: str) -> None:
    """There is no button, and what is sent all the same is refused."""
    clerk.goto(case)
    expect(clerk.get_by_role("link", name="审批通过")).to_have_count(0)
    token = clerk.locator("[name=csrfmiddlewaretoken]").first.input_value()
    answer = clerk.request.post(f"{case}move/approve/", form={"csrfmiddlewaretoken": token})
    assert answer.status == 403


def object_to(clerk, notice: str, name: str) -> str:
    """Record an objection to one of the children on a notice; its address."""
    clerk.goto(notice)
    clerk.get_by_role("row").filter(has_text=name).get_by_role("link", name="登记异议").click()
    season.save(clerk, {"提出日期": "2014-06-10", "异议内容": "收入与实际不符"}, button="登记")
    return clerk.url


def hand_in_and_mend(clerk, lead, clock) -> tuple[list[str], list[str]]:
    """Both families are filed and their applications handed in; one comes back and goes in again."""
    clock.set(date(2014, 6, 3))
    homes, cases = file_both_families(clerk)
    for case in cases:
        season.move(clerk, case, "提交")
    clock.set(date(2014, 6, 4))
    season.move(lead, cases[0], "退回修改", 原因="材料不全", 说明="缺在读证明")
    clerk.goto(cases[0])
    expect(clerk.get_by_text("材料不全：缺在读证明")).to_be_visible()
    season.move(clerk, cases[0], "提交")
    return homes, cases


def show_and_approve(clerk, lead, clock, cases: list[str]) -> None:
    """Five working days on the board; nothing is approved while the objection is open, nor by the clerk."""
    clock.set(date(2014, 6, 6))
    days = {"公示开始日期": "2014-06-09", "公示结束日期": "2014-06-13"}
    notice = season.post_notice(clerk, cases, 公示地点="东江纺织厂公告栏", 异议受理电话="021-63211939", **days)
    clock.set(date(2014, 6, 10))
    objection = object_to(clerk, notice, "王小丽")
    clock.set(date(2014, 6, 14))
    lead.goto(cases[0])
    expect(lead.get_by_role("link", name="审批通过")).to_have_count(0)
    lead.goto(objection)
    season.put(lead, {"处理结果": "异议不成立", "处理说明": "收入已核实"})
    lead.get_by_role("button", name="保存处理结果").click()
    expect(lead.get_by_text("异议处理结果已保存。")).to_be_visible()
    refuse_approval_to_the_clerk(clerk, cases[0])
    for case in cases:
        season.move(lead, case, "审批通过")


def pay(clerk, lead, clock) -> str:
    """Both are sent to the bank, where one bounces; the batch."""
    clock.set(date(2014, 6, 16))
    season.raise_money(clerk, 来源="社会捐助", **{"金额(元)": "5000", "出资方": "示例慈善基金会"})
    batch = season.make_batch(clerk, 资金来源="社会捐助", 发放方式="银行卡")
    season.release(lead, batch)
    sent = season.bank_file(clerk, batch)
    assert [(row[1], row[4]) for row in sent[1:]] == [("王建国", 2000), ("李强", 2000)]
    assert all(isinstance(row[2], str) for row in sent[1:])
    clock.set(date(2014, 6, 18))
    season.take_return(clerk, batch, sent, "2014-06-18", failed={"李强": "账户已销户"})
    return batch


def pay_again(clerk, lead, clock, batch: str, home: str) -> None:
    """With the card corrected, what bounced is issued again."""
    clerk.goto(home)
    season.press(clerk, "修改")
    new_card = card()
    season.save(clerk, {"银行卡号": new_card})
    clerk.goto(batch)
    clerk.get_by_role("button", name="更正后重发 1 笔").click()
    expect(clerk.get_by_text("已建立重发批次，含 1 笔")).to_be_visible()
    again = clerk.url
    season.release(lead, again)
    sent = season.bank_file(clerk, again)
    assert [(row[1], row[2]) for row in sent[1:]] == [("李强", new_card)]
    clock.set(date(2014, 6, 20))
    season.take_return(clerk, again, sent, "2014-06-20")


def visit_and_follow_up(clerk, clock, cases: list[str]) -> None:
    """One is seen at home, the other called."""
    girl, boy = cases
    clock.set(date(2014, 7, 15))
    season.visit(clerk, girl, {"走访日期": "2014-07-15", "电话回访": "否", "需求与反馈": "希望补习数学"})
    clock.set(date(2014, 8, 20))
    season.visit(clerk, boy, {"走访日期": "2014-08-20", "电话回访": "是", "需求与反馈": "已收到助学款"})
    for case in cases:
        season.move(clerk, case, "登记回访")


def test_from_the_familys_file_to_the_figures(people, unit, clock):
    clerk, lead = people
    homes, cases = hand_in_and_mend(clerk, lead, clock)
    show_and_approve(clerk, lead, clock, cases)
    batch = pay(clerk, lead, clock)
    pay_again(clerk, lead, clock, batch, homes[1])
    visit_and_follow_up(clerk, clock, cases)
    shown = {slug: season.figure(clerk, unit.code, 2014, slug, "2014-08-31") for slug in FIGURES}
    assert shown == FIGURES
    for slug, names in OPENED.items():
        season.figure(clerk, unit.code, 2014, slug, "2014-08-31")
        for name in names:
            expect(clerk.get_by_role("main")).to_contain_text(name)
