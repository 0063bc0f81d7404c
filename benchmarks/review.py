"""The reviewer's pages and a large unit's submission, with campaigns' worth of frozen reports; on PostgreSQL.

DATABASE_URL=postgres://…/bench python benchmarks/review.py [--units 120] [--cases 150000] [--large 5000]
"""

import argparse
import datetime
import hashlib
import math

import figures
import harness

HANDED_IN = datetime.datetime(2014, 9, 1, tzinfo=datetime.UTC)
KEPT = datetime.datetime(2014, 8, 1, tzinfo=datetime.UTC)
SUMMARY = b"%PDF-1.4"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=120)
    parser.add_argument("--cases", type=int, default=150_000)
    parser.add_argument("--large", type=int, default=5_000, help="aid cases of the campaign in the largest unit")
    size = parser.parse_args()
    harness.start()
    fill(size.units, size.cases, size.large)
    measure()


def fill(units: int, cases: int, large: int) -> None:
    """The city of the figures' benchmark, one of its units made large; the versions and reports of two campaigns."""
    from django.db import connection

    from portal.models import Campaign, Union

    merged = math.ceil(2 * large * units / cases)  # the cases of a unit are of two campaigns
    figures.fill(units + merged, cases)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        merge(cursor, "U1", [f"U{units + number + 1}" for number in range(merged)])
        keep_versions(cursor)
        pay_from(cursor)
    people()
    for campaign in Campaign.objects.order_by("year"):
        hand_in(campaign, list(Union.objects.reporting()))
    with connection.cursor() as cursor:
        change_records(cursor)
        cursor.execute("ANALYZE")


def versioned() -> list:
    """The kinds of record that keep their versions, reports aside."""
    from django.apps import apps

    from portal.models import VersionedRecord

    models = [model for app in ("aid", "employment") for model in apps.get_app_config(app).get_models()]
    return [model for model in models if issubclass(model, VersionedRecord)]


def merge(cursor, code: str, others: list[str]) -> None:
    """Give the records of the unions `others` to the union of `code`, and close them."""
    for model in versioned():
        cursor.execute(
            f"UPDATE {model._meta.db_table} SET union_id = u.id, union_path = u.path"  # noqa: S608
            " FROM portal_union u, portal_union o WHERE u.code = %s AND o.code = ANY(%s) AND union_id = o.id",
            [code, others],
        )
    cursor.execute("DELETE FROM portal_union WHERE code = ANY(%s)", [others])


def keep_versions(cursor) -> None:
    """The first version of every record."""
    for model in versioned():
        columns = ", ".join(field.column for field in model._meta.concrete_fields)
        cursor.execute(
            f"INSERT INTO {model.history.model._meta.db_table} ({columns}, history_date, history_type)"  # noqa: S608
            f" SELECT {columns}, %s, '+' FROM {model._meta.db_table}",
            [KEPT],
        )


def change_records(cursor) -> None:
    """A second version of every fiftieth record, after the reports were handed in."""
    for model in versioned():
        columns = ", ".join(field.column for field in model._meta.concrete_fields)
        cursor.execute(
            f"INSERT INTO {model.history.model._meta.db_table} ({columns}, history_date, history_type)"  # noqa: S608
            f" SELECT {columns}, %s, '~' FROM {model._meta.db_table} WHERE id %% 50 = 0",
            [HANDED_IN + datetime.timedelta(days=9)],
        )


def pay_from(cursor) -> None:
    """Money enough for what is paid, and payments no greater than the standard: no hard check stops the submission."""
    cursor.execute("UPDATE aid_contribution SET amount = amount * 20, confirmed_amount = amount * 20")
    cursor.execute("UPDATE aid_contribution SET received_on = received_on - 365 WHERE received_on > '2014-10-01'")


def people() -> None:
    from portal.models import Union, User

    for role, code in (("reviewer", "C"), ("lead", "U1")):
        union = Union.objects.get(code=code)
        User.objects.create_user(role, name=role, role=role, union=union, must_change_password=False)


