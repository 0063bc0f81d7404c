"""What the first page of a list says of its columns: why some are left out, what must be said, what is doubtful."""

from django.urls import reverse

from aid.workbook import HouseholdSheet
from portal.models import ListUpload
from tests.employment.lists.browsing import go_on_from_columns, initial, say, upload

# Of 10 columns, of which 5 are read, 籍贯 is blank. Row 5 is a total.
TABLE = """序号,子女姓名,子女身份证号,性别,职工姓名,职工身份证号,困难类型,家庭月人均收入,籍贯,信仰
1,王小丽,310109200601203017,男,王建国,310109197001102015,低保户,800,,无
2,李小红,31010920070221302X,女,李建华,310109197102112028,低保户,900,,道
合计,,2人,,,,,1700,,
"""
NO_COLUMN = "没有认出来：平台有这一栏的，请在这里改选；没有的不导入"
SAID = {"职工类别": "困难职工", "单亲": "否", "活动年度": "2026", "助学方式": "社会助学", "帮扶标准(元)": "2000"}
HARDSHIP, FILED, STAGE = "said-困难职工家庭.hardship_category", "said-困难职工家庭.filed_on", "said-子女.stage"
PER_HEAD = (
    "人均收入是一口人的，平台记的是全家的：可以在表里换成全家每月的合计，当作“家庭月收入”；"
    "也可以导入后在这户的页面“新建年度收入”，人均由平台算出"
)
LEAVE = 'name="leave"'


def columns_page(page, pk):
    return page.get(reverse("list_columns", args=[pk]))


def test_columns_left_out_say_why_and_what_is_doubtful_or_must_be_said(client_of, clerk, grassroots):
    page = client_of(clerk)
    assert upload(page, TABLE.encode(), "子女.csv").status_code == 302
    pk = ListUpload.objects.get().pk
    answer = columns_page(page, pk)
    form = answer.context["form"]
    told = {column.field.label: column.why for column in form.columns if not column.field.value()}
    assert told == {
        "序号": "只是行的序号，不用导入",
        "性别": "由身份证号得出，不用导入；和身份证号不一致的会提示",
        "家庭月人均收入": PER_HEAD,
        "籍贯": "",
        "信仰": NO_COLUMN,
    }
    assert "5 列不导入，其中 4 列有内容" in answer.text
    assert answer.text.count(LEAVE) == 1
    assert {column.field.label: column.samples for column in form.columns}["家庭月人均收入"] == ["800", "900"]
    assert "文件“子女.csv”：表头在第 1 行，下面有 2 行。" in " ".join(answer.text.split())

    marked = {field.label: field.field.required for field in form if field.html_name.startswith("said-")}
    assert marked["建档日期"]
    assert not marked["申请日期"]
    assert form["said-助学申请.applied_on"].help_text == "不填则用建档日期"

    changes = {"column-7": "困难职工家庭.monthly_income", "column-6": "", STAGE: "初中"}
    sent = initial(form) | say(page, pk, SAID) | changes
    again = page.post(reverse("list_columns", args=[pk]), sent)
    assert list(again.context["form"].errors) == [HARDSHIP, FILED]  # and not 申请日期
    assert again.text.count(LEAVE) == 2
    columns = {column.field.label: column for column in again.context["form"].columns}
    assert columns["困难类型"].why == "选了不导入"
    assert columns["家庭月人均收入"].doubt == PER_HEAD
    go_on_from_columns(page, pk, **sent | {FILED: "2026-03-01"})
    assert f"“家庭月人均收入”列：{PER_HEAD}" in page.get(reverse("list_check", args=[pk])).text


def test_columns_that_are_nearly_another_say_where_it_is_entered():
    income = HouseholdSheet().column("monthly_income")
    nearly = ("家庭月人均收入", "人均收入", "家庭成员人均月收入(元)")
    assert [income.is_nearly(heading) for heading in (*nearly, "人均住房面积", "家庭月收入", "住房面积")] == [
        *[PER_HEAD] * 3,
        "",
        "",
        "",
    ]


def test_stage_of_the_case_is_not_asked_for_where_the_grade_of_the_child_tells_it(client_of, clerk, grassroots):
    page = client_of(clerk)
    text = "孩子名字,孩子身份证号,读几年级,家长姓名,家长身份证号,补助(元)\n"
    upload(page, f"{text}王小丽,310109200601203017,初二,王建国,310109197001102015,1500\n".encode(), "名册.csv")
    form = columns_page(page, ListUpload.objects.get().pk).context["form"]
    asked = {name for name, field in form.fields.items() if name.startswith("said-") and field.required}
    assert asked == {
        "said-困难职工家庭.union",
        "said-困难职工家庭.worker_category",
        "said-困难职工家庭.single_parent",
        "said-困难职工家庭.hardship_category",
        "said-困难职工家庭.filed_on",
        "said-助学申请.campaign",
        "said-助学申请.mode",
    }


def test_column_that_is_chosen_lacks_no_more_and_one_that_is_left_out_is_asked_for(client_of, clerk, grassroots):
    page = client_of(clerk)
    upload(page, "姓名,身份证号,家里情况,是不是单亲\n王建国,310109197001102015,低保,不是\n".encode(), "名册.csv")
    pk = ListUpload.objects.get().pk
    single = "said-困难职工家庭.single_parent"
    form = columns_page(page, pk).context["form"]
    assert (form.fields[HARDSHIP].required, single in form.fields) == (True, False)
    sent = initial(form) | say(page, pk, {"职工类别": "困难职工", "建档日期": "2026-03-01"})
    sent |= {"column-2": "困难职工家庭.hardship_category"}
    address = reverse("list_columns", args=[pk])
    assert list(page.post(address, sent | {"column-3": ""}).context["form"].errors) == [single]
    assert "导入这 1 行" in page.post(address, sent, follow=True).text


def test_refusal_of_a_file_is_said_once(client_of, clerk, grassroots):
    text = upload(client_of(clerk), "编次,水果\n1,苹果\n".encode(), "水果.csv").text
    assert (text.count("没有认识的列标题"), text.count("请用“导入工作簿”")) == (1, 1)
