"""Nothing is deleted without a word: every `.delete()` of the source stands here with the reason why it may."""

import ast

from tests.source import SOURCES, name_of, tree_of

LOGGED = "a choice, not a record: the audit row says what it was, by whom and when"
AGED = "kept for some days only, and nothing that was recorded"
MAY: dict[tuple[str, str], str] = {
    ("aid/casework/policies.py", "set_standards"): "a setting of the city; the audit row has the new values",
    ("aid/casework/shares.py", "_take_away"): "of a case nobody has checked; the audit row has what takes its place",
    ("aid/payments/batches.py", "remove_items"): "a line of a draft; the audit row names the cases",
    ("employment/attendance/services.py", "strike"): LOGGED,
    ("employment/proposals/services.py", "take_up_again"): LOGGED,
    ("portal/accounts/pace.py", "forget_spent"): AGED,
    ("portal/models/operating/refusal.py", "tell_rest"): AGED,
    ("portal/accounts/services.py", "reset_password"): "a second factor that was lost is bound to nobody",
    ("portal/calendar/work_calendar.py", "remove_day"): "the calendar, kept by the city; the audit row has the day",
    ("portal/calendar/work_calendar.py", "replace_year"): "the calendar: a year's notice takes the place of the last",
    ("portal/form_keys.py", "_forget_old"): AGED,
    ("portal/accounts/recovery.py", "forget_codes"): "codes that open nothing any more; what was done is told",
    ("portal/accounts/sessions.py", "end_own"): "a session that its owner ended; the log tells",
    ("portal/accounts/sessions.py", "end_sessions"): "sessions of who may no longer what they were opened for",
    ("portal/form_keys.py", "answered"): "the claim of a form of which nothing came",
    ("portal/jobs/sweeping.py", "wipe"): "a copy of records, fetched by its owner; the job and the audit row stay",
    ("portal/jobs/sweeping.py", "wipe_old"): AGED,
    ("portal/kept/forgetting.py", "forget_all"): "copies of what is counted; they are counted again",
    ("portal/kept/revisions.py", "fold"): "rows that are added up in the same transaction",
    ("portal/operating/duties.py", "forget_old_workers"): "a process that is gone; it never was a record",
    ("portal/operating/state.py", "forget_slow_pages"): AGED,
    ("portal/records/taking_back/undoing.py", "_remove"): "what an import made, unused so far; a version tells",
    ("portal/records/taking_back/undoing.py", "_remove_opened"): "persons and campaigns nobody else uses, likewise",
    ("portal/views/second_factor.py", "form_valid"): "the device that the new one replaces",
    ("portal/web/drafts.py", "forget_draft"): "what was typed and never saved",
    ("portal/web/drafts.py", "wipe_old_drafts"): AGED,
    ("portal/workbook/lists/steps/held.py", "drop"): "a row of a list that never became a record",
    (
        "portal/workbook/lists/steps/held.py",
        "reopen",
    ): "of a list that was taken back: it is checked anew, with them",
    ("portal/workbook/lists/steps/held.py", "sweep_lists"): AGED,
    ("portal/workbook/lists/steps/left.py", "keep_what_is_left"): "rows that came in, or take the place of themselves",
    ("portal/workbook/lists/steps/second.py", "agree_to_list"): "rows that came in",
    ("portal/workbook/uploading.py", "upload_workbook"): AGED,
    ("reports/preparing/adjustment_file.py", "remove_adjustment_file"): "of a draft; the version has the digest",
    ("reports/preparing/preparation.py", "withdraw_adjustment"): "of a draft; the version of the report says how much",
}


class Deletes(ast.NodeVisitor):
    """The names of the functions that call `.delete()`."""

    def __init__(self):
        self.inside: list[str] = []
        self.found: set[str] = set()

    def visit_FunctionDef(self, node):
        self.inside.append(node.name)
        self.generic_visit(node)
        self.inside.pop()

    def visit_Attribute(self, node):
        if node.attr in {"delete", "_raw_delete"}:
            self.found.add(self.inside[-1] if self.inside else "")
        self.generic_visit(node)


def deletes() -> set[tuple[str, str]]:
    found = set()
    for path in SOURCES:
        visitor = Deletes()
        visitor.visit(tree_of(path))
        found |= {(name_of(path), name) for name in visitor.found}
    return found


def test_every_delete_has_a_reason():
    assert deletes() == set(MAY)
    assert all(MAY.values())
