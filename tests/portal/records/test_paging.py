from datetime import date

import pytest
from django.http import Http404, QueryDict
from django.urls import reverse

from aid.models import Contribution
from portal.records.lists.paging import Keyset, turn_to
from tests.reports import builders as make

ROWS = 120


@pytest.fixture
def contributions(district):
    """Three days only, so that most records are sorted by equal values."""
    return [make.contribution(district, received_on=date(2014, 7, 1 + n % 3)) for n in range(ROWS)]


def walk(keyset, start, step):
    """The keys of each page from `start` on, following `step`."""
    scope = Contribution.objects.all()
    params, pages = start, []
    while params is not None:
        page = turn_to(QueryDict.fromkeys(params) if not params else _query(params), scope, scope, keyset)
        assert page.total == ROWS
        pages.append([record.pk for record in page.records])
        params = getattr(page, step)
    return pages


def _query(params):
    query = QueryDict(mutable=True)
    query.update(params)
    return query


@pytest.mark.parametrize("order", ["received_on", "-received_on", "number", "-amount"])
def test_pages_visit_each_record_once_in_both_directions(contributions, order):
    keyset = Keyset.parse(order)
    expected = [record.pk for record in keyset.sort(Contribution.objects.all())]
    forward = walk(keyset, {}, "next")
    assert [len(page) for page in forward] == [50, 50, 20]
    assert [key for page in forward for key in page] == expected
    assert walk(keyset, {"last": "1"}, "previous")[::-1] == forward


def test_first_page_of_few_records_has_no_neighbours(district):
    make.contribution(district)
    scope = Contribution.objects.all()
    page = turn_to(QueryDict(), scope, scope, Keyset("number"))
    assert (page.first, page.previous, page.next, page.last) == (None, None, None, None)


@pytest.mark.parametrize("cursor", ["", "x", "-1", "１", "9" * 30, "999999"])
def test_place_that_is_none_is_a_404(contributions, cursor):
    scope = Contribution.objects.all()
    with pytest.raises(Http404):
        turn_to(_query({"after": cursor}), scope, scope, Keyset("number"))


def test_place_of_a_foreign_record_is_a_404(client_of, clerk, contributions, foreign_district):
    foreign = make.contribution(foreign_district)
    for name in ("after", "before"):
        response = client_of(clerk).get(reverse("contribution_list"), {name: foreign.pk})
        assert response.status_code == 404


def test_place_that_left_the_filter_still_turns_the_page(client_of, clerk, contributions):
    first, *_others = contributions
    response = client_of(clerk).get(reverse("contribution_list"), {"after": first.pk, "source": "government"})
    assert response.status_code == 200


def test_before_less_than_a_page_shows_the_first(contributions):
    keyset = Keyset("number")
    scope = Contribution.objects.all()
    ordered = list(keyset.sort(scope))
    page = turn_to(_query({"before": str(ordered[10].pk)}), scope, scope, keyset)
    assert page.records == ordered[:50]
    assert page.previous is None


def test_pages_of_the_list_keep_filters_and_carry_no_names(client_of, clerk, contributions):
    page = client_of(clerk).get(reverse("contribution_list"), {"source": "union", "order": "number"})
    last = page.context["pages"]["last"]
    assert last == "?source=union&order=number&last=1"
    assert "after=" in page.context["pages"]["next"]
    assert "共 120 条" in page.text
