import pytest
from django.urls import reverse

from tests import builders
from tests.reports import builders as make

FIND = "/find/"


def test_identity_number_leads_to_the_record_and_stays_out_of_the_address(client_of, clerk, district):
    home = builders.household(district)
    number = home.worker.id_number
    for typed in (number, number.lower(), f" {number[:6]} {number[6:]} "):
        response = client_of(clerk).post(FIND, {"q": typed})
        assert response.status_code == 302
        assert response.url == reverse("household_detail", args=[home.pk])


@pytest.mark.parametrize("name", ["child", "graduate"])
def test_identity_number_of_child_or_graduate(client_of, clerk, district, name):
    record = getattr(builders, name)(district)
    response = client_of(clerk).post(FIND, {"q": record.person.id_number})
    assert response.url == reverse(f"{name}_detail", args=[record.pk])


def test_card_number_leads_to_the_household(client_of, clerk, district):
    home = builders.household(district)
    response = client_of(clerk).post(FIND, {"q": builders.CARD})
    assert response.url == reverse("household_detail", args=[home.pk])


def test_one_person_in_several_records_is_a_choice(client_of, clerk, district):
    child = builders.child(district)
    builders.graduate(district, "曾小丽", person=child.person)
    number = child.person.id_number
    response = client_of(clerk).post(FIND, {"q": number})
    assert response.status_code == 200
    assert [group.title for group in response.context["groups"]] == ["子女", "高校毕业生"]
    assert number not in response.text


def test_list_that_was_searched_goes_first(client_of, clerk, district):
    child = builders.child(district)
    graduate = builders.graduate(district, "曾小丽", person=child.person)
    response = client_of(clerk).post(FIND, {"q": child.person.id_number, "kind": "graduate"})
    assert response.url == reverse("graduate_detail", args=[graduate.pk])


@pytest.mark.parametrize("kind", ["", "household", "visit", "nothing"])
def test_number_of_a_foreign_record_is_not_found(client_of, clerk, district, foreign_district, kind):
    home = builders.household(foreign_district)
    builders.visit(foreign_district, person=home.worker)
    for number in (home.worker.id_number, builders.CARD):
        response = client_of(clerk).post(FIND, {"q": number, "kind": kind})
        assert response.status_code == 200
        assert "没有找到" in response.text
        assert number not in response.text


def test_telephone_is_searched_among_enquiries_only_and_not_redirected(client_of, clerk, district):
    builders.household(district)
    response = client_of(clerk).post(FIND, {"q": builders.TELEPHONE, "kind": "household"})
    assert response.status_code == 200
    assert "电话号码须完整输入，只用来查找咨询登记" in response.text
    assert builders.TELEPHONE not in response.text


def test_long_record_number_is_found_without_an_address(client_of, clerk, district):
    home = builders.household(district, number="2014" + "0" * 12)
    response = client_of(clerk).post(FIND, {"q": home.number})
    assert response.url == reverse("household_detail", args=[home.pk])


def test_text_goes_to_the_list_it_was_typed_on_with_its_filters(client_of, clerk):
    data = {"q": "曾", "kind": "household", "open": "yes", "order": "number", "union": "6222021001116245702", "x": "1"}
    response = client_of(clerk).post(FIND, data)
    assert response.url == "/households/?open=yes&order=number&q=%E6%9B%BE"


def test_text_without_a_list_goes_to_the_results(client_of, clerk, district):
    builders.household(district)
    make.case(district, child=builders.child(district), number="A-1")
    client = client_of(clerk)
    response = client.post(FIND, {"q": "曾"}, follow=True)
    assert response.redirect_chain == [("/find/?q=%E6%9B%BE", 302)]
    assert [group.title for group in response.context["groups"]] == ["困难职工家庭", "子女", "助学申请"]
    assert [group.title for group in client.get(FIND, {"q": "A-1"}).context["groups"]] == ["助学申请"]


def test_results_of_many_lead_on_to_the_list(client_of, clerk, district):
    for _turn in range(21):
        builders.household(district)
    group = client_of(clerk).get(FIND, {"q": "ZJG"}).context["groups"][0]
    assert len(group.records) == 20
    assert group.more_url == "/households/?q=ZJG"


@pytest.mark.parametrize("text", ["310101199001011234", "6222021001116245702", "13816245702"])
def test_number_in_the_address_of_the_results_is_refused(client_of, clerk, text):
    response = client_of(clerk).get(FIND, {"q": text})
    assert response.status_code == 400
    assert text not in response.text


def test_empty_search_comes_back_to_where_it_was(client_of, clerk):
    client = client_of(clerk)
    assert client.post(FIND, {"q": " "}).url == "/find/"
    assert client.post(FIND, {"q": "", "kind": "child", "stage": "senior"}).url == "/children/?stage=senior"
    assert client.get(FIND).status_code == 200


def test_overlong_or_turned_text_is_refused(client_of, clerk):
    client = client_of(clerk)
    assert client.post(FIND, {"q": "曾" * 101}).status_code == 400
    assert client.post(FIND, {"q": "a\u202eb"}).status_code == 400
    assert client.get(FIND, {"q": "a\u202eb"}).status_code == 400


def test_administrator_finds_nothing(client_of, admin):
    assert client_of(admin).get(FIND).status_code == 403
