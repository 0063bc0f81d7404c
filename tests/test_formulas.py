"""What looks like a formula is kept as it was typed and goes out as text, whichever way it goes."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.aid.visiting import activity, organisation, project, project_gain, project_payment
from tests.portal.records.test_export_formats import body_of
from tests.source import ROOT, SOURCES

GUARDS = ("_guarded", "without_formula", "_inert")
FORMULA = "=1+1"


def test_every_writer_of_csv_guards_its_cells():
    shipped = [path for path in SOURCES if "demo" not in path.parts]
    writers = {path.relative_to(ROOT): path.read_text() for path in shipped if "csv.writer(" in path.read_text()}
    assert [str(path) for path, text in writers.items() if not any(guard in text for guard in GUARDS)] == []
    assert len(writers) >= 5


@pytest.mark.django_db
def test_numbers_and_words_of_projects_and_activities_go_out_as_text(client_of, clerk, district):
    runs = organisation(district, name=FORMULA, qualification="+A1")
    held = project(district, organisation=runs, title=FORMULA, contract_number="+A1", number="@M1")
    project_payment(district, project=held, note=FORMULA, amount=Decimal(1))
    project_gain(district, project=held, what="-1+1", value=None)
    activity(district, title=FORMULA, series="+A1", place="@x", description=FORMULA)
    client, loose = client_of(clerk), re.compile(r"^[=+@\t]|^-(?![0-9.]+$)")
    for name in ("organisation", "project", "projectpayment", "projectgain", "activity"):
        address = reverse(f"{name}_export")
        text = body_of(client.get(address, {"format": "csv"})).decode("utf-8-sig")
        told = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert [cell for cell in told if loose.match(cell)] == []
        assert any(cell.startswith("'") for cell in told), name
        sheet = load_workbook(io.BytesIO(body_of(client.get(address)))).active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}, name
