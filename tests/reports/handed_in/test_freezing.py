"""What was handed in stays as it was, can be proved, and is found again by its code."""

import re
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.audit import By
from portal.models.append_only import REFUSAL
from reports.annex.wording import WORDINGS
from reports.counting.derive import derive
from reports.counting.lineage import lineage
from reports.enums import ReportState
from reports.figures import FIGURES
from reports.figures.facts import FACTS
from reports.figures.registry import Window, by_fact
from reports.handed_in.freezing import frozen_rows
from reports.handed_in.guard import REFUSAL as KEPT
from reports.handed_in.guard import allowed_moves
from reports.handed_in.submission import Returned, return_report, submit_report
from reports.models import FrozenFigure, FrozenFile, FrozenRecords, Report, ReportEvent, ReturnedFigure, Submission
from reports.preparing.preparation import adjust_figure
from reports.render.frozen import FrozenForms, frozen_list
from reports.sealing.snapshot import kept
from tests.factories import UserFactory
from tests.reports import builders as make
from tests.reports.getting_ready import PDF_DIGEST, frozen, ready
from tests.reports.submissions import hand_in
from tests.reports.submissions import report as report_in
from tests.tampering import TAMPERINGS

MOVES = {
    ("draft", "submitted"),
    ("returned", "submitted"),
    ("submitted", "under_review"),
    ("under_review", "under_review"),
    ("submitted", "returned"),
    ("under_review", "returned"),
    ("submitted", "accepted"),
    ("under_review", "accepted"),
    ("accepted", "accepted"),
}
MODELS = (Submission, FrozenFigure, FrozenRecords, FrozenFile, ReportEvent, ReturnedFigure)


@pytest.fixture
def payment(district):
    return make.payment(district)


@pytest.fixture
def submission(year_2014, district, payment, lead, clerk):
    """A unit with a record of every fact, one figure adjusted."""
    make.contribution(district)
    make.entry(district)
    make.practice_post(district)
    make.graduate(district)
    make.assistance(district, kind="internship")
    make.event(district)
    report = ready(year_2014, district)
    adjust_figure(report, slug="event_posts", difference=Decimal(12), reason="另有岗位", by=By(clerk))
    return submit_report(ready(year_2014, district), by=By(lead))


def test_figures_are_those_derived_when_it_was_handed_in(submission, year_2014, district):
    derived = derive(year_2014, district)
    kept_figures = {figure.slug: figure.derived for figure in submission.figures.order_by("pk")}
    assert kept_figures == derived
    assert list(kept_figures) == [figure.slug for figure in FIGURES]


def test_records_behind_every_figure_are_those_it_counts(submission, year_2014, district):
    counted = 0
    for figure in FIGURES:
        found = lineage(figure, year_2014, district)
        rows = submission.records.get(fact=figure.fact.name).rows
        pks = sorted(row["pk"] for row in rows if figure.slug in row["figures"])
        assert pks == sorted(found.values_list("pk", flat=True)), figure.slug
        counted += len(pks)
    assert counted > 10


def test_frozen_cells_are_those_that_the_live_list_shows(submission, district):
    shown = 0
    for kept_rows in submission.records.all():
        (fact,) = (fact for fact in FACTS if fact.name == kept_rows.fact)
        for row in kept_rows.rows:
            record = fact.model.objects.get(pk=row["pk"])
            assert row["cells"] == [column.text(record, district.path) for column in fact.columns]
            shown += 1
    assert shown > 7


@pytest.mark.parametrize(
    "more", [make.payment, make.contribution, make.entry, make.practice_post, make.graduate, make.event]
)
def test_records_are_frozen_by_as_many_queries_for_three_as_for_one(year_2014, district, more):
    counts = []
    for _turn in range(2):
        more(district)
        with CaptureQueriesContext(connection) as queries:
            for members in by_fact(FIGURES):
                frozen_rows(members, Window.of(year_2014), district)
        counts.append(len(queries))
        more(district)
    assert counts[0] == counts[1]


def test_wording_contact_and_cut_off_are_frozen(submission, year_2014):
    content = submission.content
    assert content["wording"] == {str(number): wording for number, wording in WORDINGS.items()}
    assert (content["contact_name"], content["unit_name"]) == ("陈经办", "东湖区总工会")
    assert content["summary"]["digest"] == PDF_DIGEST
    assert Submission.objects.get(pk=submission.pk).cut_off == year_2014.ends_on


