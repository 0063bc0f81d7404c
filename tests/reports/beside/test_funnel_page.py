"""The page 就业全程: numbers that open their people, the same numbers taken away, and what was asked wrongly."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from portal.models import AuditEntry
from portal.views.units import folding
from reports.beside.funnel import by_union
from reports.views.beside.funnel import SHOWN
from tests.factories import UserFactory
from tests.reports import builders as make

pytestmark = pytest.mark.django_db

ASKED = {"campaign": 2014, "as_of": "2014-11-30"}
LABELS = [
    *("困难职工家庭高校毕业生", "需要就业帮扶", "已自谋职业", "升学及其他", "自行签约", "参加技能培训", "参加实习见习"),
    *("已帮助实现就业", "稳定就业满 3 个月", "稳定就业满 6 个月"),
]


@pytest.fixture
def people(district, grassroots):
    """One in the district who needs help, one below it who was placed."""
    make.graduate(district, name="王需要")
    placed = make.graduate(grassroots, name="李就业")
    make.assistance(grassroots, graduate=placed, kind="placement", given_on=date(2014, 6, 1))
    return make.campaign(2014)


def test_stages_are_named_as_people_name_them():
    assert [str(figure) for figure in SHOWN] == LABELS


def test_every_number_opens_as_many_people(people, clerk, client_of):
    client = client_of(clerk)
    page = client.get(reverse("funnel"), ASKED)
    assert [(str(figure), number) for figure, number, _url in page.context["numbers"]] == list(
        zip(LABELS, [2, 2, 0, 0, 0, 0, 0, 1, 0, 0], strict=True)
    )
    turning = page.context["turning"]
    assert [number for _figure, number, _url in turning] == [2, 2]
    for _figure, number, url in [*page.context["numbers"], *turning]:
        assert client.get(url).context["count"] == number
    for row, url in page.context["turn"]:
        assert client.get(url).context["count"] == row.now


def test_rates_are_printed_as_in_the_official_sheets(people, clerk, client_of):
    page = client_of(clerk).get(reverse("funnel"), ASKED)
    rates = [(str(label), text) for label, text in page.context["rates"]]
    assert rates == [("需要帮扶率", "100.0%"), ("帮扶成功率", "50.0%"), ("就业率", "50.0%")]


def test_row_of_a_union_leads_to_its_own_page(people, district, grassroots, clerk, client_of):
    client = client_of(clerk)
    page = client.get(reverse("funnel"), ASKED)
    (own, (own_url, _cells)), (below, (url, cells)) = page.context["unions"]
    assert (own.union, own.own, own_url) == (district, True, "")
    assert (below.union, [number for _figure, number, _url in cells]) == (grassroots, [1, 1, 0, 0, 0, 0, 0, 1, 0, 0])
    assert client.get(url).context["union"] == grassroots
    for _figure, number, listed in cells:
        assert client.get(listed).context["count"] == number


def test_many_unions_are_folded_by_kind(people, district, grassroots, clerk, client_of, monkeypatch):
    monkeypatch.setattr(folding, "SHOWN", 1)
    client = client_of(clerk)
    whole = client.get(reverse("funnel"), ASKED)
    (first, (_url, own)), (second, (url, cells)) = whole.context["unions"]
    assert [first.name, second.name] == ["区县工会（1 个）", "基层工会（1 个）"]
    assert [number for _figure, number, _url in cells] == [1, 1, 0, 0, 0, 0, 0, 1, 0, 0]
    opened = client.get(reverse("funnel") + url)
    ((row, _shown),) = opened.context["unions"]
    assert row.union == grassroots
    sums = [one + other for (_f, one, _u), (_g, other, _v) in zip(own, cells, strict=True)]
    assert sums == [number for _figure, number, _url in whole.context["numbers"]]


def test_list_of_a_stage_leads_back(people, clerk, client_of):
    client = client_of(clerk)
    url = reverse("figure_records", args=[2014, "310001", "path_placed"]) + "?as_of=2014-11-30"
    page = client.get(url)
    assert "李就业" in page.content.decode()
    assert "王需要" not in page.content.decode()
    back = client.get(page.context["annex_url"])
    assert (back.status_code, back.context["cut_off"], back.context["campaign"].year) == (200, date(2014, 11, 30), 2014)


def test_years_are_drawn_with_a_table_beside(people, clerk, client_of):
    make.campaign(2013)
    page = client_of(clerk).get(reverse("funnel"), ASKED)
    assert [row.campaign.year for row, _cells in page.context["years"]] == [2013, 2014]
    stages, helped, employed = page.context["charts"]
    assert [row[1] for row in stages.rows] == ["2", "2", "0", "0", "1", "0", "0"]
    assert helped.rows == [["2013", "—"], ["2014", "50.0%"]]
    assert employed.rows == [["2013", "—"], ["2014", "50.0%"]]
    assert (
        page.content.decode().count("chart-drawing") == 1
    )  # of the rates one year is known: a number, not a dot on an axis


def test_same_numbers_are_taken_away_as_a_workbook(people, clerk, client_of):
    response = client_of(clerk).get(reverse("funnel_export", args=[2014, "310001"]) + "?as_of=2014-11-30")
    rows = list(load_workbook(BytesIO(b"".join(response.streaming_content))).active.values)
    assert rows[0] == ("工会编码", "工会", *LABELS, "需要帮扶率", "帮扶成功率", "就业率")
    assert rows[1:] == [
        ("310001", "东湖区总工会（本级）", 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, "100.0%", "0.0%", "0.0%"),
        ("310001001", "东湖纺织厂工会", 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, "100.0%", "100.0%", "100.0%"),
        (None, "合计", 2, 2, 0, 0, 0, 0, 0, 1, 0, 0, "100.0%", "50.0%", "50.0%"),
    ]
    assert AuditEntry.objects.filter(action="exported", subject="就业全程").count() == 1


def test_wrong_day_is_said_and_shows_nothing(people, clerk, client_of):
    page = client_of(clerk).get(reverse("funnel"), ASKED | {"as_of": "2014-13-01"})
    assert page.status_code == 200
    assert "campaign" not in page.context or "numbers" not in page.context
    assert re.search(r"日期", page.content.decode())


def test_before_the_first_campaign_the_page_says_so(clerk, client_of):
    assert "还没有可统计的活动年度" in client_of(clerk).get(reverse("funnel")).content.decode()


def test_page_asks_the_same_for_one_graduate_and_for_many(people, district, city, client_of):
    reader = client_of(UserFactory(role="auditor", union=city))
    with CaptureQueriesContext(
        connection,
    ) as few:
        reader.get(reverse("funnel"), ASKED)
    for _turn in range(5):
        make.graduate(make.reporting_unit(city))
    assert len(by_union(people, city)) == 6
    with CaptureQueriesContext(connection) as many:
        reader.get(reverse("funnel"), ASKED)
    assert len(many) == len(few)
