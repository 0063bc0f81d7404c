"""The home page says what waits for whom; each number opens the list that it counts."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from aid.casework.moving import Why, move_case
from aid.enums import Stage
from aid.models import AidStandard, MinimumIncome, PublicNotice
from portal.audit import By, record
from portal.desk.todos import all_todos, waiting_for
from portal.enums import AuditAction
from portal.models import Campaign, User
from reports import todos
from reports.enums import ReportState
from reports.models import Report
from tests.aid import cases as casework
from tests.builders import one_of_each
from tests.reports import builders as make
from tests.reports.submissions import hand_in, report, set_state

DAY = datetime.date(2014, 10, 1)
NO_LISTS = ("/reports/", "/case-standards/", "/standards/")


@pytest.fixture
def campaign(year_2014, monkeypatch):
    """Today is in the campaign, after its due date."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: DAY)
    return year_2014


@pytest.fixture
def year_2014(db) -> Campaign:
    return make.campaign()


def waiting(user) -> dict[str, int]:
    return {str(item.label): item.count for item in waiting_for(user)}


def test_clerk_sees_what_the_own_unit_owes(campaign, clerk, foreign_district):
    report(campaign, foreign_district, ReportState.RETURNED)
    assert waiting(clerk) == {"未报送的报表": 1}


def test_returned_report_comes_first_and_opens(campaign, client_of, clerk, district):
    returned = report(campaign, district, ReportState.RETURNED)
    make.household(district)
    first = waiting_for(clerk)[0]
    assert (first.count, first.url, first.urgent) == (1, reverse("report_show", args=[returned.pk]), True)
    assert client_of(clerk).get(first.url).status_code == 200


def test_what_was_handed_in_is_owed_no_more(campaign, clerk, district):
    report(campaign, district, ReportState.SUBMITTED)
    assert waiting(clerk) == {}


def test_reviewer_sees_the_city(campaign, reviewer, district, foreign_district, bureau):
    report(campaign, district, ReportState.SUBMITTED)
    report(campaign, foreign_district, ReportState.RETURNED)
    units = {label: count for label, count in waiting(reviewer).items() if "单位" in label}
    assert units == {"已报送、待审核的单位": 1, "逾期未报的单位": 2}


def supplement(campaign, unit, state):
    """A supplementary report of `unit` in `state`, beside its accepted one."""
    report(campaign, unit, ReportState.ACCEPTED)
    extra = Report(campaign=campaign, number=1)
    extra.place_in(unit)
    extra.save()
    if state != ReportState.DRAFT:
        hand_in(extra)
    set_state(extra, state)


@pytest.mark.parametrize("state", ["submitted", "under_review"])
def test_supplementary_report_waits_for_the_reviewer_and_is_listed(
    campaign, client_of, reviewer, district, foreign_district, bureau, state
):
    supplement(campaign, district, ReportState(state))
    supplement(campaign, foreign_district, ReportState.DRAFT)
    report(campaign, bureau, ReportState(state))
    (item,) = [item for item in waiting_for(reviewer) if f"state={state}" in item.url]
    page = client_of(reviewer).get(item.url)
    assert item.count == 2
    assert [row.unit for row in page.context["rows"]] == [district, bureau]
    assert {name: count for name, _label, count in page.context["counts"] if count} == {state: 2, "accepted": 1}
    listed = client_of(reviewer).get(item.url.replace(state, "accepted"))
    assert [row.unit for row in listed.context["rows"]] == [foreign_district]


def test_unit_with_a_later_due_date_is_not_late_yet(campaign, reviewer, district):
    own = report(campaign, district)
    own.extended_to = DAY
    own.save()
    assert todos.late(reviewer).count() == 0


@pytest.mark.parametrize("state", ["submitted", "under_review"])
def test_number_of_the_reviewer_is_that_of_the_board(campaign, client_of, reviewer, district, foreign_district, state):
    report(campaign, district, ReportState(state))
    page = client_of(reviewer).get(next(item.url for item in waiting_for(reviewer) if state in item.url))
    assert len(page.context["rows"]) == 1


