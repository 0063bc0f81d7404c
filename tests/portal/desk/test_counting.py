import pytest

from portal.desk import counting
from portal.desk.counting import MOST, counted, shown
from portal.models import Union, User


def test_many_questions_are_one_query(django_assert_num_queries, clerk, lead, district):
    questions = {
        "people": User.objects.filter(union=district),
        "clerks": User.objects.filter(role="clerk", name="陈%s经办"),
        "nobody": User.objects.none(),
        "known": 7,
        "unions": Union.objects.filter(kind__in=["city", "district"]).order_by("name"),
    }
    with django_assert_num_queries(1):
        assert counted(questions) == {"people": 2, "clerks": 0, "nobody": 0, "known": 7, "unions": 2}


def test_what_needs_no_query_asks_none(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert counted({1: 3, 2: User.objects.none()}) == {1: 3, 2: 0}
        assert counted({}) == {}


@pytest.mark.parametrize(("most", "count", "words"), [(1, 2, "1 000 以上"), (2, 2, "2"), (3, 2, "2")])
def test_no_more_is_counted_than_is_told(monkeypatch, clerk, lead, auditor, most, count, words):
    monkeypatch.setattr(counting, "MOST", most)
    found = counted({"all": User.objects.filter(role__in=["clerk", "lead"])})["all"]
    assert (found, shown(found)) == (count, words)


def test_a_thousand_is_told_exactly():
    assert (shown(MOST), shown(MOST + 1)) == ("1000", "1 000 以上")
