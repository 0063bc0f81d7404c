"""The patterns of the source, and what takes each of them longest: what it repeats, over and over, and then no end."""

import ast
import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _constants as parts
from re import _parser as parser

from tests.rules import called, last_name, nodes_of
from tests.source import ROOT, SOURCES, name_of

ASKING = {"match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
# What finds all matches takes as long, whatever is made of them.
SAME = {"sub": "findall", "subn": "findall", "finditer": "findall"}
REPEATS = {parts.MAX_REPEAT, parts.MIN_REPEAT, parts.POSSESSIVE_REPEAT}
SAMPLES = "a1 甲-_.\tZ(<"


@dataclass(frozen=True)
class Asked:
    """A pattern, and a method by which something is looked for with it."""

    file: str
    pattern: re.Pattern
    method: str


def asked(paths: Iterable[Path] = SOURCES) -> tuple[list[Asked], set[tuple[str, str]]]:
    """Every pattern with every method that the source uses, and (file, function) of those made at run time."""
    paths, found, made = list(paths), [], set()
    used = methods_by_name(paths)
    for path in paths:
        names = {id(node.value): last_name(node.targets[0]) for _in, node in nodes_of(path) if is_assigned(node)}
        for function, node in nodes_of(path):
            if (expression := pattern_in(node)) is None:
                continue
            try:
                pattern = re.compile(valued(expression, path))
            except NameError:
                made.add((name_of(path), function))
                continue
            by = {called(node)} & ASKING or used.get(names.get(id(node), ""), {"search"})
            found += [Asked(name_of(path), pattern, method) for method in {SAME.get(each, each) for each in by}]
    return found, made


def is_assigned(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and called(node.value) == "compile"


def methods_by_name(paths: Iterable[Path]) -> dict[str, set[str]]:
    """By the name that a pattern has, anywhere: the methods that are called of it."""
    used: dict[str, set[str]] = {}
    for path in paths:
        for _in, node in nodes_of(path):
            if called(node) in ASKING and isinstance(node.func, ast.Attribute) and last_name(node.func.value).isupper():
                used.setdefault(last_name(node.func.value), set()).add(called(node))
    return used


def pattern_in(node: ast.AST) -> ast.expr | None:
    """The pattern that a call names, or the call that makes it; None of any other node."""
    if called(node) in {"RegexValidator", "RegexField"}:
        return next((word.value for word in node.keywords if word.arg == "regex"), node.args[0] if node.args else None)
    if not isinstance(node, ast.Call) or last_name(getattr(node.func, "value", node)) != "re":
        return None
    return node if called(node) == "compile" else node.args[0] if called(node) in ASKING else None


def valued(expression: ast.expr, path: Path) -> str | bytes | re.Pattern:
    """What the expression comes to in its module. Raises NameError for what is known at run time only."""
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    return eval(compile(ast.Expression(expression), "", "eval"), dict(vars(importlib.import_module(module))))  # noqa: S307


def worst(pattern: re.Pattern, length: int) -> set[str | bytes]:
    """Texts of that length: each thing that the pattern repeats, over and over, behind what comes before it; no end."""
    is_text = isinstance(pattern.pattern, str)
    text = pattern.pattern if is_text else pattern.pattern.decode("latin1")
    tree = parser.parse(text, pattern.flags if is_text else pattern.flags & ~re.UNICODE)
    units = {" ", "1", sample(tree)}
    begun = {("", unit) for unit in units}
    for before, unit in repeated(tree):
        begun |= {("", unit), (before, unit), ("", before + unit), ("", before)}
    texts = {(before + unit * (length // len(unit)))[:length] + "\0" for before, unit in begun if unit}
    return texts if is_text else {text.encode("latin1", "replace") for text in texts}


def repeated(tree: Iterable, before: str = "") -> Iterator[tuple[str, str]]:
    """Each thing that is repeated, with what the pattern asks for before it."""
    for kind, value in tree:
        if kind in REPEATS:
            yield before, sample(value[2])
        for inner in inside(kind, value):
            yield from repeated(inner, before)
        before += sample([(kind, value)])


def inside(kind: object, value: tuple) -> list:
    if kind in REPEATS:
        return [value[2]]
    if kind is parts.BRANCH:
        return value[1]
    if kind is parts.SUBPATTERN:
        return [value[3]]
    if kind in {parts.ASSERT, parts.ASSERT_NOT}:
        return [value[1]]
    return [value] if kind is parts.ATOMIC_GROUP else []


def sample(tree: Iterable) -> str:
    """Some text that the parts match; '' of what has no width."""
    return "".join(one(kind, value) for kind, value in tree)


def one(kind: object, value: object) -> str:
    if kind is parts.LITERAL:
        return chr(value)
    if kind in REPEATS:
        return sample(value[2]) * max(value[0], 1)
    if kind in {parts.IN, parts.NOT_LITERAL, parts.ANY}:
        return among(kind, value)
    if kind in {parts.ASSERT, parts.ASSERT_NOT, parts.AT, parts.GROUPREF}:
        return ""
    return sample(inside(kind, value)[0])


def among(kind: object, value: object) -> str:
    """A character of a class: the first it names, else one of some that are usual."""
    if kind is parts.IN and value[0][0] in {parts.LITERAL, parts.RANGE}:
        first = value[0][1]
        return chr(first if value[0][0] is parts.LITERAL else first[0])
    single = parser.parse("x")
    single.data = [(kind, value)]
    matches = re._compiler.compile(single).match
    return next((each for each in SAMPLES if matches(each)), "乙")
