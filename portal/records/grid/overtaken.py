"""Lines of a grid whose record somebody changed since it was opened: told at their cells, and saved on top of it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from portal.records.editing.fields import as_typed
from portal.records.editing.form import masked
from portal.records.grid.form import GridForm
from portal.records.grid.lines import Line
from portal.workbook.cells import CellFault
from portal.workbook.sheets import Column


def tell_overtaken(form: GridForm, lines: Iterable[Line]) -> list[Line]:
    """Those of `lines` of which a cell was changed by somebody else, and is not what the line says anyway.

    A cell left as it was opened takes what they put there; of another both are told. The line then stands on what is
    on file now, so that it is saved knowingly when it is sent again.
    """
    return [line for line in lines if line.version != line.record.version and _is_overtaken(form, line)]


def _is_overtaken(form: GridForm, line: Line) -> bool:
    record = line.record
    opened = record.history.filter(version=line.version).order_by("-history_date", "-history_id").first()
    line.version = record.version
    for column in form.columns:
        if form.stays(line, column):
            continue
        theirs, before = as_typed(column, column.get_value(record)), _before(column, opened)
        if theirs == before or _said(form, line, column) == theirs:
            continue
        shown = masked(column, theirs) if form.is_masked(column) else form.text(column, record)
        line.refuse(column.attribute, _("他人已改为“%(theirs)s”，请核对后再保存") % {"theirs": shown})
        if before is not None and _said(form, line, column) == before:
            line.typed[column.attribute] = form.text(column, record)
    if not form.differs(line):
        line.reasons = {}  # nothing was typed: it is as they left it
    return bool(line.reasons)


def _before(column: Column, opened: Any) -> str | None:
    """What the cell said when the grid was opened; None of a version before history began."""
    return None if opened is None else as_typed(column, column.get_value(opened))


def _said(form: GridForm, line: Line, column: Column) -> str | None:
    """What the line says in this column, as versions are compared; None where that cannot be read."""
    try:
        value = form.value(column, line.typed.get(column.attribute, "").strip())
    except CellFault:
        return None
    return as_typed(column, value)
