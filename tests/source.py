"""The portal's own source, read and parsed once for all tests that search it."""

import ast
import gc
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FLOORS = ("portal", "aid", "employment", "reports")
EVERY = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))
SOURCES = [path for path in EVERY if "migrations" not in path.parts]


@cache
def tree_of(path: Path) -> ast.Module:
    """The parsed file. No test changes it."""
    gc.disable()  # a thousand files are a million nodes, of which none is garbage
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    finally:
        gc.enable()


def name_of(path: Path) -> str:
    """As a person names it: from the root of the repository on."""
    return path.relative_to(ROOT).as_posix()
