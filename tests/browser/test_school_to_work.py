"""School to work in Chromium: aided in three campaigns, proposed once, confirmed, helped, placed, asked after.

The figures are those of the same facts brought in by workbook (tests/reports/school_to_work.py), each opens its record.
"""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from employment.attendance.code import code_of
from employment.models import Graduate
from portal.enums import Role
from portal.models import Campaign
from tests.aid.paying import card, layout
from tests.browser import season
from tests.clock import Clock
from tests.factories import UserFactory
from tests.reports.school_to_work import AIDED, END, EXPECTED, FUNNEL_2014, NOTHING
from tests.workbook.sheets import id_number

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOTHER, DAUGHTER = id_number(26, "19680505"), id_number(28, "19930505")
NAME, COLLEGE = "周小燕", "东湖职业技术学院"
ENTRY = {"升入学段": "大专", "升学日期": "2012-09-01", "学制(年)": "2", "录取学校": COLLEGE}
GRADUATE = {
    "毕业日期": "2014-07-01",
    "院校所在地": "本市",
    "生源地": "本市",
    "就业意向": "需要就业帮扶",
    "登记日期": "2014-06-20",
}
HELP = (
    {"日期": "2014-07-15", "类别": "技能培训"},
    {
        "日期": "2014-08-01",
        "类别": "职业资格证书",
        "证书名称": "电工",
        "证书等级": "五级（初级工）",
        "证书编号": "暂无",
    },
    {"日期": "2014-08-05", "类别": "求职补贴", "金额(元)": "300", "凭证号": "Q-1"},
)
FAIR = {"类型": "招聘会", "名称": "夏季招聘会", "日期": "2014-07-20", "岗位数": "30", "四季主题职场": "夏季职场"}
VACANCY = {"用人单位": "晨光机械厂", "岗位名称": "装配工", "招聘人数": "2", "截止日期": "2014-12-31"}
# What opens a figure that is not about her: the money of the unit, and the fair.
OTHERS = {
    "raised": "各级工会投入",
    "raised_union": "各级工会投入",
    "job_events": "夏季招聘会",
    "event_posts": "夏季招聘会",
}


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def unit(district):
    for year in EXPECTED:
        Campaign.objects.open(year)
    layout()
    return district


@pytest.fixture
def people(unit, window_of):
    return [window_of(UserFactory(role=role, union=unit)) for role in (Role.CLERK, Role.LEAD)]


def file_family(clerk: Page, clock) -> str:
    """The household, and the daughter with her entry into college; the address of her page."""
    clock.set(date(2012, 9, 2))
    bank = {"银行卡号": card(), "开户银行": "工商银行东江支行"}
    home = season.open_file(clerk, "周淑芬", MOTHER, 建档日期="2011-03-01", **bank)
    child = season.add_child(clerk, home, NAME, DAUGHTER, 学段="大专", 就读学校=COLLEGE)
    season.press(clerk, "新建升学")
    season.save(clerk, ENTRY)
    return child


def aid(clerk: Page, lead: Page, clock, child: str, year: int) -> None:
    """Money raised in April; the application of September noticed, approved, paid."""
    amount = str(AIDED[year])
    clock.set(date(year, 4, 1))
    season.raise_money(clerk, 来源="各级工会投入", **{"金额(元)": amount})
    clock.set(date(year, 9, 3))
    terms = {"活动年度": str(year), "帮扶标准(元)": amount, "助学方式": "政策助学"}
    case = season.apply_for_aid(clerk, child, **terms)
    season.move(clerk, case, "提交")
    season.move(lead, case, "初审通过")
    days = {"公示开始日期": f"{year}-09-09", "公示结束日期": f"{year}-09-15"}
    season.post_notice(clerk, [case], 公示地点="社区", 异议受理电话="021-63211939", **days)
    clock.set(date(year, 9, 16))
    season.move(lead, case, "审批通过", 说明="照片由街道保管")
    clock.set(date(year, 9, 18))
    batch = season.make_batch(clerk, 活动年度=str(year), 资金来源="各级工会投入", 发放方式="银行卡")
    season.release(lead, batch)
    sent = season.bank_file(clerk, batch)
    clock.set(date(year, 9, 20))
    season.take_return(clerk, batch, sent, f"{year}-09-20")


def proposed(clerk: Page) -> list[str]:
    season.menu(clerk, "拟登记毕业生")
    return clerk.locator("main tbody tr td:first-child").all_inner_texts()


def confirm(clerk: Page) -> str:
    """Take her up from the list: name, school, degree and identity are there already; the address of the graduate."""
    season.press(clerk, "登记")
    for label, held in (("姓名", NAME), ("毕业院校", COLLEGE)):
        assert clerk.get_by_label(re.compile(rf"^\s*{label}")).first.input_value() == held
    season.save(clerk, GRADUATE)
    return clerk.url


def promise_and_help(clerk: Page, clock, graduate: str) -> None:
    """Training is promised and comes; a certificate and a grant follow."""
    clerk.goto(graduate)
    season.press(clerk, "新建帮扶承诺")
    season.save(clerk, {"承诺的帮扶": "技能培训", "承诺日期": "2014-06-20", "兑现期限": "2014-07-31"})
    expect(clerk.get_by_role("main")).to_contain_text("待兑现")
    for given in HELP:
        clock.set(date.fromisoformat(given["日期"]))
        clerk.goto(graduate)
        season.press(clerk, "新建就业帮扶")
        season.save(clerk, given)
    clerk.goto(graduate)
    expect(clerk.get_by_role("main")).to_contain_text("已兑现")
    expect(clerk.get_by_role("main")).not_to_contain_text("待兑现")


