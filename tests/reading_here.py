"""Workbooks of a test are read in its own process: one for each file is a tenth of the time of all tests.

That a file nobody has looked at is read by a child, and what becomes of the child, is tried in `portal/workbook` and
with the hostile files.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import pytest

from portal.workbook.reading import child, reader

BY_CHILD = reader._run_child


def _here(path: Path, titles: list[str] | None, kind: str = "xlsx") -> reader.ReadWorkbook:
    with redirect_stdout(io.StringIO()) as said:
        child.answer(str(path), titles, kind)
    read = reader._collected(said.getvalue().encode().splitlines())
    assert read is not None
    return read


@contextmanager
def read_here() -> Iterator[None]:
    """While this holds, the child's work is done by who would start it: the same code, the same lines between them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_run_child", _here)
        yield


@contextmanager
def read_by_child() -> Iterator[None]:
    """While this holds, the portal reads as it does for its users."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_run_child", BY_CHILD)
        yield
