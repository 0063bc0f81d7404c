import pytest
from django.urls import reverse

from tests import builders
from tests.aid import cases as casework
from tests.aid import paying, visiting
from tests.employment import builders as work
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


def numbered_of_each(union) -> dict:
    """One record of every kind that has a number of its own and is not searched for text."""
    offer = work.vacancy(union)
    return {
        "paymentbatch": paying.batch_in(union),
        "publicnotice": casework.notice(union),
        "vacancy": offer,
        "referral": work.referral(union, vacancy=offer),
        "visit": builders.visit(union),
        "contribution": make.contribution(union),
        "disbursement": make.payment(union),
        "sponsor": visiting.sponsor(union),
        "pairing": visiting.pairing(union),
    }


def found_by(client, text: str) -> list:
    groups = client.get(FIND, {"q": text}).context["groups"]
    return [record for group in groups for record in group.records]


def test_whole_number_finds_a_record_of_any_kind_in_scope(client_of, clerk, foreign_clerk, district):
    for name, record in numbered_of_each(district).items():
        type(record).objects.filter(pk=record.pk).update(number=f"N2014-{name}")
        assert found_by(client_of(clerk), f" N2014-{name} ") == [record], name
        assert found_by(client_of(clerk), f"N2014-{name}"[:-1]) == [], name
        assert found_by(client_of(foreign_clerk), f"N2014-{name}") == [], name


def test_number_is_found_in_small_letters(client_of, clerk, district):
    notice = casework.notice(district, number="G2014-0007")
    assert found_by(client_of(clerk), "g2014-0007") == [notice]


def test_employers_and_events_are_found_by_name(client_of, clerk, foreign_clerk, district):
    employer, event = work.employer(district, name="晨光公司"), make.event(district, title="晨光招聘会")
    assert found_by(client_of(clerk), "晨光") == [employer, event]
    assert found_by(client_of(foreign_clerk), "晨光") == []


def test_what_is_not_found_is_told_with_what_was_searched(client_of, clerk):
    page = client_of(clerk).get(FIND, {"q": "查无此人"}).text
    assert "批次、公示单、岗位、推荐等其他记录须输入完整的编号" in page