def hold_fair(clerk: Page, clock) -> None:
    """A fair with a vacancy, where her code is read at the door."""
    clock.set(date(2014, 7, 20))
    season.menu(clerk, "用人单位")
    season.press(clerk, "新建用人单位")
    season.save(clerk, {"单位名称": "晨光机械厂"})
    season.menu(clerk, "就业活动与岗位")
    season.press(clerk, "新建就业活动与岗位")
    season.save(clerk, FAIR)
    fair = clerk.url
    season.press(clerk, "新建招聘岗位")
    season.save(clerk, VACANCY)
    clerk.goto(fair)
    season.press(clerk, "扫码签到")
    for words in ("周** 签到成功。", "周** 已经签到过，没有重复登记。"):
        expect(clerk.get_by_label("签到码")).to_be_focused()  # a scanner only types
        clerk.keyboard.type(code_of(Graduate.objects.get().pk))
        clerk.keyboard.press("Enter")
        expect(clerk.get_by_text(words)).to_be_visible()
    season.press(clerk, "返回活动")
    expect(clerk.get_by_role("main")).to_contain_text("本次活动签到 1 人。本单位 2014 年各次活动合计 1 人次，1 人。")


def place(clerk: Page, clock, graduate: str) -> None:
    """An offer that matches is passed on, accepted, and leads to a contract."""
    clock.set(date(2014, 8, 6))
    clerk.goto(graduate)
    season.press(clerk, "匹配岗位")
    season.press(clerk, "推荐")
    season.save(clerk, {})
    for move, answer in (
        ("毕业生接受", {"日期": "2014-08-10"}),
        ("录用", {"日期": "2014-08-20", "签约日期": "2014-08-20"}),
    ):
        clock.set(date(2014, 8, 20))
        season.press(clerk, move)
        season.save(clerk, answer, button=move)
    expect(clerk.get_by_role("main")).to_contain_text("已录用")


def ask_whether_she_stays(clerk: Page, clock) -> None:
    for day in (date(2014, 11, 20), date(2015, 2, 20)):
        clock.set(day)
        season.menu(clerk, "稳岗回访")
        season.go(clerk.get_by_role("link", name=re.compile("^登记回访")))
        clerk.get_by_label("仍在岗", exact=True).check()
        season.save(clerk, {"回访日期": day.isoformat()})


def blanks(page: Page, unit: str, year: int, form: int) -> dict[str, str]:
    """Every number of a form by its name."""
    page.goto(f"/annex/?campaign={year}&unit={unit}&as_of={END[year]}&form={form}")
    links = page.locator("a.annex-blank").all()
    return {link.get_attribute("href").split("?")[0].rstrip("/").split("/")[-1]: link.inner_text() for link in links}


def check_each_opens_its_record(page: Page, unit: str, year: int) -> None:
    for form in (1, 2):
        for slug in blanks(page, unit, year, form):
            if EXPECTED[year][slug] == NOTHING[slug]:
                continue
            page.goto(f"/annex/?campaign={year}&unit={unit}&as_of={END[year]}&form={form}")
            season.go(page.locator(f"a.annex-blank[href*='/{slug}/']"))
            expect(page.get_by_role("main")).to_contain_text("共 1 条记录")
            expect(page.get_by_role("main")).to_contain_text(OTHERS.get(slug, NAME))


def test_three_campaigns_to_a_contract_that_lasts(people, unit, clock):
    clerk, lead = people
    child = file_family(clerk, clock)
    for year in (2012, 2013):
        aid(clerk, lead, clock, child, year)
        assert proposed(clerk) == []
    clock.set(date(2014, 6, 20))
    assert proposed(clerk) == [NAME]
    graduate = confirm(clerk)
    assert proposed(clerk) == []
    promise_and_help(clerk, clock, graduate)
    hold_fair(clerk, clock)
    place(clerk, clock, graduate)
    aid(clerk, lead, clock, child, 2014)
    assert proposed(clerk) == []
    ask_whether_she_stays(clerk, clock)
    clock.set(date(2015, 12, 31))
    for year, expected in EXPECTED.items():
        assert blanks(clerk, unit.code, year, 1) | blanks(clerk, unit.code, year, 2) == expected
        check_each_opens_its_record(clerk, unit.code, year)
    clerk.goto(f"/funnel/?campaign=2014&unit={unit.code}&as_of={END[2014]}")
    stages = clerk.locator(".funnel-stages a").all()
    shown = {link.get_attribute("href").split("?")[0].rstrip("/").split("/")[-1]: link.inner_text() for link in stages}
    assert {slug: int(shown[slug].split()[0]) for slug in FUNNEL_2014} == FUNNEL_2014
    clerk.goto(f"{graduate}path/")
    for words in ("已兑现", "夏季招聘会", "已录用", "就业满 6 个月，仍在岗"):
        expect(clerk.get_by_role("main")).to_contain_text(words)
