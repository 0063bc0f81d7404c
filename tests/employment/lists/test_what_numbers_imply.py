"""性别 and 出生日期 of a list are not read; where the identity number says otherwise it is told, and nothing more."""

import pytest
from django.urls import reverse

from portal.models import ListUpload
from portal.workbook.lists.steps.preview import Preview
from tests.employment.lists.browsing import go_on_from_columns, say, upload
from tests.employment.lists.commands import import_list
from tests.employment.lists.files import csv_file
from tests.employment.lists.test_steps import RIGHT_NUMBER, SAID, WANG, WRONG

# By their numbers a man, and a girl born on 2007-02-21.
MAN, GIRL = "310109197001102015", "31010920070221302X"
FAMILY = (
    "职工姓名", "性别", "身份证号", "困难类型", "单亲",
    "子女姓名", "子女性别", "出生日期", "子女身份证号", "学段",
)  # fmt: skip
PUPILS = (
    "序号", "学生姓名", "性别", "出生年月日", "身份证号",
    "学段", "家长姓名", "家长身份证号", "困难类型", "单亲",
)  # fmt: skip


def family(sex: str, child_sex: str, born: str) -> tuple:
    return ("王建国", sex, MAN, "低保户", "否", "王小红", child_sex, born, GIRL, "初中")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [
                FAMILY,
                family("男", "女", "2007-02-21"),
                family("女", "男", "2007.2.20"),
                family("男性", "", "2007年2月"),
                family("不详", "女生", "20070221"),
            ],
            [
                "第 3 行“性别”写的是女，身份证号是男性的，请核对",
                "第 3 行“子女性别”写的是男，身份证号是女性的，请核对",
                "第 3 行“出生日期”与身份证号里的出生日期不同，请核对",
            ],
        ),
        (
            [PUPILS, (1, "王小红", "男", "2007年2月21日", GIRL, "初中", "王建国", MAN, "低保户", "否")],
            ["第 2 行“性别”写的是男，身份证号是女性的，请核对"],
        ),
    ],
    ids=["families", "pupils"],
)
def test_what_differs_from_the_number_is_told(tmp_path, district, rows, told):
    path = tmp_path / "名单.csv"
    path.write_bytes(csv_file(rows))
    answer = import_list(path, unit=district.code, said=SAID)
    assert (answer["held"], answer["created"]["困难职工家庭"], answer["created"]["子女"]) == ([], 1, 1)
    assert answer["notices"] == told


def test_notices_of_rows_that_are_completed_later_are_told_as_well(client_of, clerk, grassroots):
    """赵建民 is a man, by his right number."""
    page = client_of(clerk)
    headings = ("姓名", "性别", "身份证号码", "困难类型", "是否单亲")
    rows = [headings, (WANG[0], "女", WANG[1], "低保", "否"), (WRONG[0], "女", WRONG[1], "低保", "否")]
    upload(page, csv_file(rows), "名单.csv")
    pk = ListUpload.objects.get().pk
    go_on_from_columns(page, pk, **say(page, pk, SAID))
    page.post(reverse("list_confirm", args=[pk]))
    first, later = (f"第 {row} 行“性别”写的是女，身份证号是男性的，请核对" for row in (2, 3))
    assert Preview.loads(ListUpload.objects.get().outcome).outcome["notices"] == [first]
    answer = page.post(reverse("held_rows", args=[pk]), {"cell-3-@2": RIGHT_NUMBER}, follow=True)
    assert f"提示（不影响导入）：{later}" in answer.text
    assert answer.context["outcome"]["notices"] == [first, later]