def hand_in(campaign, units: list) -> None:
    """The reports of a campaign with figures and records frozen: of 2013 all accepted, of 2014 in every state.

    The largest unit's of 2014 is left to be handed in by the benchmark.
    """
    from portal.models import User
    from reports.models import Comment, Report, ReportEvent

    states = ("accepted", "accepted", "accepted", "submitted", "under_review", "returned", "draft")
    actor = User.objects.get(username="reviewer")
    for place, unit in enumerate(units):
        state = "accepted" if campaign.year == 2013 else states[place % len(states)]
        report = Report.objects.open(campaign, unit)
        if (unit.code == "U1" and campaign.year == 2014) or state == "draft":
            continue
        report.submission = freeze(report, actor)
        for step in ("submitted", state):  # one move at a time: the database lets no other change through
            report.state = step
            report.save()
        ReportEvent.objects.bulk_create(
            ReportEvent(report=report, move=move, state=state, actor=actor, submission=report.submission)
            for move in ("submit", "start_review", state)
        )
        Comment.objects.bulk_create(Comment(report=report, text="请核对", author=actor) for _each in range(20))


def freeze(report, actor):
    from reports.handed_in.freezing import snapshot
    from reports.models import FrozenFigure, FrozenRecords, Submission
    from reports.sealing.proving import seal
    from reports.sealing.snapshot import short_code

    frozen = snapshot(report)
    digest = frozen.digest
    made = Submission(
        report=report,
        number=1,
        submitted_at=HANDED_IN,
        submitted_by=actor,
        cut_off=frozen.content["cut_off"],
        content=frozen.content,
        digest=digest,
        code=short_code(digest),
    )
    made.place_in(report.union)
    made.save()
    FrozenFigure.objects.bulk_create(frozen.figures(made))
    FrozenRecords.objects.bulk_create(frozen.lists(made))
    seal(made, frozen)
    return made


def ready(report, actor) -> None:
    """Contact, summary, explanations: what a unit adds before it hands in."""
    from reports.models import Explanation, SummaryFile
    from reports.preparing.standing import standing

    report.contact_name, report.contact_telephone = "陈经办", "021-63211939"
    report.save()
    SummaryFile.objects.create(
        report=report,
        file_name="总结.pdf",
        content_type="application/pdf",
        content=SUMMARY,
        digest=hashlib.sha256(SUMMARY).hexdigest(),
        uploaded_by=actor,
    )
    for found in standing(report).unexplained:
        Explanation.objects.create(report=report, check_code=found.check.code, text="情况属实", made_by=actor)


def measure() -> None:
    from django.conf import settings
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from aid.models import AidCase
    from portal.audit import By
    from portal.kept.forgetting import forget_all
    from portal.models import Union, User
    from reports.handed_in.submission import submit_report
    from reports.models import Report
    from reports.preparing.standing import standing

    settings.SECOND_FACTOR_REQUIRED = False
    client = Client()
    client.force_login(User.objects.get(username="reviewer"), backend="portal.accounts.unused.TellingBackend")
    reviewed = Report.objects.filter(campaign__year=2014, state="submitted").first()
    large = Report.objects.select_related("campaign", "union").get(campaign__year=2014, union__code="U1")
    lead = User.objects.get(username="lead")
    ready(large, lead)

    def opened(address):
        response = client.get(address)
        if response.status_code != 200:
            message = f"{address}: {response.status_code}"
            raise AssertionError(message)

    def submitted():
        with transaction.atomic():
            submit_report(large, by=By(lead))
            transaction.set_rollback(True)

    cases = AidCase.objects.filter(campaign=large.campaign, union_path__startswith=large.union_path)
    pages = [
        ("board (aim: 0.3)", reverse("review_board") + "?campaign=2014"),
        ("review page (aim: 0.3)", reverse("review_show", args=[reviewed.pk])),
        ("city tables, form 1 (aim: 0.3)", reverse("consolidation") + "?campaign=2014&form=1"),
        ("city tables, form 2 (aim: 0.3)", reverse("consolidation") + "?campaign=2014&form=2"),
        ("city tables from live records", reverse("consolidation") + "?campaign=2014&live=1"),
    ]
    rows = [
        ("units", Union.objects.reporting().count()),
        ("aid cases of the campaign in the large unit", cases.count()),
    ]
    for label, address in pages:
        opened(address)
        with CaptureQueriesContext(connection) as queries:
            opened(address)
        asked = len(queries)  # the next request empties the log
        rows += [(label, harness.median_of(lambda: opened(address))), ("    queries", asked)]  # noqa: B023

    board = pages[0][1]
    rows.append(("board, changed records counted anew", harness.median_of(lambda: opened(board), before=forget_all)))
    rows.append(("live checks of the large unit", harness.median_of(lambda: standing(large))))
    afresh = harness.median_of(lambda: standing(large), before=forget_all)
    rows.append(("    with the city's mean counted anew", afresh))
    rows.append(("submitting the large unit (aim: 3)", harness.median_of(submitted)))
    harness.show(rows)


if __name__ == "__main__":
    main()
