"""Tampered evidence is noticed on every read, and named; a row put in by hand is no submission."""

import importlib
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.audit import By
from reports.beside.comparison import current_values
from reports.city.bundle import write_bundle
from reports.city.consolidation import accepted_city, consolidate, kept_city
from reports.enums import ReportState
from reports.handed_in.submission import Returned, accept_report, return_report, submit_report
from reports.models import Consolidation, FrozenFigure, FrozenFile, FrozenRecords, Report, Seal, Submission
from reports.review.returned import to_do
from reports.review.reviewing import decide_on
from reports.sealing.proving import Tampered, is_proved, prove, proved_figures
from reports.sealing.snapshot import kept, short_code
from tests.reports import builders as make
from tests.reports.getting_ready import ready
from tests.reports.submissions import hand_in, report, set_state
from tests.tampering import past_triggers


class Untold:
    """The progress of work that nobody watches."""

    def begin(self, total): ...
    def step(self): ...


UNTOLD = Untold()


def on(model, change):
    def tamper(submission):
        past_triggers(model)
        change(model.objects.filter(**{"pk" if model is Submission else "submission": submission.pk}))

    return tamper


def extra_figure(submission):
    FrozenFigure.objects.create(submission=submission, slug="made_up", derived=7)


def moved_record(records):
    rows = records.get(fact="disbursements").rows
    records.filter(fact="disbursements").update(rows=[rows[0] | {"cells": ["D1", "x"]}])


TAMPERINGS = {
    "figure": on(FrozenFigure, lambda rows: rows.filter(slug="paid").update(derived=1)),
    "adjustment": on(FrozenFigure, lambda rows: rows.filter(slug="aided").update(adjustment=1)),
    "reason": on(FrozenFigure, lambda rows: rows.filter(slug="aided").update(adjustment_reason="补充")),
    "figure gone": on(FrozenFigure, lambda rows: rows.filter(slug="trainings")._raw_delete(using="default")),
    "figure more": extra_figure,
    "record": on(FrozenRecords, moved_record),
    "records gone": on(FrozenRecords, lambda rows: rows._raw_delete(using="default")),
    "content": on(Submission, lambda rows: rows.update(content={"unit_name": "别的单位"})),
    "cut-off": on(Submission, lambda rows: rows.update(cut_off="2014-01-01")),
    "number": on(Submission, lambda rows: rows.update(number=9)),
    "digest": on(Submission, lambda rows: rows.update(digest="0" * 64)),
    "code": on(Submission, lambda rows: rows.update(code="A" * 13)),
    "seal": on(Seal, lambda rows: rows.update(mark="0" * 64)),
    "seal gone": on(Seal, lambda rows: rows._raw_delete(using="default")),
}


@pytest.fixture
def submission(year_2014, district, lead):
    make.payment(district)
    return submit_report(ready(year_2014, district), by=By(lead))


def again(submission) -> Submission:
    return Submission.objects.select_related("report__campaign", "report__union").get(pk=submission.pk)


def test_what_was_handed_in_is_proved(submission):
    assert prove(again(submission)) == submission
    assert proved_figures([submission.pk]).broken == []


@pytest.mark.parametrize("tamper", TAMPERINGS.values(), ids=TAMPERINGS)
def test_no_row_is_changed_unnoticed(submission, tamper):
    tamper(submission)
    with pytest.raises(Tampered, match=again(submission).code):
        prove(again(submission))


PAGES = [
    *("submission_show", "submission_receipt", "submission_drift", "submission_drift_export"),
    *("submission_summary",),
]


@pytest.fixture
def reads(submission):
    """The address of everything that is read of a submission."""
    pk, of = submission.pk, submission.report_id
    return [
        *(reverse(name, args=[pk]) for name in PAGES),
        *(reverse("submission_download", args=[pk, 0, kind]) for kind in ("xlsx", "docx", "pdf")),
        *(reverse(name, args=[pk, "paid"]) for name in ("submission_records", "submission_records_export")),
        *(reverse(name, args=[of]) for name in ("review_show", "review_return", "report_show")),
        *(reverse(name, args=[of]) for name in ("report_summary_download", "report_movement")),
    ]


@pytest.mark.parametrize("tamper", ["figure", "record", "content", "seal gone"])
def test_every_read_refuses_and_names_it(client_of, reviewer, submission, reads, tamper):
    TAMPERINGS[tamper](submission)
    client = client_of(reviewer)
    for address in reads:
        answer = client.get(address)
        assert answer.status_code == 403, address
        assert submission.code in answer.content.decode(), address


