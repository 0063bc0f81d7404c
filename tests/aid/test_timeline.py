"""What a family's history tells: one line from each source, in the words and on the day of its record."""

from datetime import date, datetime, time
from unittest.mock import patch

import pytest
from django.utils.timezone import get_current_timezone

from aid.enums import CaseReason
from aid.models import CaseEvent, Household
from aid.timeline import Event, timeline
from employment.timeline import SOURCES
from portal.records.attribute import record_url
from tests import builders
from tests.aid import casework, visiting
from tests.reports import builders as make

DAY = date(2014, 3, 5)
VERSIONS = 1  # the question for what was changed in the file itself


@pytest.fixture
def home(district):
    return builders.household(district, filed_on=date(2013, 1, 2))


@pytest.fixture
def girl(district, home):
    return builders.child(district, "曾小丽", household=home)


def told(home, user, title) -> list[Event]:
    return [event for event in timeline(home, user, SOURCES) if event.title == title]


def moved(case, move, state, *, at=DAY, reason="") -> CaseEvent:
    """A move of a case on the day `at`, at nine in the evening."""
    moment = datetime.combine(at, time(21), tzinfo=get_current_timezone())
    with patch("django.utils.timezone.now", return_value=moment):
        return CaseEvent.objects.create(
            case=case, move=move, state=state, reason=reason, comment="来电说明", actor=casework.somebody(case.union)
        )


def test_filing_and_closing(district, clerk):
    home = builders.household(district, filed_on=date(2013, 1, 2), closed_on=DAY, closed_reason="脱困")
    assert told(home, clerk, "建档") == [Event(date(2013, 1, 2), "建档", home.number)]
    assert told(home, clerk, "注销") == [Event(DAY, "注销", "脱困")]


def test_entry_into_a_higher_stage(district, clerk, home, girl):
    entry = make.entry(district, child=girl, entered_on=DAY, stage="senior", school="东湖中学")
    assert told(home, clerk, "升学") == [Event(DAY, "升学", "曾小丽 高中 东湖中学", record_url(entry))]


def test_application(district, clerk, home, girl):
    case = casework.case(district, child=girl, applied_on=DAY, stage="senior", status="submitted")
    assert told(home, clerk, "申请助学") == [Event(DAY, "申请助学", "曾小丽 2014 高中 已提交", record_url(case))]


def test_decision_that_came_with_a_workbook(district, clerk, home, girl):
    case = make.case(district, child=girl, decided_on=DAY)
    assert told(home, clerk, "审批") == [Event(DAY, "审批", "曾小丽 通过", record_url(case))]
    assert told(home, clerk, "申请办理") == []


def test_moves_of_a_case_with_reason_and_without_comment(district, clerk, home, girl):
    case = make.case(district, child=girl, decided_on=date(2014, 6, 20))
    url = record_url(case)
    moved(case, "submit", "submitted")
    moved(case, "return", "draft", at=date(2014, 3, 9), reason=CaseReason.values[0])
    moved(case, "submit", "submitted", at=date(2014, 3, 10))
    moved(case, "approve", "approved", at=date(2014, 6, 20))
    reason = CaseReason(CaseReason.values[0]).label
    assert told(home, clerk, "申请办理") == [
        Event(date(2014, 6, 20), "申请办理", "曾小丽 审批通过", url),
        Event(date(2014, 3, 10), "申请办理", "曾小丽 提交", url),
        Event(date(2014, 3, 9), "申请办理", f"曾小丽 退回修改（{reason}）", url),
        Event(DAY, "申请办理", "曾小丽 提交", url),
    ]
    assert told(home, clerk, "审批") == []  # the move tells it


def test_payment(district, clerk, home, girl):
    case = make.case(district, child=girl)
    payment = make.payment(district, case=case, amount=1500, paid_on=DAY)
    expected = Event(DAY, "助学款发放", "曾小丽 1,500.00 已发放", record_url(payment))
    assert told(home, clerk, "助学款发放") == [expected]


