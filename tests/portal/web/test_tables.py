"""Every table of every template says what it lists, and can be moved sideways from the keyboard where it is wide."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
TABLE = re.compile(r"<table\b(?:\{[%{].*?[%}]\}|[^>])*>", re.DOTALL)
CAPTION = re.compile(r"\s*<caption\b[^>]*>\s*(?!</caption>)\S")
FRAME = re.compile(r'<div class="table-responsive[^>]*>')
# What the keyboard comes to inside a frame; what is included may bring such things.
REACHED = re.compile(r"tabindex=.0|<a |<button|<input|<select|<textarea|\{% include")
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


def out_of_reach(text: str) -> list[str]:
    """The frames that scroll, in which nothing takes the keyboard: neither they themselves nor what is in the table."""
    frames = list(FRAME.finditer(text))
    return [
        found.group() for found in frames if not REACHED.search(text, found.start(), text.find("</table>", found.end()))
    ]


def test_every_frame_that_scrolls_can_be_reached_by_keyboard():
    templates = {
        path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")
    }
    assert {name: frames for name, text in templates.items() if (frames := out_of_reach(text))} == {}


@pytest.mark.parametrize(
    ("inside", "is_reached"),
    [
        ('<div class="table-responsive"><table><td>一</td></table>', False),
        ('<div class="table-responsive"><table><td>一</td></table><a href="/">', False),
        ('<div class="table-responsive"><table><td><a href="/">一</a></td></table>', True),
        ('<div class="table-responsive"\n  tabindex="0"><table><td>一</td></table>', True),
    ],
)
def test_what_is_reached_by_keyboard(inside, is_reached):
    assert (out_of_reach(inside) == []) is is_reached
