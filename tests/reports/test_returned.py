"""The unit's list of what to do after a return: records, thread, and whether it is done."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.enums import ReturnReason
from reports.handed_in import submission as services
from reports.handed_in.submission import Returned
from reports.models import Adjustment
from reports.preparing.standing import standing
from reports.review.commenting import add_comment
from reports.review.returned import to_do
from tests.reports import builders as make
from tests.reports.preparing import ready

SLUGS = ("aided", "raised", "paid")


@pytest.fixture
def returned(year_2014, district, lead, reviewer):
    """A report with one payment of 520.48 and one contribution of 7979.40 yuan, given back for three figures."""
    make.payment(district)
    make.contribution(district)
    of = ready(year_2014, district)
    services.submit_report(of, actor=lead)
    of.refresh_from_db()
    figures = [Returned(slug, ReturnReason.MISMATCH, f"请核对{slug}") for slug in SLUGS]
    services.return_report(of, figures=figures, comment="三处不符", actor=reviewer)
    return of


def items(of) -> dict:
    return {item.figure.slug: item for item in to_do(of, standing(of).rows).items}


def test_nothing_is_done_at_first(returned):
    found = items(returned)
    assert list(found) == list(SLUGS)
    assert {(item.is_done, item.words) for item in found.values()} == {(False, "未改")}


def test_mended_record_adjustment_and_answer_are_seen(returned, district, lead, reviewer):
    make.contribution(district, amount=2000)
    Adjustment.objects.create(report=returned, slug="aided", difference=2, reason="转入两人", made_by=lead)
    add_comment(returned, slug="paid", text="与凭证一致", actor=lead)
    found = items(returned)
    assert found["raised"].words == "已改：0.79794 → 0.99794"
    assert found["aided"].words == "已改：1 → 3"
    assert (found["paid"].is_done, found["paid"].is_changed, found["paid"].words) == (True, False, "已答复，数字未改")
    assert to_do(returned, standing(returned).rows).done == 3


def test_what_the_reviewer_says_is_no_answer(returned, reviewer):
    add_comment(returned, slug="paid", text="请附凭证", actor=reviewer)
    assert not items(returned)["paid"].is_done


def test_list_leads_to_records_and_thread(client_of, returned, district, lead):
    make.contribution(district, amount=2000)
    page = client_of(lead).get(reverse("report_show", args=[returned.pk])).content.decode()
    todo = page[page.index("退回后要办的事") : page.index("</ol>", page.index("退回后要办的事"))]
    for slug in SLUGS:
        assert reverse("figure_records", args=[2014, district.code, slug]) in todo
        assert reverse("figure_comments", args=[returned.pk, slug]) in todo
        assert f"请核对{slug}" in todo
    assert "已办 1 / 3" in " ".join(todo.split())
    assert "已改：0.79794 → 0.99794" in todo


def test_box_says_that_all_is_done_only_when_every_returned_figure_is(client_of, returned, district, lead):
    """`aided` and `paid` answered, `raised` mended; nothing else is in the way from the beginning."""
    page, all_done = client_of(lead), "都办好了，可以报送"

    def box() -> str:
        body = page.get(reverse("report_show", args=[returned.pk])).text
        return body[body.index('aria-labelledby="report-steps"') : body.index("portal-definitions")]

    assert ("退回的数字还有 3 个没有办" in box(), all_done in box()) == (True, False)
    add_comment(returned, slug="aided", text="与凭证一致", actor=lead)
    add_comment(returned, slug="paid", text="与凭证一致", actor=lead)
    assert ("退回的数字还有 1 个没有办" in box(), all_done in box()) == (True, False)
    make.contribution(district, amount=2000)
    assert ("没有办" in box(), all_done in box()) == (False, True)


def test_list_is_gone_once_it_is_handed_in_again(client_of, returned, lead):
    services.submit_report(returned, actor=lead)
    assert "退回后要办的事" not in client_of(lead).get(reverse("report_show", args=[returned.pk])).content.decode()


def test_as_many_queries_for_three_figures_as_for_one(returned, lead, reviewer):
    counts = []
    for slugs in (SLUGS[:1], SLUGS):
        services.submit_report(returned, actor=lead)
        returned.refresh_from_db()
        figures = [Returned(slug, ReturnReason.MISMATCH) for slug in slugs]
        services.return_report(returned, figures=figures, comment="请核对", actor=reviewer)
        rows = standing(returned).rows
        with CaptureQueriesContext(connection) as queries:
            assert len(to_do(returned, rows).items) == len(slugs)
        counts.append(len(queries))
    assert counts[0] == counts[1]