def test_visit_at_the_door_and_call_by_telephone(district, clerk, home, girl):
    visit = builders.visit(district, person=girl.person, visited_on=DAY, visitor="李走访", ways="talk")
    call = visiting.call(district, person=home.worker, visited_on=DAY, visitor="张来电", ways="")
    assert told(home, clerk, "走访慰问") == [Event(DAY, "走访慰问", "李走访 谈心", record_url(visit))]
    assert told(home, clerk, "电话回访") == [Event(DAY, "电话回访", "张来电", record_url(call))]


def test_call_to_a_graduate(district, clerk, home):
    graduate = builders.graduate(district, household=home)
    visiting.call(district, person=graduate.person, visited_on=DAY, visitor="张来电", ways="")
    assert [event.on for event in told(home, clerk, "电话回访")] == [DAY]


def test_document(district, clerk, home):
    kept = builders.document(home)
    (event,) = told(home, clerk, "上传材料")
    assert (event.words, event.url) == (kept.get_kind_display(), "")


def test_transfer(district, foreign_district, clerk, home):
    builders.transfer(home, foreign_district)
    (event,) = told(home, clerk, "档案转移")
    assert (event.words, event.url) == (f"{district} → {foreign_district} 待对方接收", "")


def test_graduate_and_help(district, clerk, home):
    graduate = builders.graduate(district, "曾大学", household=home, registered_on=DAY, school="示例大学")
    given = make.assistance(district, graduate=graduate, kind="training", provider="培训中心", given_on=DAY)
    (registered,) = told(home, clerk, "登记为高校毕业生")
    assert (registered.on, registered.words.split(" ")[:2]) == (DAY, ["曾大学", "示例大学"])
    helped = Event(DAY, "就业帮扶", f"曾大学 {given.get_kind_display()} 培训中心", record_url(given))
    assert told(home, clerk, "就业帮扶") == [helped]


def test_change_of_the_file(clerk, home):
    home = Household.objects.get(pk=home.pk)  # the builder's own keeps no versions
    home.save()
    home.employer = "第二纺织厂"
    home._history_user = clerk
    home.save()
    (event,) = told(home, clerk, "修改档案")
    assert event.words == f"{clerk}：工作单位"


def test_what_happened_on_one_day_is_told_in_the_order_of_its_steps(district, clerk, home, girl):
    """The last step first, as the days are."""
    case = casework.case(district, child=girl, applied_on=DAY)
    moved(case, "submit", "submitted")
    moved(case, "return", "draft", reason=CaseReason.INCOMPLETE)
    shown = [(event.title, event.words.split()[1]) for event in timeline(home, clerk, SOURCES) if event.on == DAY]
    assert shown == [("申请办理", "退回修改（材料不全）"), ("申请办理", "提交"), ("申请助学", "2014")]


def test_newest_is_first_and_other_families_and_units_are_left_out(
    district, foreign_district, clerk, foreign_clerk, home, girl
):
    """The family once was in another unit, whose case and call stay there."""
    before = make.case(foreign_district, child=girl, year=2013)
    moved(before, "submit", "submitted")
    visiting.call(foreign_district, person=girl.person)
    other = make.case(district, child=builders.child(district))
    moved(other, "submit", "submitted")
    visiting.call(district)
    assert [event.title for event in timeline(home, clerk, SOURCES)] == ["建档"]
    visiting.call(district, person=girl.person, visited_on=date(2014, 8, 1))
    visiting.call(district, person=girl.person, visited_on=date(2014, 7, 1))
    days = [event.on for event in timeline(home, clerk, SOURCES)]
    assert days == [date(2014, 8, 1), date(2014, 7, 1), date(2013, 1, 2)]


def test_as_many_questions_for_many_moves(clerk, district, home, girl, django_assert_num_queries):
    case = make.case(district, child=girl)
    moved(case, "submit", "submitted")
    with django_assert_num_queries(len(SOURCES) + VERSIONS):
        timeline(home, clerk, SOURCES)
    for _turn in range(3):
        moved(case, "return", "draft")
    with django_assert_num_queries(len(SOURCES) + VERSIONS):
        assert len(told(home, clerk, "申请办理")) == 4
