"""Every write of the source raises the revision of the units whose records it writes, or stands here with why not.

What is counted over a unit is kept until its revision is raised (decision 0016): a write that raises none would leave
a number standing that no longer holds.
"""

import ast

from tests.source import SOURCES, name_of, tree_of

WRITING = {
    "save",
    "update",
    "create",
    "bulk_create",
    "bulk_update",
    "delete",
    "_raw_delete",
    "get_or_create",
    "update_or_create",
    "bulk_create_with_history",
    "bulk_update_with_history",
    "executemany",
}
RAISING = {"raising", "raise_units"}

KEEPS = "along with a record of the same unit that is kept, by this function or the one that calls it, which raises"
OF_NO_UNIT = "what is written belongs to no union: settings, people, the log, the tree, other systems"
GUARD = "the guard in the database; what a page shows of the ledger is counted from the records"
PERSONAL = "a person's own: an account, a draft, a choice of columns"
RUNNING = "how the portal runs, and what is kept itself"
ON_THE_WAY = "what somebody brought and is no record yet; what was done with it"
REPORTING = "of reports, of which nothing is kept: they are asked each time"

MAY: dict[tuple[str, str], str] = {
    ("portal/second_lock/postgresql/base.py", "executemany"): "the driver's cursor itself: who writes by it raises",
    ("aid/cards/prefixes.py", "load_prefixes"): OF_NO_UNIT,
    ("aid/casework/moving.py", "move_case"): KEEPS,
    ("aid/casework/notices.py", "_show"): KEEPS,
    ("aid/casework/notices.py", "board_of"): KEEPS,
    ("aid/casework/objections.py", "correct_ruling"): KEEPS,
    ("aid/casework/policies.py", "set_standards"): OF_NO_UNIT,
    ("aid/payments/amounts.py", "set_amounts"): KEEPS,
    ("aid/payments/bank/returns.py", "settle_return"): KEEPS,
    ("aid/payments/batches.py", "add_cases"): KEEPS,
    ("aid/payments/batches.py", "cancel_batch"): KEEPS,
    ("aid/payments/batches.py", "remove_items"): KEEPS,
    ("aid/payments/ledger.py", "after"): GUARD,
    ("aid/payments/ledger.py", "give_back"): GUARD,
    ("aid/payments/ledger.py", "settle"): GUARD,
    ("aid/payments/ledger.py", "take"): GUARD,
    ("aid/payments/receipts.py", "unsign_items"): KEEPS,
    ("aid/payments/release.py", "_freeze"): KEEPS,
    ("aid/payments/release.py", "_keep_results"): KEEPS,
    ("aid/views/payments/bank_layout.py", "post"): OF_NO_UNIT,
    ("aid/oversight/pack.py", "record_packs"): OF_NO_UNIT,
    ("portal/accounts/pace.py", "forget_spent"): RUNNING,
    ("portal/models/operating/pace.py", "give_back"): RUNNING,
    ("portal/models/operating/pace.py", "take"): RUNNING,
    ("portal/models/operating/refusal.py", "_tell_rest_of"): RUNNING,
    ("portal/models/operating/refusal.py", "counts"): RUNNING,
    ("portal/models/operating/refusal.py", "tell"): RUNNING,
    ("portal/models/operating/refusal.py", "tell_rest"): RUNNING,
    ("portal/accounts/recovery.py", "forget_codes"): PERSONAL,
    ("portal/accounts/recovery.py", "make_codes"): PERSONAL,
    ("portal/accounts/recovery.py", "note_change"): PERSONAL,
    ("portal/accounts/recovery.py", "use_code"): PERSONAL,
    ("portal/account_lists/letters.py", "_keep"): PERSONAL,
    ("portal/account_lists/services.py", "_confirm"): PERSONAL,
    ("portal/account_lists/services.py", "check_batch"): PERSONAL,
    ("portal/account_lists/services.py", "keep_batch"): PERSONAL,
    ("portal/account_lists/sweeping.py", "lapse_batches"): PERSONAL,
    ("portal/accounts/second_person.py", "_settle"): PERSONAL,
    ("portal/accounts/second_person.py", "_tell"): PERSONAL,
    ("portal/accounts/second_person.py", "_tell_all"): PERSONAL,
    ("portal/accounts/second_person.py", "ask_to_open"): PERSONAL,
    ("portal/accounts/second_person.py", "settle_all"): PERSONAL,
    ("portal/accounts/services.py", "open_accounts"): PERSONAL,
    ("portal/accounts/second_person.py", "ask"): PERSONAL,
    ("portal/accounts/second_person.py", "take_over"): PERSONAL,
    ("portal/accounts/services.py", "change_account"): PERSONAL,
    ("portal/accounts/services.py", "create_account"): PERSONAL,
    ("portal/accounts/services.py", "renew_first_password"): PERSONAL,
    ("portal/accounts/services.py", "reset_password"): PERSONAL,
    ("portal/accounts/sessions.py", "end_own"): PERSONAL,
    ("portal/accounts/sessions.py", "end_sessions"): PERSONAL,
    ("portal/accounts/unused.py", "_suspend"): PERSONAL,
    ("portal/api/calling.py", "_once"): OF_NO_UNIT,
    ("portal/api/tokens.py", "_counted"): OF_NO_UNIT,
    ("portal/audit.py", "record"): OF_NO_UNIT,
    ("portal/calendar/holidays.py", "fill_calendar"): OF_NO_UNIT,
    ("portal/calendar/work_calendar.py", "remove_day"): OF_NO_UNIT,
    ("portal/calendar/work_calendar.py", "replace_year"): OF_NO_UNIT,
    ("portal/calendar/work_calendar.py", "set_day"): OF_NO_UNIT,
    ("portal/codes/changing.py", "_write"): OF_NO_UNIT,
    ("portal/desk/announcing.py", "announce"): OF_NO_UNIT,
    ("portal/desk/announcing.py", "mark_read"): OF_NO_UNIT,
    ("portal/evidence/sealing.py", "_link"): OF_NO_UNIT,
    ("portal/form_keys.py", "_forget_old"): PERSONAL,
    ("portal/form_keys.py", "answered"): PERSONAL,
    ("portal/form_keys.py", "claim"): PERSONAL,
    ("portal/form_keys.py", "keep_receipt"): PERSONAL,
    ("portal/form_keys.py", "keep_receipts"): PERSONAL,
    ("portal/handover/own.py", "take_drafts"): PERSONAL,
    ("portal/handover/service.py", "hand_over"): PERSONAL,
    ("portal/jobs/progress.py", "_write"): RUNNING,
    ("portal/jobs/running.py", "_fail"): RUNNING,
    ("portal/jobs/running.py", "_finish"): RUNNING,
    ("portal/jobs/starting.py", "give_up"): RUNNING,
    ("portal/jobs/running.py", "run_job"): RUNNING,
    ("portal/jobs/starting.py", "start"): RUNNING,
    ("portal/jobs/sweeping.py", "_see_to"): RUNNING,
    ("portal/jobs/sweeping.py", "see_to_silent"): RUNNING,
    ("portal/jobs/beating.py", "_beat"): RUNNING,
    ("portal/jobs/sweeping.py", "wipe"): RUNNING,
    ("portal/views/job.py", "get"): RUNNING,
    ("portal/jobs/sweeping.py", "wipe_old"): RUNNING,
    ("portal/kept/counts.py", "_keep"): RUNNING,
    ("portal/kept/forgetting.py", "forget_all"): RUNNING,
    ("portal/kept/revisions.py", "fold"): RUNNING,
    ("portal/kept/revisions.py", "raise_units"): RUNNING,
    ("portal/migrating.py", "fold"): RUNNING,
    ("portal/manual/tour.py", "end_tour"): PERSONAL,
    ("portal/models/campaign.py", "open"): OF_NO_UNIT,
    ("portal/operating/duties.py", "did"): RUNNING,
    ("portal/operating/duties.py", "failed_at"): RUNNING,
    ("portal/operating/duties.py", "forget_old_workers"): RUNNING,
    ("portal/operating/middleware.py", "note_slow"): RUNNING,
    ("portal/operating/reencrypting.py", "_move_row"): "the same content, sealed anew",
    ("portal/operating/state.py", "forget_slow_pages"): RUNNING,
    ("portal/messaging/digest.py", "_write"): PERSONAL,
    ("portal/messaging/sending.py", "_put_off"): PERSONAL,
    ("portal/messaging/sending.py", "_send"): PERSONAL,
    ("portal/messaging/sending.py", "tell_people"): PERSONAL,
    ("portal/messaging/ways.py", "_end"): PERSONAL,
    ("portal/messaging/ways.py", "open_way"): PERSONAL,
    ("portal/outside/sending.py", "deliver"): OF_NO_UNIT,
    ("portal/outside/systems.py", "add_webhook"): OF_NO_UNIT,
    ("portal/outside/systems.py", "end_system"): OF_NO_UNIT,
    ("portal/outside/systems.py", "end_token"): OF_NO_UNIT,
    ("portal/outside/systems.py", "end_webhook"): OF_NO_UNIT,
    ("portal/outside/systems.py", "make_token"): OF_NO_UNIT,
    ("portal/outside/systems.py", "open_system"): OF_NO_UNIT,
    ("portal/outside/telling.py", "tell"): OF_NO_UNIT,
    ("portal/printouts/making.py", "record_printing"): OF_NO_UNIT,
    ("portal/records/consent.py", "answer"): PERSONAL,
    ("portal/records/consent.py", "ask_to_reveal"): PERSONAL,
    ("portal/records/editing/many.py", "_tell"): OF_NO_UNIT,
    ("portal/records/grid/saving.py", "_write"): OF_NO_UNIT,
    ("portal/records/lists/own_list.py", "_kept"): PERSONAL,
    ("portal/records/lists/own_list.py", "arrange"): PERSONAL,
    ("portal/records/lists/own_list.py", "forget_filter"): PERSONAL,
    ("portal/records/lists/own_list.py", "open_with_every_year"): PERSONAL,
    ("portal/records/lists/own_list.py", "save_filter"): PERSONAL,
    ("portal/records/taking_back/acts.py", "_take"): ON_THE_WAY,
    ("portal/records/taking_back/acts.py", "_tell"): ON_THE_WAY,
    ("portal/records/taking_back/undoing.py", "_keep_versions"): KEEPS,
    ("portal/records/taking_back/undoing.py", "_remove_opened"): OF_NO_UNIT,
    ("portal/unions/keeping.py", "close_union"): OF_NO_UNIT,
    ("portal/unions/keeping.py", "rename_union"): OF_NO_UNIT,
    ("portal/unions/loading.py", "_load"): OF_NO_UNIT,
    ("portal/unions/merging.py", "_merged"): OF_NO_UNIT,
    ("portal/unions/places.py", "add_union"): OF_NO_UNIT,
    ("portal/unions/places.py", "move_in_tree"): OF_NO_UNIT,
    ("portal/views/password.py", "form_valid"): PERSONAL,
    ("portal/views/second_factor.py", "device"): PERSONAL,
    ("portal/views/second_factor.py", "form_valid"): PERSONAL,
    ("portal/web/busy.py", "_kept"): PERSONAL,
    ("portal/web/drafts.py", "forget_draft"): PERSONAL,
    ("portal/web/drafts.py", "keep_draft"): PERSONAL,
    ("portal/web/drafts.py", "move_draft"): PERSONAL,
    ("portal/web/drafts.py", "wipe_old_drafts"): PERSONAL,
    ("portal/workbook/importing/trace.py", "keep"): ON_THE_WAY,
    ("portal/workbook/importing/writing.py", "park"): KEEPS,
    ("portal/workbook/importing/writing.py", "write"): OF_NO_UNIT,
    ("portal/workbook/lists/steps/draft.py", "save"): ON_THE_WAY,
    ("portal/workbook/lists/steps/habits.py", "_keep"): ON_THE_WAY,
    ("portal/workbook/lists/steps/held.py", "complete"): ON_THE_WAY,
    ("portal/workbook/lists/steps/held.py", "drop"): ON_THE_WAY,
    ("portal/workbook/lists/steps/held.py", "reopen"): ON_THE_WAY,
    ("portal/workbook/lists/steps/held.py", "sweep_lists"): ON_THE_WAY,
    ("portal/workbook/lists/steps/later.py", "came_later"): ON_THE_WAY,
    ("portal/workbook/lists/steps/left.py", "hold"): ON_THE_WAY,
    ("portal/workbook/lists/steps/left.py", "keep_reasons"): ON_THE_WAY,
    ("portal/workbook/lists/steps/left.py", "keep_what_is_left"): ON_THE_WAY,
    ("portal/workbook/lists/steps/second.py", "_show"): ON_THE_WAY,
    ("portal/workbook/lists/steps/second.py", "agree_to_list"): ON_THE_WAY,
    ("portal/workbook/lists/steps/second.py", "refuse_list"): ON_THE_WAY,
    ("portal/workbook/lists/steps/uploads.py", "_reopen"): ON_THE_WAY,
    ("portal/workbook/lists/steps/uploads.py", "check_list"): ON_THE_WAY,
    ("portal/workbook/lists/steps/uploads.py", "keep"): ON_THE_WAY,
    ("portal/workbook/lists/steps/uploads.py", "upload_list"): ON_THE_WAY,
    ("portal/workbook/numbers.py", "remember_gone"): "numbers that are not given again; nothing counts them",
    ("portal/workbook/uploading.py", "_keep"): ON_THE_WAY,
    ("portal/workbook/uploading.py", "refuse_upload"): ON_THE_WAY,
    ("portal/workbook/uploading.py", "upload_workbook"): ON_THE_WAY,
    ("portal/workflow.py", "apply"): KEEPS,
    ("reports/campaign/campaigns.py", "make_next"): OF_NO_UNIT,
    ("reports/campaign/campaigns.py", "open_earlier"): OF_NO_UNIT,
    ("reports/city/consolidation.py", "consolidate"): REPORTING,
    ("reports/city/contact.py", "set_city_contact"): REPORTING,
    ("reports/demo/around/national.py", "set_own_standards"): OF_NO_UNIT,
    ("reports/demo/city.py", "load_city"): OF_NO_UNIT,
    ("reports/handed_in/files.py", "freeze_files"): REPORTING,
    ("reports/handed_in/submission.py", "_freeze"): REPORTING,
    ("reports/handed_in/submission.py", "endorse_report"): REPORTING,
    ("reports/handed_in/submission.py", "return_report"): REPORTING,
    ("reports/models/report.py", "open"): REPORTING,
    ("reports/preparing/adjustment_file.py", "remove_adjustment_file"): REPORTING,
    ("reports/preparing/explaining.py", "_explain"): REPORTING,
    ("reports/preparing/preparation.py", "adjust_figure"): REPORTING,
    ("reports/preparing/preparation.py", "withdraw_adjustment"): REPORTING,
    ("reports/preparing/typed.py", "type_figure"): REPORTING,
    ("reports/review/commenting.py", "_add"): REPORTING,
    ("reports/review/reminding.py", "_write"): REPORTING,
    ("reports/review/supplementing.py", "_copy"): REPORTING,
    ("reports/review/supplementing.py", "open_supplement"): REPORTING,
    ("reports/sealing/proving.py", "seal"): REPORTING,
    ("reports/sealing/proving.py", "seal_older"): REPORTING,
}


class Writes(ast.NodeVisitor):
    """The functions that call what writes, and those that raise."""

    def __init__(self):
        self.inside: list[str] = []
        self.writing: set[str] = set()
        self.raising: set[str] = set()

    def visit_FunctionDef(self, node):
        self.inside.append(node.name)
        self.generic_visit(node)
        self.inside.pop()

    def visit_Call(self, node):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        # A set, a dict or a file is given something; rows are updated by keywords and saved as they are.
        given = {"update": bool(node.keywords), "save": not node.args}
        for names, found in ((WRITING, self.writing), (RAISING, self.raising)):
            if called in names and given.get(called, True):
                found.add(self.inside[-1] if self.inside else "")
        self.generic_visit(node)


def not_raising() -> set[tuple[str, str]]:
    found = set()
    for path in SOURCES:
        visitor = Writes()
        visitor.visit(tree_of(path))
        found |= {(name_of(path), name) for name in visitor.writing - visitor.raising}
    return found


def test_every_write_raises_or_says_why_it_need_not():
    assert not_raising() == set(MAY)
    assert all(MAY.values())
