"""What the source is searched for: each rule tells of a node whether it breaks the rule."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db.models import Model

from aid.models import Person
from portal.models import Union
from tests.source import SOURCES, tree_of

ASKED = [path for path in SOURCES if {"views", "forms", "api"} & set(path.with_suffix("").parts)]  # by a person
Placed = Iterator[tuple[str, ast.AST]]
Nodes = list[tuple[str, ast.AST]]


@cache
def nodes_of(path: Path) -> Nodes:
    return list(placed(tree_of(path)))


def placed(tree: ast.AST, function: str = "") -> Placed:
    """Each node of `tree` with the innermost function that it stands in; '' outside of all."""
    for node in ast.iter_child_nodes(tree):
        yield function, node
        yield from placed(node, node.name if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else function)


def last_name(node: ast.AST) -> str:
    """`c` of a.b.c, and of c alone."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def called(node: ast.AST) -> str:
    """The last name of what is called; '' of what is no call."""
    return last_name(node.func) if isinstance(node, ast.Call) else ""


def imported(node: ast.AST) -> set[str]:
    """The modules and names that a statement brings in."""
    if isinstance(node, ast.ImportFrom):
        return {node.module or "", *(alias.name for alias in node.names)}
    return {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()


PAST_THE_ORM = {"cursor", "raw", "extra", "RawSQL", "RunSQL", "executescript"}


def past_the_orm(node: ast.AST) -> bool:
    """A statement of SQL that Django does not make; a cursor is what such a statement needs."""
    by_editor = called(node) == "execute" and last_name(node.func.value) in {"schema_editor", "connection"}
    return called(node) in PAST_THE_ORM or by_editor


MARKUP = {"mark_safe": 0, "SafeString": 0, "SafeText": 0, "format_html": 0, "format_html_join": 1}


def unescaped(node: ast.AST) -> bool:
    """Markup of which any part is not written in the source: nothing in it would be escaped."""
    if called(node) not in MARKUP:
        return isinstance(node, ast.FunctionDef) and node.name == "__html__"
    markup = node.args[MARKUP[called(node)] :][:1]
    return not (markup and isinstance(markup[0], ast.Constant))


def without_csrf(node: ast.AST) -> bool:
    return "csrf_exempt" in {*imported(node), last_name(node), getattr(node, "value", "")}


SHELLS = {"system", "popen", "getoutput", "getstatusoutput", "create_subprocess_shell"}


def by_shell(node: ast.AST) -> bool:
    asked = isinstance(node, ast.Call) and any(word.arg == "shell" for word in node.keywords)
    return asked or called(node) in SHELLS


CODE = {"eval", "exec", "compile", "__import__"}
READS_CODE = {"pickle", "cPickle", "_pickle", "dill", "marshal", "shelve", "joblib", "yaml", "code", "codeop", "runpy"}


def runs_what_it_reads(node: ast.AST) -> bool:
    """Built-in functions by their bare names: re.compile reads a pattern, no program."""
    built_in = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CODE
    modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else imported(node)
    return built_in or any(module.split(".")[0] in READS_CODE for module in modules)


WINDOW = {"locator", "get_by_role", "get_by_text", "get_by_label"}
AT_ONCE = {"count", "is_visible", "is_hidden", "is_enabled", "is_disabled", "all_inner_texts", "all_text_contents"}


def before_it_stands(node: ast.AST) -> bool:
    """An assertion of what a window shows at this moment, where `expect` would wait for the page to be whole."""
    calls = [each for each in ast.walk(node) if called(each) in AT_ONCE] if isinstance(node, ast.Assert) else []
    return any(WINDOW.intersection(map(last_name, ast.walk(each))) or called(each) != "count" for each in calls)


MANAGERS = {"objects", "everything", "history", "_default_manager", "_base_manager"}


def unscoped(nodes: Nodes) -> Placed:
    """Questions of case records, or of what a variable names, that do not begin with what the person may see."""
    narrowed = {id(node.value) for _in, node in nodes if isinstance(node, ast.Attribute) and node.attr in NARROWED}
    for function, node in nodes:
        is_manager = isinstance(node, ast.Attribute) and node.attr in MANAGERS and id(node) not in narrowed
        if is_manager and (last_name(node.value) in scoped() or last_name(node.value) not in models()):
            yield function, node


@cache
def models() -> set[str]:
    return {model.__name__ for model in apps.get_models()}


@cache
def scoped() -> set[str]:
    """The kinds with a scope, those that cannot be without one of them (papers, lines), and people; not units."""
    found: set[type[Model]] = {each for each in apps.get_models() if hasattr(each._default_manager, "visible_to")}
    found = found - {Union} | {Person}
    while hanging := {model for model in apps.get_models() if owners(model) & found} - found:
        found |= hanging
    return {model.__name__ for model in found}


def owners(model: type[Model]) -> set[type[Model]]:
    """The kinds of records that one of `model` cannot be without."""
    return {field.related_model for field in model._meta.fields if field.is_relation and not field.null}


def narrowing() -> Placed:
    """The named readings that begin with `visible_to` themselves."""
    for path in SOURCES:
        for function, node in nodes_of(path):
            if isinstance(node, ast.Attribute) and node.attr == "visible_to" and last_name(node.value) == "self":
                yield function, node


NARROWED = {"visible_to", "none"} | {function for function, _node in narrowing()}
