"""An empty portal says what to begin with, ticks it, and says no more once the work has begun."""

from django.utils.timezone import localdate

from aid.models import AidStandard, MinimumIncome
from portal.desk.first_steps import all_first_steps, first_steps_for
from portal.models import Campaign
from tests.reports import builders as make
from tests.reports.submissions import hand_in, report

YEAR = localdate().year


def steps(user) -> dict[str, bool]:
    return {str(step.label): step.is_done for step in first_steps_for(user)}


def test_clerk_begins_with_a_list_or_a_family_and_ends_with_a_case(client_of, clerk, district, foreign_district):
    make.household(foreign_district)
    assert steps(clerk) == {"导入已有的 Excel 清单": False, "或逐户建档": False, "登记第一份助学申请": False}
    make.household(district)
    assert steps(clerk) == {"导入已有的 Excel 清单": False, "或逐户建档": True, "登记第一份助学申请": False}
    page = client_of(clerk).get("/").text
    assert "从这里开始" in page
    assert page.count('class="home-done"') == 1
    make.case(district)
    assert steps(clerk) == {}
    assert "从这里开始" not in client_of(clerk).get("/").text


def test_reviewer_opens_the_year_and_sets_the_standards(reviewer, district):
    MinimumIncome.objects.all().delete()
    labels = ("开设本年度活动", "审核第一份报表", "录入本年度最低生活保障标准", "定本年度帮扶标准")
    begun = dict.fromkeys(labels, False)
    assert steps(reviewer) == begun
    campaign = Campaign.objects.open(YEAR)
    MinimumIncome.objects.create(year=YEAR, city="上海市", monthly=1500)
    AidStandard.objects.create(campaign=campaign, stage="senior", amount=3000)
    assert steps(reviewer) == dict.fromkeys(begun, True) | {"审核第一份报表": False}
    hand_in(report(campaign, district))
    assert steps(reviewer) == {}


def test_administrators_need_unions_and_people(admin, security, request):
    unions, people = "载入工会名录", "为各单位开设账号"
    assert (steps(admin)[unions], steps(security)[people]) == (False, False)
    assert (people in steps(admin), unions in steps(security)) == (False, False)
    request.getfixturevalue("clerk")
    assert (steps(admin)[unions], steps(security)) == (True, {})  # all that was hers is done


def test_auditor_has_nothing_to_begin_with(auditor):
    assert steps(auditor) == {}


def test_first_steps_are_two_queries_and_open(client_of, django_assert_num_queries, clerk, reviewer, admin):
    with django_assert_num_queries(2):
        found = first_steps_for(clerk)
    others = [(user, first_steps_for(user)) for user in (reviewer, admin)]
    for user, seen in ((clerk, found), *others):
        assert {client_of(user).get(step.url).status_code for step in seen} == {200}
    assert len({str(step.label) for step in all_first_steps()}) == len(all_first_steps())
