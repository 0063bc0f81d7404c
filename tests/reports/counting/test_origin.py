"""Where a figure comes from is said truly, and alike before and after it is handed in."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from portal.audit import By
from reports.counting.origin import frozen_origins, live_origin
from reports.figures import FIGURES
from reports.models import Report, TypedFigure
from reports.preparing.preparation import adjust_figure
from reports.preparing.typed import type_figure
from tests.reports import builders as make
from tests.reports.getting_ready import frozen, ready
from tests.reports.own_forms import with_own_form

TYPED = "由填报单位填写 1.20 万元（陈经办，2014-08-01），不从记录统计"
TOTAL = "由分项相加：筹集资金：社会捐助 0.10 + 慈善基金会 1.20 = 1.30 万元"
COUNTED = "按记录统计 0.10 万元"
ADJUSTED = "调整 +0.02 万元：另有捐赠"


@pytest.fixture
def report(year_2014, district, clerk):
    """1 000 yuan on record, 200 added by hand, 12 000 typed in."""
    with_own_form(year_2014)
    make.contribution(district, source="social", amount=Decimal(1000))
    made = ready(year_2014, district)
    adjust_figure(made, slug="raised_social", difference=Decimal(200), reason="另有捐赠", by=By(clerk))
    type_figure(made, slug="raised_foundation", value=Decimal(12000), by=By(clerk))
    day = datetime.datetime(2014, 8, 1, 1, tzinfo=datetime.UTC)
    TypedFigure.objects.update(made_at=day)
    return Report.objects.select_related("campaign", "union").get(pk=made.pk)


@pytest.fixture
def submission(report):
    submission = frozen(report)
    Report.objects.filter(pk=report.pk).update(submission=submission)
    Report.objects.filter(pk=report.pk).update(state="submitted")
    return submission


SAID = {
    "raised_social": (COUNTED, [ADJUSTED]),
    "raised_foundation": (TYPED, []),
    "raised_all": (TOTAL, [f"“筹集资金：社会捐助”{ADJUSTED}"]),
}


def words(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("slug", SAID)
def test_live_and_frozen_page_say_the_same(client_of, clerk, report, slug):
    said, adjusted = SAID[slug]
    client = client_of(clerk)
    live = client.get(reverse("figure_records", args=[2014, report.union.code, slug]))
    kept = client.get(reverse("submission_records", args=[frozen(report).pk, slug]))
    for page in (live, kept):
        assert (page.context["origin"].said, page.context["origin"].adjusted) == (said, adjusted)
        assert words(said) in words(page.content.decode())
    assert ("条记录" in kept.content.decode()) == (slug == "raised_social")


def test_who_typed_is_not_invented_for_a_submission_that_did_not_keep_it(submission):
    del submission.content["typed"]
    assert frozen_origins(submission)["raised_foundation"].said == "由填报单位填写 1.20 万元，不从记录统计"


def test_unit_without_a_report_has_counted_figures_alone(year_2014, district):
    origin = live_origin(FIGURES["paid"], {"paid": Decimal(5)}, None)
    assert (origin.said, origin.adjusted) == ("按记录统计 0.0005 万元", [])


@pytest.mark.parametrize("page", ["report_show", "review_show"])
def test_tables_mark_what_is_not_counted(client_of, reviewer, submission, page):
    text = words(client_of(reviewer).get(reverse(page, args=[submission.report_id])).content.decode())
    assert '1.20<spanclass="form-text">单位填写</span>' in text.replace("</a>", "")
    assert '1.30<spanclass="form-text">分项相加</span>' in text.replace("</a>", "")
    assert ">按记录统计</th>" not in text
    if page == "review_show":
        assert words(f"“筹集资金：社会捐助”{ADJUSTED}") in text


def test_page_of_the_submission_tells_what_adjusted_a_total(client_of, reviewer, submission):
    text = words(client_of(reviewer).get(reverse("submission_show", args=[submission.pk])).content.decode())
    assert words(f"“筹集资金：社会捐助”{ADJUSTED}") in text
