"""Every table of every template says what it lists, for who hears the page instead of seeing where the table stands."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
TABLE = re.compile(r"<table\b(?:\{[%{].*?[%}]\}|[^>])*>", re.DOTALL)
CAPTION = re.compile(r"\s*<caption\b[^>]*>\s*(?!</caption>)\S")
# Who prints a sheet sees the name of the sheet on top of it; a caption of the same words would be printed again.
NAMED_BY_THE_SHEET = frozenset({"portal/printout/_ruled.html"})


def nameless(text: str) -> list[str]:
    """The tables of a template that no caption names."""
    return [found.group() for found in TABLE.finditer(text) if not CAPTION.match(text, found.end())]


def test_every_table_has_a_caption():
    missing = {
        name: tables
        for path in sorted(TEMPLATES.rglob("*.html"))
        if (name := path.relative_to(TEMPLATES).as_posix()) not in NAMED_BY_THE_SHEET
        and (tables := nameless(path.read_text(encoding="utf-8")))
    }
    assert missing == {}


@pytest.mark.parametrize("name", sorted(NAMED_BY_THE_SHEET))
def test_a_table_of_a_sheet_bears_the_name_of_the_sheet(name):
    (table,) = nameless((TEMPLATES / name).read_text(encoding="utf-8"))
    assert 'aria-label="{{ printout.title }}"' in table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<table><caption>名</caption></table>", []),
        ('<table class="{% if a > b %}x{% endif %}">\n  <caption class="y">{{ name }}</caption>', []),
        ("<table><thead></thead></table>", ["<table>"]),
        ("<table><caption></caption></table>", ["<table>"]),
        ("<table><caption>名</caption></table><table><tr>", ["<table>"]),
    ],
)
def test_what_counts_as_a_caption(text, expected):
    assert nameless(text) == expected
