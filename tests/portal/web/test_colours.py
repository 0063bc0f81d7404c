"""Contrast of the colours in use, light and dark, worked out from the sheets as WCAG 2.1 has it (1.4.3, 1.4.11)."""

import re
from itertools import pairwise

import pytest

from tests.portal.web.test_browsers import SHEETS, STATIC, TOKENS, rules_of

DARK = "@media screen and (prefers-color-scheme: dark)"
FORCED = "@media (forced-colors: active)"
WORDS, MARKS = 4.5, 3.0
NAMED = re.compile(r"var\((--portal-[\w-]+)\)")

# On what words stand where their own rule names no ground.
GROUNDS = ("--portal-ground", "--portal-shade")
INK = ("--portal-ink", "--portal-muted")
# A ground named by one rule under words of another: the words that stand on it.
CARRIES = {
    "--portal-accent-soft": ("--portal-ink", "--portal-accent-dark"),
    "--portal-danger-soft": ("--portal-ink", "--portal-danger-dark", "--portal-link"),
    "--portal-warning-soft": ("--portal-ink", "--portal-muted", "--portal-link"),
    "--portal-success-soft": ("--portal-ink", "--portal-success-dark", "--portal-link"),
    "--portal-told-soft": ("--portal-ink", "--portal-link"),
    "--portal-heat-2": ("--portal-ink",),
    "--portal-heat-3": ("--portal-ink",),
    "--portal-heat-4": ("--portal-ink",),
    "--portal-heat-5": ("--portal-ink",),
    "--portal-act": ("--portal-on-act",),
    "--portal-act-over": ("--portal-on-act",),
}
# What is seen only by its edge or its fill, each beside the ground; of a pale fill the edge tells.
SEEN = (
    "--portal-box",
    "--portal-focus",
    "--portal-accent",
    "--portal-danger",
    "--portal-warning",
    "--portal-success",
    "--portal-told",
    "--portal-series-0",
    "--portal-series-1",
    "--portal-series-2-edge",
    "--portal-series-3",
    "--portal-series-4-edge",
)
NO_WORDS_ON = ("--portal-line", "--portal-shadow", "--portal-paper", "--portal-ground", "--portal-shade")


def declared(within: str) -> dict[str, str]:
    """The tokens of colours.css inside one at-rule, or outside of any."""
    return {
        name: value
        for around, _selector, said in rules_of(STATIC / "css" / TOKENS)
        if around == within
        for name, value in said
        if name.startswith("--portal-")
    }


LIGHT = declared("")
SCHEMES = {"light": LIGHT, "dark": LIGHT | declared(DARK)}


def luminance(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pairs_in_use() -> set[tuple[str, str]]:
    """Words and ground: of each rule that names both, and on every usual ground of each that names words alone."""
    pairs = {(ink, ground) for ink in INK for ground in GROUNDS}
    pairs |= {(ink, ground) for ground, carried in CARRIES.items() for ink in carried}
    for sheet in SHEETS:
        for around, _selector, said in rules_of(sheet):
            values = dict(said) if around != "@media print" else {}
            words = NAMED.findall(values.get("color", ""))
            own = NAMED.findall(values.get("background", "") + values.get("background-color", ""))
            pairs |= {(word, ground) for word in words for ground in own or GROUNDS}
    return pairs


def test_contrast_is_that_of_the_standard():
    """Black on white is 21; the grey #767676 is the palest that passes on white."""
    assert round(contrast("#000", "#fff"), 2) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_are_read_on_the_ground_they_stand_on(scheme):
    tokens = SCHEMES[scheme]
    found = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in pairs_in_use()}
    assert {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < WORDS} == {}
    assert len(found) > 30


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_and_marks_stand_out_from_the_ground(scheme):
    tokens = SCHEMES[scheme]
    found = {name: contrast(tokens[name], tokens["--portal-ground"]) for name in SEEN}
    assert {name: round(ratio, 2) for name, ratio in found.items() if ratio < MARKS} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_series_of_a_chart_differ_in_lightness_from_one_to_the_next(scheme):
    tokens = SCHEMES[scheme]
    series = [luminance(tokens[f"--portal-series-{number}"]) for number in range(5)]
    assert all(abs(one - other) > 0.05 for one, other in pairwise(series))


def test_every_ground_that_is_named_says_what_stands_on_it():
    grounds = {
        token
        for sheet in SHEETS
        for _around, _selector, said in rules_of(sheet)
        for name, value in said
        if name in {"background", "background-color"}
        for token in NAMED.findall(value)
    }
    fills = {name for name in grounds if name.startswith(("--portal-state-", "--portal-series-"))}
    assert grounds - fills - set(CARRIES) - set(NO_WORDS_ON) == set()


@pytest.mark.parametrize("within", [DARK, FORCED])
def test_other_schemes_name_no_colour_that_the_light_one_has_not(within):
    assert declared(within).keys() - LIGHT.keys() == set()
    assert declared(within)


def test_what_is_printed_is_light():
    """No rule but one for screens asks whether the system wishes for dark."""
    asked = {around for sheet in SHEETS for around, _selector, _said in rules_of(sheet) if "color-scheme" in around}
    assert asked == {DARK}
