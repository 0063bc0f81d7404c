"""A union is chosen from a list where they are few, by its code or name where they are many; never one out of scope."""

import pytest
from django.urls import reverse

from aid.models import Household
from portal.enums import UnionKind
from portal.models import Union
from portal.unions.choosing import finding
from portal.unions.choosing.field import UnionChoiceField, UnionInput
from portal.unions.choosing.finding import NotOneError, like, named
from tests import builders
from tests.factories import make_union


@pytest.fixture
def typed(monkeypatch):
    """So few unions are listed that they are typed."""
    monkeypatch.setattr(finding, "OFFERED", 1)


@pytest.fixture
def scope(district, grassroots, sibling, foreign_grassroots):
    """The district, 纺织厂 and 机床厂 below it, and another 纺织厂; abroad there is one of that name."""
    make_union(district, "310001009", foreign_grassroots.name, UnionKind.GRASSROOTS)
    make_union(sibling, "310001010", grassroots.name, UnionKind.GRASSROOTS)
    return Union.objects.in_union(district)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("310001", "310001"),
        (" 310001001 ", "310001001"),
        ("310001001  东湖纺织厂工会", "310001001"),
        ("东湖机床厂工会", "310001002"),
        ("西山水泥厂工会", "310001009"),
    ],
)
def test_union_is_named_by_code_name_or_both(scope, text, code):
    assert named(scope, text).code == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("东湖纺织厂工会", ["310001001", "310001010"]),
        ("厂工会", ["310001001", "310001002", "310001009", "310001010"]),
        ("31000100", ["310001001", "310001002", "310001009"]),
        ("310002001", []),
        ("310002001 西山水泥厂工会", []),
        ("310001001 东湖机床厂工会", []),
        ("西山区总工会", []),
    ],
)
def test_what_names_no_one_union_offers_those_in_scope_that_may_be_meant(scope, text, codes):
    with pytest.raises(NotOneError) as doubt:
        named(scope, text)
    assert [union.code for union in doubt.value.like] == codes


def test_nothing_typed_is_like_no_union(scope):
    assert like(scope, "  ") == []


def test_no_more_are_offered_than_can_be_read(scope, monkeypatch):
    monkeypatch.setattr(finding, "MOST_LIKE", 2)
    assert [union.code for union in like(scope, "工会")] == ["310001", "310001001"]


def test_field_lists_as_many_as_fit_and_asks_for_the_rest(scope, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(finding, "OFFERED", 5)
    with django_assert_num_queries(0):
        listed = offered(scope)
    with django_assert_num_queries(1):
        assert listed.box is None
        assert [code for code, _name in listed.widget.widget.choices] == [
            "310001", "310001001", "310001002", "310001010", "310001009",
        ]  # fmt: skip
    monkeypatch.setattr(finding, "OFFERED", 4)
    assert isinstance(offered(scope).box, UnionInput)


def offered(scope):
    field = UnionChoiceField()
    field.offer(scope)
    return field


def test_address_tells_what_is_in_scope_alone(client_of, clerk, grassroots, foreign_grassroots):
    ask = client_of(clerk).get
    assert ask(reverse("union_like"), {"typed": "厂"}).json() == {"unions": [f"{grassroots.code} {grassroots.name}"]}
    assert ask(reverse("union_like"), {"typed": foreign_grassroots.code}).json() == {"unions": []}
    assert ask(reverse("union_like")).json() == {"unions": []}


@pytest.mark.usefixtures("typed")
def test_list_is_filtered_by_what_is_typed(client_of, clerk, grassroots, sibling, foreign_grassroots):
    ours, theirs = builders.household(grassroots, "甲"), builders.household(sibling, "乙")
    ask, address = client_of(clerk).get, reverse("household_list")

    def found(**typed):
        page = ask(address, typed)
        return page.status_code, [record.pk for record in page.context["listing"].page.records]

    assert found(union=grassroots.name) == found(union=grassroots.code) == (200, [ours.pk])
    assert sorted(found()[1]) == sorted([ours.pk, theirs.pk])
    assert found(union=foreign_grassroots.code) == found(union=foreign_grassroots.name) == (400, [])
    assert foreign_grassroots.name not in ask(address, {"union": foreign_grassroots.code}).text


@pytest.mark.usefixtures("typed")
def test_list_offers_what_may_be_meant_and_takes_the_press(client_of, clerk, grassroots, sibling):
    ours = builders.household(grassroots, "甲")
    builders.household(sibling, "乙")
    page = client_of(clerk).get(reverse("household_list"), {"union": "厂"})
    for union in (grassroots, sibling):
        assert f'type="radio" name="union" value="{union.code}"' in page.text
    page = client_of(clerk).get(f"{reverse('household_list')}?union=厂&union={grassroots.code}")
    assert [record.pk for record in page.context["listing"].page.records] == [ours.pk]
    assert f'value="{grassroots.code} {grassroots.name}"' in page.text


@pytest.mark.usefixtures("typed")
def test_record_is_kept_for_the_union_that_is_typed(client_of, clerk, grassroots, sibling, foreign_grassroots):
    home = builders.household(grassroots, "甲")
    address, client = reverse("household_edit", args=[home.pk]), client_of(clerk)
    form = client.get(address).context["form"]
    assert form["union"].value() == f"{grassroots.code} {grassroots.name}"
    sent = {name: field.value() or "" for name, field in zip(form.fields, form, strict=True)}
    for refused in (foreign_grassroots.code, foreign_grassroots.name, "厂"):
        assert client.post(address, sent | {"union": refused}).status_code == 200
    assert client.post(address, sent | {"union": f"{sibling.code} {sibling.name}"}).status_code == 302
    assert Household.objects.get(pk=home.pk).union == sibling
