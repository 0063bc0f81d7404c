"""docs/: generated pages are what the code says, the glossary knows every word, links lead somewhere."""

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands, load_command_class
from django.db import models
from django.urls import get_resolver

from portal.management.documentation import DocumentationCommand

ROOT = Path(settings.BASE_DIR)
DOCS = ROOT / "docs"
FLOORS = {"portal", "aid", "employment", "reports"}
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


def documentation_commands() -> dict[str, DocumentationCommand]:
    names = {name: app for name, app in get_commands().items() if name.startswith("document_")}
    loaded = {name: load_command_class(app, name) for name, app in names.items()}
    return {name: command for name, command in loaded.items() if isinstance(command, DocumentationCommand)}


COMMANDS = documentation_commands()


def test_commands_are_found():
    assert set(COMMANDS) >= {"document_roles", "document_sheets"}


@pytest.mark.parametrize("name", COMMANDS)
def test_generated_page_is_what_the_declarations_say(name, tmp_path, monkeypatch):
    command = COMMANDS[name]
    assert command.path.read_text(encoding="utf-8") == command.text(), f"run: manage.py {name}"
    monkeypatch.setattr(DocumentationCommand, "folder", tmp_path)
    call_command(name)
    assert (tmp_path / command.page).read_text(encoding="utf-8") == command.text()


def glossary() -> list[tuple[str, str]]:
    """Terms and identifiers: the first two cells of each row of each table."""
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    return re.findall(r"^\| ([^|]+) \| `([^|`]+)` \|", text, re.MULTILINE)


def records() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.split(".")[0] in FLOORS and not model.__name__.startswith("Historical")
    ]


def code_lists(base=models.TextChoices) -> list[type[models.TextChoices]]:
    found = chain.from_iterable((each, *code_lists(each)) for each in base.__subclasses__())
    return [each for each in found if each.__module__.split(".")[0] in FLOORS]


def test_glossary_has_every_kind_of_record():
    known = set(glossary())
    names = [(str(model._meta.verbose_name), model.__name__) for model in records()]
    assert names
    assert [name for name in names if name not in known] == []


def test_glossary_has_every_word_of_every_code_list():
    assert get_resolver().url_patterns  # by which every module that declares words is loaded
    known = set(glossary())
    words = [(str(member.label), member.value) for each in code_lists() for member in each]
    assert words
    assert [word for word in words if word not in known] == []
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    assert [each.__name__ for each in code_lists() if f"`{each.__name__}`" not in text] == []


def test_glossary_gives_a_term_one_identifier():
    meanings: dict[str, set[str]] = {}
    for term, identifier in glossary():
        meanings.setdefault(term, set()).add(identifier)
    assert {term: found for term, found in meanings.items() if len(found) > 1} == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files(page):
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_named_exist(page):
    named = set(re.findall(r"manage\.py ([a-z_]+)", page.read_text(encoding="utf-8")))
    assert sorted(named - set(get_commands())) == []


def test_readme_links_to_every_page():
    targets = set(re.findall(r"\]\((docs/[^)#]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert {page.relative_to(ROOT).as_posix() for page in DOCS.glob("*.md")} <= targets
    assert "docs/decisions/" in targets


PATH = re.compile(r"(?:portal|aid|employment|reports|static|tests|docs)/[\w./-]*\w/?")
PLAIN_FILE = re.compile(r"[\w-]+\.(?:py|json|md)")
LINTERS = ("ruff check .", "ruff format --check .", "djlint --check --lint --quiet templates", "mypy")


def test_every_path_of_the_architecture_is_there():
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    named = set(PATH.findall(text))
    assert len(named) > 70
    assert sorted(path for path in named if not (ROOT / path).exists()) == []
    # Names without a folder (in the tables and walks) are of files that every floor or some folder has.
    short = {name for line in text.splitlines() for name in PLAIN_FILE.findall(PATH.sub("", line))}
    assert sorted(name for name in short if not any((ROOT / floor).rglob(name) for floor in FLOORS)) == []


def test_functions_the_architecture_names_are_in_their_files():
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    answers = re.findall(r"^\| [^|]+\? \| (.+) \|$", text, re.MULTILINE)
    assert len(answers) == 6
    for answer in answers:
        files = [ROOT / name for name in re.findall(r"`([\w/]+\.py)`", answer)]
        code = "".join(file.read_text(encoding="utf-8") for file in files)
        names = re.findall(r"`(_?\w+)`", answer)
        assert [name for name in names if name not in code] == [], answer


@pytest.mark.parametrize("linter", LINTERS)
def test_linters_are_the_same_everywhere(linter):
    pattern = re.compile(rf"bin\)?/{re.escape(linter)}$", re.MULTILINE | re.IGNORECASE)
    where = (".ci/run", "Makefile", ".pre-commit-config.yaml")
    assert [name for name in where if not pattern.search((ROOT / name).read_text(encoding="utf-8"))] == []


def test_version_heads_the_changelog():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] in {project["version"], "Unreleased"}
    assert project["license"] == "Apache-2.0"
