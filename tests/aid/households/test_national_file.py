"""The 困难职工档案 of the whole country: what it has besides, by hand and in lists."""

import pytest
from django.db import connection
from django.urls import reverse

from aid.enums import Ethnicity
from aid.models import Household
from tests.employment.lists.commands import import_list
from tests.employment.lists.files import xlsx
from tests.forms import create_address, edit_address, errors, household_form, send
from tests.workbook.sheets import fresh_id

SEALED = {
    "ethnicity": ("维吾尔族", "people_05"),
    "political_status": ("九三学社社员", "status_10"),
    "marriage": ("离婚", "marriage_40"),
    "disability": ("听力残疾", "disability_2"),
    "medical_insurance": ("未参加医保", "uninsured"),
    "registered_at": ("安徽省六安市裕安区", "安徽省六安市裕安区"),
}
PLAIN = {
    "registration": ("农转居", "turned_urban"),
    "work_state": ("失(无)业", "unemployed"),
    "model_worker": ("省部级劳模", "province"),
    "employer_nature": ("集体企业", "collective"),
    "employer_state": ("半停产", "halted_partly"),
    "self_reliant": ("否", False),
    "jobless_family": ("是", True),
    "other_yearly_income": ("1200.50", 1200.5),
    "bank_branch": ("徐汇支行", "徐汇支行"),
}


def test_peoples_are_the_56_of_the_standard():
    assert len(Ethnicity.values) == 58
    asked = ("people_01", "people_29", "people_56")
    assert [Ethnicity(code).label for code in asked] == ["汉族", "柯尔克孜族", "基诺族"]


def test_typed_by_hand_kept_sealed_and_shown_to_who_works_on_the_family(client_of, clerk, auditor, district):
    client, typed = client_of(clerk), {name: said for name, (said, _code) in (SEALED | PLAIN).items()}
    answer = send(client, create_address("household"), **household_form(district, **typed))
    assert answer.status_code == 302, errors(answer)
    home = Household.objects.get()
    assert {name: getattr(home, name) for name in typed} == {
        name: code for name, (_s, code) in (SEALED | PLAIN).items()
    }
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(SEALED)} FROM aid_household")  # noqa: S608  our own columns
        assert not set(cursor.fetchone()) & {code for _said, code in SEALED.values()}
    address = reverse("household_detail", args=[home.pk])
    page, masked = client.get(address).text, client_of(auditor).get(address).text
    assert [said for said, _code in SEALED.values() if said not in page] == []
    assert [said for said, _code in SEALED.values() if said in masked] == []
    assert ">农转居<" in masked.replace("\n", "").replace(" ", "")


def test_part_is_folded_until_something_of_it_is_filled_in(client_of, clerk, district):
    client = client_of(clerk)

    def is_open(address):
        return [group["open"] for group in client.get(address).context["form"].groups if group["folded"]]

    assert is_open(create_address("household")) == [False]
    send(client, create_address("household"), **household_form(district, self_reliant="否"))
    assert is_open(edit_address(Household.objects.get())) == [True]


def test_negative_income_is_refused(client_of, clerk, district):
    form = household_form(district, other_yearly_income="-1")
    refused = send(client_of(clerk), create_address("household"), **form)
    assert errors(refused) == {"other_yearly_income": ["不能小于 0"]}


@pytest.mark.django_db
def test_list_with_the_headings_of_the_national_form(district, tmp_path):
    headings = (
        "职工编号", "困难类别", "姓名", "民族", "政治面貌", "身份证号", "残疾类别", "工作状态", "劳模类型", "婚姻状况",
        "户口类型", "单位性质", "企业状况", "是否单亲", "家庭其他非薪资年收入", "户口所在地行政区划", "医保状况",
        "是否有一定自救能力", "是否为零就业家庭", "支行名称", "身份", "建档日期",
    )  # fmt: skip
    row = (
        "N1", "低保户", "王建国", "汉", "党员", fresh_id(), "听力残疾", "下岗", "非劳模", "离异",
        "非农业户口", "国企", "正常", "否", "1200元", "上海市徐汇区", "新农合",
        "无", "否", "徐汇支行", "职工", "2014-03-01",
    )  # fmt: skip
    path = tmp_path / "list.xlsx"
    path.write_bytes(xlsx([headings, row]))
    answer = import_list(path, unit=district.code)
    assert (answer["held"], answer["left_out"]) == ([], [])
    home = Household.objects.get()
    kept = {name: getattr(home, name) for name in (*SEALED, *PLAIN)}
    assert kept == {
        "ethnicity": "people_01",
        "political_status": "status_01",
        "marriage": "marriage_40",
        "disability": "disability_2",
        "medical_insurance": "resident_insured",
        "registered_at": "上海市徐汇区",
        "registration": "urban",
        "work_state": "laid_off",
        "model_worker": "none",
        "employer_nature": "state_owned",
        "employer_state": "running",
        "self_reliant": False,
        "jobless_family": False,
        "other_yearly_income": 1200,
        "bank_branch": "徐汇支行",
    }
