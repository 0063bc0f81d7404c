"""A list of every kind, by the command and through the pages: what went in is counted against what came of it."""

import pytest
from django.urls import reverse

from aid.models import CaseShare, PolicyAid
from employment.lists.kinds import LIST_KINDS
from employment.records import FINAL
from portal.models.lists import ListState
from portal.workbook.lists.steps.preview import Preview
from tests.employment.lists.browsing import through_the_steps
from tests.employment.lists.commands import import_list
from tests.employment.lists.kept import FAIR, FAMILIES, KEPT

SHEETS = {title: sheet for kind in LIST_KINDS for title, sheet in kind.sheets.items()}

every_list = pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.name)


def stored(name: str) -> set:
    """What 工作表.列 of the records on file says, as text; None where it is blank."""
    title, _dot, heading = name.partition(".")
    column = next(each for each in SHEETS[title].columns if each.heading == heading)
    values = [column.export(record) for record in SHEETS[title].model.objects.all()]
    return {None if value is None else str(value) for value in values}


@pytest.fixture
def unit(tmp_path, district, grassroots):
    """The unit that imports, with the families on file where a list speaks of them."""

    def made(kept):
        if kept.on_file:
            for content, title, count in ((FAMILIES, "子女", 2), (FAIR, "就业活动与岗位", 1)):
                (tmp_path / "before.xlsx").write_bytes(content)
                assert import_list(tmp_path / "before.xlsx", unit=district.code)["created"][title] == count
        return district

    return made


def counted(outcome: dict, what: str) -> dict[str, int]:
    return {title: count for title, count in outcome[what].items() if count}


@every_list
def test_list_comes_in_by_the_command(kept, tmp_path, unit):
    code = unit(kept).code
    path = tmp_path / "list.xlsx"
    path.write_bytes(kept.content)
    answer = import_list(path, unit=code, said=kept.said)
    assert answer["held"] == []
    assert counted(answer, "created") == kept.created
    assert counted(answer, "unchanged") == kept.unchanged
    assert counted(answer, "updated") == {}
    assert answer["left_out"] == list(kept.left_out)
    assert (answer["heading_row"], len(answer["skipped"])) == (4, len(kept.below))
    for column, values in kept.stored.items():
        assert stored(column) == values
    again = import_list(path, unit=code, said=kept.said)
    assert (counted(again, "created"), counted(again, "updated")) == ({}, {})
    assert counted(again, "unchanged") == kept.created | kept.unchanged


@every_list
def test_list_comes_in_through_the_pages(kept, unit, client_of, clerk):
    unit(kept)
    upload = through_the_steps(client_of(clerk), kept.content, "清单.xlsx", said=kept.said)
    outcome = Preview.loads(upload.outcome).outcome
    assert upload.state == ListState.IMPORTED
    assert outcome["held"] == []
    assert counted(outcome, "created") == kept.created
    assert counted(outcome, "unchanged") == kept.unchanged
    for column, values in kept.stored.items():
        assert stored(column) == values


@pytest.mark.parametrize("slug", ["", "families", "aid", "money", "care", "jobs"])
def test_lists_are_offered_on_the_first_page_and_those_of_the_areas(client_of, clerk, auditor, slug):
    address = reverse("area", args=[slug]) if slug else reverse("home")
    for user, offered in ((clerk, True), (auditor, False)):
        acts = client_of(user).get(address, follow=True).context.get("acts") or ()
        assert ("list_upload" in [act.url_name for act in acts]) == offered


def test_lists_are_offered_where_the_records_they_bring_are_listed(client_of, clerk, auditor):
    of_case = {PolicyAid, CaseShare}  # stand in the row of their case
    brought = {sheet.model for kind in LIST_KINDS for sheet in kind.sheets.values()} - of_case
    assert {kind.model for kind in FINAL.values() if kind.in_lists} == brought
    for user, offered in ((clerk, True), (auditor, False)):
        page = client_of(user).get(reverse("aidcase_list")).text
        assert (f'href="{reverse("list_upload")}">\n      <i class="bi bi-file-earmark-spreadsheet"' in page) == offered
