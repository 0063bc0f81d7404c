"""A list on its way in through the browser: each step is kept, wrong rows wait, and nothing is lost."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from aid.enums import AidMode, PolicyFilling
from aid.models import AidCase, Child, Household
from portal.desk.todos import waiting_for
from portal.models import HeldRow, Import, ListHabit, ListUpload
from portal.models.lists import ListState
from portal.workbook.importing.masking import numbers_masked
from tests.employment.lists.browsing import go_on_from_columns, initial, say, upload
from tests.workbook.sheets import fresh_id

HEADINGS = ("姓名", "身份证号码", "困难类型", "是否单亲", "卡号")
WANG = ("王建国", "310109197001102015", "低保", "否", "6228480000000010009")
LI = ("李建华", "310109197102112028", "低保", "否", "6228480000000010017")
WRONG = ("赵建民", "310109197203122031", "低保", "否", "6228480000000010025")
RIGHT_NUMBER = "310109197203122030"
SAID = {"职工类别": "困难职工", "建档日期": "2026-03-01"}


def file_of(*rows, headings=HEADINGS) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode()


@pytest.fixture
def page(client_of, clerk, grassroots):
    return client_of(clerk)


def checked(page, *rows, **options) -> ListUpload:
    """A list that has come to its check."""
    assert upload(page, file_of(*rows, **options), "困难职工.csv").status_code == 302
    sent = ListUpload.objects.latest("uploaded_at")
    go_on_from_columns(page, sent.pk, **say(page, sent.pk, SAID))
    return ListUpload.objects.get(pk=sent.pk)


def confirm(page, sent: ListUpload):
    return page.post(reverse("list_confirm", args=[sent.pk]), follow=True)


def test_nothing_is_written_before_it_is_confirmed(page):
    sent = checked(page, WANG, LI)
    assert sent.state == ListState.CHECKED
    assert not Household.objects.exists()
    confirm(page, sent)
    assert set(Household.objects.values_list("worker_name", flat=True)) == {"王建国", "李建华"}


def test_confirmed_twice_it_comes_in_once(page):
    sent = checked(page, WANG)
    confirm(page, sent)
    again = confirm(page, sent)
    assert "已经导入" in again.text
    assert Household.objects.count() == 1
    home = Household.objects.get()
    assert f'<a href="{reverse("household_detail", args=[home.pk])}">{home.number} 王建国</a>' in again.text
    same = checked(page, WANG)
    preview = page.get(reverse("list_check", args=[same.pk])).text
    assert "这 1 行档案里都已有，内容也一样，没有要写入的，也不会重复登记。" in preview
    assert ("没有要写入的，完成" in preview, "导入这" in preview) == (True, False)
    answer = confirm(page, same)
    assert "这 1 行档案里都已有，没有要写入的。" in answer.text
    assert "已导入" not in answer.text


def test_list_of_families_and_children_registers_no_applications_unless_they_are_opened(page):
    """The year in the title is filled in beforehand; it alone asks for nothing, and may be cleared."""
    headings = ("职工姓名", "职工身份证号", "困难类型", "子女姓名", "子女身份证号", "学段")
    row = ("王建国", WANG[1], "低保户", "王小丽", fresh_id(), "小学")
    content = file_of(headings, row, headings=("2026年困难职工子女名单",))
    assert upload(page, content, "子女.csv").status_code == 302
    pk = ListUpload.objects.latest("uploaded_at").pk
    address = reverse("list_columns", args=[pk])
    form = page.get(address).context["form"]
    sent = initial(form) | say(page, pk, SAID) | {"said-困难职工家庭.single_parent": "否"}
    assert sent["said-助学申请.campaign"] == "2026"
    lines = form["said-助学申请.mode"].help_text.split("<br>")
    assert lines[0] == "登记“助学申请”时才要填。"
    assert [line.partition("：")[0] for line in lines[1:]] == AidMode.labels
    opened = page.post(address, sent | {"said-助学申请.standard": "1500"}).context["form"].errors
    assert list(opened) == ["said-助学申请.mode"]  # 申请日期 comes with 建档日期
    for campaign in ("2026", ""):
        answer = page.post(address, sent | {"said-助学申请.campaign": campaign}, follow=True)
        assert answer.redirect_chain[-1][0] == reverse("list_check", args=[pk])
    confirm(page, ListUpload.objects.get(pk=pk))
    assert (Household.objects.count(), Child.objects.count(), AidCase.objects.count()) == (1, 1, 0)


def test_table_of_something_else_is_told_what_was_looked_for_and_where_workbooks_go(page):
    answer = upload(page, file_of(("1", "苹果"), headings=("编次", "水果")), "水果.csv")
    [refusal] = answer.context["form"].errors["file"]
    assert refusal == (
        "前 20 行中没有认识的列标题（清单里应有"
        "“身份证号”“金额(元)”“走访对象身份证号”“单位名称”“名称”“岗位名称”“姓名”“诉求内容”等列），请检查表头。"
        "平台的工作簿（由模板填写或由平台导出的）请用“导入工作簿”。"
    )
    assert "模板对照" not in answer.text


def test_file_that_is_no_table_is_refused_with_the_reason(page):
    answer = upload(page, b"<html></html>", "网页.xls")
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not ListUpload.objects.exists()


def test_list_of_others_does_not_exist(page, client_of, foreign_clerk):
    sent = checked(page, WANG)
    other = client_of(foreign_clerk)
    for act in ("columns", "words", "check"):
        assert other.get(reverse(f"list_{act}", args=[sent.pk])).status_code == 404


def test_file_and_all_that_was_typed_are_encrypted(page):
    sent = checked(page, WANG, WRONG)
    typed = {"cell-3-@1": "310109197203122032"}
    page.post(reverse("list_check", args=[sent.pk]), typed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM portal_listupload")
        stored = b"|".join(
            bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode() for each in cursor.fetchone()
        )
    for secret in ("310109197203122032", WANG[1], WANG[4], "王建国", "建档日期"):
        assert secret.encode() not in stored


def test_column_is_taken_for_another_or_left_out(page):
    rows = [(*WANG, "无锡", "4")]
    upload(page, file_of(*rows, headings=(*HEADINGS, "籍贯", "口粮")), "甲.csv")
    sent = ListUpload.objects.get()
    changes = say(page, sent.pk, SAID) | {"column-5": "困难职工家庭.address", "column-6": "", "column-4": ""}
    go_on_from_columns(page, sent.pk, **changes)
    confirm(page, sent)
    made = Household.objects.get()
    assert (made.address, made.bank_card) == ("无锡", "")


def test_two_columns_are_not_taken_for_one(page):
    upload(page, file_of(WANG), "甲.csv")
    sent = ListUpload.objects.get()
    answer = go_on_from_columns(page, sent.pk, **{"column-4": "困难职工家庭.worker"})
    assert "已经当作这一列了" in answer.text
    assert ListUpload.objects.get().state == ListState.OPEN


def test_what_is_said_is_checked_where_it_is_typed(page):
    upload(page, file_of(WANG), "甲.csv")
    sent = ListUpload.objects.get()
    answer = go_on_from_columns(page, sent.pk, **say(page, sent.pk, {"建档日期": "2026.13.1"}))
    assert answer.context["form"].errors["said-困难职工家庭.filed_on"]


def test_mapping_is_proposed_again_for_the_same_headings(page, client_of, clerk, lead):
    upload(page, file_of(WANG), "一月.csv")
    first = ListUpload.objects.get()
    changes = say(page, first.pk, SAID) | {"column-4": "", "name": "街道月报"}
    go_on_from_columns(page, first.pk, **changes)
    assert ListHabit.objects.get(name="街道月报").union == clerk.union
    upload(page, file_of(LI), "二月.csv")
    second = ListUpload.objects.latest("uploaded_at")
    form = page.get(reverse("list_columns", args=[second.pk])).context["form"]
    sent = initial(form)
    assert (sent["column-4"], sent["name"], sent["said-困难职工家庭.worker_category"]) == ("", "街道月报", "困难职工")
    assert sent["said-困难职工家庭.filed_on"] == ""  # a day is that of its own list


def test_word_is_asked_for_once_and_its_answer_kept(page):
    rows = [(*WANG[:2], "低收入", *WANG[3:]), (*LI[:2], "低收入", *LI[3:])]
    upload(page, file_of(*rows), "甲.csv")
    sent = ListUpload.objects.get()
    answer = go_on_from_columns(page, sent.pk, **say(page, sent.pk, SAID))
    words = reverse("list_words", args=[sent.pk])
    assert answer.redirect_chain[-1][0] == words
    (field,) = answer.context["form"]
    assert field.label == "“困难类型”里的“低收入”（2 行）"
    page.post(words, {field.html_name: "低保边缘户"})
    confirm(page, sent)
    assert [each.get_hardship_category_display() for each in Household.objects.all()] == ["低保边缘户"] * 2
    third = (WRONG[0], RIGHT_NUMBER, "低收入", *WRONG[3:])
    assert checked(page, third, headings=HEADINGS).state == ListState.CHECKED  # not asked again


def test_word_without_an_answer_is_left_to_be_completed(page):
    upload(page, file_of((*WANG[:2], "低收入", *WANG[3:]), LI), "甲.csv")
    sent = ListUpload.objects.get()
    go_on_from_columns(page, sent.pk, **say(page, sent.pk, SAID))
    page.post(reverse("list_words", args=[sent.pk]), {"word-0": ""})
    confirm(page, sent)
    assert Household.objects.get().worker_name == "李建华"
    assert HeldRow.objects.get().row == 2
    page.post(reverse("import_take_back", args=[Import.objects.get().pk]))
    answer = go_on_from_columns(page, sent.pk)
    assert answer.redirect_chain[-1][0] == reverse("list_check", args=[sent.pk])  # not asked again
    upload(page, file_of((*LI[:2], "低收入", *LI[3:])), "乙.csv")
    other = ListUpload.objects.exclude(pk=sent.pk).get()
    answer = go_on_from_columns(page, other.pk)
    assert answer.redirect_chain[-1][0] == reverse("list_words", args=[other.pk])  # of another list it is


def test_wrong_cell_is_corrected_in_the_preview(page):
    sent = checked(page, WANG, WRONG)
    address = reverse("list_check", args=[sent.pk])
    text = page.get(address).text
    assert 'name="cell-3-@1"' in text
    assert "校验码" in text
    page.post(address, {"cell-3-@1": RIGHT_NUMBER})
    confirm(page, sent)
    assert Household.objects.count() == 2
    assert not HeldRow.objects.exists()


def test_right_rows_come_in_and_wrong_ones_wait(page, clerk):
    sent = checked(page, WANG, WRONG, LI)
    confirm(page, sent)
    assert Household.objects.count() == 2
    held = HeldRow.objects.get()
    assert (held.row, held.union) == (3, clerk.union)
    waiting = {str(item.label): (item.count, item.url) for item in waiting_for(clerk)}
    assert waiting["清单里待补正的行"] == (1, reverse("held_list"))
    assert "困难职工.csv" in page.get(reverse("held_list")).text


def test_held_row_is_completed_cell_by_cell(page):
    sent = checked(page, WANG, (WRONG[0], WRONG[1], "低保", "否", "123"))
    confirm(page, sent)
    address = reverse("held_rows", args=[sent.pk])
    page.post(address, {"cell-3-@1": RIGHT_NUMBER, "cell-3-@4": "123"})
    assert Household.objects.count() == 1
    text = page.get(address).text
    assert RIGHT_NUMBER in text  # what was typed is not lost
    assert "银行卡号" in text
    answer = page.post(address, {"cell-3-@1": RIGHT_NUMBER, "cell-3-@4": WRONG[4]}, follow=True)
    assert "补导了 1 行（困难职工家庭新增 1），都补完了。" in answer.text
    assert "待补正 " not in answer.text
    result = answer.context
    assert [(sheet.title, sheet.created, len(sheet.made)) for sheet in result["results"]] == [("困难职工家庭", 2, 2)]
    assert result["later"]["rows"] == 1
    assert "共困难职工家庭新增 2。" in answer.text
    rows = {line.row.number: line for line in result["grid"].rows}
    assert [(rows[at].row.fate, bool(rows[at].row.came_at), rows[at].reasons) for at in (2, 3)] == [
        ("new", False, []),
        ("new", True, []),
    ]
    assert (result["held"], Household.objects.get(worker_name="赵建民").number in answer.text) == (0, True)
    assert Household.objects.get(worker_name="赵建民").bank_card == WRONG[4]
    assert not HeldRow.objects.exists()


def test_held_rows_come_in_all_or_none(page):
    other = ("钱建军", "310109197302042042", *WRONG[2:4], "6228480000000010033")
    sent = checked(page, WANG, WRONG, other)
    confirm(page, sent)
    address = reverse("held_rows", args=[sent.pk])
    answer = page.post(address, {"cell-3-@1": RIGHT_NUMBER, "all": "1"}, follow=True)
    assert "都没有导入，填写的内容已存下：还有 1 行要改。" in answer.text
    assert (Household.objects.count(), HeldRow.objects.count()) == (1, 2)
    assert RIGHT_NUMBER in answer.text
    assert "没有错，等其他行" in answer.text
    page.post(address, {"cell-4-@1": fresh_id(), "all": "1"})
    assert (Household.objects.count(), HeldRow.objects.count()) == (3, 0)
    assert Import.objects.count() == 2


def test_cell_that_the_list_has_no_column_for_is_completed_too(page):
    sent_headings = HEADINGS[:3]
    rows = [WANG[:3], LI[:3]]
    upload(page, file_of(*rows, headings=sent_headings), "甲.csv")
    sent = ListUpload.objects.get()
    go_on_from_columns(page, sent.pk, **say(page, sent.pk, SAID))
    assert "没有一行可以导入" in page.get(reverse("list_check", args=[sent.pk])).text
    place = "困难职工家庭.single_parent"
    page.post(reverse("list_check", args=[sent.pk]), {f"cell-2-{place}": "是"})
    confirm(page, sent)
    assert Household.objects.get().single_parent is True
    page.post(reverse("held_rows", args=[sent.pk]), {f"cell-3-{place}": "否"})
    assert [each.single_parent for each in Household.objects.order_by("worker_name")] == [False, True]


def test_held_row_is_dropped(page):
    sent = checked(page, WANG, WRONG)
    confirm(page, sent)
    address = reverse("held_drop", args=[sent.pk])
    asked = page.post(address, {"row": "3"})
    assert "赵建民" in asked.text
    assert WRONG[1] not in asked.text
    assert HeldRow.objects.count() == 1
    answer = page.post(address, {"row": "3", "confirmed": "1"}, follow=True)
    assert "第 3 行不再导入" in answer.text
    assert not HeldRow.objects.exists()
    rows = page.get(reverse("list_check", args=[sent.pk]) + "?fate=all").context["grid"].rows
    assert [(line.row.number, line.row.fate, line.reasons) for line in rows] == [(2, "new", []), (3, "gone", [])]


def test_other_rows_cannot_be_typed_into(page):
    """Only wrong rows are open: a form made by hand changes no right one."""
    sent = checked(page, WANG, WRONG)
    page.post(reverse("list_check", args=[sent.pk]), {"cell-2-@0": "别人", "cell-3-@99": "x", "cell-x-@1": "x"})
    confirm(page, sent)
    assert Household.objects.get().worker_name == "王建国"


def test_family_with_child_and_case_comes_in_together_or_not_at_all(page):
    headings = (*HEADINGS, "子女姓名", "子女身份证号", "学段", "申请金额")
    rows = [
        (*WANG, "王小明", "310109200601203017", "初中", "两千"),
        (*LI, "李小红", "31010920070221302X", "初中", "2000元"),
    ]
    upload(page, file_of(*rows, headings=headings), "甲.csv")
    sent = ListUpload.objects.get()
    said = SAID | {"助学方式": "社会助学", "活动年度": "2026"}
    go_on_from_columns(page, sent.pk, **say(page, sent.pk, said))
    confirm(page, sent)
    assert [model.objects.count() for model in (Household, Child, AidCase)] == [1, 1, 1]
    answer = page.post(reverse("held_rows", args=[sent.pk]), {"cell-2-@8": "2000"}, follow=True)
    cases = [case.pk for case in answer.context["cases"]]
    assert set(cases) == set(AidCase.objects.values_list("pk", flat=True))
    assert "去填 2 份政策落实情况" in answer.text
    assert "已提交的填好以后，由单位审核人初审。" in answer.text
    filled = {"ids": cases, "filling": PolicyFilling.NONE_APPLIES, "confirmed": "1"}
    assert page.post(reverse("case_policies_many"), filled).status_code == 200
    assert "政策落实情况" not in page.get(reverse("list_check", args=[sent.pk])).text
    assert [model.objects.count() for model in (Household, Child, AidCase)] == [2, 2, 2]


def test_file_number_of_another_worker_is_refused(page):
    """The worker on file is not replaced by the one of the list, as if a file could change hands."""
    headings = ("档案编号", *HEADINGS)
    confirm(page, checked(page, ("W001", *WANG), headings=headings))
    sent = checked(page, ("W001", *LI), ("W002", WRONG[0], RIGHT_NUMBER, *WRONG[2:]), headings=headings)
    assert "已是另一人的" in page.get(reverse("list_check", args=[sent.pk])).text
    confirm(page, sent)
    assert list(Household.objects.order_by("number").values_list("number", "worker_name")) == [
        ("W001", "王建国"),
        ("W002", "赵建民"),
    ]
    assert HeldRow.objects.count() == 1


def test_held_rows_and_lists_are_swept_after_ninety_days(page):
    sent = checked(page, WANG, WRONG)
    confirm(page, sent)
    call_command("sweep_jobs", verbosity=0)
    assert HeldRow.objects.count() == ListUpload.objects.count() == 1
    for days, left in ((90, 1), (91, 0)):
        long_ago = timezone.now() - timedelta(days=days)
        HeldRow.objects.update(held_at=long_ago)
        ListUpload.objects.update(uploaded_at=long_ago)
        if left:  # it is there to the end of the day that the page names
            assert f"<td>{timezone.localdate():%Y-%m-%d}</td>" in page.get(reverse("held_list")).text
        call_command("sweep_jobs", verbosity=0)
        assert HeldRow.objects.count() == ListUpload.objects.count() == left
    assert HeldRow.objects.count() == ListUpload.objects.count() == 0
    assert Household.objects.count() == 1


TOGETHER = ("姓名", "身份证号码", "困难类型", "是否单亲", "开户行及卡号", "手机号码")


def test_whole_numbers_stand_on_no_page_before_the_list_came_in(page):
    sent = checked(page, (*WANG[:4], "农行 6228480000000010009", "138 0000 0000"), headings=TOGETHER)
    shown = (
        page.get(reverse("list_columns", args=[sent.pk])).text + page.get(reverse("list_check", args=[sent.pk])).text
    )
    assert [number for number in (WANG[1], WANG[4], "138 0000 0000") if number in shown] == []
    assert "农行 622************0009" in shown


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("310109197001102015", "310***********2015"),
        ("31010919710211202X（母）", "310***********202X（母）"),
        ("13800000000", "138****0000"),
        ("2014-08-25 00:00:00", "2014-08-25 00:00:00"),
        ("2000.00元", "2000.00元"),
        ("63211939", "63211939"),
    ],
)
def test_long_numbers_are_masked_whatever_they_are(text, masked):
    assert numbers_masked(text) == masked


def test_list_that_is_taken_back_is_open_again_with_all_that_was_typed(page):
    """Its held rows are none any more: they are found by the next check, and nothing of the list comes in twice."""
    sent = checked(page, WANG, WRONG, LI)
    confirm(page, sent)
    page.post(reverse("held_rows", args=[sent.pk]), {"cell-3-@1": WRONG[1], "cell-3-@2": "深困"})
    made = Import.objects.get()
    text = page.get(reverse("list_check", args=[sent.pk])).text
    assert reverse("import_show", args=[made.pk]) in text
    assert "待补正 1 行" in text
    answer = page.post(reverse("import_take_back", args=[made.pk]), follow=True)
    assert "清单退回到“核对各列”" in answer.text
    assert reverse("list_check", args=[sent.pk]) in answer.text
    assert not HeldRow.objects.exists()
    assert ListUpload.objects.get().state == ListState.OPEN
    go_on_from_columns(page, sent.pk)
    page.post(reverse("list_check", args=[sent.pk]), {"cell-3-@1": RIGHT_NUMBER})
    confirm(page, sent)
    assert {each.worker_name: each.hardship_category for each in Household.objects.all()} == {
        "王建国": "minimum_income",
        "李建华": "minimum_income",
        "赵建民": "deep",
    }


def test_list_and_its_rows_that_were_completed_later_are_one_page_and_taken_back_as_one(page):
    sent = checked(page, WANG, WRONG, LI)
    confirm(page, sent)
    page.post(reverse("held_rows", args=[sent.pk]), {"cell-3-@1": RIGHT_NUMBER})
    first, second = Import.objects.order_by("made_at")
    assert first.upload == second.upload == sent
    shown, new = (reverse("import_show", args=[each.pk]) for each in (first, second))
    result = page.get(reverse("list_check", args=[sent.pk])).text
    assert result.count("写入的内容、撤回") == 1
    assert f"{shown}?new=%E5%9B%B0" in result  # the three new families, the later one among them
    assert page.get(f"{new}?new=困难职工家庭", follow=True).context["chosen"] == "困难职工家庭"
    opened = page.get(new, follow=True)
    assert opened.redirect_chain == [(shown, 302)]
    assert [record.row for record, *_rest in opened.context["rows"]] == [2, 4, 3]
    assert "撤回（新增 3 条）" in opened.text
    page.post(reverse("import_take_back", args=[second.pk]))
    assert not Household.objects.exists()
    assert len(set(Import.objects.values_list("taken_back_at", flat=True))) == 1
    go_on_from_columns(page, sent.pk)
    confirm(page, sent)
    assert Household.objects.count() == 3
    assert Import.objects.latest("made_at").together().count() == 1


def test_what_every_row_lacks_is_asked_for_before_the_check(page):
    """Pressing on without it made every row a wrong one, which nobody who knows only Excel could make sense of."""
    upload(page, file_of(WANG), "甲.csv")
    address = reverse("list_columns", args=[ListUpload.objects.get().pk])
    sent = initial(page.get(address).context["form"])
    answer = page.post(address, sent)
    assert set(answer.context["form"].errors) == {"said-困难职工家庭.worker_category", "said-困难职工家庭.filed_on"}
    assert "先不填，逐行补正" in answer.text
    assert ListUpload.objects.get().state == ListState.OPEN
    page.post(address, sent | {"leave": "1"})
    assert ListUpload.objects.get().state == ListState.CHECKED


def test_wrong_columns_stand_first_and_a_coded_one_is_chosen_from(page):
    sent = checked(page, WANG, (*LI[:2], "低收入", *LI[3:]))
    answer = page.get(reverse("list_check", args=[sent.pk]))
    grid = answer.context["grid"]
    assert [column.heading for column in grid.columns] == ["姓名", "困难类型", "身份证号码", "是否单亲", "卡号"]
    (row,) = grid.rows
    assert row.cells[1].choices == ["低收入", "低保户", "低保边缘户", "意外致困户", "深度困难", "相对困难", "意外致困"]
    page.post(reverse("list_check", args=[sent.pk]), {"cell-3-@2": "低保边缘户"})
    confirm(page, sent)
    assert Household.objects.get(worker_name="李建华").hardship_category == "near_minimum_income"


def test_union_is_said_by_its_name(page, grassroots):
    above = ("填报单位：东湖纺织厂工会",)
    text = io.StringIO()
    csv.writer(text).writerows([above, HEADINGS, WANG])
    upload(page, text.getvalue().encode(), "甲.csv")
    sent = ListUpload.objects.get()
    form = page.get(reverse("list_columns", args=[sent.pk])).context["form"]
    assert form["said-困难职工家庭.union"].value() == "东湖纺织厂工会"
    go_on_from_columns(page, sent.pk, **say(page, sent.pk, SAID))
    confirm(page, sent)
    assert Household.objects.get().union == grassroots


def test_day_of_application_comes_along_with_that_of_filing(page):
    headings = (*HEADINGS, "子女姓名", "子女身份证号", "学段", "申请金额")
    upload(page, file_of((*WANG, "王小明", "310109200601203017", "初中", "2000"), headings=headings), "甲.csv")
    address = reverse("list_columns", args=[ListUpload.objects.get().pk])
    said = SAID | {"活动年度": "2026", "助学方式": "社会助学"}
    page.post(address, initial(page.get(address).context["form"]) | say(page, ListUpload.objects.get().pk, said))
    confirm(page, ListUpload.objects.get())
    assert str(AidCase.objects.get().applied_on) == "2026-03-01"


def test_wrong_row_is_masked_where_nobody_can_type_into_it(page):
    """Whole numbers stand where somebody completes them, not on the page of a list that came in."""
    sent = checked(page, WANG, WRONG)
    check = reverse("list_check", args=[sent.pk])
    assert WRONG[1] in page.get(check).text
    confirm(page, sent)
    text = page.get(check).text
    assert [number for number in (WRONG[1], WRONG[4]) if number in text] == []
    assert "校验码不对" in text
    assert WRONG[1] in page.get(reverse("held_rows", args=[sent.pk])).text
