"""The table of the checks in docs/assurance.md: all of them are there, and so is every test it names."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/assurance.md").read_text()
CHECKS = 46  # of the specification, by their numbers in OWASP ASVS 5.0
ROW = re.compile(r"^\| (\d+) \|(.*)\|$", re.MULTILINE)
RESULTS = ("tested", "in part: ", "not yet")


def rows() -> dict[int, list[str]]:
    """The cells of each check by its number: ASVS, what is checked, tests, result."""
    found = [(int(number), [cell.strip() for cell in rest.split(" | ")]) for number, rest in ROW.findall(PAGE)]
    assert len(found) == len(dict(found))
    return dict(found)


def named(cell: str) -> list[tuple[str, str]]:
    """The tests that a cell names: each file with those of it that follow."""
    found, file = [], ""
    for word in re.findall(r"`([^`]+)`", cell):
        if word.endswith(".py"):
            file = word
        else:
            found.append((file, word))
    return found


@cache
def defined_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_check_has_a_row_with_a_result():
    found = rows()
    assert list(found) == list(range(1, CHECKS + 1))
    assert [number for number, cells in found.items() if not cells[3].startswith(RESULTS)] == []


def test_what_is_tested_names_its_tests_and_what_is_not_yet_names_none():
    wrong = [number for number, cells in rows().items() if bool(named(cells[2])) == cells[3].startswith("not yet")]
    assert wrong == []


def test_tests_that_are_named_exist():
    asked = [test for cells in rows().values() for test in named(cells[2])]
    assert [test for test in asked if not test[1].startswith("test_") or test[1] not in defined_in(test[0])] == []
    assert len(asked) > CHECKS
