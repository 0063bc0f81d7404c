"""What the notice asks for besides the money of the season, in Chromium: who works with the family and with what.

A worker paired with a model team, one child's aid from two levels, three lessons of a summer, a project of volunteers.
"""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from portal.enums import Role
from portal.models import Campaign
from tests.aid.paying import card, layout
from tests.browser import season
from tests.clock import Clock
from tests.factories import UserFactory
from tests.workbook.sheets import id_number

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WANG, GIRL = id_number(11, "19700203"), id_number(102, "19970315")
TERMS = {"活动年度": "2014", "帮扶标准(元)": "2000", "助学方式": "政策助学"}
TEAM = {"结对方类别": "文明班组、红旗文明岗", "结对方名称": "东江一纺甲班"}
SOCIETY = {
    "社会组织类别": "社会服务机构",
    "社会组织名称": "东江青年志愿服务社",
    "登记证号(统一社会信用代码)": "52310000MJ4920345L",
}
FORM = "/annex/?campaign=2014&unit=310001&as_of=2014-08-31&form=1"
# One child at senior school with 2 000 yuan, all of it raised by the unions and the administration.
FIGURES = {
    "raised": "0.20",
    "raised_union": "0.15",
    "raised_government": "0.05",
    "paid": "0.20",
    "paid_secondary": "0.20",
    "aided": "1",
    "aided_secondary": "1",
}
LESSONS = ("2014-07-07", "2014-07-14", "2014-07-21")


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def people(district, window_of):
    Campaign.objects.open(2014)
    layout()
    return [window_of(UserFactory(role=role, union=district)) for role in (Role.CLERK, Role.LEAD)]


def pair_with_a_team(clerk: Page, home: str) -> None:
    """The programme for workers is there already, as the worker's own page asks."""
    season.menu(clerk, "结对方")
    season.press(clerk, "新建结对方")
    season.save(clerk, TEAM)
    clerk.goto(home)
    season.press(clerk, "新建结对关系")
    season.save(clerk, {"结对方": "东江一纺甲班（文明班组、红旗文明岗）"})
    expect(clerk.get_by_role("main")).to_contain_text("千个文明班组、红旗文明岗牵手千名困难职工")


def share_between_two_levels(clerk: Page, case: str) -> None:
    """1 500 yuan of the city, 500 of the district for one case; what does not add up is told and stays typed."""
    clerk.goto(case)
    season.press(clerk, "资助来源")
    season.put(clerk, {"市级（元）": "1500", "区级（元）": "400"})
    season.go(clerk.get_by_role("button", name="保存", exact=True))
    expect(clerk.get_by_role("main")).to_contain_text("各来源合计 1,900.00 元，应等于帮扶标准 2,000.00 元。")
    expect(clerk.get_by_label("市级（元）")).to_have_value("1500")
    season.save(clerk, {"区级（元）": "500", "区级的资金来源": "各级党委政府资助"})
    expect(clerk.get_by_text("资助来源已保存。")).to_be_visible()


def approve(clerk: Page, lead: Page, clock, case: str) -> None:
    season.move(clerk, case, "提交")
    season.move(lead, case, "初审通过")
    clock.set(date(2014, 6, 6))
    days = {"公示开始日期": "2014-06-09", "公示结束日期": "2014-06-13"}
    season.post_notice(clerk, [case], 公示地点="社区", 异议受理电话="021-63211939", **days)
    clock.set(date(2014, 6, 16))
    season.move(lead, case, "审批通过", 说明="照片由街道保管")


def pay_from(clerk: Page, lead: Page, source: str, paid_on: str) -> list[tuple]:
    """A batch of one source, paid on this day: what the file for the bank held."""
    batch = season.make_batch(clerk, 资金来源=source, 发放方式="银行卡")
    season.release(lead, batch)
    sent = season.bank_file(clerk, batch)
    season.take_return(clerk, batch, sent, paid_on)
    return [(row[1], row[4]) for row in sent[1:]]


def teach_a_summer(clerk: Page, child: str) -> None:
    """Three lessons of a series, typed one below the other; she came to two of them."""
    season.menu(clerk, "助学活动")
    for day in LESSONS:
        season.press(clerk, "新建助学活动")
        lesson = {"活动类型": "补习班", "活动名称": f"数学 {day}", "活动日期": day, "活动地点": "东江社区"}
        season.save(clerk, lesson | {"时数(小时)": "2", "所属系列": "2014 年暑期数学补习"})
        season.menu(clerk, "助学活动")
    tick_the_child(clerk, child, "登记参加活动")
    for day in LESSONS[:2]:
        clerk.get_by_label(re.compile(day)).check()
    season.go(clerk.get_by_role("button", name="保存", exact=True))
    expect(clerk.get_by_text("已登记参加活动 2 人次。")).to_be_visible()


def tick_the_child(clerk: Page, child: str, act: str) -> None:
    season.menu(clerk, "子女")
    clerk.locator(f"input[name=ids][value='{season.key_of(child)}']").check()
    season.go(clerk.get_by_role("button", name=act, exact=True))


def run_a_project(clerk: Page, lead: Page, child: str) -> None:
    """A society takes on a project of volunteers, which begins, gives her something and is accepted by the lead."""
    season.menu(clerk, "社会组织")
    season.press(clerk, "新建社会组织")
    season.save(clerk, SOCIETY)
    season.press(clerk, "新建项目")
    project = {"项目名称": "周末伴读", "项目形式": "志愿者项目", "项目开始日期": "2014-06-01"}
    season.save(clerk, project | {"志愿者人数": "12", "服务时数(小时)": "96"})
    project = clerk.url
    season.press(clerk, "开始实施")
    season.save(clerk, {}, button="开始实施")
    tick_the_child(clerk, child, "登记项目受益")
    season.put(clerk, {"社会助学项目": "周末伴读", "每人得到的帮助": "伴读 8 次"})
    season.go(clerk.get_by_role("button", name="保存", exact=True))
    expect(clerk.get_by_text("已登记项目受益的子女 1 人。")).to_be_visible()
    lead.goto(project)
    season.press(lead, "登记验收")
    season.save(lead, {"验收日期": "2014-07-22", "验收结果": "合格", "验收人": "街道工会"}, button="登记验收")
    expect(lead.get_by_role("main")).to_contain_text("已验收")


def test_worker_paired_case_of_two_levels_lessons_and_volunteers(people, clock):
    clerk, lead = people
    clock.set(date(2014, 6, 3))
    home = season.open_file(clerk, "王建国", WANG, 银行卡号=card(), 开户银行="工商银行东江支行")
    child = season.add_child(clerk, home, "王小丽", GIRL, 学段="高中", 就读学校="东江中学")
    pair_with_a_team(clerk, home)
    case = season.apply_for_aid(clerk, child, **TERMS)
    share_between_two_levels(clerk, case)
    approve(clerk, lead, clock, case)
    for source, amount in (("各级工会投入", 1500), ("各级党委政府资助", 500)):
        season.raise_money(clerk, 来源=source, **{"金额(元)": str(amount)})
        assert pay_from(clerk, lead, source, "2014-06-16") == [("王建国", amount)]
    clock.set(date(2014, 7, 22))
    teach_a_summer(clerk, child)
    run_a_project(clerk, lead, child)
    clerk.goto(home)
    expect(clerk.get_by_role("main")).to_contain_text("东江一纺甲班")
    shown = season.figures(clerk, FORM)
    assert {slug: number for slug, number in shown.items() if float(number)} == FIGURES
