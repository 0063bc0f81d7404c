"""A list that was uploaded before, under any name, is told of; of people on file nothing is demanded that they have."""

import pytest
from django.urls import reverse

from portal.models import ListUpload
from tests.employment.lists.browsing import initial, say, upload
from tests.employment.lists.test_steps import LI, RIGHT_NUMBER, SAID, WANG, WRONG, checked, confirm, file_of

FILED = "said-困难职工家庭.filed_on"
CHILD = ("子女姓名", "子女身份证号", "学段")
GIRL = ("王小红", "31010920070221302X", "初中")


@pytest.fixture
def page(client_of, clerk, grassroots):
    return client_of(clerk)


def columns_of(page, content: bytes, name: str):
    assert upload(page, content, name).status_code == 302
    return page.get(reverse("list_columns", args=[ListUpload.objects.latest("uploaded_at").pk]))


def test_same_content_is_told_with_what_became_of_it(page, client_of, foreign_clerk):
    first = checked(page, WANG, LI)
    assert columns_of(page, file_of(LI, WANG), "甲.csv").context["same"] is None
    waits = columns_of(page, file_of(WANG, LI), "乙.csv")
    assert waits.context["same"] == first
    assert "文件“困难职工.csv”，还没有导入。" in waits.text
    confirm(page, first)
    again = columns_of(page, file_of(WANG, LI), "丙.csv")  # and not 乙, which was uploaded later and came to nothing
    assert again.context["same"] == first
    assert "这份清单（同样的内容）已导入过" in again.text
    assert columns_of(client_of(foreign_clerk), file_of(WANG, LI), "丁.csv").context["same"] is None


def test_nothing_is_demanded_of_whom_all_is_on_file(page):
    confirm(page, checked(page, WANG, LI))
    form = columns_of(page, file_of(WANG, LI), "再来.csv").context["form"]
    assert form.on_file == {"困难职工家庭"}
    assert (form.fields[FILED].required, form[FILED].help_text) == (False, "这些行档案里都已有，不用填。")
    address = reverse("list_columns", args=[ListUpload.objects.latest("uploaded_at").pk])
    answer = page.post(address, initial(form), follow=True)
    assert "这 2 行档案里都已有，内容也一样" in answer.text

    new = (WRONG[0], RIGHT_NUMBER, *WRONG[2:])
    assert columns_of(page, file_of(WANG, new), "多一人.csv").context["form"].fields[FILED].required


def test_case_is_on_file_in_its_year_only(page):
    headings = ("姓名", "身份证号码", "困难类型", "是否单亲", *CHILD, "申请金额", "活动年度")
    rows = [(*WANG[:4], *GIRL, "2000", year) for year in ("2026", "2025")]
    said = SAID | {"助学方式": "社会助学"}
    first = columns_of(page, file_of(rows[0], headings=headings), "今年.csv").context["form"]
    pk = ListUpload.objects.get().pk
    page.post(reverse("list_columns", args=[pk]), initial(first) | say(page, pk, said))
    page.post(reverse("list_confirm", args=[pk]))
    for row, known in zip(rows, (True, False), strict=True):
        form = columns_of(page, file_of(row, headings=headings), "又一份.csv").context["form"]
        assert ("助学申请" in form.on_file) == known
        assert form.on_file >= {"困难职工家庭", "子女"}
