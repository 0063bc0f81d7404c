"""Lists as unions keep them, in files made by others: what must come of each, by the command."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from employment.workbook import CASE_WORKBOOK
from tests.employment.lists.commands import import_list

SAMPLES = Path(settings.BASE_DIR) / "tests" / "samples" / "lists"
EXPECTED = json.loads((SAMPLES / "lists.json").read_text())


@pytest.fixture
def city():
    call_command("load_unions", SAMPLES / "unions.csv", verbosity=0)


def stored(name: str) -> list[str]:
    """The values on file of 工作表.列, as text."""
    title, _dot, heading = name.partition(".")
    sheet = CASE_WORKBOOK.by_title[title]
    column = next(column for column in sheet.columns if column.heading == heading)
    return [str(column.export(record)) for record in sheet.model.objects.all()]


@pytest.mark.django_db
@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("name", EXPECTED)
def test_sample_comes_in(name):
    wanted = EXPECTED[name]
    answer = import_list(SAMPLES / name, unit="310101", year=wanted.get("year"), said=wanted.get("set", {}))
    assert answer["ok"]
    assert answer["heading_row"] == wanted["heading_row"]
    assert {title: count for title, count in answer["created"].items() if count} == wanted["created"]
    assert answer["held"] == []
    assert len(answer["skipped"]) == wanted.get("skipped", 0)
    for column, value in wanted.get("stored", {}).items():
        assert value in stored(column)


@pytest.mark.django_db
@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("name", EXPECTED)
def test_same_list_again_changes_nothing(name):
    wanted = EXPECTED[name]
    said = {"unit": "310101", "year": wanted.get("year"), "said": wanted.get("set", {})}
    import_list(SAMPLES / name, **said)
    again = import_list(SAMPLES / name, **said)
    assert set(again["created"].values()) == {0}
    assert set(again["updated"].values()) == {0}
    assert again["unchanged"] == {title: wanted["created"].get(title, 0) for title in again["unchanged"]}
