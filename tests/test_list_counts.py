"""No list reads its whole scope to tell how long it is: it counts as far as people read, or to the end on demand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from employment.records import FINAL, RETENTION_CHECK
from portal.records.lists import paging
from tests import builders
from tests.reports import builders as make
from tests.test_search_in_lists import everything_of_a_family

LISTED = [kind for kind in FINAL.values() if kind is not RETENTION_CHECK]  # which is asked on the page of retention


@pytest.fixture
def counts_to_two(monkeypatch):
    monkeypatch.setattr(paging, "COUNTED_TO", 2)


def counting(asked: CaptureQueriesContext, model) -> list[str]:
    """The statements that count records of `model`."""
    statements = (query["sql"] for query in asked.captured_queries)
    told = (sql for sql in statements if f'FROM "{model._meta.db_table}"' in sql)
    # Rows may tell how many records of another kind belong to each: they are read, not counted.
    return [sql for sql in told if "COUNT(" in sql and not sql.startswith(f'SELECT "{model._meta.db_table}"."id"')]


@pytest.mark.parametrize("kind", LISTED, ids=lambda kind: kind.noun)
def test_every_list_counts_no_further_than_people_read(client_of, clerk, district, counts_to_two, kind):
    everything_of_a_family(district)
    client = client_of(clerk)
    for params in ({}, {"q": "王"}, {"last": "1"}):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"{kind.name}_list"), params).status_code == 200
        found = counting(asked, kind.model)
        bounded = [sql for sql in found if "LIMIT 3" in sql]
        # Whom they are about is counted of a list that is read to its end already.
        assert [sql for sql in found if sql not in bounded and "COUNT(DISTINCT" not in sql] == [], kind.noun
        assert bounded or "q" in params, kind.noun  # what is not found is not counted


def test_list_says_where_it_stopped_counting_and_counts_all_on_demand(client_of, clerk, district, counts_to_two):
    for _each in range(3):
        make.contribution(district)
    client = client_of(clerk)
    first = client.get(reverse("contribution_list"), {"source": "union"})
    assert (first.context["listing"].page.total, first.context["listing"].page.is_more) == (2, True)
    assert "共 2 条以上" in first.text
    assert "?source=union&amp;count=whole" in first.text
    counted = client.get(reverse("contribution_list"), {"source": "union", "count": "whole"})
    assert "共 3 条" in counted.text
    assert "count=whole" not in counted.text
    assert [record.pk for record in counted.context["table"].rows] == [row.pk for row in first.context["table"].rows]


def test_exactly_as_many_as_are_counted_are_no_more(client_of, clerk, district, counts_to_two):
    for _each in range(2):
        make.contribution(district)
    assert "共 2 条" in (text := client_of(clerk).get(reverse("contribution_list")).text)
    assert "以上" not in text


def test_list_that_opens_with_a_year_does_so_when_it_is_counted(client_of, clerk, district, counts_to_two):
    this = localdate().year
    for year in (this - 1, this, this):
        make.case(district, year=year)
    client = client_of(clerk)
    opened, counted = (
        client.get(reverse("aidcase_list"), params).context["listing"] for params in ({}, {"count": "whole"})
    )
    assert opened.preset["campaign"] == counted.preset["campaign"] == str(this)
    assert (opened.outside, counted.outside) == (None, 1)


def test_people_are_counted_where_all_records_are(client_of, clerk, district, counts_to_two):
    graduate = builders.graduate(district)
    for day in (1, 2, 3):
        make.assistance(district, graduate=graduate, kind="guidance", given_on=make.date(2014, 1, day))
    client = client_of(clerk)
    assert "共 2 人次以上" in client.get(reverse("assistance_list")).text
    assert "共 3 人次，1 人" in client.get(reverse("assistance_list"), {"count": "whole"}).text


def test_last_page_of_an_uncounted_list_is_full_and_leads_back(client_of, clerk, district, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED_TO", 60)
    keys = [make.contribution(district).pk for _each in range(120)]
    client = client_of(clerk)
    last = client.get(reverse("contribution_list"), {"last": "1", "order": "number"})
    assert len(last.context["table"].rows) == 50
    before = client.get(reverse("contribution_list") + last.context["pages"]["previous"])
    shown = {row.pk for page in (last, before) for row in page.context["table"].rows}
    assert len(shown) == 100
    assert shown <= set(keys)
