"""A resource made of a sheet of a workbook: its rows come in as rows of the workbook do, and go out masked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.functional import Promise, lazystr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Query, Schema
from pydantic import Field, create_model

from portal.access import Permission
from portal.api.body import read_body
from portal.api.refusal import ApiRefused, CallFault
from portal.api.resource import ApiRequest, Operation, Resource
from portal.api.rows import KEY_BELOW, page_of, sent_rows
from portal.api.shapes import WrittenOut
from portal.fields import EncryptedTextField
from portal.models import Union, User
from portal.refusals.lookup import get_object_or_404
from portal.workbook.cells import MASKS, IdNumberCell
from portal.workbook.errors import WorkbookError
from portal.workbook.importing.given import Brought, import_rows
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Column, Workbook, heading_text

ROWS_A_CALL = 500
UNIT_HELP = gettext_lazy("填报单位或其下级工会的编码，这些记录属于它；不写时是令牌所属的工会")


def sheet_resource(name: str, sheet: ImportedSheet, workbook: Workbook, title: str | Promise = "") -> Resource:
    """Lists, shows and takes the rows of `sheet`, checked with `workbook`, as the resource `name`."""
    return _SheetResource(name, sheet, workbook, title or sheet.title).resource()


def unit_for(system: User, code: str | None) -> Union:
    """The union whose records are sent: in the scope of `system`, and no wider than one reporting unit.

    Raises Http404 for one elsewhere, ApiRefused where the unit is not named and cannot be guessed.
    """
    unit = system.union if code is None else Union.objects.in_union(system.union).filter(code=code).first()
    if unit is None:
        raise Http404
    if unit.is_city:
        raise ApiRefused(422, faults=[CallFault(_("请写明填报单位或其下级工会的编码"), field="unit")])
    return cast(Union, unit)


class _SheetResource:
    """What the operations of one sheet share."""

    def __init__(self, name: str, sheet: ImportedSheet, workbook: Workbook, title: str | Promise) -> None:
        self.name, self.sheet, self.workbook, self.title = name, sheet, workbook, title
        shown = {column.attribute: (str | None, Field(None, title=column.heading)) for column in self._shown()}
        camel = name.title()
        given: dict[str, Any] = {"id": (int, ...), "union": (str, Field(..., title="工会编码")), **shown}
        self.record_out = create_model(f"{camel}Record", __base__=Schema, **given)
        page: dict[str, Any] = {"records": (list[self.record_out], ...), "after": (int | None, None)}  # type: ignore[name-defined]
        self.page_out = create_model(f"{camel}Page", __base__=Schema, **page)

    def resource(self) -> Resource:
        place = f"/{self.name}"
        words = {"title": self.title}
        view, write = Permission.VIEW_RECORDS, Permission.IMPORT_WORKBOOK
        summaries = _("%(title)s：列出") % words, _("%(title)s：查看一条") % words, _("%(title)s：写入") % words
        masked = gettext_lazy("证件号、卡号、电话只给出隐去的形式，其他保密内容不给出。")
        sending = gettext_lazy("各行与工作簿的行相同：同样的列、同样的检查；有一处错误，全部不写入。")
        return Resource(
            self.name,
            self.title,
            (
                Operation("list", place, summaries[0], view, self._list_view(), self.page_out, masked),
                Operation("show", f"{place}/{{id}}", summaries[1], view, self._show_view(), self.record_out, masked),
                Operation("send", place, summaries[2], write, self._send_view(), WrittenOut, sending, self.body()),
            ),
        )

    def body(self) -> dict[str, Any]:
        """The JSON schema of what is sent."""
        required = [column.attribute for column in self.sheet.columns if column.required]
        row = {
            "type": "object",
            "properties": {column.attribute: _described(column) for column in self.sheet.columns},
            "required": required,
            "additionalProperties": False,
        }
        rows = {"title": _("各条记录"), "type": "array", "items": row, "minItems": 1, "maxItems": ROWS_A_CALL}
        unit = {"title": _("工会编码"), "type": "string", "description": UNIT_HELP}
        properties = {"unit": unit, "rows": rows}
        return {"type": "object", "properties": properties, "required": ["rows"], "additionalProperties": False}

    def _list_view(self) -> Any:
        def show_many(request: ApiRequest, after: int = Query(0, ge=0, lt=KEY_BELOW)) -> dict[str, Any]:
            found, following = page_of(self._records(request.auth.system), after)
            return {"records": [self._out(record) for record in found], "after": following}

        return show_many

    def _show_view(self) -> Any:
        def show_one(request: ApiRequest, id: int = Path(..., ge=1, lt=KEY_BELOW)) -> dict[str, Any]:  # noqa: A002
            return self._out(get_object_or_404(self._records(request.auth.system), pk=id))

        return show_one

    def _send_view(self) -> Any:
        def send(request: ApiRequest) -> dict[str, Any]:
            body = read_body(request, known=frozenset({"unit", "rows"}), required=frozenset({"rows"}))
            caller, unit = request.auth, _unit_code(body)
            given = sent_rows(body["rows"], "rows", at_most=ROWS_A_CALL)
            brought = import_rows(
                given,
                sheet=self.sheet,
                workbook=self.workbook,
                unit=unit_for(caller.system, unit),
                by=caller.by,
                name=_("接口：%(title)s") % {"title": self.title},
            )
            return self._written(brought)

        return send

    def _records(self, system: User) -> QuerySet[Any]:
        records: Any = self.sheet.model
        found: QuerySet[Any] = records.objects.visible_to(system).select_related("union", *self.sheet.related)
        return found

    def _shown(self) -> Iterator[Column]:
        for column in self.sheet.columns:
            field = self.sheet.model._meta.get_field(column.attribute) if column.attribute != "union" else None
            sealed = isinstance(field, EncryptedTextField) and type(column.cell) not in MASKS
            if not sealed and column.attribute != "union":
                yield column

    def _out(self, record: Any) -> dict[str, Any]:
        values = {column.attribute: _as_text(column, record) for column in self._shown()}
        return {"id": record.pk, "union": record.union.code, **values}

    def _written(self, brought: Brought) -> dict[str, Any]:
        outcome = brought.outcome
        if outcome.errors:
            raise ApiRefused(422, faults=self._faults(outcome.errors))
        if outcome.waits:
            held = [CallFault(row.why, row=row.row) for row in outcome.held]
            words = _("有的行须由第二人复核，不能由接口写入，请用工作簿导入")
            raise ApiRefused(409, words, "second_person", held)
        return {
            "created": outcome.created[self.sheet.title],
            "updated": outcome.updated[self.sheet.title],
            "unchanged": outcome.unchanged[self.sheet.title],
            "records": [self._place(place, record) for place, record in enumerate(brought.records, start=1)],
            "notices": outcome.notices,
        }

    def _place(self, place: int, record: Model) -> dict[str, Any]:
        named = not isinstance(self.sheet.key.cell, IdNumberCell)
        return {"row": place, "id": record.pk, "number": self.sheet.key.export(record) if named else None}

    def _faults(self, errors: Iterable[WorkbookError]) -> Iterator[CallFault]:
        """The faults as the workbook tells them, without what stood in the cell."""
        for error in errors:
            column = self.sheet.by_heading.get(heading_text(error.column)) if error.column else None
            yield CallFault(error.reason, error.row, column.attribute if column else None, error.column)


def _unit_code(body: dict[str, Any]) -> str | None:
    if "unit" in body and not isinstance(body["unit"], str):
        raise ApiRefused(422, faults=[CallFault(_("应为文字"), field="unit")])
    return body.get("unit")


def _described(column: Column) -> dict[str, Any]:
    """What may stand in the cell is told when somebody asks: the city edits code lists while the portal runs."""
    kinds = ["string", "number"] if column.required else ["string", "number", "null"]
    return {"title": column.heading, "description": lazystr(_Telling(column)), "type": kinds}


@dataclass(frozen=True)
class _Telling:
    """The description of a column, as a text."""

    column: Column

    def __str__(self) -> str:
        return "；".join(text for text in (self.column.cell.help, str(self.column.note)) if text)


def _as_text(column: Column, record: Any) -> str | None:
    """A value as an export writes it, as text; a number of a person by its mask."""
    value = column.export(record)
    if value in (None, ""):
        return None
    mask = MASKS.get(type(column.cell))
    if mask:
        return mask(str(value))
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat()[:10] if isinstance(value, date) else str(value)
