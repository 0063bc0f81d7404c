"""The whole way of a graduate on one page, worked out by hand: aided three years, graduated, helped, placed, kept."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from employment.enums import ReferralState
from employment.timeline.path import PathSum, path_of, sum_of
from portal.models import AuditEntry
from tests import builders
from tests.aid import visiting
from tests.employment import builders as work
from tests.reports import builders as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def graduate(district):
    """Entered college in 2011, aided from 2012 to 2014, graduated in 2014, placed and still there in 2015."""
    home = builders.household(district)
    child = builders.child(district, "曾毕业", household=home, stage="college")
    make.entry(district, child=child, stage="college", entered_on=date(2011, 9, 1), school="示例学院")
    for year in (2012, 2013, 2014):
        case = make.case(district, year, child=child, stage="college", decided_on=date(year, 3, 1))
        make.payment(district, case=case, paid_on=date(year, 7, 1), amount=Decimal("1000.50"))
    builders.visit(district, person=child.person, visited_on=date(2013, 8, 1), visitor="陈经办", ways="talk")
    visiting.placement(
        district,
        child=child,
        post=make.practice_post(district, employer="浦江机械厂"),
        starts_on=date(2013, 7, 10),
        ends_on=date(2013, 8, 10),
    )
    graduate = builders.graduate(
        district,
        "曾毕业",
        person=child.person,
        household=home,
        school="示例学院",
        registered_on=date(2014, 6, 1),
        contract_on=date(2014, 9, 15),
    )
    make.assistance(district, graduate=graduate, kind="training", given_on=date(2014, 7, 5), provider="培训中心")
    fair = make.event(district, held_on=date(2014, 7, 20), title="夏季招聘会")
    work.attendance(district, graduate=graduate, event=fair)
    placement = make.assistance(district, graduate=graduate, kind="placement", given_on=date(2014, 9, 10))
    offer = work.vacancy(district, event=fair, employer=work.employer(district, name="晨光公司"))
    work.referral(
        district,
        graduate=graduate,
        vacancy=offer,
        referred_on=date(2014, 7, 25),
        state=ReferralState.PLACED,
        answered_on=date(2014, 8, 1),
        placement=placement,
    )
    work.retention_check(district, placement=placement, asked_on=date(2014, 12, 10))
    work.retention_check(district, placement=placement, months=6, asked_on=date(2015, 3, 10), employed=False)
    return graduate


def told(graduate, user) -> list[tuple[int, Decimal, list[tuple[str, str]]]]:
    return [
        (year.year, year.paid, [(event.on.strftime("%m-%d"), f"{event.title} {event.words}") for event in year.events])
        for year in path_of(graduate, user)
    ]


def aided(year: int) -> list[tuple[str, str]]:
    return [
        ("02-01", f"申请助学 曾毕业 {year} 大专"),
        ("03-01", "审批 曾毕业 通过"),
    ]


def test_way_from_the_first_entry_to_whether_the_work_was_kept(clerk, graduate):
    paid = ("07-01", "助学款发放 曾毕业 1,000.50 已发放")
    assert told(graduate, clerk) == [
        (2011, Decimal(), [("09-01", "升学 曾毕业 大专 示例学院")]),
        (2012, Decimal("1000.50"), [*aided(2012), paid]),
        (
            2013,
            Decimal("1000.50"),
            [
                *aided(2013),
                paid,
                ("07-10", "社会实践 曾毕业 浦江机械厂 2013-07-10—2013-08-10"),
                ("08-01", "走访慰问 陈经办 谈心"),
            ],
        ),
        (
            2014,
            Decimal("1000.50"),
            [
                *aided(2014),
                ("06-01", "登记为高校毕业生 曾毕业 示例学院 需要就业帮扶"),
                paid,
                ("07-05", "就业帮扶 曾毕业 技能培训 培训中心"),
                ("07-20", "参加就业活动 曾毕业 夏季招聘会"),
                ("07-25", "岗位推荐 曾毕业 晨光公司 装配工 已录用（2014-08-01）"),
                ("09-10", "就业帮扶 曾毕业 实现就业 "),
                ("09-15", "签约 曾毕业"),
                ("12-10", "稳岗回访 曾毕业 就业满 3 个月，仍在岗"),
            ],
        ),
        (2015, Decimal(), [("03-10", "稳岗回访 曾毕业 就业满 6 个月，已离岗")]),
    ]


def test_way_in_four_numbers(clerk, graduate):
    assert sum_of(graduate, clerk) == PathSum(cases=3, since=2012, paid=Decimal("3001.50"), help=2)


def test_page_shows_the_way_opens_its_records_and_is_logged(client_of, clerk, graduate):
    client = client_of(clerk)
    answer = client.get(reverse("graduate_path", args=[graduate.pk]))
    assert answer.status_code == 200
    addresses = [event.url for year in answer.context["years"] for event in year.events if event.url]
    assert {client.get(address).status_code for address in addresses} == {200}
    assert "3,001.50" in answer.content.decode()
    assert graduate.person.id_number not in answer.content.decode()
    assert AuditEntry.objects.filter(action="viewed", subject=f"高校毕业生 {graduate.pk}").exists()


def test_brother_and_what_another_unit_handled_are_not_on_the_page(clerk, foreign_district, district, graduate):
    brother = builders.child(district, "曾弟弟", household=graduate.household, stage="college")
    make.case(district, child=brother, stage="college")
    before = told(graduate, clerk)
    of_person = {"person": graduate.person, "visited_on": date(2014, 7, 1), "visitor": "赵西山"}
    builders.visit(foreign_district, **of_person)
    assert told(graduate, clerk) == before


def test_decline_and_end_of_tracking_are_told(clerk, district):
    child = work.student(district)
    decision = work.declined(child, reason="other_reason", text="留级")
    graduate = builders.graduate(
        district, "曾毕业", person=child.person, registered_on=date(2014, 3, 1), closed_on=date(2014, 12, 31)
    )
    words = [(event.title, event.words) for year in path_of(graduate, clerk) for event in year.events]
    assert ("暂不登记为毕业生", "曾毕业 2014 其他原因（请说明） 留级") in words
    assert ("结束跟踪", "曾毕业") in words
    assert decision.declined_at.year in [year.year for year in path_of(graduate, clerk)]


def test_page_asks_as_often_for_a_long_way_as_for_a_short_one(client_of, clerk, district, graduate):
    client, short = client_of(clerk), builders.graduate(district)
    counts = []
    for each in (short, graduate):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("graduate_path", args=[each.pk])).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