def test_digest_recomputed_from_the_stored_rows_is_the_stored_one(submission):
    again = Submission.objects.get(pk=submission.pk)
    assert kept(again).digest == again.digest
    assert again.code == submission.code


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("tamper", TAMPERINGS.values(), ids=TAMPERINGS)
def test_frozen_rows_refuse_every_change(submission, reviewer, model, tamper):
    report = Report.objects.get(pk=submission.report_id)
    return_report(report, figures=[Returned("paid", "mismatch")], comment="请核对", by=By(reviewer))
    before = list(model.objects.order_by("pk").values())
    assert before
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        tamper(model)
    assert list(model.objects.order_by("pk").values()) == before


@pytest.fixture
def again(submission, reviewer, lead):
    """The same report handed in a second time, and one of another year beside it."""
    report = Report.objects.get(pk=submission.report_id)
    return_report(report, figures=[], comment="请核对", by=By(reviewer))
    submit_report(report, by=By(lead))
    hand_in(Report.objects.open(make.campaign(2013), report.union))
    return Report.objects.get(pk=report.pk)


POINTINGS = {
    "none": "UPDATE reports_report SET submission_id = NULL, state = 'draft' WHERE id = {report}",
    "nothing": "UPDATE reports_report SET submission_id = NULL WHERE id = {report}",
    "an older one": "UPDATE reports_report SET submission_id = {older} WHERE id = {report}",
    "another report's": "UPDATE reports_report SET submission_id = {others} WHERE id = {report}",
    "of a draft": "UPDATE reports_report SET submission_id = {others} WHERE id = {draft}",
    "another number": "UPDATE reports_report SET number = 7 WHERE id = {report}",
    "another year": "UPDATE reports_report SET campaign_id = {year} WHERE id = {report}",
    "gone": "DELETE FROM reports_report WHERE id = {report}",
    "all gone": "DELETE FROM reports_report",
    "made anew": "INSERT INTO reports_report ({columns}) SELECT {elsewhere} FROM reports_report WHERE id = {report}",
    "in the place": "INSERT OR REPLACE INTO reports_report ({columns}) SELECT {columns} FROM reports_report",
    "moved into the place": "UPDATE OR REPLACE reports_report SET campaign_id = {same}, number = 0 WHERE id = {draft}",
}


