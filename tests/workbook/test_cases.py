"""The samples of kinds that people really send: what must come of each is written beside it."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from employment.workbook import CASE_WORKBOOK
from portal.models import Union
from portal.workbook.importing.service import import_workbook
from tests.workbook.test_samples import run

SAMPLES = Path(settings.BASE_DIR) / "tests" / "samples"
CASES = json.loads((SAMPLES / "cases" / "cases.json").read_text())

pytestmark = pytest.mark.django_db


def stored(field: str) -> list[str]:
    """What an export writes of a field, of every record."""
    title, heading = field.split(".", 1)
    sheet = CASE_WORKBOOK.by_title[title]
    values = [sheet.by_heading[heading].export(record) for record in sheet.model.objects.all()]
    return [f"{value:.2f}" if isinstance(value, Decimal) else str(value) for value in values]


@pytest.mark.parametrize("name", CASES)
def test_case(name):
    run("load_unions", SAMPLES / "small" / "unions.csv")
    unit = Union.objects.get(code="310001")
    outcome = import_workbook(SAMPLES / "cases" / name, workbook=CASE_WORKBOOK, unit=unit)
    expected = CASES[name]
    assert outcome.ok is expected["ok"]
    assert {title: outcome.created[title] for title in expected.get("created", {})} == expected.get("created", {})
    for field, value in expected.get("stored", {}).items():
        assert value in stored(field)
    assert any(expected.get("notice", "") in notice for notice in [*outcome.notices, ""])
