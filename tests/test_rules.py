"""Rules that no test of one page can hold: what the source may not do, and each place that may with the reason."""

import ast
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.rules import (
    ASKED,
    Nodes,
    Placed,
    before_it_stands,
    by_shell,
    nodes_of,
    past_the_orm,
    placed,
    runs_what_it_reads,
    unescaped,
    unscoped,
    without_csrf,
)
from tests.source import EVERY, ROOT, SOURCES, name_of

Places = dict[tuple[str, str], str]

FIXED = "statements that stand in the source; what varies is a parameter"
OURS = "names of our own tables, triggers, indexes and policies, from the models; nothing that anybody typed"
COMPILED = "a statement that Django made of a queryset, with its parameters beside it"
SQL: Places = {
    ("aid/payments/coverage.py", "_counted"): COMPILED,
    ("portal/backup/facts.py", "rows"): OURS,
    ("portal/backup/making.py", "_at_one_moment"): FIXED,
    ("portal/backup/restoring.py", "database"): "a cursor for a command at the console: its statements are fixed",
    ("portal/desk/counting.py", "_numbers"): COMPILED,
    ("portal/evidence/verifying.py", "_triggers"): FIXED,
    ("portal/management/commands/backup_facts.py", "handle"): FIXED,
    ("portal/migrating.py", "database_forwards"): "statements of the schema, by Django; a time-out that is fixed",
    ("portal/migrating.py", "know_earlier_numbers"): OURS,
    ("portal/models/append_only.py", "apply"): OURS,
    ("portal/models/append_only.py", "lifted"): OURS,
    ("portal/models/append_only.py", "refusing_tables"): FIXED,
    ("portal/models/append_only.py", "statements"): OURS,
    ("portal/models/append_only.py", "undo"): OURS,
    ("portal/operating/database.py", "database_faults"): FIXED,
    ("portal/operating/finding.py", "_made"): FIXED,
    ("portal/operating/finding.py", "asks_under_the_lock"): FIXED,
    ("portal/operating/finding.py", "has_parts"): FIXED,
    ("portal/operating/finding.py", "index_parts"): OURS,
    ("portal/operating/readiness.py", "database_answers"): FIXED,
    ("portal/operating/state.py", "database_size"): FIXED,
    ("portal/second_lock/in_force.py", "_carry_out"): OURS,
    ("portal/second_lock/postgresql/base.py", "_declare"): "the driver's cursor: passes on what Django asks",
    ("portal/second_lock/standing.py", "_faults"): FIXED,
    ("portal/second_lock/standing.py", "open_tables"): FIXED,
    ("reports/counting/statements.py", "unit_rows"): COMPILED,
    ("reports/handed_in/frozen_rows.py", "frozen_rows"): FIXED,
}

MARKUP: Places = {
    ("portal/manual/rendering.py", "rendered"): "our own pages, written in Markdown; what looks like HTML is escaped",
    ("portal/records/lists/table.py", "drawn"): "fifty rows a page; each text and address is escaped as it is put in",
    ("portal/records/lists/table.py", "ticked"): "likewise",
    ("portal/web/drawing/fields.py", "_around"): "parts that are drawn by the functions beside it, which escape",
    ("portal/web/drawing/fields.py", "_control"): "a widget, which escapes what stands in it",
    ("portal/web/drawing/fields.py", "_help"): "help that a form declares; crispy's own template lets it through, too",
    ("portal/web/drawing/fields.py", "drawn_field"): "a hidden widget, likewise",
    ("portal/web/drawing/widgets.py", "render"): "widgets, of which each name, word and value is escaped",
}

