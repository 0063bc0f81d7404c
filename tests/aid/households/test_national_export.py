"""The families' list in the form of the whole country: its headings, masked or in full, and back again."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from aid.models import Household, Person
from portal.models import AuditEntry
from portal.words.identity_kinds import named_by_kind, parse_identity
from tests.employment.lists.commands import import_list
from tests.employment.lists.files import xlsx
from tests.employment.lists.test_samples import SAMPLES
from tests.reports import builders as make
from tests.workbook.sheets import fresh_id

pytestmark = pytest.mark.django_db

FILLED = {
    "hardship_category": "deep",
    "ethnicity": "people_05",
    "political_status": "status_13",
    "marriage": "marriage_40",
    "disability": "disability_4",
    "medical_insurance": "employee",
    "registered_at": "安徽省六安市裕安区",
    "registration": "rural",
    "work_state": "laid_off",
    "model_worker": "city",
    "employer": "示例纺织厂",
    "employer_nature": "state_owned",
    "employer_state": "halted",
    "self_reliant": True,
    "jobless_family": False,
    "other_yearly_income": Decimal("1200.50"),
    "health": "chronic",
    "housing": "rented",
    "housing_area": Decimal("42.50"),
    "telephone": "13800138000",
    "other_contact": "021-63211939",
    "address": "示例路1号",
    "family_size": 3,
    "main_cause": "illness",
    "other_causes": "schooling,low_income",
    "bank_name": "工商银行",
    "bank_branch": "徐汇支行",
    "bank_card": "6222021001000000015",
}
PASSPORT = {"worker_name": "JOHN SMITH", "worker_sex": "male", "single_parent": True}
SENSITIVE = ("民族", "银行卡号", "身份证号")
SAID = {"职工类别": "困难职工", "建档日期": "2014-03-01"}


@pytest.fixture
def homes(district) -> list[Household]:
    first = make.household(district, number="N001", monthly_income=Decimal(1000), **FILLED)
    stranger = Person.of("护照 E12345678")
    stranger.save()
    return [first, make.household(district, number="N002", worker=stranger, **PASSPORT)]


def content(response) -> bytes:
    """Read and not closed by hand, which would close the connection of the test as well."""
    return b"".join(response.streaming_content)


def rows(response) -> list[tuple]:
    return list(openpyxl.load_workbook(io.BytesIO(content(response))).active.iter_rows(values_only=True))


def national_headings() -> list[str]:
    sample = openpyxl.load_workbook(SAMPLES / "national-file.xlsx").active
    return [cell.value.strip("*﹡") for cell in sample[3]]


def test_headings_are_those_of_the_sample_and_no_others(client_of, clerk, district):
    make.household(district, **FILLED)
    assert list(rows(client_of(clerk).get(reverse("household_national_export")))[0]) == national_headings()


def test_masked_for_who_gives_no_reason_and_in_full_for_one(client_of, clerk, homes):
    client, address = client_of(clerk), reverse("household_national_export")
    headings, masked, foreign = rows(client.get(address))
    told = dict(zip(headings, masked, strict=True))
    assert (told["民族"], told["银行卡号"], told["身份证号"]) != (
        "维吾尔族",
        FILLED["bank_card"],
        homes[0].worker.id_number,
    )
    assert (told["困难类别"], told["建筑面积"], told["家庭月人均收入"]) == ("深度困难", 42.5, 333.33)
    assert headings[-1] == "证件类型"
    assert (masked[-1], foreign[-1]) == ("居民身份证", "护照")
    headings, full, foreign = rows(client.post(address, {"reason": "check", "filters": ""}))
    told = dict(zip(headings, full, strict=True))
    assert (told["民族"], told["银行卡号"], told["身份证号"]) == (
        "维吾尔族",
        FILLED["bank_card"],
        homes[0].worker.id_number,
    )
    assert dict(zip(headings, foreign, strict=True))["身份证号"] == "E12345678"
    first, second = AuditEntry.objects.filter(action="exported").order_by("pk")
    assert (first.detail, second.detail) == (
        {"count": 2, "filters": []},
        {"count": 2, "filters": [], "reason": "核对"},
    )


def test_full_file_is_for_who_may_take_a_workbook_away(client_of, clerk, auditor, homes):
    address = reverse("household_national_export")
    assert len(rows(client_of(auditor).get(address))) == 3
    assert client_of(auditor).post(address, {"reason": "check", "filters": ""}).status_code == 403
    assert client_of(clerk).post(address, {"reason": "", "filters": ""}).status_code == 302


def test_what_was_exported_comes_into_an_empty_unit_as_it_was(client_of, clerk, homes, foreign_district, tmp_path):
    def kept() -> dict:
        names = (*FILLED, *PASSPORT, "number", "worker_name", "single_parent")
        found = Household.objects.select_related("worker")
        return {home.worker.id_number: {name: getattr(home, name) for name in names} for home in found}

    before = kept()
    file = client_of(clerk).post(reverse("household_national_export"), {"reason": "check", "filters": ""})
    path = tmp_path / "national.xlsx"
    path.write_bytes(content(file))
    Household.objects.all().delete()
    answer = import_list(path, unit=foreign_district.code, said=SAID)
    assert answer["held"] == []
    assert kept() == before
    assert set(Household.objects.values_list("union", flat=True)) == {foreign_district.pk}


@pytest.mark.parametrize(
    ("kind", "number", "kept"),
    [
        ("护照", "E12345678", "护照 E12345678"),
        ("回乡证", "H12345678", "港澳居民来往内地通行证 H12345678"),
        ("护照", "护照 E12345678", "护照 E12345678"),
        ("居民身份证", "31010119750312001X", "31010119750312001X"),
        ("", "31010119750312001X", "31010119750312001X"),
    ],
)
def test_kind_in_a_column_of_its_own_stands_before_the_number(kind, number, kept):
    assert parse_identity(named_by_kind(kind, number)).number == kept


def test_unknown_words_of_the_national_form_are_kept_as_words_or_told(district, tmp_path):
    headings = ("姓名", "身份证号", "困难类别", "是否单亲", "主要致困原因", "次要致困原因", "健康状况", "建筑面积")
    path = tmp_path / "list.xlsx"
    path.write_bytes(xlsx([headings, ("王建国", fresh_id(), "低保户", "否", "拆迁", "子女上学", "一般疾病", "20至50")]))
    answer = import_list(path, unit=district.code, said=SAID)
    home = Household.objects.get()
    assert (answer["held"], home.cause, home.health_note) == ([], "拆迁；子女上学", "一般疾病")
    assert (home.main_cause, home.other_causes, home.health, home.housing_area) == ("", "", "", None)
    assert [told for told in answer["notices"] if "建筑面积" in told] == [
        "第 2 行“建筑面积”：“20至50”不能归入，没有导入"
    ]
