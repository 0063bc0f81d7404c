"""Importing a workbook that a test made."""

import itertools
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from employment.workbook import CASE_WORKBOOK
from portal.workbook.importing.service import Outcome, import_workbook
from tests.workbook.outcomes import places, row_counts
from tests.workbook.sheets import CaseBook, valid_book, write


@pytest.fixture
def book() -> CaseBook:
    return valid_book()


@pytest.fixture
def bring(tmp_path, district, grassroots, sibling):
    """Import a workbook as the district, or as another union: `bring(book, union=sibling)`."""
    numbers = itertools.count(1)

    def bring(book: CaseBook, *, union=district, dry_run=False, **layout) -> Outcome:
        path = write(book, tmp_path / f"{next(numbers)}.xlsx", **layout)
        return import_workbook(path, workbook=CASE_WORKBOOK, unit=union, dry_run=dry_run)

    return bring


@pytest.fixture
def accepted(bring):
    """Import a workbook that must be accepted."""

    def accepted(book: CaseBook, **options) -> Outcome:
        outcome = bring(book, **options)
        assert [error.as_json() for error in outcome.errors] == []
        return outcome

    return accepted


@pytest.fixture
def refused(bring):
    """Import a workbook that must be refused, and see that nothing is written: where its errors stand."""

    def refused(book: CaseBook, **options) -> list[tuple]:
        before = row_counts()
        outcome = bring(book, **options)
        assert not outcome.ok
        assert all(error.reason for error in outcome.errors)
        assert row_counts() == before
        return places(outcome)

    return refused


@pytest.fixture
def on_file(accepted) -> CaseBook:
    """The valid workbook, already imported; a copy to change."""
    accepted(valid_book())
    return valid_book()


@pytest.fixture
def load(tmp_path):
    """Load a list of lines: the exit code, and what was said."""

    def load(*lines, heading="code,name,kind,parent_code", encoding="utf-8", options=()) -> tuple[int, str]:
        path = tmp_path / "unions.csv"
        path.write_text("\n".join((heading, *lines)) + "\n", encoding=encoding)
        out, err = StringIO(), StringIO()
        try:
            call_command("load_unions", str(path), *options, stdout=out, stderr=err)
        except SystemExit as end:
            return end.code, err.getvalue()
        except CommandError as error:
            return error.returncode, str(error)
        return 0, out.getvalue()

    return load
