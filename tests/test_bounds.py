"""No amount and no day without a bound: whoever adds a field is told here that it has none."""

import ast
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.db import models
from django.urls import get_resolver

from employment.records import FINAL
from employment.workbook import CASE_WORKBOOK
from portal.forms.bounded import DayField, YuanField
from portal.words.bounds import MOST_AT_ONCE, MOST_OF_ONE
from portal.workbook.cells import AmountCell, CellFault, DateCell
from tests.source import FLOORS, ROOT, SOURCES, tree_of

OWN = Path("portal/forms/bounded.py")
# Figures of a report, which have bounds of their own, and what a composed figure is compared with.
OF_FIGURES = {Path("reports/forms/preparation.py"), Path("reports/forms/composing.py")}
# Parts of what was granted or raised: their sum is held against it, whoever writes them.
HELD_BY_A_SUM = {
    "BatchItem.amount",
    "CaseShare.amount",
    "Contribution.confirmed_amount",
    "CarriedFunds.amount",
    "PayeeLine.amount",
}
CARRIED = {(sheet.model, column.attribute) for sheet in CASE_WORKBOOK.sheets for column in sheet.columns}
SHEETS = [*CASE_WORKBOOK.sheets, *(kind.editing.sheet for kind in FINAL.values() if kind.editing)]
AMOUNTS = {
    (sheet.model, column.attribute): column.cell
    for sheet in SHEETS
    for column in sheet.columns
    if isinstance(column.cell, AmountCell)
}


def own_models() -> list[type[models.Model]]:
    return [
        model for app in FLOORS for model in apps.get_app_config(app).get_models() if "Historical" not in model.__name__
    ]


def bounded_by_database(model: type[models.Model], name: str) -> bool:
    return any(f"{name}__lte" in str(constraint.deconstruct()) for constraint in model._meta.constraints)


def test_no_form_takes_a_field_without_bounds():
    get_resolver().url_patterns  # noqa: B018  every form is imported
    found = set()
    for path in SOURCES:
        where = path.relative_to(ROOT)
        if where == OWN or "models" in where.parts:
            continue
        for node in ast.walk(tree_of(path)):
            name = node.attr if isinstance(node, ast.Attribute) else ""
            of_forms = isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "forms"
            if of_forms and name in {"DateField", "DecimalField", "FloatField"}:
                found.add((where, name))
    assert {where for where, name in found if name == "DateField"} == set()
    assert {where for where, name in found if name != "DateField"} <= OF_FIGURES


def test_no_form_of_a_model_makes_one_either():
    get_resolver().url_patterns  # noqa: B018
    left, waiting = [], [forms.Form, forms.ModelForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.split(".")[0] in FLOORS:
            left += [
                f"{form.__name__}.{name}"
                for name, field in form.base_fields.items()
                if isinstance(field, forms.DateField) and not isinstance(field, DayField)
            ]
    assert left == []


def test_every_amount_fits_where_it_is_kept():
    for (model, name), cell in AMOUNTS.items():
        if name in {field.name for field in model._meta.fields}:
            field = model._meta.get_field(name)
            assert cell.maximum < Decimal(10) ** (field.max_digits - field.decimal_places), (model, name)


def test_every_amount_of_money_has_a_bound_and_the_database_the_same():
    free = []
    for model in own_models():
        for field in model._meta.fields:
            key = f"{model.__name__}.{field.name}"
            is_money = isinstance(field, models.DecimalField) and "元" in str(field.verbose_name)
            if not is_money or (model, field.name) in CARRIED or key in HELD_BY_A_SUM:
                continue
            cell = AMOUNTS.get((model, field.name))
            positive = any(f"'{field.name}__gt'" in str(each.deconstruct()) for each in model._meta.constraints)
            if (cell is None or cell.maximum > MOST_AT_ONCE) and not bounded_by_database(model, field.name):
                free.append(key)
            elif positive and not bounded_by_database(model, field.name):
                free.append(f"{key} in the database")
    assert free == []


@pytest.mark.parametrize("day", ["2100-01-01", "9999-12-31", "1900-02-28"])
def test_a_day_no_record_can_mean_is_refused_by_cell_and_form(day):
    with pytest.raises(CellFault, match="请核对"):
        DateCell(future=True).clean(day)
    with pytest.raises(forms.ValidationError, match="请核对"):
        DayField().clean(day)
    assert DayField().clean("2099-12-31") == DateCell(future=True).clean("2099-12-31")


def test_more_than_is_meant_is_refused_by_cell_and_form():
    assert AmountCell(maximum=MOST_OF_ONE).clean("1000000") == YuanField(most=MOST_OF_ONE).clean("1000000")
    with pytest.raises(CellFault, match="不能大于 1,000,000，请核对"):
        AmountCell(maximum=MOST_OF_ONE).clean("1000000.01")
    with pytest.raises(forms.ValidationError):
        YuanField(most=MOST_OF_ONE).clean("1000000.01")