WITHIN = "of a record, file or unit that was looked up through the scope before"
AMONG = "narrows what was chosen through the scope"
SCOPE: Places = {
    ("aid/forms/household.py", "_unions_of"): "unions: the person's own and those below",
    ("aid/forms/many/activity_came.py", "__init__"): "keys of what was just read through the scope",
    ("aid/views/casework/case_batch.py", "post"): "the person's own moves under a key, whether there are any",
    ("aid/views/casework/case_standard.py", "_own"): "the table of the person's own unit",
    ("aid/views/casework/notice.py", "get_context_data"): WITHIN,
    ("aid/views/casework/notice_board.py", "get_context_data"): "published: opened by a token that the poster shows",
    ("aid/views/casework/objection.py", "get_context_data"): WITHIN,
    ("aid/views/casework/unit_table.py", "standing"): "the tables of the person's own unit",
    ("aid/views/casework/unit_table.py", "tables_seen"): WITHIN,
    ("aid/views/household.py", "_ask"): "who is filed elsewhere: nothing of it is shown, that unit is asked",
    ("aid/views/household_forms.py", "find_document"): "one of two managers, each through the scope",
    ("aid/views/social/children_here.py", "_offered"): AMONG,
    ("aid/views/social/children_here.py", "known"): WITHIN,
    ("aid/views/visit.py", "within"): "whose consent is asked for before the photo of a visit in scope is shown",
    ("employment/views/lists/held.py", "get_context_data"): AMONG,
    ("employment/views/lists/held.py", "rows"): WITHIN,
    ("employment/views/lists/result.py", "_made"): "links to what an import in scope made, each asked for in scope",
    ("employment/views/lists/result.py", "awaiting_policies"): AMONG,
    ("employment/views/proposal.py", "_rows"): WITHIN,
    ("employment/views/proposal.py", "decisions_on"): WITHIN,
    ("employment/views/proposal.py", "get"): "the child itself, which was looked up through the scope",
    ("employment/views/vacancies/matching.py", "open_offers"): WITHIN,
    ("portal/views/accounts/request.py", "get_context_data"): "the person's own requests",
    ("portal/views/imported.py", "counts_of"): WITHIN,
    ("portal/views/imported.py", "rows_of"): WITHIN,
    ("reports/views/annex/figure.py", "get_context_data"): WITHIN,
    ("reports/views/handed_in/frozen.py", "about"): WITHIN,
    ("reports/views/openness/setting.py", "kept"): "the page of the person's own unit",
    ("reports/views/preparing/narrative.py", "fresh"): WITHIN,
    ("reports/views/preparing/narrative.py", "get_context_data"): WITHIN,
    ("reports/views/preparing/narrative.py", "kept"): WITHIN,
    ("reports/views/preparing/narrative.py", "post"): WITHIN,
    ("reports/views/preparing/narrative.py", "printout_of"): WITHIN,
    ("reports/views/preparing/preparation.py", "fresh"): WITHIN,
    ("reports/views/preparing/preparation.py", "get_context_data"): WITHIN,
    ("reports/views/preparing/report.py", "evidence_of"): WITHIN,
    ("reports/views/preparing/report.py", "get_context_data"): WITHIN,
    ("reports/views/preparing/report.py", "history"): WITHIN,
    ("reports/views/preparing/report.py", "post"): "opens the report of the person's own unit",
    ("reports/views/review/board.py", "get_context_data"): WITHIN,
    ("reports/views/review/review.py", "get_context_data"): WITHIN,
    ("reports/views/review/supplement.py", "get_context_data"): WITHIN,
}


def breaking(rule: Callable[[ast.AST], bool]) -> Callable[[Nodes], Placed]:
    return lambda nodes: ((function, node) for function, node in nodes if rule(node))


WINDOWS = sorted((ROOT / "tests/browser").rglob("*.py"))
RULES = {
    "SQL that Django does not make": (breaking(past_the_orm), SOURCES, SQL),
    "markup that the source does not say": (breaking(unescaped), EVERY, MARKUP),
    "pages without a CSRF token": (breaking(without_csrf), EVERY, {}),
    "a shell": (breaking(by_shell), EVERY, {}),
    "code out of data": (breaking(runs_what_it_reads), EVERY, {}),
    "case records beside the scope": (unscoped, ASKED, SCOPE),
    "a window read before it stands": (breaking(before_it_stands), WINDOWS, {}),
}


def broken_in(rule: Callable[[Nodes], Placed], paths: Iterable[Path]) -> set[tuple[str, str]]:
    return {(name_of(path), function) for path in paths for function, _node in rule(nodes_of(path))}


@pytest.mark.parametrize(("rule", "paths", "places"), RULES.values(), ids=list(RULES))
def test_source_does_it_only_where_a_reason_says_why(rule, paths, places):
    assert broken_in(rule, paths) == set(places)


