"""Triggers on the table of reports: which frozen submission counts, and how far a report is, is changed by moves alone.

Submissions refuse every change themselves; the report that points to one of them cannot, since moves change it. The
database refuses here what no move does, whoever asks: another report's or an older submission, a state that the table
of moves does not lead to, another unit, campaign or number, and to be gone.
"""

from collections.abc import Iterator

from django.db import migrations

from portal.models.append_only import running
from reports.workflow import REPORT_WORKFLOW

TABLE, SUBMISSIONS = "reports_report", "reports_submission"
REFUSAL = "what was handed in is kept"
EVENTS = ("insert", "update", "delete")


def allowed_moves() -> set[tuple[str, str]]:
    """From which state to which the table of moves leads. When it changes, a migration must make the triggers anew."""
    return {(str(source), str(move.target)) for move in REPORT_WORKFLOW.moves for source in move.sources}


def _forbidden(event: str) -> str:
    """The condition, in SQL, under which a row must not be inserted, updated or deleted."""
    return {
        "insert": "NEW.submission_id IS NOT NULL",
        "update": f"({_strange_submission()}) OR ({_no_move()}) OR ({_another_report()})",
        "delete": f"EXISTS (SELECT 1 FROM {SUBMISSIONS} WHERE report_id = OLD.id)",  # noqa: S608
    }[event]


def _strange_submission() -> str:
    """Another submission than before, and not a later one of the same report."""
    number_before = f"SELECT number FROM {SUBMISSIONS} WHERE id = OLD.submission_id"  # noqa: S608
    later = f"id = NEW.submission_id AND report_id = NEW.id AND number > COALESCE(({number_before}), 0)"
    changed = "COALESCE(NEW.submission_id, 0) <> COALESCE(OLD.submission_id, 0)"
    return f"{changed} AND NOT EXISTS (SELECT 1 FROM {SUBMISSIONS} WHERE {later})"  # noqa: S608


def _no_move() -> str:
    pairs = ", ".join(f"'{source}>{target}'" for source, target in sorted(allowed_moves()))
    return f"NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN ({pairs})"


def _another_report() -> str:
    changed = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in ("id", "campaign_id", "union_id", "number"))
    return f"OLD.submission_id IS NOT NULL AND ({changed})"


def _in_the_way(event: str) -> str:
    """On SQLite, INSERT and UPDATE OR REPLACE delete the rows in their way without firing a trigger for it."""
    same = "campaign_id = NEW.campaign_id AND union_id = NEW.union_id AND number = NEW.number"
    other = " AND id <> OLD.id" if event == "update" else ""
    kept = f"submission_id IS NOT NULL AND (id = NEW.id OR ({same})){other}"
    return f"EXISTS (SELECT 1 FROM {TABLE} WHERE {kept})"  # noqa: S608


def _sqlite() -> Iterator[tuple[str, str]]:
    for event in EVENTS:
        when = _forbidden(event) if event == "delete" else f"({_forbidden(event)}) OR {_in_the_way(event)}"
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        create = f"CREATE TRIGGER {TABLE}_kept_{event} BEFORE {event.upper()} ON {TABLE} WHEN {when} {refuse}"
        yield create, f"DROP TRIGGER {TABLE}_kept_{event}"


def _postgresql() -> Iterator[tuple[str, str]]:
    """The condition of a trigger may not ask another table there: a function does."""
    for event in EVENTS:
        name, row = f"{TABLE}_kept_{event}", "OLD" if event == "delete" else "NEW"
        refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'"
        body = f"BEGIN IF {_forbidden(event)} THEN {refuse}; END IF; RETURN {row}; END"
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
            f"DROP FUNCTION {name}()",
        )
        when = f"BEFORE {event.upper()} ON {TABLE} FOR EACH ROW"
        yield f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()", f"DROP TRIGGER {name} ON {TABLE}"


STATEMENTS = {"postgresql": _postgresql, "sqlite": _sqlite}


def keeping_reports() -> migrations.RunPython:
    """The migration operation that makes the triggers, and takes them away when reversed.

    On SQLite a later change of the reports' columns drops them, and one of the submissions' is refused while they
    stand: such a migration must take them away first and make them again at its end.
    """
    return running(lambda editor: list(STATEMENTS[editor.connection.vendor]()))
