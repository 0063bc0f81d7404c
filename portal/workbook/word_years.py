"""Words of the code lists that the city edits: a record takes those of this year, and those of its own.

A word that a record holds already may stay, whatever its years: who changes something else is not stopped by it.
"""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.codes.kept import codes_of
from portal.codes.words import Codes, Word
from portal.workbook.cells import CODES_JOINED_BY, CodeCell
from portal.workbook.importing.book import Book, Row
from portal.workbook.sheets import Column


def refuse_words_of_other_years(book: Book) -> None:
    """Refuse, in new and changed cells, words that hold neither today nor in the year of the record."""
    for sheet, rows in book.rows.items():
        for column in sheet.columns:
            codes = codes_of(column.cell.choices) if isinstance(column.cell, CodeCell) else None
            if codes is None or not codes.is_limited:
                continue
            for row in rows:
                if row.record is not None and column.attribute in row.changed:
                    _judge(book, row, column, codes)


def _judge(book: Book, row: Row, column: Column, codes: Codes) -> None:
    years = {book.today.year, *_years_of(row)}
    for code in _new_codes(row, column):
        word = codes.by_code.get(code)
        if word is not None and not any(map(word.holds_in, years)):
            book.refuse(row, column.attribute, refusal(word, codes, book.today.year))
            return


def _years_of(row: Row) -> Iterator[int]:
    """The year of the record, where its sheet knows one."""
    day = getattr(row.record, getattr(row.sheet, "dated_by", "") or "pk", None)
    if isinstance(day, datetime.date):
        yield day.year


def _new_codes(row: Row, column: Column) -> Iterator[str]:
    """The codes of a cell that the record did not hold."""
    held = str((row.before or {}).get(column.attribute) or "").split(CODES_JOINED_BY)
    given = str(getattr(row.record, column.attribute) or "").split(CODES_JOINED_BY)
    return (code for code in given if code and code not in held)


def refusal(word: Word, codes: Codes, year: int) -> str:
    """Why `word` cannot be chosen in a year, and what can."""
    successor = codes.by_code.get(word.successor)
    values = {"word": word.word, "years": word.years, "words": "、".join(codes.offered(year))}
    if successor is not None:
        return _("“%(word)s”已停用（%(years)s），请改用“%(successor)s”") % {**values, "successor": successor.word}
    return _("“%(word)s”不能用于这一年（%(years)s），应为下列之一：%(words)s") % values
