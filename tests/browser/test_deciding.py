"""A lead decides cases one after the other and many at once; tabs turn, with and without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, expect

from aid.enums import CaseState
from aid.models import AidCase
from reports.enums import ReportState
from tests import builders
from tests.aid import cases as casework
from tests.aid import paying
from tests.browser import season
from tests.browser.accessible import NARROW, OFFICE, faults, overflow
from tests.browser.counting import count, counted
from tests.reports import builders as make
from tests.reports.getting_ready import ready
from tests.reports.submissions import report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_each_case_takes_one_press_and_the_next_none(window_of, lead, district):
    cases = [casework.on_notice(district) for _turn in range(3)]
    page = window_of(lead)
    count(page)
    page.goto(reverse("aidcase_detail", args=[cases[0].pk]))
    for of in cases:
        expect(page.get_by_role("heading", level=1)).to_contain_text(of.number)
        season.go(page.get_by_role("button", name="审批通过", exact=True))
    expect(page.get_by_text("没有等您办理的申请了。")).to_be_visible()
    assert counted(page).presses == 3
    assert set(AidCase.objects.values_list("status", flat=True)) == {CaseState.APPROVED}


def test_pages_of_a_decision_are_accessible_wide_and_narrow(window_of, lead, district):
    home = builders.household(district)
    of = casework.case(district, "submitted", child=make.child(district, household=home))
    casework.notice(district, of, photo=False)
    for options in ({}, {"viewport": NARROW}):
        page = window_of(lead, **options)
        for address in (reverse("case_decide"), reverse("aidcase_detail", args=[of.pk]), f"/households/{home.pk}/"):
            page.goto(address)
            assert (faults(page), overflow(page)) == ([], 0), address


@pytest.mark.parametrize("viewport", [OFFICE, NARROW], ids=["office", "narrow"])
def test_what_decides_stays_in_sight_wherever_one_reads(window_of, reviewer, district, viewport):
    campaign = make.campaign()
    handed_in = report(campaign, district, ReportState.UNDER_REVIEW)
    page = window_of(reviewer, viewport=viewport)
    for address, names in (("review_show", ("退回", "接收")), ("review_return", ("退回",))):
        page.goto(reverse(address, args=[handed_in.pk]))
        assert stays(page.locator(".portal-deciding"), *names)


def stays(where: Locator, *names: str) -> bool:
    """Whether what has these names there can be pressed at the top, in the middle and at the end of a long page."""
    page = where.page
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height > page.viewport_size["height"]
    for place in (0, height // 2, height):
        page.evaluate("top => window.scrollTo(0, top)", place)
        for name in names:
            expect(where.get_by_text(name, exact=True)).to_be_in_viewport(ratio=1)
    return True


@pytest.mark.parametrize("viewport", [OFFICE, NARROW], ids=["office", "narrow"])
def test_release_of_a_batch_and_submission_of_a_report_stay_in_sight(window_of, clerk, lead, district, viewport):
    campaign = make.campaign()
    paying.raised(district, 99_000)
    batch = paying.handed_over(campaign, clerk, [paying.case_to_pay(district) for _turn in range(20)])
    page = window_of(lead, viewport=viewport)
    page.goto(reverse("paymentbatch_release", args=[batch.pk]))
    assert stays(page.locator(".portal-deciding"), "复核发放")
    page.goto(reverse("report_submit", args=[ready(campaign, district).pk]))
    assert stays(page.locator(".portal-deciding"), "确认并报送")


def test_what_may_be_done_with_a_case_stays_beside_its_facts_or_is_one_press_away(window_of, lead, district):
    of = casework.on_notice(district)
    page = window_of(lead, viewport={"width": 1366, "height": 500})
    page.goto(reverse("aidcase_detail", args=[of.pk]))
    assert stays(page.locator(".case-now"), "审批通过")
    page.set_viewport_size(NARROW)
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    page.get_by_role("link", name="回到“办理”").click()
    expect(page.get_by_role("button", name="审批通过", exact=True)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("scripts", [True, False])
def test_tabs_turn_and_only_one_stands_open(window_of, clerk, district, scripts):
    home = builders.one_of_each(district)["household"]
    page = window_of(clerk, java_script_enabled=scripts)
    page.goto(f"/households/{home.pk}/?tab=child")
    expect(page.get_by_role("region", name="子女")).to_be_visible()
    expect(page.get_by_role("region", name="助学申请")).to_be_hidden()
    page.locator("label", has_text="助学申请").click()
    expect(page.get_by_role("region", name="助学申请")).to_be_visible()
    expect(page.get_by_role("region", name="子女", exact=True)).to_be_hidden()