# Each is found; what stands beside it in the second column is not.
PLANTED = [
    (past_the_orm, "connection.cursor()", "cursor.execute(asked)"),
    (past_the_orm, "Case.objects.raw('SELECT 1')", "'raw'"),
    (past_the_orm, "Case.objects.extra(where=[typed])", "dict(extra=typed)"),
    (past_the_orm, "RawSQL(typed, [])", "Value(typed)"),
    (unescaped, "mark_safe(typed)", "mark_safe('<br>')"),
    (unescaped, "format_html(f'<b>{typed}</b>')", "format_html('<b>{}</b>', typed)"),
    (unescaped, "format_html_join('', typed, rows)", "format_html_join('', '{}', rows)"),
    (unescaped, "safestring.SafeString(typed)", "str(typed)"),
    (without_csrf, "@csrf_exempt\ndef post(request): pass", "def post(request): pass"),
    (without_csrf, "from django.views.decorators.csrf import csrf_exempt", "import csrf"),
    (without_csrf, "@method_decorator(decorators.csrf_exempt)\ndef post(request): pass", "csrf"),
    (by_shell, "subprocess.run(typed, shell=True)", "subprocess.run([typed])"),
    (by_shell, "os.system(typed)", "system"),
    (runs_what_it_reads, "eval(typed)", "ast.literal_eval(typed)"),
    (runs_what_it_reads, "exec(compile(typed, '', 'exec'))", "re.compile(typed)"),
    (runs_what_it_reads, "from pickle import loads", "from json import loads"),
    (runs_what_it_reads, "import yaml", "import json"),
    (before_it_stands, "assert page.locator('tr').count() == 2", "expect(page.locator('tr')).to_have_count(2)"),
    (before_it_stands, "assert not sign.is_visible()", "assert Case.objects.count() == 2"),
]


@pytest.mark.parametrize(("rule", "bad", "good"), PLANTED, ids=[bad for _rule, bad, _good in PLANTED])
def test_planted_line_is_found_and_its_neighbour_is_not(rule, bad, good):
    found = [any(rule(node) for _in, node in placed(ast.parse(line))) for line in (bad, good)]
    assert found == [True, False]


UNSCOPED = [
    ("AidCase.objects.filter(pk=typed)", ["AidCase.objects"]),
    ("AidCase.objects.visible_to(user).filter(pk=typed)", []),
    ("Document.everything.get(pk=typed)", ["Document.everything"]),
    ("found = Household.objects", ["Household.objects"]),
    ("self.model.objects.get(pk=typed)", ["self.model.objects"]),
    ("Person.objects.first()", ["Person.objects"]),
    ("Campaign.objects.get(year=typed)", []),
]


@pytest.mark.parametrize(("line", "expected"), UNSCOPED, ids=[line for line, _expected in UNSCOPED])
def test_question_beside_the_scope_is_found(line, expected):
    assert [ast.unparse(node) for _in, node in unscoped(list(placed(ast.parse(line))))] == expected


UNESCAPED_TAGS = re.compile(r"\|\s*safe(seq)?\b|{%-?\s*autoescape\s+off")
FOR_GOOD = re.compile(r"set_config\s*\((?![^()]*,\s*true\s*\))", re.IGNORECASE)  # longer than the transaction


def test_no_template_leaves_anything_unescaped():
    pages = sorted((ROOT / "templates").rglob("*.*"))
    assert [name_of(page) for page in pages if UNESCAPED_TAGS.search(page.read_text())] == []
    planted = ("{{ name|safe }}", "{{ names | safeseq }}", "{% autoescape off %}", "{{ name|safely }}")
    assert [bool(UNESCAPED_TAGS.search(line)) for line in planted] == [True, True, True, False]


def test_no_setting_of_the_database_outlives_its_transaction():
    """Behind a pooler the next person would have the scope of the last."""
    assert [name_of(path) for path in EVERY if FOR_GOOD.search(path.read_text())] == []
    planted = ("SELECT set_config('a.b', %s, false)", "select set_config('a', 'b', TRUE)")
    assert [bool(FOR_GOOD.search(line)) for line in planted] == [True, False]
