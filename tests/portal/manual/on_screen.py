"""Every word that the portal may show: what templates and sources say in Chinese, each as a pattern to compare with."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FLOORS = ("portal", "aid", "employment", "reports")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
TRANSLATED = re.compile(r"""{%\s*translate\s+(["'])(.+?)\1""")
BLOCK = re.compile(r"{%\s*blocktranslate.*?%}(.*?){%\s*endblocktranslate", re.DOTALL)
FILLED_IN = re.compile(r"%\(\w+\)[sd]|{{.*?}}|\{\w*\}|%[sd]|<[^>]+>")


def in_templates() -> Iterator[str]:
    for path in (ROOT / "templates").rglob("*.html"):
        if "help" in path.relative_to(ROOT).parts:
            continue
        text = path.read_text(encoding="utf-8")
        yield from (found[1] for found in TRANSLATED.findall(text))
        yield from (part for found in BLOCK.findall(text) for part in re.split(r"{%\s*plural\s*%}", found))


def in_sources() -> Iterator[str]:
    for path in (path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")):
        if {"migrations", "demo", "manual"} & set(path.relative_to(ROOT).parts):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from (
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )


def squeezed(text: str) -> str:
    return " ".join(text.split())


@cache
def words() -> tuple[frozenset[str], re.Pattern]:
    """Those that are always the same, and one pattern of those in which something is filled in."""
    said = {squeezed(text) for text in (*in_templates(), *in_sources()) if CHINESE.search(text)}
    plain = frozenset(text for text in said if not FILLED_IN.search(text))
    patterns = [".{1,40}".join(map(re.escape, FILLED_IN.split(text))) for text in said - plain]
    return plain, re.compile("|".join(patterns))


def is_on_screen(text: str) -> bool:
    plain, pattern = words()
    return squeezed(text) in plain or bool(pattern.fullmatch(squeezed(text)))
