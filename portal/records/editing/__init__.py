"""Records made and changed in the browser, from one declaration per kind.

A form is a workbook of one row. Its fields come from the columns of a sheet (label, help, words to choose from, how
what is typed is read), and what was typed is checked and written by the importer's own steps: the same rules, the same
messages, the same records that follow. What is entered by hand therefore cannot differ from what a workbook brings.

To let people make and change records of a kind:

1. The sheet. For a kind that travels in the case workbook take its `ImportedSheet`; a subclass of the same title
   adds the columns that only the browser knows (a re-import leaves those alone). For a model that no workbook carries
   write an `ImportedSheet` of its own: `title`, `model`, `related`, columns, `rules`, and `complete`, which sets what
   follows from the cells (initials, union). An `IdentityColumn` as first column is a key, unique in the unit.
2. The form: `Editing(sheet=…, workbook=…, groups=(Group(title, attributes), …), parent=…, prefix=…)`, given to the
   kind as `RecordKind(…, editing=…)`. `workbook` holds the sheets whose rules and references matter. `parent` names
   the reference that the address fills: its page offers the button, and the form does not show the field. Every
   required column must be in a group or be the parent.
3. The addresses: `record_urls(KIND)` adds `<name>_create` and `<name>_edit`; views of your own go in as
   `record_urls(KIND, create=…, edit=…)`. Rows in tests/access_rows.py (`editing_rows`, `own_kind_rows`).

Several records made by one page, as a family with its children, are a workbook of several rows: `create_together` takes
a `FormPart` for each, with the part it belongs to, and tells faults across them at their fields.

`KEEP_RECORDS` opens the pages and shows the buttons; a subclass of RecordCreate or RecordEdit may ask for another
permission. A service that changes a record otherwise (a move, a closing) calls `change_record` with the values it
sets; `also` sets fields that no column has.
"""

from portal.records.editing.declaration import Editing, Group
from portal.records.editing.many import RecordsRefused, create_records
from portal.records.editing.saving import RecordRefused, Saved, change_record, create_record, lock_unit, lock_units
from portal.records.editing.together import FormPart, PartsRefused, create_together

__all__ = [
    "Editing",
    "FormPart",
    "Group",
    "PartsRefused",
    "RecordRefused",
    "RecordsRefused",
    "Saved",
    "change_record",
    "create_record",
    "create_records",
    "create_together",
    "lock_unit",
    "lock_units",
]
