"""A season of Golden Autumn in Chromium, by the people of the demo city.

From the family's file to money on the card, the visit, and annex 1, each number of which opens what it counts.
"""

from datetime import date

import pytest
from playwright.sync_api import expect

from portal.calendar.holidays import fill_calendar
from portal.models import Campaign, HolidayYear, User, WorkdayException
from reports.demo.city import load_people
from tests.aid.paying import card, layout
from tests.browser import season
from tests.clock import Clock
from tests.workbook.sheets import id_number

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WANG, LI = id_number(11, "19700203"), id_number(33, "19680101")
GIRL, BOY = id_number(102, "19970315"), id_number(303, "19980704")
HIGH_SCHOOL = {"学段": "高中", "就读学校": "东江中学"}
TERMS = {"活动年度": "2014", "帮扶标准(元)": "2000", "助学方式": "政策助学"}
FORM = "/annex/?campaign=2014&unit=310101&as_of=2014-08-31&form=1"

# Two children at senior school with 2 000 yuan each, of the 5 000 that were raised; the boy's father is a migrant.
RAISED = {"raised": "0.50", "raised_social": "0.50"}
BOTH = {"paid": "0.40", "paid_secondary": "0.40", "aided": "2", "aided_secondary": "2"}
THE_BOY = {
    "migrant_aided": "1",
    "migrant_paid": "0.20",
    "migrant_aided_secondary": "1",
    "migrant_paid_secondary": "0.20",
}
# What each number opens: all of these, none of those.
OPENED = (
    (RAISED, ("示例慈善基金会",), ()),
    (BOTH, ("王小丽", "李小军"), ()),
    (THE_BOY, ("李小军",), ("王小丽",)),
)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def people(db, window_of):
    """陈经办, 李审核 and 钱审计 of the demo city, which has set up its campaign, its calendar and its bank's layout."""
    load_people()
    Campaign.objects.open(2014)
    fill_calendar(HolidayYear, WorkdayException)
    layout()
    return [window_of(User.objects.get(username=name)) for name in ("clerk", "lead", "auditor")]


def file_both_families(clerk) -> tuple[list[str], list[str]]:
    """The files and the applications of two children, of whom the girl has a card of her own."""
    homes, cases = [], []
    own = {"银行卡号": card(), "开户银行": "农业银行东江支行", "银行卡种类": "助学金银行卡"}
    families = (("王建国", WANG, "困难职工", "王小丽", GIRL), ("李强", LI, "困难农民工", "李小军", BOY))
    for worker, number, category, child, child_number in families:
        others = {"职工类别": category, "银行卡号": card(), "开户银行": "工商银行东江支行"}
        homes.append(season.open_file(clerk, worker, number, **others))
        has = own if child == "王小丽" else {}
        page = season.add_child(clerk, homes[-1], child, child_number, **HIGH_SCHOOL, **has)
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
    season.go(clerk.get_by_role("row").filter(has_text=name).get_by_role("link", name="登记异议"))
    season.save(clerk, {"提出日期": "2014-06-10", "异议内容": "收入与实际不符"}, button="登记")
    return clerk.url


def hand_in_and_mend(clerk, lead, clock) -> tuple[list[str], list[str]]:
    """Both families are filed and their applications handed in; one comes back and goes in again; both are checked."""
    clock.set(date(2014, 6, 3))
    homes, cases = file_both_families(clerk)
    for case in cases:
        season.move(clerk, case, "提交")
    clock.set(date(2014, 6, 4))
    season.move(lead, cases[0], "退回修改", 原因="材料不全", 说明="缺在读证明")
    clerk.goto(cases[0])
    expect(clerk.get_by_text("材料不全——缺在读证明")).to_be_visible()
    season.move(clerk, cases[0], "提交")
    clerk.goto(cases[0])
    expect(clerk.get_by_text("还没有初审，须由单位审核人初审通过后才能公示")).to_be_visible()
    for case in cases:
        season.move(lead, case, "初审通过", 初审意见="入户核对，情况属实")
    clerk.goto(cases[0])
    expect(clerk.get_by_text("入户核对，情况属实").first).to_be_visible()
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
    season.go(lead.get_by_role("button", name="下一步：核对"))
    lead.get_by_role("button", name="确认处理结果").click()
    expect(lead.get_by_text("异议处理结果已保存。")).to_be_visible()
    refuse_approval_to_the_clerk(clerk, cases[0])
    for case in cases:
        season.move(lead, case, "审批通过", 说明="照片由街道保管")


def pay(clerk, lead, clock) -> str:
    """Both are sent to the bank, where one bounces; the batch."""
    clock.set(date(2014, 6, 16))
    season.raise_money(clerk, 来源="社会捐助", **{"金额(元)": "5000", "出资方": "示例慈善基金会"})
    batch = season.make_batch(clerk, 资金来源="社会捐助", 发放方式="银行卡")
    season.release(lead, batch)
    sent = season.bank_file(clerk, batch)
    assert [(row[1], row[4]) for row in sent[1:]] == [("王小丽", 2000), ("李强", 2000)]
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
    season.go(clerk.get_by_role("button", name="更正后重发 1 笔"))
    expect(clerk.get_by_text("已建立重发批次，含 1 笔")).to_be_visible()
    again = clerk.url
    season.release(lead, again)
    sent = season.bank_file(clerk, again)
    assert [(row[1], row[2]) for row in sent[1:]] == [("李强", new_card)]
    clock.set(date(2014, 6, 20))
    season.take_return(clerk, again, sent, "2014-06-20")


def visit_and_follow_up(clerk, clock, cases: list[str]) -> None:
    """One is seen at home, which asks for the file to be brought up to date; the other is called."""
    girl, boy = cases
    clock.set(date(2014, 7, 15))
    seen = {"走访日期": "2014-07-15", "电话回访": "否", "需求与反馈": "希望补习数学，父亲已下岗"}
    season.visit(clerk, girl, seen, needs=("更新困难职工档案信息",))
    season.do_what_was_asked(clerk, "更新困难职工档案信息", "修改家庭档案", "已按走访情况更新")
    clock.set(date(2014, 8, 20))
    season.visit(clerk, boy, {"走访日期": "2014-08-20", "电话回访": "是", "需求与反馈": "已收到助学款"})
    for case in cases:
        season.move(clerk, case, "登记回访")


def look_over(auditor) -> None:
    """The auditor sees where every fen went: twice paid, once bounced, by masks."""
    auditor.goto("/payment-path/2014/")
    rows = auditor.locator("tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text="发放失败")).to_have_count(1)
    expect(auditor.get_by_role("main")).not_to_contain_text("小")  # of both children's names only the surname is told
    expect(auditor.get_by_role("main")).to_contain_text("王**")


def test_from_the_familys_file_to_the_figures(people, clock):
    clerk, lead, auditor = people
    homes, cases = hand_in_and_mend(clerk, lead, clock)
    show_and_approve(clerk, lead, clock, cases)
    batch = pay(clerk, lead, clock)
    pay_again(clerk, lead, clock, batch, homes[1])
    visit_and_follow_up(clerk, clock, cases)
    look_over(auditor)
    shown = season.figures(clerk, FORM)
    assert len(shown) == 28
    assert {slug: number for slug, number in shown.items() if float(number)} == RAISED | BOTH | THE_BOY
    for slugs, there, elsewhere in OPENED:
        for slug in slugs:
            season.press_figure(clerk, FORM, slug)
            for name in there:
                expect(clerk.get_by_role("main")).to_contain_text(name)
            for name in elsewhere:
                expect(clerk.get_by_role("main")).not_to_contain_text(name)