@pytest.mark.parametrize("statement", POINTINGS.values(), ids=POINTINGS)
def test_report_counts_by_what_it_handed_in_last_whatever_sql_says(again, statement):
    older, *_later = again.submissions.order_by("number").values_list("pk", flat=True)
    other = Report.objects.get(campaign__year=2013)
    draft = Report.objects.open(make.campaign(2012), again.union)
    columns = [field.column for field in Report._meta.concrete_fields]
    elsewhere = {"id": "99999", "number": "9"}
    words = {
        "report": again.pk,
        "older": older,
        "others": other.submission_id,
        "draft": draft.pk,
        "year": draft.campaign_id,
        "same": again.campaign_id,
        "columns": ", ".join(columns),
        "elsewhere": ", ".join(elsewhere.get(column, column) for column in columns),
    }
    before = list(Report.objects.order_by("pk").values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(**words))
    assert list(Report.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("state", ReportState)
def test_state_changes_as_the_table_of_moves_has_it_and_not_otherwise(year_2014, district, state):
    report = report_in(year_2014, district, state)
    for target in set(ReportState) - {state}:
        change = Report.objects.filter(pk=report.pk)
        if (state, target) in MOVES:
            with transaction.atomic():
                change.update(state=target, submission=hand_in(report))
                transaction.set_rollback(True)
        else:
            with pytest.raises(DatabaseError, match=KEPT), transaction.atomic():
                change.update(state=target)
        assert Report.objects.get().state == state


def test_moves_are_those_the_triggers_were_made_of():
    """When this changes, a migration has to make the triggers anew (`keeping_reports`), then this is changed, too."""
    assert allowed_moves() == MOVES


def test_report_never_handed_in_may_go(year_2014, district):
    Report.objects.open(year_2014, district).delete()
    assert not Report.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", [1, 2])
def test_emptying_between_transactional_tests_leaves_the_report_kept(_round, year_2014, district):
    report = report_in(year_2014, district, ReportState.SUBMITTED)
    with pytest.raises(DatabaseError, match=KEPT):
        Report.objects.filter(pk=report.pk)._raw_delete(using="default")
    assert Report.objects.count() == 1


def test_record_mended_afterwards_changes_nothing_frozen(submission, payment):
    digest = kept(submission).digest
    payment.amount = Decimal(999)
    payment.save()
    assert kept(Submission.objects.get(pk=submission.pk)).digest == digest == submission.digest
    assert frozen_list(submission, "paid").row.reported == Decimal("520.48")


def test_forms_print_from_what_was_frozen(submission, district, monkeypatch):
    monkeypatch.setitem(WORDINGS, 1, "别的标题\n1. {paid}\n")
    type(district).objects.filter(pk=district.pk).update(name="改名后的工会")
    forms = FrozenForms.of(Submission.objects.get(pk=submission.pk))
    assert forms.form(1).title == "2014 年上海工会金秋助学情况统计表"
    assert forms.spaces == {"填报单位": "东湖区总工会", "填报人": "陈经办", "联系电话": "021-63211939"}
    assert (forms.text("paid"), forms.text("event_posts")) == ("0.052048", "42")


@pytest.fixture
def page(client_of, clerk):
    client = client_of(clerk)
    return lambda name, *args, **query: client.get(reverse(name, args=args), query)


def test_page_shows_both_forms_the_adjustment_and_the_proof(page, submission):
    body = page("submission_show", submission.pk).content.decode()
    for words in (submission.digest, submission.code, "0.052048", "另有岗位", "已重新计算，一致", "陈经办"):
        assert words in body
    assert body.count('class="annex-blank"') == len(FIGURES)


def test_page_of_a_figure_lists_its_frozen_records(page, submission, payment):
    number = payment.number
    type(payment).objects.filter(pk=payment.pk).update(number="改过的编号")
    response = page("submission_records", submission.pk, "paid")
    assert response.context["count"] == 1
    assert number in response.content.decode()
    assert "改过的编号" not in response.content.decode()
    assert page("submission_records", submission.pk, "nonsense").status_code == 404


def test_page_of_every_figure_opens(page, submission):
    for figure in FIGURES:
        assert page("submission_records", submission.pk, figure.slug).status_code == 200


def test_long_lists_are_paged(page, year_2014, district):
    for _turn in range(51):
        make.event(district)
    submission = frozen(ready(year_2014, district))
    response = page("submission_records", submission.pk, "job_events", page=2)
    assert (response.context["count"], len(response.context["table"].rows)) == (51, 1)


@pytest.mark.parametrize("write", [str, str.lower, lambda code: f" {code[:4]}-{code[4:]} "])
def test_code_opens_the_frozen_figures_however_it_is_typed(page, submission, write):
    body = page("verify", code=write(submission.code)).content.decode()
    assert submission.digest in body
    assert "0.052048" in body


def test_unknown_and_foreign_codes_get_one_answer(page, year_2014, foreign_district):
    foreign = frozen(ready(year_2014, foreign_district))
    unknown = "A" * len(foreign.code)
    answers = []
    for code in (foreign.code, unknown):
        body = page("verify", code=code).content.decode().replace(code, "")
        answers.append(re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", body))
    assert answers[0] == answers[1]
    assert "没有这个核验码" in answers[0]


def test_earlier_submission_is_told_from_the_last(page, submission, lead, reviewer):
    report = Report.objects.get(pk=submission.report_id)
    return_report(report, figures=[], comment="请核对", by=By(reviewer))
    submit_report(report, by=By(lead))
    assert "这不是最后一次报送" in page("verify", code=submission.code).content.decode()


@pytest.mark.parametrize("name", ["submission_show", "submission_receipt", "submission_drift"])
@pytest.mark.parametrize("where", ["foreign_district", "grassroots"])
def test_pages_of_a_submission_are_not_found_outside_the_scope(client_of, submission, name, where, request):
    stranger = UserFactory(union=request.getfixturevalue(where))
    assert client_of(stranger).get(reverse(name, args=[submission.pk])).status_code == 404
