import re

import pytest


def names(page):
    return re.findall(r'<td class="portal-depth-\d">([^<]+)</td>', page)


@pytest.fixture
def tree(city, district, foreign_district, grassroots, sibling, foreign_grassroots):
    return city


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("clerk", ["东湖区总工会", "东湖纺织厂工会", "东湖机床厂工会"]),
        ("grassroots_clerk", ["东湖纺织厂工会"]),
        ("foreign_clerk", ["西山区总工会", "西山水泥厂工会"]),
    ],
)
def test_list_holds_the_own_union_and_those_below(request, client_of, tree, person, expected):
    assert names(client_of(request.getfixturevalue(person)).get("/unions/").text) == expected


def test_list_of_the_city_is_the_tree(client_of, reviewer, tree):
    assert names(client_of(reviewer).get("/unions/").text) == [
        "示例市总工会",
        "东湖区总工会",
        "东湖纺织厂工会",
        "东湖机床厂工会",
        "西山区总工会",
        "西山水泥厂工会",
    ]


def test_search_finds_nothing_outside_the_scope(client_of, clerk, tree):
    page = client_of(clerk).get("/unions/?text=西山")
    assert "没有符合条件的工会。" in page.text
    assert "310002" not in page.text
    assert names(client_of(clerk).get("/unions/?text=机床").text) == ["东湖机床厂工会"]
