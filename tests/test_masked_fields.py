"""Every masked field of every form: left alone it stays, typed over it changes, and what is not shown is not lost."""

from collections import defaultdict

import pytest

from aid.models import Person
from employment.records import SEARCHED
from portal.identity import parse_id_number
from portal.records.editing.declaration import is_sensitive
from portal.records.editing.form import CLEAR, RecordForm
from portal.workbook.cells import CardCell, CodeCell, CodeListCell, IdNumberCell, TelephoneCell
from tests.workbook.sheets import id_number

CARDS = ("6222020000000000018", "6222020000000000026")
MASKED = [
    pytest.param(kind.editing, column, id=f"{kind.name}.{column.attribute}")
    for kind in SEARCHED
    if kind.editing
    for column in kind.editing.columns
    if is_sensitive(kind.editing.sheet, column)
]
every_masked_field = pytest.mark.parametrize(("editing", "column"), MASKED)


def samples(column) -> tuple[str, str]:
    """What is on file as the record holds it, and another value as somebody types it."""
    match column.cell:
        case IdNumberCell():
            return id_number(101, "20050315"), id_number(103, "20050315")
        case TelephoneCell():
            return "13812345678", "13987654321"
        case CardCell():
            return CARDS
        case CodeCell():
            codes, words = list(column.cell.labels), column.cell.words
            return (",".join(codes[:2]), words[2]) if isinstance(column.cell, CodeListCell) else (codes[0], words[1])
    return "旧的内容", "新的内容"


def on_file(editing, column, value: str):
    record = editing.sheet.model(version=1)
    field = editing.sheet.model._meta.get_field(column.attribute)
    is_person = field.is_relation
    if is_person:
        parsed = parse_id_number(value)
        value = Person(pk=1, id_number=parsed.number, sex=parsed.sex, birth_date=parsed.birth_date)
    setattr(record, column.attribute, value)
    return record


def values_of(editing, record, user, column, **typed):
    form = RecordForm(typed, editing=editing, user=user, record=record)
    form.full_clean()
    assert column.attribute not in form.errors, form.errors
    form.cleaned_data = defaultdict(str, form.cleaned_data)  # the other fields of the form are beside the point
    return form.values()


@every_masked_field
def test_masked_field_left_alone_stays(clerk, editing, column):
    kept, _other = samples(column)
    record = on_file(editing, column, kept)
    assert column.attribute not in values_of(editing, record, clerk, column)


@every_masked_field
def test_what_is_on_file_is_not_written_into_the_page(clerk, editing, column):
    kept, _other = samples(column)
    form = RecordForm(editing=editing, user=clerk, record=on_file(editing, column, kept))
    assert not form[column.attribute].value()
    assert kept not in str(form)


@every_masked_field
def test_what_is_typed_takes_its_place_or_joins_a_list(clerk, editing, column):
    kept, other = samples(column)
    record = on_file(editing, column, kept)
    typed = {column.attribute: other}
    wanted = column.cell.clean(other)
    is_list = isinstance(column.cell, CodeListCell)
    joined = f"{kept},{wanted}" if is_list else wanted
    assert values_of(editing, record, clerk, column, **typed)[column.attribute] == joined
    if not column.required:
        cleared = typed | {column.attribute + CLEAR: "on"}
        assert values_of(editing, record, clerk, column, **cleared)[column.attribute] == wanted
        emptied = values_of(editing, record, clerk, column, **{column.attribute + CLEAR: "on"})
        assert emptied[column.attribute] == ""
