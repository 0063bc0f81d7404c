"""docs/notice.md: no clause and no form line of the notice is forgotten, and all that it names is there."""

import re
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from employment.records import FINAL
from portal.enums import Role
from reports.annex.wording import WORDINGS
from reports.figures import FIGURES
from tests.access_rows import ROWS

DOCS = Path(settings.BASE_DIR) / "docs"
PAGE = (DOCS / "notice.md").read_text(encoding="utf-8")
NOTICE = (DOCS / "notice-2014-156.txt").read_text(encoding="utf-8")
NOT_YET = "还没有："
ROLES = {str(role.label): role for role in Role}
CODE = re.compile(r"`([^`]+)`")


def table(heading: str) -> list[list[str]]:
    """The cells of the rows of the table under a heading."""
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


CLAUSES, LINES = table("Clauses"), table("Lines of the forms")


def names_of_addresses(patterns) -> set[str]:
    """Every name without a prefix of its own."""
    below = (names_of_addresses(each.url_patterns) for each in patterns if hasattr(each, "url_patterns"))
    return {each.name for each in patterns if getattr(each, "name", None)}.union(*below)


def test_every_sentence_and_every_name_of_the_notice_has_a_row():
    body = NOTICE.partition("一、工作重点")[2].partition("- 附件")[0]
    asked = [
        text
        for paragraph in body.splitlines()
        if not re.match("（[一二三]）[^。]*$|二、", paragraph)  # a heading of paragraphs
        for text in re.split("[。；]", paragraph)
        if text.strip()
    ]
    assert len(asked) > 30
    quotes = [row[1] for row in CLAUSES]
    assert [text for text in asked if not any(quote in text for quote in quotes)] == []
    names = re.findall("“[^”]+”", body)
    assert len(names) == 7
    assert [name for name in names if not any(name in quote for quote in quotes)] == []


def test_words_are_those_of_the_notice_and_of_their_paragraph():
    where, place = {}, ""
    for line in NOTICE.splitlines():
        if head := re.match(r"([一二])、|（([一二三])）|\(([一二三])\)", line):
            chapter = head[1]
            place = chapter or f"{place[0]}（{head[2] or head[3]}）"
        number = re.match(r"(\d)\. ", line)
        at = "报送" if line.startswith("请各区县局") else place + (number[1] if number else "")
        where[at] = where.get(at, "") + line
    assert [row[:2] for row in CLAUSES if row[1] not in where.get(row[0], "")] == []


def test_pages_are_addresses_that_the_role_may_open():
    known, rows = names_of_addresses(get_resolver().url_patterns), {row.name: row for row in ROWS}
    named = [(name, row) for row in CLAUSES for name in CODE.findall(row[2])]
    assert [name for name, _row in named if name not in known] == []
    assert [row[1] for row in CLAUSES if NOT_YET not in row[2] and not CODE.fullmatch(row[2])] == []
    assert {row[4] for row in CLAUSES} - {""} <= ROLES.keys()
    shut = [name for name, row in named if row[4] and rows[name].get[ROLES[row[4]].value] not in {200, 302}]
    assert shut == []


def test_records_are_kinds_and_tests_are_files():
    records = chain.from_iterable(CODE.findall(row[3]) for row in (*CLAUSES, *LINES))
    assert sorted(set(records) - FINAL.keys()) == []
    files = set(chain.from_iterable(CODE.findall(row[-1]) for row in (*CLAUSES, *LINES)))
    assert sorted(name for name in files if not (DOCS.parent / name).is_file()) == []
    served = [row for row in CLAUSES if NOT_YET not in row[2]]
    assert [row[1] for row in served if not row[5]] == []


@pytest.mark.parametrize("form", [1, 2])
def test_every_line_of_a_form_has_its_words_and_what_it_counts(form):
    lines = dict(re.findall(r"^(\d+)\. (.+?)(?=^\d+\. |\Z)", WORDINGS[form], re.MULTILINE | re.DOTALL))
    rows = {row[1]: row for row in LINES if row[0] == str(form)}
    assert rows.keys() == lines.keys()
    assert [number for number, row in rows.items() if row[2] not in lines[number]] == []
    models = {figure.slug: figure.fact.model for figure in FIGURES}
    blanks = {number: set(re.findall(r"{(\w+)}", words)) - {"year"} for number, words in lines.items()}
    counted = {number: {models[slug] for slug in slugs} for number, slugs in blanks.items()}
    told = {number: {FINAL[name].model for name in CODE.findall(row[3])} for number, row in rows.items()}
    assert told == counted