def test_reads_of_what_is_whole_are_answered(client_of, reviewer, reads):
    client = client_of(reviewer)
    for address in reads:
        if not address.endswith(".pdf"):  # which takes seconds, and libraries of the system
            answer = client.get(address)
            assert (answer.status_code, bool(b"".join(answer))) == (200, True), address


def test_code_of_what_is_not_whole_tells_that_and_no_number(client_of, reviewer, submission):
    TAMPERINGS["figure"](submission)
    body = client_of(reviewer).get(reverse("verify"), {"code": submission.code}).content.decode()
    assert "与报送时的校验值不一致" in body
    assert "annex-blank" not in body


def test_comparison_with_the_submission_before_proves_both(client_of, reviewer, lead, submission):
    return_report(submission.report, figures=[], comment="请核对", by=By(reviewer))
    later = submit_report(submission.report, by=By(lead))
    TAMPERINGS["figure"](submission)
    answer = client_of(reviewer).get(reverse("submission_diff", args=[later.pk]))
    assert (answer.status_code, submission.code in answer.content.decode()) == (403, True)


def test_it_is_neither_accepted_nor_followed_by_another(submission, reviewer, lead):
    TAMPERINGS["figure"](submission)
    with pytest.raises(Tampered):
        decide_on(submission.report, seen=submission.pk, make=lambda current: accept_report(current, by=By(reviewer)))
    set_state(submission.report, ReportState.RETURNED)
    with pytest.raises(Tampered, match=submission.code):
        submit_report(Report.objects.get(), by=By(lead))
    assert (Submission.objects.count(), Report.objects.get().state) == (1, "returned")


@pytest.fixture
def accepted(year_2014, district, foreign_district):
    return [report(year_2014, unit, ReportState.ACCEPTED, aided=4) for unit in (district, foreign_district)]


def rows_of(*facts):
    return {fact: [{"pk": 1, "cells": ["D1", "2.00"], "figures": ["paid"]}] for fact in facts}


@pytest.mark.parametrize("tamper", ["figure", "figure gone", "figure more", "cut-off", "number", "seal gone"])
def test_city_over_it_is_refused_everywhere(client_of, reviewer, year_2014, accepted, tamper):
    made = consolidate(year_2014, by=By(reviewer))
    TAMPERINGS[tamper](accepted[1].submission)
    code = accepted[1].submission.code
    for read in (
        lambda: accepted_city(year_2014),
        lambda: kept_city(made),
        lambda: consolidate(year_2014, by=By(reviewer)),
    ):
        with pytest.raises(Tampered, match=code):
            read()
    client = client_of(reviewer)
    for address in (
        reverse("consolidation") + "?campaign=2014",
        reverse("consolidation_matrix") + "?campaign=2014",
        reverse("consolidation_kept", args=[made.pk]),
        reverse("consolidation_download", args=[2014, "xlsx"]),
    ):
        answer = client.get(address)
        assert (answer.status_code, code in answer.content.decode()) == (403, True), address
    assert client.post(reverse("consolidation_make", args=[2014])).status_code == 403
    assert Consolidation.objects.count() == 1


def test_consolidation_proves_records_and_content_too(year_2014, district, reviewer):
    of = report(year_2014, district)
    made = hand_in(of, rows=rows_of("disbursements"))
    set_state(of, ReportState.ACCEPTED)
    TAMPERINGS["record"](made)
    with pytest.raises(Tampered, match=made.code):
        consolidate(year_2014, by=By(reviewer))
    assert not Consolidation.objects.exists()


def test_bundle_of_it_is_refused(year_2014, district, city, submission, tmp_path):
    TAMPERINGS["record"](submission)
    with (tmp_path / "x.zip").open("wb") as file, pytest.raises(Tampered, match=submission.code):
        write_bundle(year_2014, city, file, UNTOLD, with_pdf=False)


def test_other_units_are_compared_without_it(year_2014, accepted):
    TAMPERINGS["figure"](accepted[1].submission)
    assert set(current_values(year_2014)) == {accepted[0].union_id}