def test_late_units_are_those_of_the_board(campaign, client_of, reviewer, district, foreign_district):
    report(campaign, district, ReportState.SUBMITTED)
    page = client_of(reviewer).get(next(item.url for item in waiting_for(reviewer) if "late" in item.url))
    assert [row.unit for row in page.context["rows"]] == [foreign_district]


def test_files_that_wait_are_counted_within_the_scope_and_open_their_list(client_of, clerk, district, foreign_district):
    for union in (district, foreign_district, foreign_district):
        make.household(union)
    found = {item.url: item.count for item in waiting_for(clerk)}
    url = f"{reverse('household_list')}?todo=never_aided"
    assert found[url] == 1
    assert len(client_of(clerk).get(url).context["table"].rows) == 1


@pytest.mark.parametrize("role", ["clerk", "lead", "reviewer"])
def test_every_number_is_that_of_the_list_it_opens(request, client_of, district, foreign_district, role):
    user = request.getfixturevalue(role)
    for union in (district, foreign_district, district):
        one_of_each(union)
    client, counted = client_of(user), waiting_for(user)
    for item in counted:
        if not item.url.startswith(NO_LISTS):
            shown = client.get(item.url).context
            rows = shown["table"].rows if "table" in shown else shown["rows"]
            assert (item.label, len(rows)) == (item.label, item.count)
    assert counted or role != "clerk"


def test_home_says_when_nothing_waits(client_of, auditor):
    assert "现在没有等您办理的事。" in client_of(auditor).get("/").text


def test_every_question_has_words_of_its_own():
    words = [str(todo.label) for todo in all_todos()]
    assert len(set(words)) == len(words) > 0


def test_record_opened_last_stands_first_and_only_within_the_scope(client_of, clerk, district, foreign_district):
    mine, other = make.household(district), make.household(district)
    client = client_of(clerk)
    for home in (mine, other, mine):
        client.get(reverse("household_detail", args=[home.pk]))
    assert [item.caption for item in client.get("/").context["recent"]] == [
        f"{home.number} {home.worker_name}" for home in (mine, other)
    ]
    other.place_in(foreign_district)
    other.save()
    assert [item.url for item in client.get("/").context["recent"]] == [reverse("household_detail", args=[mine.pk])]


def rows_behind(client, url: str) -> int:
    """How many rows the list at `url` shows, all its pages."""
    count = 0
    while url:
        context = client.get(url).context
        count += len(context["table"].rows if "table" in context else context["rows"])
        following = context.get("next_url", "")
        url = url.partition("?")[0] + following if following else ""
    return count


def test_auditor_is_told_what_of_the_log_asks_for_a_look(client_of, auditor, clerk, monkeypatch):
    for action, days in (("login_failed", 6), ("refused", 0), ("revealed", 0), ("revealed", 7), ("viewed", 0)):
        with monkeypatch.context() as patch:
            then = timezone.now() - datetime.timedelta(days=days)
            patch.setattr("django.utils.timezone.now", lambda then=then: then)
            record(AuditAction(action), by=By(clerk), subject="x")
    for _turn in range(52):
        record(AuditAction.REVEALED, by=By(clerk), subject="x")
    found = {str(item.label): item for item in waiting_for(auditor)}
    assert {label: item.count for label, item in found.items()} == {
        "近 7 天登录失败的记录": 1,
        "近 7 天越权被拒的记录": 1,
        "近 7 天查看完整信息的记录": 53,
    }
    client = client_of(auditor)
    assert [rows_behind(client, item.url) for item in found.values()] == [1, 1, 53]


def test_auditor_sees_objections_nobody_has_decided_on(client_of, auditor, lead, district, foreign_district):
    for union in (district, foreign_district):
        casework.objection(casework.on_notice(union))
        decided = {"outcome": "dismissed", "answer": "查无此事", "decided_by": lead, "decided_at": timezone.now()}
        casework.objection(casework.on_notice(union), **decided)
    item = next(item for item in waiting_for(auditor) if "异议" in str(item.label))
    assert (item.count, rows_behind(client_of(auditor), item.url)) == (2, 2)


