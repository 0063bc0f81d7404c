"""The house keeps its shape: floors, names, templates, menu, migrations."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from portal.web.navigation import AREAS
from tests.source import FLOORS, ROOT, SOURCES, name_of, tree_of  # a floor may import itself and what stands before it

TEMPLATE_FOLDERS = {*FLOORS, "components", "bootstrap5", "records"}

# (file, module): reason. An import inside a function hides a dependency; each one here had to be argued for.
INLINE_IMPORTS: dict[tuple[str, str], str] = {
    ("portal/documents/pdf.py", "weasyprint"): "loads Pango from the system, which only who wants a .pdf must have",
}

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return []


def imports(tree: ast.AST) -> set[str]:
    return {module for node in ast.walk(tree) for module in imported(node)}


def inline_imports(tree: ast.AST) -> set[str]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {module for function in functions for module in imports(function)}


def of_each(paths: list[Path], found: Callable[[Path], Iterable[str]]) -> list[tuple[str, str]]:
    """What is `found` in each file, with its name: a thousand files are no thousand tests."""
    return [(name_of(path), each) for path in paths for each in found(path)]


def from_above(path: Path) -> set[str]:
    above = FLOORS[FLOORS.index(path.relative_to(ROOT).parts[0]) + 1 :]
    return {module for module in imports(tree_of(path)) if module.split(".")[0] in above}


def relative_imports(path: Path) -> list[str]:
    return [ast.unparse(node) for node in ast.walk(tree_of(path)) if isinstance(node, ast.ImportFrom) and node.level]


def test_imports_go_down_only():
    assert of_each(SOURCES, from_above) == []


def test_no_relative_imports():
    assert of_each(SOURCES, relative_imports) == []


def test_inline_imports_are_those_with_a_reason():
    found = {(name_of(path), module) for path in SOURCES for module in inline_imports(tree_of(path))}
    assert found == set(INLINE_IMPORTS)


def test_views_are_imported_by_addresses_and_views_only():
    guests = [
        name_of(path)
        for path in SOURCES
        if path.name != "urls.py"
        and "views" not in path.parts
        and any(".views" in module for module in imports(tree_of(path)) if module.split(".")[0] in FLOORS)
    ]
    assert guests == []


MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in SOURCES}


def room(module: str) -> str:
    """The folder right below the app that a module stands in; itself where it stands in the app's hall."""
    return ".".join(module.split(".")[:2])


def rooms_asked_by(floor: str) -> dict[str, set[str]]:
    """Which rooms of the floor each of its rooms imports from."""
    asked: dict[str, set[str]] = {}
    for module, path in MODULES.items():
        if module.split(".")[0] != floor or path.name == "apps.py":
            continue
        named = {found for node in ast.walk(tree_of(path)) for found in imported_modules(node)}
        others = {room(other) for other in named & set(MODULES) if other.split(".")[0] == floor}
        asked.setdefault(room(module), set()).update(others - {room(module)})
    return asked


def imported_modules(node: ast.AST) -> list[str]:
    """What a statement imports, with `from package import module` told as the module."""
    if isinstance(node, ast.ImportFrom):
        whole = [f"{node.module}.{alias.name}" for alias in node.names]
        return [name if name in MODULES else node.module or "" for name in whole]
    return imported(node)


@pytest.mark.parametrize("floor", FLOORS)
def test_no_circle_between_rooms(floor):
    asked = rooms_asked_by(floor)
    callers = {other for others in asked.values() for other in others}
    while loose := {name for name, others in asked.items() if not others & set(asked) or name not in callers}:
        asked = {name: others for name, others in asked.items() if name not in loose}
        callers = {other for others in asked.values() for other in others}
    assert set(asked) == set()


FOLDERS = sorted({path.parent for path in SOURCES})


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_folder_has_no_more_modules_than_one_overlooks(folder):
    modules = [path.name for path in folder.glob("*.py") if path.name != "__init__.py"]
    assert len(modules) <= 15, modules


@pytest.mark.parametrize("floor", FLOORS)
def test_no_two_public_classes_of_one_name(floor):
    classes = [
        node.name
        for module, path in MODULES.items()
        if module.split(".")[0] == floor
        for node in tree_of(path).body
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and node.name not in ("Command", "Migration")
    ]
    assert sorted({name for name in classes if classes.count(name) > 1}) == []


WRITING_AGAIN = re.compile(
    r"_history_user|\._change_reason|\bversion [+]=|\.version = .*[+]|version=F[(]|_with_history|bulk_history_create"
)


def test_versions_and_their_authors_are_written_by_keeping_alone():
    elsewhere = [path for path in SOURCES if path.parent != ROOT / "portal" / "keeping"]
    assert [name_of(path) for path in elsewhere if WRITING_AGAIN.search(path.read_text())] == []


def test_no_file_is_called_utils_helpers_or_common():
    paths = [path for floor in (*FLOORS, "tests") for path in (ROOT / floor).rglob("*")]
    assert [name_of(path) for path in paths if re.fullmatch(r"_?(utils?|helpers?|common)(\.py)?", path.name)] == []


def test_templates_stand_in_a_folder_of_their_floor():
    assert {path.relative_to(ROOT / "templates").parts[0] for path in TEMPLATES} - {"base.html"} <= TEMPLATE_FOLDERS
    assert not [name_of(path) for floor in FLOORS for path in (ROOT / floor).rglob("templates")]


INLINE_CODE = re.compile(r"\sstyle=|<style|\son[a-z]+\s*=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)


def test_template_has_no_inline_style_or_script():
    assert of_each(TEMPLATES, lambda path: INLINE_CODE.findall(path.read_text())) == []


def test_template_words_are_wrapped_for_translation():
    assert of_each(TEMPLATES, bare_words) == []


def bare_words(path: Path) -> list[str]:
    text = re.sub(r"{%\s*blocktranslate.*?endblocktranslate\s*%}", "", path.read_text(), flags=re.DOTALL)
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
    return re.findall(r"[\u4e00-\u9fff]+", text)


MENU = {item.url_name: item for areas in AREAS.values() for area in areas for item in area.items}


@pytest.mark.parametrize("item", MENU.values(), ids=lambda item: item.url_name)
def test_menu_line_leads_somewhere(item):
    assert reverse(item.url_name).startswith("/")


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_types_let_no_module_off():
    settled = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    assert settled["strict"]
    assert not [override for override in settled["overrides"] if set(override) - {"module", "ignore_missing_imports"}]
