"""What is typed into rows that wait and is not sent yet: found again after a crash, gone once it is sent."""

import pytest
from django.urls import reverse

from aid.models import Household
from portal.models import FormDraft, HeldRow, ListUpload
from tests.employment.lists.browsing import initial, say, upload
from tests.employment.lists.test_steps import RIGHT_NUMBER, SAID, WANG, WRONG, checked, confirm, file_of

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


def leave(page, address: str, fields: dict[str, str]) -> None:
    """Type into a form and send nothing but what the page keeps by itself."""
    page.post(reverse("draft_keep"), fields | {"draft_page": address})


def test_what_is_typed_in_each_step_stands_there_again_until_it_is_sent(page):
    upload(page, file_of(("王建国", WANG[1], "低收入", "否", WANG[4]), WRONG), "清单.csv")
    pk = ListUpload.objects.get().pk
    columns, words, check = (reverse(f"list_{step}", args=[pk]) for step in ("columns", "words", "check"))

    fields = initial(page.get(columns).context["form"]) | say(page, pk, SAID) | {"column-4": ""}
    leave(page, columns, fields)
    opened = page.get(columns)
    assert initial(opened.context["form"]) == fields
    assert "还没有保存的内容" in opened.text
    assert page.post(columns, fields, follow=True).redirect_chain[-1][0] == words
    assert page.get(columns).context["restored"] is None

    leave(page, words, {"word-0": "低保边缘户"})
    assert initial(page.get(words).context["form"]) == {"word-0": "低保边缘户"}
    page.post(words, {"word-0": "低保边缘户"})

    before = cells(page.get(check))
    leave(page, check, before | {"cell-3-@1": RIGHT_NUMBER})
    assert cells(page.get(check))["cell-3-@1"] == RIGHT_NUMBER
    confirm(page, ListUpload.objects.get())  # without sending what was typed: it goes along to where the row waits
    held = page.get(reverse("held_rows", args=[pk]))
    assert cells(held)["cell-3-@1"] == RIGHT_NUMBER
    page.post(reverse("held_rows", args=[pk]), cells(held))
    assert set(Household.objects.values_list("hardship_category", flat=True)) == {
        "near_minimum_income",
        "minimum_income",
    }
    assert not FormDraft.objects.exists()
