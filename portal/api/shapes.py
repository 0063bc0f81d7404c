"""Shapes of answers that all resources share."""

from ninja import Schema


class FaultOut(Schema):
    """One fault, at the row and the field that it is about."""

    reason: str
    row: int | None = None
    field: str | None = None
    column: str | None = None


class ErrorOut(Schema):
    """Why a call was refused: a code for programs, words for people, and the number of the request in the log."""

    code: str
    message: str
    errors: list[FaultOut]
    request: str


class RefusedOut(Schema):
    """What every refusal looks like."""

    error: ErrorOut


class WrittenRecord(Schema):
    """Where a row that was sent is on file now; the number is its business number, where it has one."""

    row: int
    id: int
    number: str | None = None


class WrittenOut(Schema):
    """How many rows were new, changed and as they were, their records, and what was accepted with a notice."""

    created: int
    updated: int
    unchanged: int
    records: list[WrittenRecord]
    notices: list[str]
