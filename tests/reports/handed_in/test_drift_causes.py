"""Drift compares facts, and names the record that was changed, in what, by whom and when."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aid.enums import PaymentState
from portal.models import VersionedRecord
from portal.unions.moves import move_union
from reports.figures import FIGURES
from reports.figures.registry import Window, by_fact
from reports.handed_in.causes import read_fields
from reports.handed_in.drift import CAME, CHANGED, WENT, changed_records, drift
from tests.reports import builders as make
from tests.reports.builders import change
from tests.reports.getting_ready import frozen, ready


def told(submission) -> dict:
    """What drifted, with the causes in words."""
    return {
        (found.kind, found.fact.name, found.pk): [(cause.what, cause.by) for cause in found.causes]
        for found in drift(submission)
    }


def on_board(submission) -> int:
    return changed_records(submission.report.campaign, [submission.pk])[submission.pk]


@pytest.fixture
def payment(grassroots, clerk):
    """A payment whose family, child and case have their versions, as everything in the portal has."""
    made = make.payment(grassroots)
    for record in (made.case.child.household, made.case.child, made.case, made):
        change(record, clerk)
    return made


@pytest.fixture
def submission(year_2014, district, payment):
    return frozen(ready(year_2014, district))


def test_name_of_a_union_is_no_fact(submission, payment, grassroots, clerk):
    grassroots.name = "改了名的工会"
    grassroots.save()
    for record in (payment, payment.case, payment.case.child):
        change(record, clerk)
    assert (told(submission), on_board(submission)) == ({}, 0)


def test_move_within_the_unit_changes_nothing(submission, grassroots, sibling, admin):
    move_union(grassroots, under=sibling, actor=admin)
    assert (told(submission), on_board(submission)) == ({}, 0)


def test_move_to_another_unit_takes_away_there_and_brings_here(
    year_2014, submission, payment, grassroots, foreign_district, admin
):
    theirs = frozen(ready(year_2014, foreign_district))
    move_union(grassroots, under=foreign_district, actor=admin)
    act = "“东湖纺织厂工会”由“东湖区总工会”划入“西山区总工会”"
    facts = (("cases", "助学申请", payment.case), ("disbursements", "助学款发放", payment))
    for kind, of in ((WENT, submission), (CAME, theirs)):
        expected = {
            (kind, name, each.pk): {(f"{label} {each.number}：{act}", str(admin))} for name, label, each in facts
        }
        found = told(of)
        assert found.keys() == expected.keys()
        assert all(expected[key] <= set(found[key]) for key in expected)
        assert on_board(of) == 2


def test_case_that_went_by_its_payment_names_the_payment(submission, payment, lead):
    change(payment, lead, status=PaymentState.FAILED)
    cause = [(f"助学款发放 {payment.number}：状态", "李审核")]
    assert told(submission) == {
        (WENT, "disbursements", payment.pk): cause,
        (WENT, "cases", payment.case_id): cause,
    }
    assert on_board(submission) == 2


def test_payment_that_was_booked_to_another_case_is_a_change_of_both(submission, payment, grassroots, clerk, lead):
    other = change(make.case(grassroots), clerk)
    before = payment.case
    change(payment, lead, case=other)
    cause = [(f"助学款发放 {payment.number}：助学申请", "李审核")]
    found = told(submission)
    assert found[WENT, "cases", before.pk] == cause
    assert cause[0] in found[CAME, "cases", other.pk]


def test_name_of_a_child_is_told_with_the_child_wherever_it_is_shown(submission, payment, clerk):
    child = change(payment.case.child, clerk, name="王大明")
    cause = [("子女 王大明：姓名", "陈经办")]
    assert told(submission) == {
        (CHANGED, "disbursements", payment.pk): cause,
        (CHANGED, "cases", payment.case_id): cause,
    }
    assert {found.at for found in drift(submission)} == {child.history.first().history_date}


def test_later_entry_takes_the_place_of_the_earlier_and_is_named(year_2014, grassroots, clerk, lead):
    entry = make.entry(grassroots, entered_on=date(2014, 5, 1))
    submission = frozen(ready(year_2014, grassroots.reporting_unit()))
    later = change(make.entry(grassroots, child=entry.child, entered_on=date(2014, 6, 1)), lead)
    cause = [(f"升学 {later.number}：修改", "李审核")]
    assert told(submission) == {(WENT, "entries", entry.pk): cause, (CAME, "entries", later.pk): cause}


def test_each_hand_is_told_with_what_it_did(submission, payment, clerk, lead):
    change(payment, clerk, amount=Decimal("600.00"))
    change(payment, lead, paid_on=date(2014, 7, 2))
    assert told(submission)[CHANGED, "disbursements", payment.pk] == [
        (f"助学款发放 {payment.number}：金额(元)", "陈经办"),
        (f"助学款发放 {payment.number}：发放日期", "李审核"),
    ]


def test_what_was_changed_back_is_no_change(submission, payment, clerk):
    change(payment, clerk, amount=Decimal("600.00"))
    change(payment, clerk, amount=Decimal("520.48"))
    assert (told(submission), on_board(submission)) == ({}, 0)


def test_what_no_figure_asks_and_no_list_shows_is_no_cause(submission, payment, clerk, lead):
    change(payment.case.child.household, lead, telephone="021-63211939")
    assert told(submission) == {}
    change(payment.case.child, clerk, name="王大明")
    assert {by for causes in told(submission).values() for _what, by in causes} == {"陈经办"}


def test_family_that_went_to_another_unit_is_where_it_is(submission, payment, foreign_grassroots, foreign_clerk):
    home, child = payment.case.child.household, payment.case.child
    for record in (home, child):
        record.place_in(foreign_grassroots)
        change(record, foreign_clerk)
    assert (told(submission), on_board(submission)) == ({}, 0)


def test_people_of_another_unit_are_not_named(submission, payment, foreign_clerk):
    change(payment, foreign_clerk, amount=Decimal("600.00"))
    (found,) = drift(submission)
    assert found.by == "其他单位人员"


def test_page_names_the_related_record(submission, payment, client_of, lead, clerk):
    change(payment.case.child, clerk, name="王大明")
    page = client_of(lead).get(reverse("submission_drift", args=[submission.pk])).content.decode()
    assert "子女 王大明：姓名（陈经办 " in page
    assert "子女姓名：王小明 → 王大明" in page


def test_question_of_every_fact_asks_only_records_whose_versions_are_looked_at(year_2014):
    """Or a change in another would move a figure, and drift would not notice."""
    window = Window.of(year_2014, date(2014, 8, 31))
    for members in by_fact(FIGURES):
        fact = members[0].fact
        asked = {model for model in read_fields(members, window) if issubclass(model, VersionedRecord)}
        assert asked <= {fact.model, *fact.versioned.values()}, fact.name


def test_numbers_of_the_board_take_as_many_queries_for_three_changes_as_for_one(
    year_2014, submission, district, clerk, monkeypatch
):
    monkeypatch.setattr("portal.kept.revisions.FOLDED_FROM", 1000)  # added up now and then, not each time
    counts = []
    for more in (1, 2):
        for _turn in range(more):
            change(make.payment(district), clerk)
        with CaptureQueriesContext(connection) as queries:
            assert on_board(submission) > 0
        counts.append(len(queries))
    assert counts[0] == counts[1]
