"""Scripts and style sheets of our own keep to what Chromium 78 understands, and to colours declared once."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import tinycss2
from django.conf import settings

STATIC = settings.BASE_DIR / "static"
SCRIPTS, SHEETS = sorted((STATIC / "js").rglob("*.js")), sorted((STATIC / "css").rglob("*.css"))
TOKENS = "colours.css"
RAW_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklch|color|color-mix)\(", re.IGNORECASE)
COLOUR_WORDS = {"black", "white", "red", "green", "blue", "grey", "gray", "silver", "yellow", "orange", "navy", "teal"}

# What came after Chromium 78, with the version that brought it; and what is of the dialect before ours.
TOO_NEW = {
    r"\?\.(?!\d)": "80",
    r"\?\?": "80",
    r"(?:\|\||&&)=": "85",
    r"\breplaceAll\(|\bPromise\.any\(|\bWeakRef\b": "85",
    r"\breplaceChildren\(": "86",
    r"\bPromise\.allSettled\b|\bmatchAll\(": "80",
    r"\.at\(|\bObject\.hasOwn\b": "93",
    r"\.(?:findLast|findLastIndex|toSorted|toReversed|toSpliced|with|groupBy)\(": "97",
    r"\bstructuredClone\(": "98",
    r"\.#\w|^\s+#\w": "84",
    r"\brequestSubmit\(": "76 in Chromium, but not in all that call themselves so",
    r"\bAbortSignal\.\w|\bcrypto\.randomUUID\b|\bshowPopover\(": "92",
    r"\d_\d": "75, kept out for what reads like it",
    r"^(?:import|export)\b|\bawait import\(": "a module",
}
OLD_DIALECT = {r"\bvar\s": "const or let", r"\bfunction \(": "an arrow", r"[^=!]==[^=]|!=[^=]": "=== or !=="}
NEW_VALUES = {r"\b(?:min|max|clamp)\(": "79", r"\b(?:dvh|svh|lvh)\b": "108", r"\boverflow: *clip": "90"}
NEW_PROPERTIES = {
    "inset": "87",
    "margin-inline": "87",
    "margin-block": "87",
    "padding-inline": "87",
    "padding-block": "87",
    "aspect-ratio": "88",
    "translate": "104",
    "rotate": "104",
    "scale": "104",
    "content-visibility": "85",
}
NEW_SELECTORS = {":is(": "88", ":where(": "88", ":has(": "105", ":focus-visible": "86"}
# A rule of this one selector may be passed over: what it takes back is what older browsers keep.
MAY_BE_PASSED_OVER = {":focus:not(:focus-visible)"}
BARE = {"skip_comments": True, "skip_whitespace": True}
OLDER = "@supports not (appearance: none)"  # Chromium 84 brought it together with the gap between flexible boxes


def code_of(script: Path) -> str:
    """The script without comments and strings."""
    whole = script.read_text(encoding="utf-8")
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:[^"\\\n]|\\.)*"', '""', whole, flags=re.DOTALL)


def rules_of(sheet: Path) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Each rule: the at-rule around it, its selector, its declarations."""
    yield from _rules(tinycss2.parse_stylesheet(sheet.read_text(encoding="utf-8"), **BARE), "")


def _rules(rules, around: str) -> Iterator:
    for rule in rules:
        prelude = " ".join(tinycss2.serialize(rule.prelude).split())
        if rule.type == "at-rule" and rule.lower_at_keyword not in {"page", "font-face"} and rule.content is not None:
            yield from _rules(tinycss2.parse_rule_list(rule.content, **BARE), f"@{rule.at_keyword} {prelude}")
        elif rule.content is not None:
            found = tinycss2.parse_blocks_contents(rule.content, **BARE)
            yield (
                around,
                prelude,
                [(d.lower_name, tinycss2.serialize(d.value).strip()) for d in found if d.type == "declaration"],
            )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script_is_of_one_dialect_that_chromium_78_understands(script):
    code = code_of(script)
    wrong = {**TOO_NEW, **OLD_DIALECT}
    assert {why: found[0] for form, why in wrong.items() if (found := re.search(form, code, re.MULTILINE))} == {}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_style_sheet_asks_for_nothing_newer_than_chromium_78(sheet):
    found = []
    for around, selector, declarations in rules_of(sheet):
        if selector not in MAY_BE_PASSED_OVER:
            found += [(selector, new) for new in NEW_SELECTORS if new in selector]
        names = [name for name, _value in declarations]
        found += [(selector, name) for name in names if name in NEW_PROPERTIES]
        found += [(selector, value) for _n, value in declarations if any(re.search(new, value) for new in NEW_VALUES)]
        found += [(selector, around) for new in ("@layer", "@container") if around.startswith(new)]
    assert found == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_words_that_may_break_anywhere_break_in_older_browsers_too(sheet):
    anywhere, before = ("overflow-wrap", "anywhere"), ("overflow-wrap", "break-word")
    rules = [
        (selector, declarations) for _around, selector, declarations in rules_of(sheet) if anywhere in declarations
    ]
    assert [selector for selector, said in rules if before not in said[: said.index(anywhere)]] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_row_of_boxes_with_a_gap_has_margins_where_there_is_none(sheet):
    spaced, margins = set(), set()
    for around, selector, declarations in rules_of(sheet):
        said = dict(declarations)
        if said.get("display") in {"flex", "inline-flex"} and {"gap", "column-gap", "row-gap"} & said.keys():
            spaced |= {f"{each.strip()} > *" for each in selector.split(",")}
        if around == OLDER:
            margins |= {each.strip() for each in selector.split(",")}
    assert spaced - margins == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_colours_are_declared_once_and_used_by_name(sheet):
    raw = []
    for _around, selector, declarations in rules_of(sheet):
        for name, value in declarations:
            is_token = sheet.name == TOKENS and name.startswith("--")
            if not is_token and (RAW_COLOUR.search(value) or set(re.split(r"[\s,]+", value.lower())) & COLOUR_WORDS):
                raw.append((selector, name, value))
    assert raw == []


def test_every_colour_that_is_used_is_declared_and_no_other():
    """And no two rules declare the same one, but for another scheme."""
    rules = [rule for sheet in SHEETS for rule in rules_of(sheet) if "color" not in rule[0]]
    declared = [name for _around, _selector, said in rules for name, _v in said if name.startswith("--portal-")]
    used = {name for sheet in SHEETS for name in re.findall(r"var\((--portal-[\w-]+)\)", sheet.read_text())}
    assert sorted(declared) == sorted(used)


def test_no_page_and_no_drawing_brings_a_colour_of_its_own():
    folders = (settings.BASE_DIR / name for name in ("templates", "portal", "aid", "employment", "reports"))
    files = [path for folder in folders for kind in ("*.html", "*.py") for path in folder.rglob(kind)]
    attribute = re.compile(r"(?:fill|stroke|color|bgcolor)=\\?[\"'](?:#|rgb|[a-z]+[\"'])")
    own = {path.name: found[0] for path in files if (found := attribute.search(path.read_text(encoding="utf-8")))}
    assert own == {}
