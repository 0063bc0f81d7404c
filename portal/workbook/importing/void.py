"""Rows that name records which were taken back."""

from django.utils.translation import gettext as _

from portal.models import VoidableRecord
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.sheets import Column


def pass_over_void(row: Row, void: VoidableRecord) -> str:
    """What is said of a merged row whose number names a void record only.

    A row that says again what was taken back becomes no record, so that the same workbook imported again changes
    nothing; one that says something else is a new record.
    """
    why = {"why": void.void_words}
    if any(getattr(void, attribute) != value for attribute, value in row.values.items()):
        return _("这个编号的记录已作废（%(why)s），此行作为新记录登记") % why
    row.record = None
    row.changed = frozenset()
    return _("此行与一条已作废的记录相同（%(why)s），没有再登记；确需登记请先更正内容") % why


def void_targets(book: Book, column: Column, wanted: set) -> set:
    """Those of the values of a reference that name a void record."""
    found: set = set()
    for title in column.refers if wanted else ():
        sheet = book.workbook.by_title[title]
        identity = sheet.identified_by(column)
        for chunk in in_chunks(wanted):
            found.update(map(identity.get_value, sheet.void_on_file(book.unit, identity, chunk)))
    return found