def test_administrators_are_told_of_first_passwords_and_of_missing_years(
    client_of, admin, security, clerk, lead, monkeypatch
):
    User.objects.filter(pk__in=[clerk.pk, lead.pk]).update(must_change_password=True)
    User.objects.filter(pk=lead.pk).update(is_active=False)
    monkeypatch.setattr("portal.calendar.work_calendar.localdate", lambda: datetime.date(2026, 12, 1))
    found = {str(item.label): item for user in (security, admin) for item in waiting_for(user)}
    accounts, years = found["还在用首次密码的账号"], found["还没有录入放假安排的年份"]
    assert [account.username for account in client_of(security).get(accounts.url).context["rows"]] == [clerk.username]
    page = client_of(admin).get(years.url)
    assert (accounts.count, years.count, page.context["missing"]) == (1, 1, [2027])
    assert "2027 年的放假安排还没有录入" in page.text
    monkeypatch.setattr("portal.calendar.work_calendar.localdate", lambda: datetime.date(2026, 11, 30))
    assert "还没有录入放假安排的年份" not in waiting(admin)


def test_standards_of_the_year_are_asked_for_until_they_are_there(client_of, reviewer, admin, clerk):
    year = timezone.localdate().year
    campaign = make.campaign(year)
    AidStandard.objects.create(campaign=campaign, stage="senior", amount=3000)
    label = "还没有录入最低生活保障标准的年份"
    MinimumIncome.objects.filter(year__gte=year - 1).delete()
    assert (waiting(admin)[label], waiting(reviewer)[label]) == (2, 2)
    assert client_of(admin).get(reverse("minimumincome_list")).context["missing"] == [year - 1, year]
    MinimumIncome.objects.create(year=year - 1, city="上海市", monthly=1400)
    assert (waiting(admin)[label], waiting(reviewer)[label]) == (1, 1)
    assert '<td class="number">1,400.00</td>' in client_of(admin).get(reverse("minimumincome_list")).text
    assert f"{year} 年的标准还没有录入" in client_of(admin).get(reverse("minimumincome_list")).text
    stages = next(item for item in waiting_for(reviewer) if "学段" in str(item.label))
    blank = [field for field in client_of(reviewer).get(stages.url).context["form"] if field.initial is None]
    assert stages.count == len(blank) == len(Stage) - 1
    MinimumIncome.objects.create(year=year, city="上海市", monthly=1500)
    assert label not in waiting(admin)
    assert not {label for label in waiting(clerk) if "标准" in label}


def test_returned_cases_stand_first_until_they_are_sent_again(client_of, clerk, lead, district, foreign_district):
    back, plain = casework.answered(casework.case(district, "submitted")), casework.case(district)
    move_case(back, "return", by=By(lead), why=Why("incomplete"))
    item = next(item for item in waiting_for(clerk) if "退回修改" in str(item.label))
    page = client_of(clerk).get(item.url)
    assert (item.count, item.urgent) == (1, True)
    assert back.number in page.text
    assert plain.number not in page.text
    move_case(back, "submit", by=By(clerk))
    assert "被退回修改的助学申请" not in waiting(clerk)


def test_notices_wait_for_their_photo_and_for_being_taken_down(client_of, clerk, district, monkeypatch):
    notice = casework.notice(district, photo=False)
    photo, down = "还没有张贴照片的公示单", "公示期满、待撤下的公示单"
    clock = {"day": notice.first_day - datetime.timedelta(days=1)}
    monkeypatch.setattr("aid.models.casework.notice.localdate", lambda: clock["day"])
    assert not {photo, down} & set(waiting(clerk))
    clock["day"] = notice.last_day
    assert (waiting(clerk)[photo], waiting(clerk).get(down)) == (1, None)
    clock["day"] = notice.last_day + datetime.timedelta(days=1)
    found = {str(item.label): item for item in waiting_for(clerk)}
    client = client_of(clerk)
    assert [rows_behind(client, found[label].url) for label in (photo, down)] == [1, 1]
    PublicNotice.objects.update(status="taken_down")
    assert not {photo, down} & set(waiting(clerk))
