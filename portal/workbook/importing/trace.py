"""What an import writes, kept row by row: for its page, and so that it can be taken back."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from portal.audit import By
from portal.fields import blind_index
from portal.keeping import shortened
from portal.models import Import, ImportedRecord, ListUpload, Union
from portal.models.imports.imported import ImportAct
from portal.workbook.importing.book import UNCOMPARED, Book, Row
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.holding import weighty
from portal.workbook.importing.masking import masked

BATCH = 1000
WHERE = frozenset({"union_id", "union_path"})  # a union that moves takes its records along


def whole_state(record: Model) -> str:
    """All that the database holds of `record`, as JSON."""
    values = {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
    return json.dumps(values, default=str, ensure_ascii=False)


def fingerprint(record: Model) -> str:
    """The keyed hash of what a record says, as it was read from the database."""
    passed_over = WHERE | UNCOMPARED
    values = {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.attname not in passed_over
    }
    return blind_index(json.dumps(values, default=str, ensure_ascii=False))


@dataclass
class _Written:
    act: ImportAct
    record: Model
    row: Row | None = None
    before: str = ""


class Trace:
    """Made before a checked book is written, which it looks at; kept afterwards."""

    def __init__(self, book: Book):
        self.weighty = len(weighty(book))
        changed = [row for row in book.all_rows() if row.record is not None and (row.is_new or row.changed)]
        followers = [record for records in book.followers.values() for record in records]
        pks = [(type(row.record), row.record.pk) for row in changed if row.record and not row.is_new]
        before = _on_file([*pks, *((type(record), record.pk) for record in followers)])
        self.written = [
            _Written(ImportAct.OPENED, record) for records in book.opened.values() for record in records
        ] + list(self._rows(changed, before))
        self.written += [
            _Written(ImportAct.FOLLOWED, record, before=whole_state(before[type(record), record.pk]))
            for record in followers
        ]

    @staticmethod
    def _rows(rows: Iterable[Row], before: dict[tuple[type[Model], Any], Model]) -> Iterator[_Written]:
        for row in rows:
            if row.record is None:
                continue
            if row.is_new:
                yield _Written(ImportAct.CREATED, row.record, row)
            else:
                yield _Written(ImportAct.CHANGED, row.record, row, whole_state(before[type(row.record), row.record.pk]))

    def keep(self, *, unit: Union, by: By, name: str, upload: ListUpload | None = None) -> Import | None:
        """Write down what was written. One row for the import, and one for each record; none where nothing changed."""
        if not self.written:
            return None
        made = Import(made_by=by.actor, file_name=shortened(name), weighty=self.weighty, upload=upload)
        made.open_in(unit)
        made.save()
        for start in range(0, len(self.written), BATCH):  # what is on file is read again, some of it at a time
            some = self.written[start : start + BATCH]
            after = _on_file([(type(each.record), each.record.pk) for each in some])
            ImportedRecord.objects.bulk_create(
                [self._kept(made, place, each, after) for place, each in enumerate(some, start)]
            )
        return made

    @staticmethod
    def _kept(made: Import, place: int, each: _Written, after: dict) -> ImportedRecord:
        return ImportedRecord(
            imported=made,
            place=place,
            sheet=str(each.row.sheet.title) if each.row else "",
            row=each.row.number if each.row else None,
            act=each.act,
            model=each.record._meta.label_lower,
            record=each.record.pk,
            shown=json.dumps(_shown(each.row), ensure_ascii=False),
            before=each.before,
            after=fingerprint(after[type(each.record), each.record.pk]),
        )


def _shown(row: Row | None) -> list:
    """The key of the row, and the cells that were changed: heading, old, new."""
    if row is None or row.record is None:
        return ["", []]
    key = row.sheet.key
    changes = []
    for attribute in sorted(row.changed) if not row.is_new else ():
        column = row.sheet.column(attribute)
        old, new = masked(row, column, row.old[attribute]), masked(row, column, column.export(row.record))
        changes.append([str(column.heading), old, new])
    return [masked(row, key, key.export(row.record)), changes]


def _on_file(wanted: Iterable[tuple[type[Model], Any]]) -> dict[tuple[type[Model], Any], Model]:
    by_model: dict[type[Model], list] = {}
    for model, pk in wanted:
        by_model.setdefault(model, []).append(pk)
    return {
        (model, record.pk): record
        for model, pks in by_model.items()
        for chunk in in_chunks(pks)
        for record in model._base_manager.filter(pk__in=chunk)
    }
