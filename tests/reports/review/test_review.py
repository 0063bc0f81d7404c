"""The reviewer before one report: compared figures, the moves, what a resubmission changed."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.audit import By
from portal.enums import UnionKind
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.beside.comparison import Peers, compared
from reports.beside.difference import figure_changes, record_changes
from reports.enums import ReportState
from reports.figures import FIGURES
from reports.handed_in.submission import accept_report
from reports.models import ReturnedFigure
from reports.review.reviewing import decide_on
from tests.factories import make_union
from tests.reports import builders as make
from tests.reports.submissions import hand_in, report


@pytest.fixture
def handed_in(year_2014, district):
    return report(
        year_2014,
        district,
        ReportState.SUBMITTED,
        aided=40,
        paid=Decimal("20819.20"),
        adjusted={"aided": (3, "外区转入三人")},
    )


@pytest.fixture
def browser(client_of, reviewer):
    return client_of(reviewer)


def show(browser, of):
    response = browser.get(reverse("review_show", args=[of.pk]))
    assert response.status_code == 200
    return response


def row_of(rows, slug):
    return next(row for row in rows if row.figure.slug == slug)


@pytest.mark.parametrize(
    ("value", "others", "median", "mad", "stands_out"),
    [
        # median 10, deviations 2 1 0 1 2, MAD 1: the limit is 3.5 × 1.4826 = 5.1891
        (Decimal("15.18"), [8, 9, 10, 11, 12], 10, 1, False),
        (Decimal("15.19"), [8, 9, 10, 11, 12], 10, 1, True),
        (Decimal("4.81"), [8, 9, 10, 11, 12], 10, 1, True),
        # MAD 0: the mean deviation of all six is 93 / 6, the limit 3.5 × 1.2533 × 15.5 = 67.99
        (100, [7, 7, 7, 7, 7], 7, 0, True),
        (7, [7, 7, 7, 7, 7], 7, 0, False),
        # mean deviation (2 + 2) / 6, the limit 2.92; with 20 it is (2 + 13) / 6, the limit 10.97
        (9, [7, 7, 7, 7, 9], 7, 0, False),
        (20, [7, 7, 7, 7, 9], 7, 0, True),
        (100, [7, 7, 7, 7], 7, 0, False),  # four are too few to tell
        (100, [8, 9, 10, 11], Decimal("9.5"), 1, False),
        (5, [4, 6], 5, 1, False),
    ],
)
def test_outlier_by_median_and_mad(value, others, median, mad, stands_out):
    peers = Peers.of(value, others)
    assert (peers.median, peers.mad, peers.stands_out) == (median, mad, stands_out)


def test_outlier_beside_no_other_unit_there_is_none():
    assert Peers.of(5, []) == Peers(0)


def test_figures_stand_beside_last_year_and_the_other_units(year_2014, handed_in, foreign_district, bureau, district):
    report(make.campaign(2013), district, ReportState.ACCEPTED, aided=30)
    report(year_2014, foreign_district, ReportState.SUBMITTED, aided=10, paid=Decimal(10000))
    report(year_2014, bureau, ReportState.ACCEPTED, aided=21, paid=Decimal(30000))
    rows = compared(handed_in.submission)
    assert [row.figure for row in rows] == list(FIGURES)
    aided, paid = row_of(rows, "aided"), row_of(rows, "paid")
    assert (aided.row.derived, aided.row.difference, aided.row.reported) == (40, 3, 43)
    assert (aided.row.last, aided.row.change) == (30, 13)
    assert (aided.peers.count, aided.average, paid.average) == (2, "15.5", "2.00")


def test_figures_stand_beside_units_of_the_same_kind_where_there_are_enough(year_2014, handed_in, city, bureau):
    report(year_2014, bureau, ReportState.SUBMITTED, aided=1000)
    for turn in range(5):
        rows = compared(handed_in.submission)
        assert row_of(rows, "aided").peers.count == 1 + turn  # too few districts: the bureau too
        district = make_union(city, f"31009{turn}", f"第{turn}区总工会", UnionKind.DISTRICT)
        report(year_2014, district, ReportState.SUBMITTED, aided=10 + turn)
    aided = row_of(compared(handed_in.submission), "aided")
    assert (aided.peers.count, aided.peers.median) == (5, 12)


def test_page_says_that_too_few_units_are_not_compared(browser, year_2014, handed_in, city):
    for turn in range(5):
        text = show(browser, handed_in).content.decode()
        assert "可比单位不足 5 个，不作比较。</p>" in text
        assert "没有与其他单位相差过大的指标" not in text
        assert "▲" not in text
        district = make_union(city, f"31009{turn}", f"第{turn}区总工会", UnionKind.DISTRICT)
        report(year_2014, district, ReportState.SUBMITTED, aided=10)
    text = show(browser, handed_in).content.decode()
    assert "可比单位不足 5 个，不作比较。</p>" not in text
    assert "▲ 明显高于其他单位（中位数 10.0）" in text


def test_page_shows_the_adjustment_with_its_reason_and_the_moves(browser, handed_in):
    text = show(browser, handed_in).content.decode()
    assert "外区转入三人" in text
    assert "43" in text
    for move in ("start_review", "accept"):
        assert reverse("review_move", args=[handed_in.pk, move]) in text
    assert reverse("review_return", args=[handed_in.pk]) in text


def test_page_of_an_accepted_report_offers_a_supplement_only(browser, handed_in, reviewer):
    accept_report(handed_in, by=By(reviewer))
    assert [move.name for move, _url in show(browser, handed_in).context["buttons"]] == ["supplement"]


def test_page_takes_as_many_queries_beside_three_units_as_beside_one(
    browser, year_2014, handed_in, foreign_district, bureau
):
    counts = []
    for union in (foreign_district, bureau):
        report(year_2014, union, ReportState.SUBMITTED, aided=10)
        with CaptureQueriesContext(connection) as queries:
            show(browser, handed_in)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_page_before_anything_was_handed_in_is_not_found(browser, year_2014, district):
    of = report(year_2014, district)
    assert browser.get(reverse("review_show", args=[of.pk])).status_code == 404


def test_moves_without_a_reason_are_buttons(browser, handed_in, reviewer):
    for move, state in (("start_review", "under_review"), ("accept", "accepted")):
        url = reverse("review_move", args=[handed_in.pk, move])
        assert browser.post(url, {"seen": handed_in.submission_id}).status_code == 302
        handed_in.refresh_from_db()
        assert handed_in.state == state
    assert [event.move for event in handed_in.events.order_by("id")] == ["start_review", "accept"]


@pytest.mark.parametrize("data", [{}, {"seen": "0"}])
def test_move_on_something_else_than_was_seen_is_refused(browser, handed_in, data):
    response = browser.post(reverse("review_move", args=[handed_in.pk, "accept"]), data, follow=True)
    handed_in.refresh_from_db()
    assert handed_in.state == ReportState.SUBMITTED
    assert "alert-danger" in response.content.decode()


def test_decision_on_a_submission_that_a_newer_one_replaced_is_refused(handed_in, reviewer):
    seen = handed_in.submission_id
    hand_in(handed_in, aided=41)
    with pytest.raises(MoveRefused, match="重新报送"):
        decide_on(handed_in, seen=seen, make=lambda current: accept_report(current, by=By(reviewer)))
    handed_in.refresh_from_db()
    assert handed_in.state == ReportState.SUBMITTED


@pytest.mark.parametrize("move", ["submit", "return", "nonsense"])
def test_move_that_is_no_button_is_not_found(browser, handed_in, move):
    url = reverse("review_move", args=[handed_in.pk, move])
    assert browser.post(url, {"seen": handed_in.submission_id}).status_code == 404


def test_return_form_gives_each_figure_its_coded_reason(browser, handed_in):
    url = reverse("review_return", args=[handed_in.pk])
    assert browser.get(url).status_code == 200
    data = {
        "seen": handed_in.submission_id,
        "comment": "请核对下列数字",
        "reason_aided": "adjustment",
        "text_aided": "请附转入证明",
        "reason_paid": "mismatch",
    }
    assert browser.post(url, data)["Location"] == reverse("review_show", args=[handed_in.pk])
    handed_in.refresh_from_db()
    assert handed_in.state == ReportState.RETURNED
    kept = ReturnedFigure.objects.order_by("slug").values_list("slug", "reason", "text")
    assert list(kept) == [("aided", "adjustment", "请附转入证明"), ("paid", "mismatch", "")]
    assert AuditEntry.objects.filter(action="returned").count() == 1
    text = show(browser, handed_in).content.decode()
    assert "请附转入证明" in text
    assert "调整理由不足" in text


@pytest.mark.parametrize(
    ("data", "fault"),
    [({}, "退回必须写明意见"), ({"comment": "请核对", "text_aided": "没有写原因代码"}, "请选择原因")],
)
def test_return_form_keeps_what_was_typed_when_something_is_missing(browser, handed_in, data, fault):
    given = {"seen": handed_in.submission_id, "reason_paid": "mismatch", "text_paid": "与凭证不符"} | data
    response = browser.post(reverse("review_return", args=[handed_in.pk]), given)
    text = response.content.decode()
    assert fault in text
    assert "与凭证不符" in text
    handed_in.refresh_from_db()
    assert handed_in.state == ReportState.SUBMITTED


def record(pk: int, amount: str, *figures: str) -> dict:
    return {"pk": pk, "cells": [f"D{pk}", amount], "figures": list(figures)}


@pytest.fixture
def resubmitted(year_2014, district):
    """A report handed in twice: one record came, one went, one changed, one stayed."""
    rows = [record(1, "100.00", "paid"), record(2, "200.00", "paid"), record(3, "300.00", "paid", "paid_basic")]
    of = report(year_2014, district, ReportState.SUBMITTED, paid=600, aided=3, rows={"disbursements": rows})
    rows = [record(1, "100.00", "paid"), record(2, "250.00", "paid"), record(4, "400.00", "paid")]
    hand_in(of, paid=750, aided=3, rows={"disbursements": rows}, adjusted={"aided": (1, "补登一人")})
    return of


def test_diff_is_figure_by_figure(resubmitted):
    before, after = resubmitted.submissions.order_by("number")
    changes = figure_changes(before, after)
    assert [(change.figure.slug, change.difference) for change in changes] == [("paid", 150), ("aided", 1)]


def test_diff_is_record_by_record(resubmitted):
    before, after = resubmitted.submissions.order_by("number")
    (found,) = record_changes(before, after)
    assert found.fact.name == "disbursements"
    assert [(change.kind, change.pk, change.cells) for change in found.changes] == [
        ("changed", 2, [("D2", "D2"), ("200.00", "250.00")]),
        ("went", 3, [("D3", ""), ("300.00", "")]),
        ("came", 4, [("", "D4"), ("", "400.00")]),
    ]
    assert [figure.slug for figure in found.changes[1].figures] == ["paid", "paid_basic"]


def test_record_that_is_only_counted_by_other_figures_is_not_told_as_changed(browser, year_2014, district):
    def rows(*figures):
        return {"disbursements": [record(1, "100.00", "paid"), record(2, "200.00", "paid", *figures)]}

    of = report(year_2014, district, ReportState.SUBMITTED, rows=rows("paid_basic"))
    hand_in(of, rows=rows("paid_secondary"))
    (found,) = record_changes(*of.submissions.order_by("number"))
    (change,) = found.changes
    assert (change.kind, change.pk) == ("recounted", 2)
    assert [figure.slug for figure in change.joined] == ["paid_secondary"]
    assert [figure.slug for figure in change.left] == ["paid_basic"]
    text = browser.get(reverse("submission_diff", args=[of.submission.pk])).content.decode()
    assert "<td>计入的数字有变化</td>" in text
    assert f"<td>新计入：{FIGURES['paid_secondary']}；不再计入：{FIGURES['paid_basic']}</td>" in text
    assert "改动" not in text


def test_diff_page_shows_both(browser, resubmitted):
    text = browser.get(reverse("submission_diff", args=[resubmitted.submission.pk])).content.decode()
    assert '<del class="review-was">200.00</del> <ins class="review-now">250.00</ins>' in text
    assert "补登一人" in text
    assert "+0.015" in text


def test_diff_of_a_first_submission_is_not_found(browser, handed_in):
    assert browser.get(reverse("submission_diff", args=[handed_in.submission.pk])).status_code == 404


def test_review_is_not_for_others(client_of, lead, auditor, handed_in):
    for user in (lead, auditor):
        assert client_of(user).get(reverse("review_show", args=[handed_in.pk])).status_code == 403
