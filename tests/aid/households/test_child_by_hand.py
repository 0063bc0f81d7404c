"""A child that is typed in: never the worker of the same file, and of an age that goes with the stage."""

from datetime import date

import pytest
from django.contrib.messages import get_messages

from aid.households.ages import age_on, unusual_age
from aid.models import Child
from tests import builders
from tests.forms import confirm, create_address, doubts, edit_address, errors, send
from tests.workbook.sheets import id_number

pytestmark = pytest.mark.django_db
TODAY = date(2014, 8, 31)
OWN_NUMBER = "这是该户职工本人的证件号码，职工不能登记为自己的子女"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("aid.households.ages.localdate", lambda: TODAY)


@pytest.fixture
def home(district):
    return builders.household(district)


def entered(client, home, number: str, stage: str = "小学"):
    return send(client, create_address("child", household=home), name="曾小丽", person=number, stage=stage)


def notices(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request) if message.level_tag == "warning"]


def test_page_of_a_new_child_names_the_worker_beside_the_number(client_of, clerk, home):
    page = client_of(clerk).get(create_address("child", household=home))
    assert page.context["parent"] == f"{home.number} {home.worker_name}"
    assert f">{home.number} {home.worker_name}</a>" in page.text


def test_worker_is_not_entered_as_the_own_child(client_of, clerk, district, home):
    client = client_of(clerk)
    assert errors(entered(client, home, home.worker.id_number)) == {"person": [OWN_NUMBER]}
    assert not Child.objects.exists()
    another = builders.household(district, "曾外公").worker  # a worker may well be somebody else's child
    assert entered(client, home, another.id_number, "本科").status_code == 302
    assert Child.objects.get().person == another


def test_child_is_not_changed_into_the_worker(client_of, clerk, home):
    child = builders.child(home.union, household=home)
    refused = send(client_of(clerk), edit_address(child), person=home.worker.id_number)
    assert errors(refused) == {"person": [OWN_NUMBER]}


@pytest.mark.parametrize(
    ("relation", "serial", "words"),
    [
        ("女儿", 101, "与职工关系是“女儿”，证件号码是男性的号码，请核对"),
        ("次子", 102, "与职工关系是“次子”，证件号码是女性的号码，请核对"),
        ("女儿", 102, ""),
        ("子女", 101, ""),
    ],
)
def test_relation_of_the_other_sex_must_be_confirmed(client_of, clerk, home, relation, serial, words):
    client, address = client_of(clerk), create_address("child", household=home)
    typed = {"name": "曾小丽", "person": id_number(serial, "20050315"), "stage": "小学", "relation": relation}
    answer = send(client, address, **typed)
    if words:
        assert (doubts(answer), Child.objects.count()) == ([words], 0)
        answer = confirm(client, address, answer)
    assert (answer.status_code, Child.objects.get().relation) == (302, relation)
    untouched = send(client, edit_address(Child.objects.get()), grade="三年级")
    assert untouched.status_code == 302


def test_age_that_does_not_go_with_the_stage_is_told_and_saved(client_of, clerk, home):
    client = client_of(clerk)
    told = "请注意：学段是“小学”，年龄 21 岁，请核对证件号码和学段"
    assert notices(entered(client, home, id_number(101, "19930831"))) == [told]
    assert notices(entered(client, home, id_number(103, "19930901"))) == []  # 20 on that day
    assert Child.objects.count() == 2


@pytest.mark.parametrize(
    ("stage", "born", "is_told"),
    [
        ("primary", date(2009, 8, 31), False),
        ("primary", date(2009, 9, 1), True),
        ("postgraduate", date(1969, 8, 31), False),
        ("postgraduate", date(1968, 8, 31), True),
    ],
)
def test_both_ends_of_the_usual_ages_are_usual(stage, born, is_told):
    assert bool(unusual_age(stage, born)) == is_told


def test_age_grows_on_the_birthday():
    born = date(1996, 2, 29)
    assert [age_on(day, born) for day in (date(2014, 2, 28), date(2014, 3, 1))] == [17, 18]
