"""The page of checks: findings in words, each opening its records, within the scope."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.builders import visit
from tests.reports import builders as make

CANARY = "不可外传的名字"
AS_OF = {"as_of": "2014-08-31"}


@pytest.fixture
def page(client_of, clerk, district, year_2014):
    """What the clerk of the district is answered."""
    client = client_of(clerk)
    return lambda name, *args, **query: client.get(reverse(name, args=args), query)


def text(response) -> str:
    """The page without its tokens, in which any three digits may stand beside each other."""
    return re.sub(r'(value|nonce)="[\w-]{20,}={0,2}"', "", response.content.decode())


def links(response) -> dict[str, str]:
    return {words: url for url, words in re.findall(r'<a class="me-3" href="([^"]+)">([^<]+)<', text(response))}


def test_page_says_when_nothing_is_wrong(page, district):
    response = page("annex_checks", 2014, district.code)
    assert response.status_code == 200
    assert "没有发现问题" in text(response)
    assert "填写了填报人和联系电话" in text(response)  # among what is not checked yet


def test_page_shows_findings_each_with_its_figures(page, district):
    make.event(district, posts=0)
    response = page("annex_checks", 2014, district.code, **AS_OF)
    assert "没有发现问题" not in text(response)
    assert "“就业服务系列活动”1 场，而“活动提供的就业岗位”0 个" in text(response)
    assert "需要说明（1 项）" in text(response)
    assert "必须更正" not in text(response)
    assert links(response) == {
        "就业服务系列活动": reverse("figure_records", args=[2014, district.code, "job_events"]) + "?as_of=2014-08-31",
        "活动提供的就业岗位": reverse("figure_records", args=[2014, district.code, "event_posts"])
        + "?as_of=2014-08-31",
    }


def test_page_shows_hard_findings_apart(page, district):
    make.assistance(district, kind="job_grant")  # a grant of no amount
    assert "必须更正（1 项）" in text(page("annex_checks", 2014, district.code, **AS_OF))


def test_page_opens_the_records_to_mend(page, district):
    unvisited = make.payment(district).case
    visited = make.payment(district).case
    visit(district, person=visited.person)
    late = make.payment(district, case=visited, paid_on=date(2015, 1, 1))
    found = links(page("annex_checks", 2014, district.code, **AS_OF))
    for words, record, model in (
        ("7 月、8 月没有走访的受助子女", unvisited, "aidcase"),
        ("发放日期在活动年度以外的助学款", late, "disbursement"),
    ):
        address, _, query = found[words].partition("?")
        assert query == "as_of=2014-08-31"
        response = page("annex_check_records", 2014, district.code, address.split("/")[-2], **AS_OF)
        assert response.context["count"] == 1
        assert record.number in text(response)
        assert reverse(f"{model}_detail", args=[record.pk]) in text(response)
        assert reverse("annex_checks", args=[2014, district.code]) in text(response)


def test_records_are_paged(page, district):
    case = make.case(district)
    for _turn in range(51):
        make.payment(district, case=case, paid_on=date(2015, 1, 1))
    pages = [page("annex_check_records", 2014, district.code, "paid_outside", page=number) for number in (1, 2)]
    assert [len(response.context["table"].rows) for response in pages] == [50, 1]
    assert "?page=2" in pages[0].context["next_url"]


def test_annex_leads_to_the_checks(page, district):
    address = reverse("annex_checks", args=[2014, district.code])
    assert f'href="{address}?as_of=2014-08-31"' in text(page("annex", campaign=2014, **AS_OF))
    assert f'href="{address}"' in text(page("annex", campaign=2014))


@pytest.mark.parametrize(
    ("year", "code", "check"),
    [
        (2014, "310002", "unvisited"),
        (2014, "nobody", "unvisited"),
        (1999, "310001", "unvisited"),
        (2014, "310001", "nonsense"),
        (2014, "310001", "total_paid"),  # a check without a list of its own
    ],
)
def test_checks_of_a_stranger_or_of_nothing_are_not_found(page, foreign_district, year, code, check):
    if (year, code) != (2014, "310001"):
        assert page("annex_checks", year, code).status_code == 404
    assert page("annex_check_records", year, code, check).status_code == 404


def test_checks_with_a_bad_cut_off_are_a_bad_request(page, district):
    assert page("annex_checks", 2014, district.code, as_of="soon").status_code == 400
    assert page("annex_check_records", 2014, district.code, "unvisited", as_of="soon").status_code == 400


def test_checks_are_not_for_the_administrator(client_of, admin, district, year_2014):
    assert client_of(admin).get(reverse("annex_checks", args=[2014, district.code])).status_code == 403


def test_nothing_of_a_stranger_is_in_the_checks(page, district, foreign_district):
    make.payment(district)
    for year, day in ((2014, date(2015, 1, 1)), (2013, date(2013, 5, 1)), (2014, make.IN_WINDOW)):
        child = make.child(foreign_district, name=CANARY)
        make.payment(foreign_district, child=child, year=year, paid_on=day, amount=Decimal(777_777))
    answers = [page("annex_checks", 2014, district.code, **AS_OF)]
    answers += [
        page("annex_check_records", 2014, district.code, check, **AS_OF) for check in ("unvisited", "paid_outside")
    ]
    assert "低于各单位平均数的 0.2 倍" in text(answers[0])
    for answer in answers:
        assert answer.status_code == 200
        for planted in (CANARY, foreign_district.name, "77.7777", "777,777", "777777", "389"):
            assert planted not in text(answer)


def test_grassroots_clerk_sees_the_own_union_alone(client_of, grassroots_clerk, grassroots, sibling, year_2014):
    make.payment(sibling)
    ours = make.payment(grassroots)
    client = client_of(grassroots_clerk)
    response = client.get(reverse("annex_check_records", args=[2014, grassroots.code, "unvisited"]))
    assert [row[0].text for row in response.context["table"].rows] == [ours.case.number]
    assert client.get(reverse("annex_checks", args=[2014, sibling.code])).status_code == 404


@pytest.mark.parametrize("name", ["annex_checks", "annex_check_records"])
def test_pages_take_as_many_queries_for_three_records_as_for_one(page, district, name):
    args = [2014, district.code] + (["unvisited"] if name == "annex_check_records" else [])
    make.payment(district)
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            page(name, *args)
        counts.append(len(queries))
        make.payment(district)
        make.payment(district)
    assert counts[0] == counts[1]
