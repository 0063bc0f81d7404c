"""The samples once more, through the pages: each comes in as by the command, and nothing is lost on the way."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from portal.enums import Role
from portal.models import Union
from portal.models.lists import ListState
from portal.workbook.lists.steps.preview import Preview
from tests.employment.lists.browsing import through_the_steps
from tests.employment.lists.test_samples import EXPECTED, SAMPLES, stored
from tests.factories import UserFactory


@pytest.fixture
def page(db, client_of):
    call_command("load_unions", SAMPLES / "unions.csv", verbosity=0)
    return client_of(UserFactory(role=Role.CLERK, union=Union.objects.get(code="310101")))


@pytest.mark.parametrize("name", EXPECTED)
def test_sample_comes_in(page, name):
    wanted = EXPECTED[name]
    said = wanted.get("set", {}) | ({"活动年度": str(wanted["year"])} if "year" in wanted else {})
    upload = through_the_steps(page, (SAMPLES / name).read_bytes(), name, said=said)
    assert upload.state == ListState.IMPORTED
    outcome = Preview.loads(upload.outcome).outcome
    assert {title: count for title, count in outcome["created"].items() if count} == wanted["created"]
    assert outcome["held"] == []
    assert len(outcome["skipped"]) == wanted.get("skipped", 0)
    for column, value in wanted.get("stored", {}).items():
        assert value in stored(column)
    assert page.get(reverse("list_check", args=[upload.pk])).status_code == 200


def test_cell_that_is_read_differently_shows_both(page):
    said = EXPECTED["summary.xlsx"]["set"] | {"活动年度": "2026"}
    upload = through_the_steps(page, (SAMPLES / "summary.xlsx").read_bytes(), "summary.xlsx", said=said)
    text = page.get(reverse("list_check", args=[upload.pk])).text
    assert "2000元" in text
    assert "→ 2000.00" in text
    assert "→ 低保户" in text
