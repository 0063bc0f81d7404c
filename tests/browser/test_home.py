"""The first page is one screen, and little is further than a press away."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from aid.models import AidCase
from portal.models import Campaign
from tests.aid import cases as casework
from tests.browser import season
from tests.browser.accessible import NARROW, faults, overflow
from tests.browser.counting import count, counted
from tests.builders import TELEPHONE, one_of_each
from tests.factories import UserFactory
from tests.reports import builders as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFICE = {"width": 1366, "height": 768}
ROLES = ("clerk", "lead", "reviewer", "auditor", "admin", "security")
YEAR = localdate().year


@pytest.fixture
def people(city, district):
    return {role: UserFactory(role=role, union=district if role in {"clerk", "lead"} else city) for role in ROLES}


def test_first_page_is_one_screen_without_faults_in_every_role(window_of, people, district, foreign_district, bureau):
    Campaign.objects.open(YEAR)
    for union in (district, foreign_district):
        one_of_each(union)
        casework.on_notice(union)
    for role in ROLES:
        page = window_of(people[role], viewport=OFFICE)
        assert page.evaluate("document.documentElement.scrollHeight") <= OFFICE["height"], role
        assert faults(page) == [], role
        page.set_viewport_size(NARROW)
        assert overflow(page) <= 0, role
        page.close()


def test_areas_are_without_faults_and_fit_a_telephone(window_of, people, district):
    Campaign.objects.open(YEAR)
    one_of_each(district)
    for role in ROLES:
        page = window_of(people[role], viewport=NARROW)
        for address in {each.get_attribute("href") for each in page.locator(".portal-areas a").all()} - {"/"}:
            page.goto(address)
            assert faults(page) == [], address
            assert overflow(page) <= 0, address
        page.close()


def test_case_that_waits_longest_is_one_press_away_and_decided_by_the_next(window_of, people, district):
    waiting = [casework.on_notice(district) for _turn in range(3)]
    longest = waiting[1]
    AidCase.objects.filter(pk=longest.pk).update(notice_from="2014-03-01", notice_to="2014-03-10")
    page = begin(window_of(people["lead"]))
    season.go(page.get_by_role("link", name="等得最久的"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(longest.number)
    assert counted(page).presses == 1
    season.go(page.get_by_role("button", name="审批通过", exact=True))
    longest.refresh_from_db()
    assert (longest.status, counted(page).presses) == ("approved", 2)


def test_late_units_are_one_press_away(window_of, people, district, foreign_district, bureau):
    campaign = Campaign.objects.open(YEAR)
    Campaign.objects.filter(pk=campaign.pk).update(due_on=campaign.starts_on)
    page = begin(window_of(people["reviewer"]))
    season.go(page.get_by_role("link", name="催报 3 个逾期未报的单位"))
    expect(page.get_by_role("main")).to_contain_text("逾期未报 3 个")
    assert counted(page).presses == 1


def test_annex_of_this_year_is_one_press_away(window_of, people, district):
    Campaign.objects.open(YEAR)
    page = begin(window_of(people["clerk"]))
    season.go(page.get_by_role("link", name=f"{YEAR} 年统计表"))
    expect(page.get_by_role("heading", level=1)).to_have_text("统计表")
    expect(page.locator(".annex-title")).to_contain_text(str(YEAR))
    assert counted(page).presses == 1


def test_telephone_for_a_call_back_is_two_presses_away(window_of, people, district):
    home = make.household(district, telephone=TELEPHONE)
    case = make.case(district, child=make.child(district, household=home))
    make.payment(district, case=case)
    page = begin(window_of(people["clerk"]))
    season.go(page.get_by_role("link", name="已发放、尚未回访的申请"))
    expect(page.get_by_role("main")).to_contain_text("共 1 条")
    season.go(page.get_by_role("button", name="回访", exact=True))
    expect(page.get_by_role("main")).to_contain_text(TELEPHONE)
    assert counted(page).presses == 2


def begin(page):
    """Count from the first page on."""
    count(page)
    page.goto("/")
    return page
