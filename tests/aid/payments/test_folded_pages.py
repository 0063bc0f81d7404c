"""The ledger and the coverage of a city with many units: by kind first, then the units of a kind, some at a time."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from portal.enums import UnionKind
from portal.views.units import folding
from tests.aid.paying import SOURCE, raised
from tests.factories import make_union
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
YEAR = 2014


@pytest.fixture
def page(client_of, reviewer, monkeypatch, city, district, foreign_district, bureau):
    """Three districts with one bureau, two of them to a page; each raised, and each paid a case."""
    monkeypatch.setattr(folding, "SHOWN", 2)
    third = make_union(city, "310009", "北门区总工会", UnionKind.DISTRICT)
    for unit, amount in ((district, 1), (foreign_district, 20), (third, 300), (bureau, 4000)):
        raised(unit, amount)
        make.payment(unit, amount=Decimal("0.01"), source=SOURCE)
    make.campaign(YEAR)
    client = client_of(reviewer)
    return lambda name, **asked: client.get(reverse(name), asked)


def ledger(answer):
    """Name, what was raised in all, and where that leads, of each table."""
    return [
        (each.name, row.balance.raised, bool(row.raised_url), each.url)
        for each in answer.context["units"]
        for row in [next(row for row in each.rows if row.balance.source == SOURCE)]
    ]


def test_ledger_tells_of_kinds_and_their_numbers_lead_nowhere(page):
    assert ledger(page("ledger")) == [
        ("全部单位合计", 4321, True, ""),
        ("区县工会（3 个）", 321, False, "?kind=district"),
        ("局工会（1 个）", 4000, False, "?kind=bureau"),
    ]


def test_ledger_of_a_kind_tells_of_its_units_some_at_a_time(page, district, foreign_district):
    first, second = page("ledger", kind="district"), page("ledger", kind="district", page=2)
    assert ledger(first) == [
        ("区县工会（3 个）", 321, False, ""),
        (district.name, 1, True, ""),
        (foreign_district.name, 20, True, ""),
    ]
    assert ledger(second) == [("区县工会（3 个）", 321, False, ""), ("北门区总工会", 300, True, "")]
    assert 'href="?kind=district&amp;page=2"' in first.text
    assert "第 2 / 2 页" in second.text


def coverage(answer):
    """Name, address, and the first count of each row of the first table, and of all."""
    table = answer.context["tables"][0]
    return [(name, url, cells[0]) for name, url, cells in table["rows"]], table["cells"][0][0]


def test_coverage_is_folded_alike(page, district):
    rows, whole = coverage(page("coverage", campaign=YEAR))
    assert [(name, url, count, link) for name, url, (count, _share, link) in rows] == [
        ("区县工会（3 个）", f"?campaign={YEAR}&kind=district", 3, ""),
        ("局工会（1 个）", f"?campaign={YEAR}&kind=bureau", 1, ""),
    ]
    assert whole == 4
    rows, whole = coverage(page("coverage", campaign=YEAR, kind="district", page=2))
    assert [(name, url, count) for name, url, (count, _share, _link) in rows] == [("北门区总工会", "", 1)]
    assert re.search(r"\?union=310009$", rows[0][2][2])
    assert whole == 4


@pytest.mark.parametrize("name", ["ledger", "coverage"])
@pytest.mark.parametrize("kind", ["industry", "nothing"])
def test_a_kind_without_units_is_not_there(page, name, kind):
    assert page(name, kind=kind).status_code == 404


def test_few_units_stand_on_one_page(page, monkeypatch, district):
    monkeypatch.setattr(folding, "SHOWN", 4)
    assert [name for name, *_rest in ledger(page("ledger"))] == [
        "全部单位合计", district.name, "西山区总工会", "示例市邮政局工会", "北门区总工会",
    ]  # fmt: skip
    assert "返回全部类别" not in page("ledger").text
