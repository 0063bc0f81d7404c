"""The faults of a workbook, as they are listed on the page, on the command line and in the marked copy."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from portal.workbook.importing.chunks import numbers_in_words


@dataclass(frozen=True)
class WorkbookError:
    """A fault of a cell; without a row of a column, without a column of a sheet, without a sheet of the file."""

    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    reason: str

    def as_json(self) -> dict[str, str | int | None]:
        return asdict(self)


@dataclass(frozen=True)
class Cells:
    """Cells of one column that hold the same and are faulty for the same reason; without rows the column itself."""

    sheet: str | None
    column: str | None
    value: str | None
    rows: tuple[int, ...]

    @property
    def rows_in_words(self) -> str:
        return numbers_in_words(self.rows)

    @property
    def where(self) -> str:
        """Sheet, rows and column, as far as they are known, parted by blanks."""
        return " ".join(part for part in (self.sheet, self.rows_in_words, self.column) if part)


@dataclass(frozen=True)
class Cause:
    """A reason, and every cell that it is given for."""

    reason: str
    cells: tuple[Cells, ...]

    @property
    def count(self) -> int:
        return sum(len(cells.rows) or 1 for cells in self.cells)

    def as_json(self) -> dict:
        return {"reason": self.reason, "count": self.count, "cells": [asdict(cells) for cells in self.cells]}


def causes(errors: Iterable[WorkbookError]) -> list[Cause]:
    """The reasons in the order in which they first appear, each once, with the cells in the same order."""
    grouped: dict[str, dict[tuple[str | None, str | None, str | None], list[int]]] = {}
    for error in errors:
        rows = grouped.setdefault(error.reason, {}).setdefault((error.sheet, error.column, error.value), [])
        if error.row is not None:
            rows.append(error.row)
    return [
        Cause(reason, tuple(Cells(*place, tuple(rows)) for place, rows in places.items()))
        for reason, places in grouped.items()
    ]
