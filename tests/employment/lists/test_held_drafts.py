"""What is typed into rows that wait and is not sent yet: found again after a crash, gone once it is sent."""

import pytest
from django.urls import reverse

from portal.models import FormDraft, HeldRow
from tests.employment.lists.test_steps import RIGHT_NUMBER, WANG, WRONG, checked, confirm

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client_of, clerk, grassroots):
    return client_of(clerk)


@pytest.fixture
def address(page) -> str:
    sent = checked(page, WANG, WRONG)
    confirm(page, sent)
    return reverse("held_rows", args=[sent.pk])


def cells(answer) -> dict[str, str]:
    return {cell.name: cell.text for row in answer.context["grid"].rows for cell in row.cells}


def test_typed_cells_stand_in_the_grid_again(page, address):
    before = cells(page.get(address))
    assert before["cell-3-@1"] == WRONG[1]
    page.post(reverse("draft_keep"), before | {"cell-3-@1": RIGHT_NUMBER, "draft_page": address})
    again = page.get(address)
    assert "还没有保存的内容" in again.text
    assert cells(again) == before | {"cell-3-@1": RIGHT_NUMBER}
    assert page.post(address, cells(again)).status_code == 302
    assert not HeldRow.objects.exists()
    assert not FormDraft.objects.exists()


def test_draft_that_says_what_stands_there_is_not_told_of(page, address):
    page.post(reverse("draft_keep"), cells(page.get(address)) | {"draft_page": address})
    assert page.get(address).context["restored"] is None
