"""One fault of a workbook, as it is listed on the page, on the command line and in the marked copy."""

from dataclasses import asdict, dataclass


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
