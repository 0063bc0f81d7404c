"""The parts of the page of a family: which cells of which record, how wide, and which of them open when needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aid.workbook.national.sheet import NATIONAL
from portal.records.editing.fields import CellField, DateInput
from portal.records.editing.form import RecordForm
from portal.workbook.cells import CardCell, DateCell, IdNumberCell


@dataclass(frozen=True)
class SheetCell:
    """One cell of the page: the attribute, and its width in twelfths. `tells`: it says that somebody is meant."""

    name: str
    width: int = 4
    tells: bool = False


@dataclass(frozen=True)
class FamilySection:
    """A titled part of the household's file; `more` opens when it is needed. `closed`: so does all of it."""

    title: str | Promise
    cells: Sequence[SheetCell]
    more: Sequence[SheetCell] = ()
    more_title: str | Promise = ""
    closed: bool = False

    @property
    def all_cells(self) -> list[SheetCell]:
        return [*self.cells, *self.more]

    def drawn(self, form: "PartForm") -> dict:
        cells, more = form.drawn(self.cells), form.drawn(self.more)
        is_wrong = any(cell["field"].errors for cell in cells)
        is_open = is_wrong if self.closed else is_needed(more)
        shown = {"title": self.title, "more_title": self.more_title, "closed": self.closed}
        return {**shown, "cells": cells, "more": more, "open": is_open}


SPONSORS = "family-sponsors"  # the list of names on the page
HOUSEHOLD_SECTIONS = (
    FamilySection(
        _("职工"),
        (
            SheetCell("worker_name"),
            SheetCell("worker"),
            SheetCell("telephone"),
            SheetCell("worker_category"),
            SheetCell("single_parent"),
            SheetCell("employer"),
            SheetCell("address", 12),
        ),
        (SheetCell("worker_sex"), SheetCell("health"), SheetCell("health_note"), SheetCell("other_contact", 12)),
        _("证件不含的性别、健康状况、其他联系方式"),
    ),
    FamilySection(
        _("困难情况"),
        (SheetCell("hardship_category"), SheetCell("family_size"), SheetCell("monthly_income"), SheetCell("cause", 12)),
        (SheetCell("main_cause"), SheetCell("housing"), SheetCell("housing_area"), SheetCell("other_causes", 12)),
        _("致困原因分类、住房"),
    ),
    FamilySection(
        _("银行卡"),
        (SheetCell("bank_card", 6), SheetCell("bank_name", 6)),
        (SheetCell("card_kind"), SheetCell("payee_person"), SheetCell("payee_name"), SheetCell("bank_branch", 12)),
        _("卡的种类、支行，收款人不是职工本人的"),
    ),
    FamilySection(
        _("全国系统档案项目"),
        tuple(map(SheetCell, NATIONAL)),
        more_title=_("民族、户口、医保、企业状况等，都可以不填"),
        closed=True,
    ),
    FamilySection(
        _("建档信息"),
        (SheetCell("union"), SheetCell("filed_on"), SheetCell("number")),
        more_title=_("工会、日期和编号已填好，需要时再改"),
        closed=True,
    ),
)
CHILD_CELLS = (
    SheetCell("name", tells=True),
    SheetCell("person", tells=True),
    SheetCell("relation", tells=True),
    SheetCell("grade", tells=True),
    SheetCell("stage", tells=True),
    SheetCell("school", tells=True),
    SheetCell("graduates_on", tells=True),
)
CHILD_ACCOUNT_CELLS = (
    SheetCell("bank_card", 6, tells=True),
    SheetCell("bank_name", 6),
    SheetCell("bank_branch"),
    SheetCell("card_kind"),
    SheetCell("payee_person"),
    SheetCell("payee_name"),
)
CASE_CELLS = (
    SheetCell("mode"),
    SheetCell("standard"),
    SheetCell("applied_on"),
    SheetCell("programme"),
    SheetCell("sponsor", 8),
)
PAIRING_CELLS = 2  # the last of them, which only 结对助学 asks for
ENTRY_CELLS = (SheetCell("entered_on"), SheetCell("course_years"))
MEMBER_CELLS = (
    SheetCell("name", tells=True),
    SheetCell("relation", tells=True),
    SheetCell("id_number", tells=True),
    SheetCell("occupation", tells=True),
    SheetCell("monthly_income", tells=True),
    SheetCell("health", tells=True),
)
INCOME_CELLS = (
    SheetCell("year"),
    SheetCell("amount", tells=True),
    SheetCell("people"),
    SheetCell("note", 12, tells=True),
)


class TypedDate(DateInput):
    """A date as a line of text: 20140825 or 8.25 are typed faster than a date box is filled in."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["type"] = "text"
        return context


class PartForm(RecordForm):
    """The cells of one record, in their order; whatever else its form has is known without asking."""

    def __init__(self, *args, cells: Sequence[SheetCell], **kwargs):
        super().__init__(*args, **kwargs)
        self.cells = cells
        own = {name: field for name, field in self.fields.items() if not isinstance(field, CellField)}
        own.pop("key", None)
        self.fields = {cell.name: self.fields[cell.name] for cell in cells} | own
        for cell in cells:
            self._dress(self.fields[cell.name], known=bool(self.initial.get(cell.name)))

    def _dress(self, field: forms.Field, *, known: bool) -> None:
        cell = field.column.cell
        if isinstance(cell, DateCell):
            field.widget = TypedDate(format="%Y-%m-%d", attrs={"data-date": "any" if cell.future else "past"})
        elif isinstance(field.widget, forms.Textarea):
            field.widget = forms.TextInput(attrs={"maxlength": cell.max_length})
        attrs = field.widget.attrs
        if isinstance(field.widget, forms.TextInput | TypedDate):
            attrs |= {"class": "form-control", "autocomplete": "off"}
            if hint := str(cell.hint):
                attrs["placeholder"] = hint
        elif isinstance(field.widget, forms.Select):
            attrs["class"] = "form-select"
        if isinstance(cell, IdNumberCell | CardCell):
            attrs["data-check"] = "id" if isinstance(cell, IdNumberCell) else "card"
        if field.column.attribute == "sponsor":
            attrs["list"] = SPONSORS
        if known:
            attrs["data-known"] = ""
        field.help_text = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed that tells that somebody is meant."""
        told = (self.add_prefix(cell.name) for cell in self.cells if cell.tells)
        return not any(self.data.get(name, "").strip() for name in told)

    @property
    def is_wanted(self) -> bool:
        """Whether its box is ticked."""
        return self["wanted"].value() in (True, "on")

    def drawn(self, cells: Sequence[SheetCell] | None = None) -> list[dict]:
        """The cells as the template draws them: the field, how wide, and whether it holds something."""
        shown = self.cells if cells is None else cells
        return [{"field": self[cell.name], "width": cell.width} for cell in shown]


def is_needed(cells: Sequence[dict]) -> bool:
    """Whether one of the cells drawn holds something, or something is wrong with it."""
    return any(cell["field"].value() or cell["field"].errors for cell in cells)
