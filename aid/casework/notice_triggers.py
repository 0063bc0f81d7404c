"""Triggers that keep the cases of one notice in one campaign, whoever writes: its sheet has one year in the title.

The service refuses it in words (`notices.post_notice`); what gets past it is refused by the database.
"""

from collections.abc import Iterator

from django.db import migrations

from portal.models.append_only import running

NOTICED, CASES = "aid_noticedcase", "aid_aidcase"
REFUSAL = "cases of one notice are of one campaign"


def _forbidden() -> dict[tuple[str, str], str]:
    """By table and event: the condition, in SQL, under which a row must not be written."""
    shown = f"{NOTICED} other JOIN {CASES} mate ON mate.id = other.case_id WHERE NOT other.taken_off"
    campaign = f"(SELECT campaign_id FROM {CASES} WHERE id = NEW.case_id)"  # noqa: S608
    beside = "other.notice_id = NEW.notice_id AND other.id <> COALESCE(NEW.id, 0)"
    own = f"SELECT notice_id FROM {NOTICED} WHERE case_id = NEW.id AND NOT taken_off"  # noqa: S608
    joins = f"EXISTS (SELECT 1 FROM {shown} AND {beside} AND mate.campaign_id <> {campaign})"  # noqa: S608
    parts = f"other.notice_id IN ({own}) AND mate.id <> NEW.id AND mate.campaign_id <> NEW.campaign_id"
    return {
        (NOTICED, "insert"): joins,
        (NOTICED, "update"): joins,
        (CASES, "update"): f"NEW.campaign_id <> OLD.campaign_id AND EXISTS (SELECT 1 FROM {shown} AND {parts})",  # noqa: S608
    }


def _sqlite() -> Iterator[tuple[str, str]]:
    for (table, event), when in _forbidden().items():
        name, refuse = f"{table}_one_campaign_{event}", f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        yield f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} WHEN {when} {refuse}", f"DROP TRIGGER {name}"


def _postgresql() -> Iterator[tuple[str, str]]:
    """The condition of a trigger may not ask another table there: a function does."""
    for (table, event), when in _forbidden().items():
        name = f"{table}_one_campaign_{event}"
        body = f"BEGIN IF {when} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END IF;"
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} RETURN NEW; END $$",
            f"DROP FUNCTION {name}()",
        )
        before = f"BEFORE {event.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        yield f"CREATE TRIGGER {name} {before}", f"DROP TRIGGER {name} ON {table}"


STATEMENTS = {"postgresql": _postgresql, "sqlite": _sqlite}


def one_campaign_a_notice() -> migrations.RunPython:
    """The migration operation that makes the triggers, and takes them away when reversed.

    On SQLite a later change of the columns of either table drops or stumbles over them: such a migration must take
    them away first and make them again at its end. A test finds them.
    """
    return running(lambda editor: list(STATEMENTS[editor.connection.vendor]()))
