"""The board: a column for each standing, each with the number of the list that it opens."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from employment.graduates.board import CARDS
from tests import builders
from tests.reports import builders as make

pytestmark = pytest.mark.django_db


def shown(client, **asked) -> dict[str, tuple[int, list[str]]]:
    """Number and names of each column that is not empty."""
    answer = client.get(reverse("standing_board"), asked)
    assert answer.status_code == 200
    return {
        column.standing.value: (column.count, [graduate.name for graduate in column.first])
        for column, _url in answer.context["columns"]
        if column.count
    }


@pytest.fixture
def season(district, grassroots):
    """One of the district and two of the union below it to be contacted, one signed, one in training."""
    year = localdate().year
    builders.graduate(district, "曾区", registered_on=date(2014, 3, 2), helper="陈经办")
    builders.graduate(grassroots, "曾早", registered_on=date(2014, 3, 1))
    builders.graduate(grassroots, "曾晚", registered_on=date(2014, 3, 3), graduated_on=date(year, 7, 1))
    builders.graduate(grassroots, "曾签", contract_on=date(2014, 6, 1))
    trained = builders.graduate(district, "曾训")
    make.assistance(district, graduate=trained, kind="training", given_on=localdate())


def test_every_standing_has_its_column_and_longest_on_file_come_first(client_of, clerk, season):
    client = client_of(clerk)
    assert shown(client) == {
        "to_contact": (3, ["曾早", "曾区", "曾晚"]),
        "in_training": (1, ["曾训"]),
        "signed": (1, ["曾签"]),
    }
    columns = client.get(reverse("standing_board")).context["columns"]
    assert [str(column.standing.label) for column, _url in columns] == [
        "待联系",
        "待帮扶",
        "培训中",
        "见习中",
        "已推荐岗位",
        "已签约或自谋职业",
        "升学及其他",
        "已结束跟踪",
    ]


@pytest.mark.parametrize("asked", [{}, {"helper": "mine"}, {"cohort": "past"}, {"union": "310001001"}])
def test_each_column_opens_the_list_that_it_counts(client_of, clerk, season, asked):
    client = client_of(clerk)
    context = client.get(reverse("standing_board"), asked).context
    for column, url in context["columns"]:
        assert client.get(url).context["listing"].page.total == column.count
    assert client.get(context["list_url"]).context["listing"].page.total == context["total"]


def test_board_is_narrowed_by_union_helper_and_year(client_of, clerk, season):
    client = client_of(clerk)
    assert shown(client, union="310001001") == {"to_contact": (2, ["曾早", "曾晚"]), "signed": (1, ["曾签"])}
    assert shown(client, helper="mine") == {"to_contact": (1, ["曾区"])}
    assert shown(client, cohort="fresh") == {"to_contact": (1, ["曾晚"])}


def test_column_shows_the_first_and_counts_all(client_of, clerk):
    for serial in range(CARDS + 2):
        builders.graduate(clerk.union, f"曾{serial}", registered_on=date(2014, 3, serial + 1))
    assert shown(client_of(clerk)) == {"to_contact": (CARDS + 2, [f"曾{serial}" for serial in range(CARDS)])}


def test_board_stays_within_scope(client_of, foreign_clerk, season, grassroots):
    client = client_of(foreign_clerk)
    assert shown(client) == {}
    answer = client.get(reverse("standing_board"), {"union": grassroots.code})
    assert (answer.status_code, answer.context["total"]) == (400, 0)


def test_board_asks_as_often_for_many_as_for_one(client_of, clerk, grassroots):
    client, counts = client_of(clerk), []
    for _turn in range(2):
        builders.graduate(clerk.union)
        with CaptureQueriesContext(connection) as queries:
            shown(client)
        counts.append(len(queries))
        for union in (clerk.union, grassroots):
            builders.graduate(union, contract_on=date(2014, 6, 1))
    assert counts[0] == counts[1]
