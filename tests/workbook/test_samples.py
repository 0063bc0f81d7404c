"""The samples: three units and a small one with the figures expected of them, and workbooks with one fault each."""

import json
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.management import call_command

from tests.workbook.outcomes import row_counts

SAMPLES = Path(settings.BASE_DIR) / "tests" / "samples"
FAULTS = json.loads((SAMPLES / "bad" / "faults.json").read_text())
UNITS = [(folder, path.stem) for folder in ("city", "small") for path in sorted((SAMPLES / folder).glob("*.xlsx"))]

pytestmark = pytest.mark.django_db


def run(command: str, *words) -> str:
    out = StringIO()
    call_command(command, *map(str, words), stdout=out)
    return out.getvalue()


def load(folder: str) -> dict:
    """The unions and every workbook of a folder; what is expected of it."""
    run("load_unions", SAMPLES / folder / "unions.csv")
    for path in sorted((SAMPLES / folder).glob("*.xlsx")):
        run("import_workbook", path, "--unit", path.stem)
    return json.loads((SAMPLES / folder / "expected.json").read_text())


def row_totals(path: Path) -> dict[str, int]:
    """Rows that are not blank, by sheet."""
    return {
        tab.title: sum(any(value is not None for value in row) for row in tab.iter_rows(min_row=2, values_only=True))
        for tab in openpyxl.load_workbook(path)
    }


@pytest.mark.parametrize(("folder", "unit"), UNITS)
def test_import_creates_every_row_and_again_changes_none(folder, unit):
    run("load_unions", SAMPLES / folder / "unions.csv")
    path = SAMPLES / folder / f"{unit}.xlsx"
    rows = row_totals(path)
    first = json.loads(run("import_workbook", path, "--unit", unit, "--json"))
    assert first["created"] == rows
    assert first["updated"] == first["unchanged"] == dict.fromkeys(rows, 0)
    before = row_counts()
    second = json.loads(run("import_workbook", path, "--unit", unit, "--json"))
    assert second["unchanged"] == rows
    assert second["created"] == second["updated"] == dict.fromkeys(rows, 0)
    assert row_counts() | {"portal.AuditEntry": 0} == before | {"portal.AuditEntry": 0}


@pytest.mark.parametrize("folder", ["city", "small"])
def test_figures_of_every_unit_and_of_the_total(tmp_path, folder):
    expected = load(folder)
    path = tmp_path / "figures.json"
    when = ("--campaign", expected["year"], "--as-of", expected["as_of"], "--format", "json")
    run("export_annex", *when, "--all", "-o", path)
    assert json.loads(path.read_text()) == {"units": expected["units"], "total": expected["total"]}
    for unit, figures in expected["units"].items():
        run("export_annex", *when, "--unit", unit, "-o", path)
        assert json.loads(path.read_text()) == figures


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["file"])
@pytest.mark.parametrize("on_file", [False, True], ids=["new", "on file"])
def test_bad_workbook_is_refused_at_its_cell(fault, on_file):
    run("load_unions", SAMPLES / "city" / "unions.csv")
    if on_file:
        run("import_workbook", SAMPLES / "city" / "310002.xlsx", "--unit", "310002")
    before = row_counts()
    out = StringIO()
    path = str(SAMPLES / "bad" / fault["file"])
    with pytest.raises(SystemExit) as refusal:
        call_command("import_workbook", path, "--unit", "310002", "--json", stdout=out)
    assert refusal.value.code == 1
    errors = json.loads(out.getvalue())["errors"]
    places = [(error["sheet"], error["row"], error["column"]) for error in errors]
    assert (fault["sheet"], fault["row"], fault["column"]) in places
    assert all(error["reason"] for error in errors)
    assert row_counts() == before


@pytest.mark.parametrize(("folder", "unit"), UNITS)
def test_export_imports_again_unchanged(tmp_path, folder, unit):
    run("load_unions", SAMPLES / folder / "unions.csv")
    run("import_workbook", SAMPLES / folder / f"{unit}.xlsx", "--unit", unit)
    path = tmp_path / "out.xlsx"
    run("export_workbook", "--unit", unit, "-o", path)
    again = json.loads(run("import_workbook", path, "--unit", unit, "--json"))
    assert (set(again["created"].values()), set(again["updated"].values())) == ({0}, {0})
