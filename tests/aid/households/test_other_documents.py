"""People who have no identity card: by hand, in a workbook, looked for."""

import json

import openpyxl
import pytest
from django.urls import reverse

from aid.models import AidCase, Child, Household, Person
from employment.exchange.exporting import export_workbook
from employment.workbook import CASE_WORKBOOK
from portal.workbook.importing.service import import_workbook
from tests.forms import create_address, edit_address, errors, household_form, send
from tests.workbook.sheets import HOUSEHOLD

PASSPORT = "护照 E12345678"


@pytest.fixture
def hand(client_of, clerk):
    return client_of(clerk)


def file(hand, union, **typed):
    return send(hand, create_address("household"), **household_form(union, **typed))


def test_passport_chosen_in_the_form_is_kept_with_its_kind(hand, district):
    answer = file(hand, district, worker__kind="护照", worker="e1234 5678")
    assert answer.status_code == 302, errors(answer)
    home = Household.objects.get()
    assert home.worker.id_number == PASSPORT
    assert (home.worker.document, home.worker.sex, home.worker.birth_date) == ("护照", "", None)
    page = hand.get(reverse("household_detail", args=[home.pk])).text
    assert "护照 E*****678" in page
    assert "E12345678" not in page
    form = hand.get(edit_address(home)).text
    assert "现为 护照 E*****678，不改请留空。" in form
    assert "E12345678" not in form


def test_one_number_of_two_kinds_is_two_people_and_of_one_kind_one(hand, district):
    file(hand, district, worker="护照 12345678")
    assert file(hand, district, worker__kind="台湾居民来往大陆通行证", worker="12345678").status_code == 302
    assert sorted(person.id_number for person in Person.objects.all()) == [
        "台湾居民来往大陆通行证 12345678",
        "护照 12345678",
    ]
    again = file(hand, district, worker__kind="护照", worker="12345678")
    assert list(errors(again)) == ["worker"]
    assert Household.objects.count() == 2


def test_wrong_number_of_the_chosen_kind_is_refused_in_its_words_and_shown_again(hand, district):
    answer = file(hand, district, worker__kind="港澳居民来往内地通行证", worker="E12345678")
    assert errors(answer) == {
        "worker": ["港澳居民来往内地通行证号码应为字母 H 或 M 加 8 位数字（旧证为 10 位），请核对"]
    }
    assert '<option value="港澳居民来往内地通行证" selected data-shape="字母 H 或 M 加' in answer.text
    assert 'value="E12345678"' in answer.text


def test_single_parent_whose_document_tells_no_sex_is_asked_for_it(hand, district):
    typed = {"worker": PASSPORT, "single_parent": "是"}
    refused = file(hand, district, **typed)
    assert errors(refused) == {"worker_sex": ["该证件号码不含性别，单亲的请填写性别：困难单亲女职工单独统计"]}
    file(hand, district, **typed, worker_sex="女")
    home = Household.objects.get()
    assert home.sex == "female"
    case = AidCase(child=Child(household=home))
    case.count_single(single=True)
    assert case.counted_single_mother


def test_sex_said_against_the_number_is_refused(hand, district):
    refused = file(hand, district, worker="11010519491231002X", worker_sex="男")
    assert errors(refused) == {"worker_sex": ["与证件号码中的性别不同；证件号码含性别的，这一项不用填写"]}


def test_found_by_the_number_with_and_without_its_kind(hand, district, foreign_district):
    file(hand, district, worker=PASSPORT)
    home = Household.objects.get()
    for typed in ("E12345678", "e12345678", PASSPORT, "护照E12345678"):
        assert hand.post("/find/", {"q": typed}).url == reverse("household_detail", args=[home.pk])
    assert hand.post("/find/", {"q": "E12345679"}).url == "/find/?q=E12345679"  # nobody's: may be a record's number


def test_person_of_another_union_is_not_found(hand, client_of, foreign_clerk, foreign_district):
    file(client_of(foreign_clerk), foreign_district, worker=PASSPORT)
    assert Household.objects.count() == 1
    assert hand.post("/find/", {"q": "E12345678"}).url == "/find/?q=E12345678"


def test_live_answer_tells_what_a_number_tells(hand, district):
    def told(value):
        return json.loads(hand.post(reverse("family_check"), {"kind": "id", "value": value}).content)

    assert told(PASSPORT) == {"words": "证件号码格式无误，不含性别和出生日期", "known": []}
    assert told("外国人永久居留身份证 USA310086120153")["words"] == "1986-12-01 出生，证件号码不含性别"
    assert told("护照 E")["wrong"] == "护照号码应为5 至 9 位字母和数字，请核对"


def test_out_in_a_workbook_and_in_again_changes_nothing(hand, district, tmp_path):
    file(hand, district, worker=PASSPORT, single_parent="否")
    path = tmp_path / "out.xlsx"
    with path.open("wb") as out:
        export_workbook(district, out)
    sheet = openpyxl.load_workbook(path)[HOUSEHOLD]
    column = [cell.value.rstrip("*") for cell in sheet[1]].index("身份证号")
    assert sheet[2][column].value == PASSPORT
    outcome = import_workbook(path, workbook=CASE_WORKBOOK, unit=district)
    assert (outcome.errors, outcome.unchanged[HOUSEHOLD], outcome.updated[HOUSEHOLD]) == ([], 1, 0)


@pytest.mark.parametrize(
    ("kind", "shape"),
    [("", "18 位身份证号，末位可为 X"), ("护照", "5 至 9 位字母和数字"), ("台湾居民来往大陆通行证", "8 位数字")],
)
def test_a_form_says_what_the_number_of_the_chosen_document_looks_like(hand, district, kind, shape):
    answer = file(hand, district, worker__kind=kind, worker="不是号码")
    page = answer.text
    assert answer.status_code == 200
    assert page.split("data-identity-shape>")[1].startswith(shape)
    assert answer.context["form"]["worker"].label == "证件号码"
