"""Whether a void record may count again: its rules, asked as of a record that is entered now."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal.fields import target
from portal.identity import clean_text
from portal.models import User, VoidableRecord
from portal.records.editing.declaration import Editing
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.checking import judge


def against_restoring(record: VoidableRecord, editing: Editing | None, actor: User) -> str:
    """Why `record`, no longer marked as void, cannot count beside what is on file by now; '' if it can."""
    if gone := _void_parent(record):
        return _("所属的%(kind)s已作废，不能单独恢复。") % {"kind": gone._meta.verbose_name}
    try:
        record.validate_constraints()
    except ValidationError as refused:
        return " ".join(refused.message_dict.get(NON_FIELD_ERRORS, refused.messages))
    return _broken_rules(record, editing, actor) if editing else ""


def _void_parent(record: VoidableRecord) -> VoidableRecord | None:
    for field in record._meta.concrete_fields:
        if field.is_relation and issubclass(target(field), VoidableRecord):
            parent: VoidableRecord | None = getattr(record, field.name)
            if parent is not None and parent.is_voided:
                return parent
    return None


def _broken_rules(record: VoidableRecord, editing: Editing, actor: User) -> str:
    """By the rules of the workbook, not those of the form: it may have come in by a workbook."""
    sheet = editing.workbook.by_title.get(clean_text(editing.sheet.title), editing.sheet)
    workbook = editing.workbook if sheet in editing.workbook.sheets else editing.checked_with
    book = Book(workbook, actor.union, localdate())
    row = Row(sheet, 1, raw={}, changed=frozenset(column.attribute for column in sheet.columns))
    book.rows[sheet] = [row]
    book.columns[sheet] = {column.attribute: place for place, column in enumerate(sheet.columns)}
    book.bind(row, book.adopt(record))
    judge(book)
    return " ".join(error.reason for error in book.errors)
