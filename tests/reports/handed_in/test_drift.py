"""Drift: what has changed in the records since, who did it and when, without touching what is frozen."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from aid.enums import PaymentState
from reports.handed_in.drift import CAME, CHANGED, WENT, drift
from reports.sealing.snapshot import kept
from tests.reports import builders as make
from tests.reports.builders import change
from tests.reports.getting_ready import frozen, ready


@pytest.fixture
def payment(district):
    return make.payment(district, paid_on=make.IN_WINDOW)


@pytest.fixture
def submission(year_2014, district, payment):
    return frozen(ready(year_2014, district))


def test_nothing_drifts_by_itself(submission):
    assert drift(submission) == []


def test_record_mended_afterwards_is_told_with_who_and_when(submission, payment, clerk):
    before = kept(submission).digest
    change(payment, clerk, amount=Decimal("600.00"))
    (found,) = drift(submission)
    assert (found.kind, found.fact.name, found.pk, found.by) == (CHANGED, "disbursements", payment.pk, "陈经办")
    assert found.at == payment.history.first().history_date
    assert found.figures == ["paid", "paid_secondary"]
    assert [(b, a) for b, a in zip(found.before, found.after, strict=True) if b != a] == [("520.48", "600.00")]
    assert kept(submission).digest == before == submission.digest


def test_record_that_no_longer_counts_went_and_took_the_case_with_it(submission, payment, clerk):
    change(payment, clerk, status=PaymentState.FAILED)
    found = {(drifted.kind, drifted.fact.name): drifted for drifted in drift(submission)}
    assert set(found) == {(WENT, "disbursements"), (WENT, "cases")}
    assert found[WENT, "disbursements"].by == "陈经办"
    assert found[WENT, "disbursements"].after == []
    assert found[WENT, "cases"].figures == ["aided", "aided_secondary"]


def test_record_entered_afterwards_came(submission, district, clerk):
    event = make.event(district, held_on=date(2014, 8, 1))
    change(event, clerk, title="夏季招聘会")
    (found,) = drift(submission)
    assert (found.kind, found.pk, found.before, found.by) == (CAME, event.pk, [], "陈经办")
    assert found.figures == ["job_events", "event_posts"]


def test_record_that_is_gone_is_told_by_what_it_was(submission, payment):
    pk, number = payment.pk, payment.number
    type(payment).objects.filter(pk=pk).delete()
    gone = [drifted for drifted in drift(submission) if drifted.fact.name == "disbursements"]
    assert [(drifted.kind, drifted.pk, drifted.before[0]) for drifted in gone] == [(WENT, pk, number)]


def test_record_after_the_submissions_own_cut_off_is_no_drift(submission, district):
    make.event(district, held_on=date(2015, 3, 1))
    assert drift(submission) == []


def test_records_of_other_units_are_no_drift(submission, foreign_district):
    make.payment(foreign_district)
    make.event(foreign_district)
    assert drift(submission) == []


def test_page_tells_which_who_when_and_which_figures(client_of, lead, clerk, submission, payment, district):
    change(payment, clerk, amount=Decimal("600.00"))
    change(make.event(district), clerk)
    response = client_of(lead).get(reverse("submission_drift", args=[submission.pk]))
    body = response.content.decode()
    for words in ("520.48 → 600.00", "陈经办", "发放助学款", "0.052048", "0.06", "+0.007952", payment.number):
        assert words in body, words
    assert reverse("disbursement_detail", args=[payment.pk]) in body
    assert [count for _label, count in response.context["counts"]] == [1, 0, 1]


def test_page_without_drift_says_so(client_of, clerk, submission):
    assert "没有变化" in client_of(clerk).get(reverse("submission_drift", args=[submission.pk])).content.decode()
