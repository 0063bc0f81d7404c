"""Every code list that the city edits: nothing depends on its words, and all that shows or takes them follows."""

import ast
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db.models import Q
from django.utils.timezone import localdate

from portal.api.sheets import _described
from portal.audit import By
from portal.codes.changing import add_word, withdraw_word
from portal.codes.declaration import code_lists
from portal.codes.used import counted, longest_code, uses_of
from portal.records.attribute import Attribute, walk
from portal.records.editing.form import RecordForm
from portal.records.versions import _words
from portal.workbook.lists.cells import read_cell
from reports.figures import FIGURES, summary
from reports.figures.registry import Window
from tests.source import ROOT, SOURCES, name_of, tree_of
from tests.test_kinds import SHOWN

YEAR = localdate().year
SUMMARY_FIGURES = [each for name, group in vars(summary).items() if name.endswith("_FIGURES") for each in group]
LISTS = list(code_lists().values())
USES = [(each, use) for each in LISTS for use in uses_of(each)]
KINDS = list({kind.model: kind for _name, kind in SHOWN}.values())
COLUMNS = [
    (each, use, kind.editing, column)
    for each, use in USES
    for kind in KINDS
    if kind.model is use.model and kind.editing
    for column in kind.editing.columns
    if column.attribute == use.field.name
]
NEW, CODE = "新词甲乙", "zz_new"
of_each_list = pytest.mark.parametrize("code_list", LISTS, ids=lambda each: each.name)
of_each_column = pytest.mark.parametrize(
    ("code_list", "use", "editing", "column"),
    COLUMNS,
    ids=[f"{use.model.__name__}.{use.field.name}" for _l, use, _e, _c in COLUMNS],
)


def depends_on_words(path: Path, names: set[str]) -> list[str]:
    """Where a file asks what an enum says: a member or all of them, one made from a code, a loop over it."""
    found, nodes = [], list(ast.walk(tree_of(path)))
    from_enums = [node for node in nodes if isinstance(node, ast.ImportFrom) and "enums" in (node.module or "")]
    names = names & {alias.name for node in from_enums for alias in node.names}
    for node in nodes:
        asked = node.value if isinstance(node, ast.Attribute) else node.func if isinstance(node, ast.Call) else None
        asked = node.iter if isinstance(node, ast.For | ast.comprehension) else asked
        if isinstance(asked, ast.Name) and asked.id in names:
            found.append(f"{name_of(path)}: {asked.id}")
    return found


def test_no_code_depends_on_a_word_of_an_edited_list():
    names = {each.choices.__name__ for each in LISTS}
    asking = [path for path in SOURCES if "demo" not in path.parts]
    assert depends_on_words(ROOT / "reports/demo/around/codes.py", {"WorkState"})  # it finds what there is
    assert [each for path in asking for each in depends_on_words(path, names)] == []


def fields_asked(model, condition: Q):
    """The fields that a condition looks at, those inside of its subqueries, too."""
    for each in filter(None, condition.children):
        if isinstance(each, Q):
            yield from fields_asked(model, each)
        elif isinstance(each, tuple):
            with suppress(LookupError):  # an annotation, or what is asked of a field
                yield from walk(model, each[0].replace("__", "."))
        else:
            for asked in each.query.where.leaves():
                yield getattr(getattr(asked, "lhs", None), "target", None)


def test_no_figure_chooses_by_an_edited_list(campaign):
    window = Window.of(campaign, date(2014, 12, 31))
    edited = {use.field for _list, use in USES}
    asked = {
        (figure.slug, field.name)
        for figure in (*FIGURES, *SUMMARY_FIGURES)
        if figure.fact
        for condition in figure.conditions
        for field in fields_asked(figure.fact.model, condition.holds(window))
        if field in edited
    }
    assert asked == set()


def test_every_list_is_used_and_every_use_has_a_form():
    assert [each.name for each in LISTS if not uses_of(each)] == []
    assert {(use.model, use.field.name) for _list, use in USES} == {
        (use.model, column.attribute) for _list, use, _editing, column in COLUMNS
    }
    assert [str(column.heading) for each, _u, _e, column in COLUMNS if column.cell.choices is not each.choices] == []


@of_each_list
def test_built_in_codes_and_words_fit_what_holds_them(code_list):
    assert max(map(len, code_list.choices.values)) <= longest_code(code_list)


@pytest.fixture
def changed(code_list, reviewer):
    """A word added, and the first of the built-in ones withdrawn last year: its word."""
    first = code_list.choices.choices[0]
    given = {"reason": "通知", "by": By(reviewer)}
    add_word(code_list, code=CODE, word=NEW, year=YEAR, seen=0, **given)
    withdraw_word(code_list, str(first[0]), last_year=YEAR - 1, successor=CODE, seen=1, **given)
    return str(first[0]), str(first[1])


@of_each_column
def test_forms_grids_and_templates_offer_the_words_of_the_year(code_list, use, editing, column, changed, clerk):
    _code, gone = changed
    assert NEW in column.cell.words
    assert gone not in column.cell.words
    form = RecordForm(editing=editing, user=clerk)
    offered = [str(value) for value, _label in form.fields[column.attribute].widget.choices]
    assert (NEW in offered, gone in offered) == (True, False)
    kept = RecordForm(editing=editing, user=clerk, initial={column.attribute: gone})
    assert f"{gone}（已停用）" in str(kept[column.attribute])


@of_each_column
def test_files_lists_and_calls_read_every_word_and_name_those_of_the_year(
    code_list, use, editing, column, changed, clerk
):
    code, gone = changed
    assert (column.cell.clean(NEW), column.cell.clean(gone)) == (CODE, code)
    assert (read_cell(column, NEW).value, column.cell.render(CODE)) == (CODE, NEW)
    told = str(_described(column)["description"])
    assert (NEW in told, f"{gone}、" in told) == (True, False)


@pytest.mark.parametrize(
    ("code_list", "use"), USES, ids=[f"{use.model.__name__}.{use.field.name}" for _list, use in USES]
)
def test_pages_exports_and_histories_tell_the_word_of_every_code(code_list, use, changed, reviewer):
    code, gone = changed
    read = Attribute(use.field.name).exporter("")
    for held, word in ((CODE, NEW), (code, gone)):
        record = use.model(**{use.field.name: held})
        assert read(record) == getattr(record, f"get_{use.field.name}_display")() == word
        if not use.is_sealed:
            assert _words(use.field, held, {}) == word
            use.field.validate(held, record)
    assert counted(code_list, reviewer) in ({}, None)


FILTERS = [
    (each, kind.filterset, name)
    for each in LISTS
    for kind in KINDS
    for name, found in kind.filterset.base_filters.items()
    if getattr(found.extra.get("choices"), "args", None) == (each.choices,)
]


@pytest.mark.parametrize(("code_list", "filterset", "name"), FILTERS, ids=[name for _list, _set, name in FILTERS])
def test_filters_offer_every_word(code_list, filterset, name, changed, reviewer):
    code, gone = changed
    offered = dict(filterset({}, request=SimpleNamespace(user=reviewer)).form.fields[name].choices)
    assert (offered[CODE], offered[code]) == (NEW, gone)
