"""A search asks what was typed: digits of numbers, letters of initials, characters of names, each by its own index."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aid.models import Household
from aid.records.household import PLAIN_HOUSEHOLD
from employment.records import FINAL
from portal.models.voidable import all_of
from portal.operating.finding import has_parts, index_of
from portal.records import search
from portal.records.search import matching, matching_in_list, searched_columns
from tests import builders
from tests.second_lock import out_of_force


def asked(user, text: str) -> str:
    """The statements by which the keys of families are found for `text`."""
    with CaptureQueriesContext(connection) as queries:
        matching_in_list(PLAIN_HOUSEHOLD, user, text)
    return " ".join(query["sql"] for query in queries.captured_queries)


def found(user, text: str) -> set:
    return set(Household.objects.visible_to(user).filter(matching(PLAIN_HOUSEHOLD, user, text)))


def test_digits_ask_numbers_letters_initials_and_characters_names(clerk):
    number, initials, name = '"number" >=', '"worker_initials" >=', 'REPLACE("aid_household"."worker_name"'
    of_digits, of_letters, of_characters = (asked(clerk, text) for text in ("D99", "WJG", "王建国"))
    assert [number in of_digits, initials in of_digits, name in of_digits] == [True, False, False]
    assert [number in of_letters, initials in of_letters] == [False, True]
    assert [number in of_characters, initials in of_characters, name in of_characters] == [False, False, True]


def test_each_way_is_asked_by_itself(clerk):
    statement = asked(clerk, "王建国")
    assert statement.count("UNION ALL") == 2  # the worker, the employer, the schools
    assert " OR " not in statement


def test_employer_with_a_digit_in_its_name_is_found_by_it(clerk, district):
    home = builders.household(district, employer="上海第3机床厂")
    assert found(clerk, "第3机床") == {home}


def test_number_is_found_by_its_beginning_and_not_by_its_middle(clerk, district):
    home = builders.household(district, number="D2014-7")
    assert found(clerk, "D2014") == {home}
    assert found(clerk, "2014-7") == set()


def test_more_than_a_statement_takes_are_found_all_the_same(clerk, district, monkeypatch):
    monkeypatch.setattr(search, "MOST_KEYS", 2)
    homes = {builders.household(district, "王建国") for _each in range(4)}
    builders.household(district, "周建国")
    assert found(clerk, "王建国") == homes


def test_short_word_is_a_beginning_or_an_end_for_who_sees_all_there_is(clerk, reviewer, district):
    home = builders.household(district, "欧阳建国")
    assert [found(reviewer, text) for text in ("欧阳", "建国", "阳建", "阳建国")] == [{home}, {home}, set(), {home}]
    assert found(clerk, "阳建") == {home}


@pytest.mark.postgresql
def test_every_searched_name_has_an_index_of_its_parts(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%gin_trgm_ops%'")
        there = {name for (name,) in cursor.fetchall()}
    assert has_parts()
    assert there == {index_of(table, column) for table, column in searched_columns(FINAL.values())}


@pytest.mark.postgresql
@pytest.mark.parametrize(("text", "index"), [("王建国", "_worker_name_part"), ("WJG", "household_initials")])
def test_names_and_initials_are_found_by_their_index(reviewer, district, text, index):
    """The second lock asks it as well where the server's superuser let it: the trial of the installation tries that."""
    builders.household(district)
    with out_of_force(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    way = (
        next(search._named(Household, ("worker_name",), (), reviewer, text))
        if text != "WJG"
        else search._beginning("worker_initials", text)
    )
    assert index in all_of(Household).order_by().filter(way).explain()


def test_list_and_box_find_the_same_family(client_of, clerk, district):
    home = builders.household(district, "王建国")
    client = client_of(clerk)
    listed = client.get(reverse("household_list"), {"q": "王建国"}).context["listing"].page.records
    boxed = client.get(reverse("find"), {"q": "王建国"}).context["groups"]
    assert listed == [home] == [record for group in boxed for record in group.records]
