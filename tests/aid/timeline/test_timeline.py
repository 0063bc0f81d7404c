"""What a family's history tells: one line from each source, in the words and on the day of its record."""

from datetime import date, datetime, time
from unittest.mock import patch

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from aid.enums import CaseReason, DocumentKind
from aid.households.papers import note_seen
from aid.models import CaseEvent, Household
from aid.timeline.events import Event, timeline
from employment.timeline.events import SOURCES
from portal.audit import By
from portal.records.attribute import record_url
from tests import builders
from tests.aid import cases as casework
from tests.aid import visiting
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


def nine(day: date) -> datetime:
    """Nine in the evening."""
    return datetime.combine(day, time(21), tzinfo=get_current_timezone())


def moved(case, move, state, *, at=DAY, reason="") -> CaseEvent:
    """A move of a case on the day `at`, at nine in the evening."""
    with patch("django.utils.timezone.now", return_value=nine(at)):
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
    assert told(home, clerk, "申请助学") == [Event(DAY, "申请助学", "曾小丽 2014 高中", record_url(case))]


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
        Event(date(2014, 6, 20), "申请办理", "曾小丽 审批通过", url, nine(date(2014, 6, 20))),
        Event(date(2014, 3, 10), "申请办理", "曾小丽 提交", url, nine(date(2014, 3, 10))),
        Event(date(2014, 3, 9), "申请办理", f"曾小丽 退回修改（{reason}）", url, nine(date(2014, 3, 9))),
        Event(DAY, "申请办理", "曾小丽 提交", url, nine(DAY)),
    ]
    assert told(home, clerk, "审批") == []  # the move tells it


def written(record, at: datetime, **change) -> None:
    """One version of `record`, with `change`, written at `at`."""
    for name, value in change.items():
        setattr(record, name, value)
    vars(record).pop("skip_history_when_saving", None)  # the builders' own keep no versions
    record._history_date = at
    record.save()


def test_who_belongs_to_the_family_and_what_it_has(district, clerk, home, girl):
    aunt, had = builders.member(district, home, "曾姑妈"), builders.income(district, home, 2013)
    for record in (girl, aunt, had):
        written(record, nine(DAY))
    at = {"on": DAY, "at": nine(DAY)}
    assert told(home, clerk, "家庭成员") == [
        Event(title="家庭成员", words=f"曾姑妈 {aunt.relation}", url=record_url(aunt), **at)
    ]
    assert told(home, clerk, "新增子女") == [Event(title="新增子女", words="曾小丽", url=record_url(girl), **at)]
    income = Event(title="年度收入", words="2013 年度 20,000.00 元，3 人", url=record_url(had), **at)
    assert told(home, clerk, "年度收入") == [income]
    written(had, nine(date(2014, 5, 1)), amount=15000)
    assert [event.on for event in told(home, clerk, "年度收入")] == [DAY]


def test_objection_and_its_outcome(district, clerk, lead, home, girl):
    case = casework.case(district, child=girl, status="submitted")
    casework.notice(district, case)
    objection = casework.objection(case, text="有两套房子")
    objection.recorded_at = nine(DAY)
    objection.save()
    url = record_url(case)
    assert told(home, clerk, "公示异议") == [Event(DAY, "公示异议", "曾小丽 有人提出异议", url, nine(DAY))]
    assert told(home, clerk, "异议处理") == []
    later = nine(date(2014, 3, 8))
    objection.outcome, objection.decided_by, objection.decided_at = "dismissed", lead, later
    objection.save()
    assert told(home, clerk, "异议处理") == [Event(later.date(), "异议处理", "曾小丽 异议不成立", url, later)]


def test_pairing_and_its_end(district, clerk, home, girl):
    paired = visiting.pairing(district, child=girl, starts_on=DAY)
    words = f"曾小丽 {paired.sponsor} {paired.get_programme_display()}"
    assert told(home, clerk, "结对") == [Event(DAY, "结对", words, record_url(paired))]
    assert told(home, clerk, "结束结对") == []
    paired.ends_on = date(2014, 9, 1)
    paired.save()
    assert [(event.on, event.words) for event in told(home, clerk, "结束结对")] == [(date(2014, 9, 1), words)]
    paired.ends_on = date(9999, 1, 1)
    paired.save()
    assert told(home, clerk, "结束结对") == []


def test_follow_up_that_is_done(district, clerk, home, girl):
    asked = visiting.follow_up(builders.visit(district, person=girl.person))
    assert told(home, clerk, "跟进办结") == []
    written(asked, nine(DAY), done_on=DAY, done_by=clerk, outcome="已更新")
    done = Event(DAY, "跟进办结", "更新困难职工档案信息 已更新", record_url(asked), nine(DAY))
    assert told(home, clerk, "跟进办结") == [done]


def test_one_day_is_told_in_the_order_of_its_moments(district, clerk, home, girl):
    """Whatever kind each is of; what is known by its day only came first."""
    entry = make.entry(district, child=girl, entered_on=DAY)
    case = casework.case(district, child=girl, applied_on=DAY)
    moved(case, "submit", "submitted")
    written(entry, nine(DAY).replace(hour=22))
    builders.visit(district, person=girl.person, visited_on=DAY)
    shown = [event.title for event in timeline(home, clerk, SOURCES) if event.on == DAY]
    assert shown == ["升学", "申请办理", "走访慰问", "申请助学"]
    written(case, nine(DAY).replace(hour=23))
    assert timeline(home, clerk, SOURCES)[0].title == "申请助学"


def test_page_shows_the_time(client_of, clerk, district, home, girl):
    moved(casework.case(district, child=girl), "submit", "submitted")
    page = client_of(clerk).get(reverse("household_timeline", args=[home.pk])).text
    assert "2014-03-05 21:00" in page


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
    (event,) = told(home, clerk, "家庭材料")
    assert (event.words, event.url) == ("上传：身份证明", "")
    kept.delete()
    note_seen(home, [DocumentKind.INCOME], by=By(clerk))
    (event,) = told(home, clerk, "家庭材料")
    assert event.words == "见原件：收入证明"


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