def inserted(after: Submission, **changes) -> Submission:
    """A later submission as somebody writes it into the database, with its digest and code in order."""
    frozen = kept(after)
    frozen.content["number"] = after.number + 1
    made = Submission.objects.get(pk=after.pk)
    made.pk, made.number, made.content = None, after.number + 1, frozen.content
    made.digest = frozen.digest
    made.code = short_code(made.digest)
    made.save()
    FrozenFigure.objects.bulk_create(frozen.figures(made))
    FrozenRecords.objects.bulk_create(frozen.lists(made))
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def test_later_submission_put_in_by_hand_does_not_verify(client_of, reviewer, submission):
    made = inserted(submission)
    Report.objects.filter(pk=submission.report_id).update(submission=made)
    assert (is_proved(again(made)), proved_figures([made.pk]).broken) == (False, [made.pk])
    assert client_of(reviewer).get(reverse("review_show", args=[made.report_id])).status_code == 403


def test_seal_of_the_one_before_does_not_fit_the_one_put_in(submission):
    made, given = inserted(submission), Seal.objects.get()
    Seal.objects.create(submission=made, before=submission.digest, parts=given.parts, mark=given.mark)
    assert not is_proved(again(made))


def test_each_submission_carries_the_digest_of_the_one_before(submission, reviewer, lead):
    return_report(submission.report, figures=[], comment="请核对", by=By(reviewer))
    later = submit_report(submission.report, by=By(lead))
    assert [seal.before for seal in Seal.objects.order_by("submission")] == ["", submission.digest]
    inserted(later)
    assert is_proved(again(later))
    past_triggers(Submission)
    past_triggers(FrozenFigure)
    past_triggers(FrozenRecords)
    past_triggers(Seal)
    Seal.objects.filter(submission=submission).update(before=later.digest)
    assert not is_proved(again(submission))


def test_what_was_handed_in_before_there_were_seals_is_sealed_if_whole(submission, year_2014, foreign_district):
    broken = hand_in(Report.objects.open(year_2014, foreign_district), paid=Decimal(5))
    TAMPERINGS["figure"](broken)
    past_triggers(Seal)
    Seal.objects.all()._raw_delete(using="default")
    assert not is_proved(again(submission))
    importlib.import_module("reports.migrations.0009_seal_what_was_handed_in").seal_all(apps, None)
    assert (is_proved(again(submission)), is_proved(again(broken))) == (True, False)


def test_many_are_proved_by_as_many_queries_as_one(year_2014, accepted, bureau):
    counts = []
    for more in range(2):
        if more:
            accepted.append(report(year_2014, bureau, ReportState.ACCEPTED))
        asked = [each.submission_id for each in accepted]
        with CaptureQueriesContext(connection) as queries:
            proved_figures(asked)
        counts.append(len(queries))
    assert counts == [3, 3]


def test_last_years_figures_are_proved_before_they_stand_beside_this_years(client_of, lead, accepted, district):
    next_year = make.campaign(2015)
    of = ready(next_year, district)
    TAMPERINGS["figure"](Report.objects.get(campaign__year=2014, union=district).submission)
    answer = client_of(lead).get(reverse("report_show", args=[of.pk]))
    assert answer.status_code == 403
    assert "2014 东湖区总工会第 1 次报送" in answer.text


def test_to_do_after_a_return_is_proved(submission, reviewer):
    return_report(submission.report, figures=[Returned("paid", "mismatch")], comment="请核对", by=By(reviewer))
    TAMPERINGS["figure"](submission)
    with pytest.raises(Tampered):
        to_do(submission.report, {})


def test_bytes_of_a_file_are_proved_in_the_archive_and_when_taken_away(
    client_of, reviewer, year_2014, city, submission, tmp_path
):
    past_triggers(FrozenFile)
    FrozenFile.objects.filter(submission=submission).update(content=b"other")
    with (tmp_path / "all.zip").open("wb") as file, pytest.raises(Tampered, match=submission.code):
        write_bundle(year_2014, city, file, UNTOLD, with_pdf=False)
    answer = client_of(reviewer).get(reverse("report_summary_download", args=[submission.report_id]))
    assert answer.status_code == 403


def test_new_key_of_the_search_breaks_no_seal(submission, settings):
    settings.BLIND_INDEX_KEY = "44" * 32
    assert is_proved(submission)


def test_seals_of_an_earlier_key_still_prove_and_those_of_none_do_not(submission, settings):
    earlier, settings.SEAL_KEYS = settings.SEAL_KEYS, ["66" * 32, *settings.SEAL_KEYS]
    assert is_proved(submission)
    settings.SEAL_KEYS = ["66" * 32]
    assert not is_proved(submission)
    settings.SEAL_KEYS = earlier
    assert is_proved(submission)
