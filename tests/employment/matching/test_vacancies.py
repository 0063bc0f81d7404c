"""Vacancies: a part of their event's posts, found by what a graduate may take, and where they go with their event."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from employment.models import JobEvent, Vacancy
from employment.records import JOB_EVENT, VACANCY
from tests.employment.builders import employer, referral, vacancy
from tests.forms import create_address, edit_address, errors, send
from tests.lists import questions, shown
from tests.reports import builders as make

TODAY = date(2014, 7, 15)
NO_CONTACT = "对外发布的岗位不能写联系人、电话、微信、QQ、证件号码或电子邮箱"
NO_CONTACT_IN_NAME = "对外发布的岗位，用人单位名称中不能写联系人、电话、微信、QQ、证件号码或电子邮箱"


@pytest.fixture
def fair(district):
    return make.event(district, posts=10)


@pytest.fixture
def factory(district):
    return employer(district, name="晨光公司")


@pytest.fixture
def typed(factory):
    terms = {"employer": factory.number, "title": "装配工", "posts": "4", "published": "是", "degree": "大专"}
    return terms | {"wage_from": "5000", "wage_to": "8000", "offered_on": "2014-07-01", "closes_on": "2014-07-31"}


def test_vacancy_is_made_on_the_page_of_its_event(client_of, clerk, fair, factory, typed):
    client = client_of(clerk)
    page = client.get(reverse("jobevent_detail", args=[fair.pk])).content.decode()
    assert f"{reverse('vacancy_create')}?jobevent={fair.pk}" in page
    assert send(client, create_address("vacancy", jobevent=fair), **typed).status_code == 302
    made = Vacancy.objects.get()
    assert (made.event, made.employer, made.posts, made.degree) == (fair, factory, 4, "college")
    assert (made.union, made.wage, made.published) == (fair.union, "5000–8000", True)
    assert made.history.count() == 1
    page = client.get(reverse("jobevent_detail", args=[fair.pk]))
    counts = {section["title"]: section["count"] for section in page.context["sections"] if "count" in section}
    assert counts["招聘岗位"] == 1
    page = client.get(reverse("employer_detail", args=[factory.pk])).content.decode()
    assert "装配工" in page
    assert reverse("jobevent_detail", args=[fair.pk]) in page


def test_form_offers_the_employers_in_scope(client_of, clerk, fair, factory, foreign_district):
    strange = employer(foreign_district, name="西山公司")
    form = client_of(clerk).get(create_address("vacancy", jobevent=fair)).context["form"]
    numbers = [number for number, _name in form.fields["employer"].widget.choices]
    assert factory.number in numbers
    assert strange.number not in numbers


def test_employer_of_another_unit_cannot_be_typed(client_of, clerk, fair, typed, foreign_district):
    strange = employer(foreign_district)
    answer = send(client_of(clerk), create_address("vacancy", jobevent=fair), **typed | {"employer": strange.number})
    assert list(errors(answer)) == ["employer"]


def test_vacancies_have_together_no_more_posts_than_their_event(client_of, clerk, fair, typed):
    vacancy(fair.union, event=fair, posts=7)
    client, address = client_of(clerk), create_address("vacancy", jobevent=fair)
    answer = send(client, address, **typed)
    expected = ["该活动共 10 个岗位，其他招聘岗位已占 7 个，这里最多填 3"]
    assert errors(answer) == {"posts": expected}
    assert answer.context["form"]["title"].value() == "装配工"
    assert send(client, address, **typed | {"posts": "3"}).status_code == 302
    made = Vacancy.objects.get(title="装配工", posts=3, published=True)
    assert errors(send(client, edit_address(made), posts="4")) == {"posts": expected}


def test_vacancy_does_not_shrink_below_those_it_took(client_of, clerk, fair):
    of = vacancy(fair.union, event=fair, posts=3)
    for _turn in range(2):
        placed = make.assistance(fair.union, kind="placement")
        referral(fair.union, vacancy=of, graduate=placed.graduate, state="placed", placement=placed)
    client = client_of(clerk)
    assert errors(send(client, edit_address(of), posts="1")) == {"posts": ["这一岗位已录用 2 人，招聘人数不能少于此数"]}
    assert send(client, edit_address(of), posts="2").status_code == 302


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"closes_on": "2014-06-30"}, "closes_on", "截止日期不能早于发布日期"),
        ({"wage_to": "4999"}, "wage_to", "月薪上限不能低于下限"),
        ({"requirements": "电话 13816245702"}, "requirements", NO_CONTACT),
        ({"title": "装配工 021-63211939"}, "title", NO_CONTACT),
    ],
)
def test_wrong_field_is_named_in_words(client_of, clerk, fair, typed, wrong, field, words):
    answer = send(client_of(clerk), create_address("vacancy", jobevent=fair), **typed | wrong)
    assert errors(answer) == {field: [words]}


def test_what_is_not_published_may_name_a_telephone(client_of, clerk, fair, typed):
    inside = typed | {"requirements": "联系 13816245702", "published": "否"}
    assert send(client_of(clerk), create_address("vacancy", jobevent=fair), **inside).status_code == 302


@pytest.mark.parametrize("text", ["联系人张经理", "13816245702", "QQ 123456789"])
@pytest.mark.parametrize("field", ["title", "district", "requirements"])
def test_every_text_that_goes_out_is_looked_at(client_of, clerk, fair, typed, field, text):
    answer = send(client_of(clerk), create_address("vacancy", jobevent=fair), **typed | {field: text})
    assert errors(answer) == {field: [NO_CONTACT]}


def test_employer_whose_name_tells_a_contact_is_not_published(client_of, clerk, fair, typed):
    told = employer(fair.union, name="东江纺织厂 张三13816245702")
    client, address = client_of(clerk), create_address("vacancy", jobevent=fair)
    answer = send(client, address, **typed | {"employer": told.number})
    assert errors(answer) == {"employer": [NO_CONTACT_IN_NAME]}
    assert send(client, address, **typed | {"employer": told.number, "published": "否"}).status_code == 302
    answer = send(client, edit_address(Vacancy.objects.get()), published="是")
    assert errors(answer) == {"employer": [NO_CONTACT_IN_NAME]}


@pytest.mark.parametrize(("published", "refused"), [(True, True), (False, False)])
def test_employer_with_published_vacancies_is_not_renamed_to_a_contact(client_of, clerk, fair, published, refused):
    of = employer(fair.union, name="东江纺织厂")
    vacancy(fair.union, event=fair, employer=of, published=published)
    client, address = client_of(clerk), edit_address(of)
    answer = send(client, address, name="东江纺织厂 张三13816245702")
    assert (answer.status_code == 200) is refused
    if refused:
        assert errors(answer) == {"name": [NO_CONTACT_IN_NAME]}
    assert send(client, address, name="东江纺织公司").status_code == 302


@pytest.mark.parametrize(
    ("first", "last", "taken", "expected"),
    [
        (TODAY, TODAY, 0, True),
        (TODAY + timedelta(days=1), date(2014, 12, 31), 0, False),
        (date(2014, 1, 1), TODAY - timedelta(days=1), 0, False),
        (date(2014, 1, 1), date(2014, 12, 31), 1, True),
        (date(2014, 1, 1), date(2014, 12, 31), 2, False),
    ],
)
def test_vacancy_is_open_from_its_first_day_to_its_last_while_posts_are_left(district, first, last, taken, expected):
    of = vacancy(district, offered_on=first, closes_on=last, posts=2)
    referral(district, vacancy=of)
    for _turn in range(taken):
        placed = make.assistance(district, kind="placement")
        referral(district, vacancy=of, graduate=placed.graduate, state="placed", placement=placed)
    assert Vacancy.objects.open_on(TODAY).exists() is expected


def test_list_is_narrowed_by_what_a_graduate_may_take(client_of, clerk, district):
    today = localdate()
    term = {"offered_on": today, "closes_on": today}
    offer = make.event(district, kind="offer", channel="public_welfare")
    one = vacancy(district, event=offer, trade="C", district="东湖区", degree="college", wage_from=5000, **term).number
    two = vacancy(district, trade="P", degree="bachelor", wage_to=9000, wage_from=4000).number
    any_ = vacancy(district, published=True).number
    client = client_of(clerk)
    expected = {
        "open=yes": {one},
        "open=no": {two, any_},
        "trade=P": {two},
        "district=东湖": {one},
        "degree=college": {one, any_},
        "degree=postgraduate": {one, two, any_},
        "wage=5000": {one, two},
        "wage=5001": {two},
        "wage=9001": set(),
        "channel=public_welfare": {one},
        "published=yes": {any_},
        "published=no": {one, two},
    }
    for query, numbers in expected.items():
        name, value = query.split("=")
        assert shown(client, "vacancy", **{name: value}) == numbers, query


def test_list_asks_as_many_questions_for_three_as_for_one(client_of, clerk, district):
    client = client_of(clerk)
    vacancy(district)
    with_one = questions(client, "vacancy")
    vacancy(district)
    vacancy(district)
    assert questions(client, "vacancy") == with_one


def test_kinds_know_their_pages():
    assert VACANCY.name == "vacancy"
    assert VACANCY in [section.kind for section in JOB_EVENT.sections if hasattr(section, "kind")]
    assert JobEvent._meta.model_name in VACANCY.editing.parents
