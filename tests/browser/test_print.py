"""What a printer gets of the core pages: the contents, and nothing to click; no column is cut off at the edge."""

import pytest
from django.urls import reverse

from aid.models import Transfer
from portal.models import Union
from reports.enums import ReportState
from tests import builders
from tests.aid import cases as casework
from tests.aid import paying
from tests.factories import UserFactory
from tests.reports.submissions import report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAPER = {"width": 718, "height": 1047}  # A4 less margins of 10 mm, at 96 dots an inch

# What only a screen can use, and is still there.
LEFT_OVER = """() => {
  const seen = (element) => element.checkVisibility({checkVisibilityCSS: true, checkOpacity: true})
    && element.getBoundingClientRect().width > 1;
  const useless = "nav, button, .btn, input:not([type=hidden]), select, textarea, form:not(.portal-printed), "
    + ".portal-bar, .portal-tabs, .portal-skip, .portal-actions, .portal-pages, .portal-messages";
  const left = [...document.querySelectorAll(useless)].filter(seen).map((each) => each.outerHTML.slice(0, 120));
  const page = document.documentElement;
  return page.scrollWidth > page.clientWidth ? [...left, "wider than the sheet"] : left;
}"""


def core_pages(union: Union, made: dict) -> list[tuple[str, str]]:
    """Addresses, each with words that must be on the sheet."""
    home, case = made["household"], made["aidcase"]
    of_report = report(case.campaign, union, ReportState.SUBMITTED)
    return [
        ("/", "您好"),
        *((reverse(f"{name}_list"), "曾") for name in ("household", "child", "aidcase", "graduate", "disbursement")),
        (reverse("household_detail", args=[home.pk]), home.number),
        (reverse("household_timeline", args=[home.pk]), "建档"),
        (reverse("aidcase_detail", args=[case.pk]), case.number),
        (reverse("paymentbatch_detail", args=[paying.batch_in(union).pk]), "金额合计"),
        (reverse("publicnotice_detail", args=[casework.noticed(casework.on_notice(union)).notice.pk]), "公示"),
        (reverse("transfer_show", args=[Transfer.objects.get().pk]), home.number),
        (reverse("ledger"), "资金台账"),
        (reverse("visitplan"), "走访"),
        (reverse("report_show", args=[of_report.pk]), "发放助学款"),
        (f"{reverse('annex')}?campaign=2014&unit={union.code}", "金秋助学情况统计表"),
    ]


@pytest.mark.parametrize("role", ["clerk", "auditor"])
def test_printed_page_has_its_contents_and_nothing_to_click(window_of, city, district, foreign_district, role):
    user = UserFactory(role=role, union=district if role == "clerk" else city)
    made = builders.one_of_each(district)
    builders.transfer(made["household"], foreign_district)
    page, wrong = window_of(user, viewport=PAPER), {}
    for address, words in core_pages(district, made):
        answer = page.goto(address)
        assert answer.status == 200, address
        page.emulate_media(media="screen")
        assert page.evaluate(LEFT_OVER), address  # the same page on a screen has what is looked for
        page.emulate_media(media="print")
        missing = [] if words in page.locator("main").inner_text() else [f"without {words}"]
        if found := [*page.evaluate(LEFT_OVER), *missing]:
            wrong[address] = found
    assert wrong == {}
