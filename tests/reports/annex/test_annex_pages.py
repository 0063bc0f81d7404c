"""The annexes in the browser: within the scope, with every figure opening its records."""

import io
import re
from decimal import Decimal
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from portal.enums import AuditAction
from portal.models import AuditEntry
from reports.figures import ANNEX1, FIGURES
from tests.reports import builders as make

CANARY = "不可外传的名字"


@pytest.fixture
def records(district, foreign_district, year_2014):
    make.payment(district, amount=Decimal("520.48"), paid_on=make.AS_OF)
    make.payment(district, paid_on=make.date(2014, 9, 1))
    child = make.child(foreign_district, name=CANARY)
    make.payment(foreign_district, child=child, amount=Decimal(7777))
    make.practice_post(foreign_district, employer=CANARY)


@pytest.fixture
def page(client_of, clerk, records):
    """What the clerk of the district is answered."""
    client = client_of(clerk)
    return lambda name, *args, **query: client.get(reverse(name, args=args), query)


def text(response) -> str:
    return response.content.decode()


def strange(response, stranger) -> list[str]:
    """What `records` planted with the other district, as far as the page holds it."""
    return [planted for planted in (CANARY, stranger.name, "7,777", "0.7777") if planted in text(response)]


def test_annex_shows_the_form_with_every_figure_a_link(page, district):
    response = page("annex", campaign=2014, as_of="2014-08-31")
    assert response.status_code == 200
    assert "2014 年上海工会金秋助学情况统计表" in text(response)
    links = re.findall(r'class="annex-blank" href="([^"]+)">([^<]+)<', text(response))
    assert [url for url, _shown in links] == [
        reverse("figure_records", args=[2014, district.code, f.slug]) + "?as_of=2014-08-31" for f in ANNEX1
    ]
    shown = dict(zip([f.slug for f in ANNEX1], [value for _url, value in links], strict=True))
    assert (shown["paid"], shown["aided"], shown["raised"]) == ("0.052048", "1", "0.00")


def test_annex_has_a_second_form(page):
    response = page("annex", campaign=2014, form=2)
    assert "阳光就业行动情况统计表" in text(response)
    assert text(response).count("annex-blank") == 21


def test_annex_without_any_choice_is_that_of_the_own_union_and_the_current_campaign(page, district):
    response = page("annex")
    assert response.status_code == 200
    assert response.context["filled"].union == district
    assert response.context["filled"].campaign.year == 2014


def test_annex_before_any_campaign_says_so(client_of, clerk):
    response = client_of(clerk).get(reverse("annex"))
    assert response.status_code == 200
    assert "还没有可统计的活动年度" in text(response)


@pytest.mark.parametrize("as_of", ["tomorrow", "2014-02-30"])
def test_annex_with_a_bad_cut_off_says_so_beside_the_field(page, as_of):
    response = page("annex", campaign=2014, as_of=as_of)
    assert response.status_code == 200
    assert response.context["selection"].errors["as_of"]
    assert "不是有效的日期" in text(response)
    assert "annex-blank" not in text(response)


def test_annex_of_an_unknown_campaign_says_so(page):
    assert "没有这一年的活动" in text(page("annex", campaign=1999))


def test_annex_of_a_stranger_is_not_found(page, foreign_district):
    assert page("annex", campaign=2014, unit=foreign_district.code).status_code == 404


def test_annex_of_a_form_that_is_none_is_not_found(page):
    assert page("annex", form=3).status_code == 404


def test_annex_offers_no_union_outside_the_scope(page, foreign_district, grassroots, foreign_grassroots):
    body = text(page("annex", campaign=2014))
    assert grassroots.code in body
    assert foreign_district.name not in body
    assert foreign_grassroots.code not in body


def test_annex_of_a_union_named_in_full(page, district, grassroots, foreign_district):
    assert f'<option value="{district.code}" selected>' in text(page("annex", campaign=2014, unit=district.name))
    assert f'<option value="{grassroots.code}" selected>' in text(page("annex", campaign=2014, unit=grassroots.name))
    assert page("annex", campaign=2014, unit=foreign_district.name).status_code == 404


def test_of_too_many_unions_one_is_typed(page, grassroots, monkeypatch):
    monkeypatch.setattr("reports.views.selection.OFFERED", 1)
    for typed in (grassroots.code, grassroots.name, f"{grassroots.code} {grassroots.name}"):
        assert f'name="unit" value="{grassroots.code} {grassroots.name}"' in text(
            page("annex", campaign=2014, unit=typed)
        )


def test_of_what_names_no_one_union_those_in_scope_are_offered(page, grassroots, foreign_grassroots):
    asked = page("annex", campaign=2014, unit="厂")
    assert (asked.status_code, "filled" in asked.context) == (200, False)
    assert "不能确定“厂”是哪个工会，请在下面选择。" in text(asked)
    assert f'name="unit" value="{grassroots.code}" id="id_unit_{grassroots.code}"' in text(asked)
    assert foreign_grassroots.code not in text(asked)


def test_annex_of_the_city_offers_its_reporting_units(client_of, reviewer, records, district, foreign_district):
    response = client_of(reviewer).get(reverse("annex"), {"campaign": 2014})
    assert response.context["filled"].text("paid") == "0.881796"  # 520.48, as much again, and 7777 yuan
    for unit in (district, foreign_district):
        assert f'<option value="{unit.code}">{unit.code} {unit.name}</option>' in text(response)


def test_figure_lists_the_records_it_counts(page, district):
    response = page("figure_records", 2014, district.code, "paid", as_of="2014-08-31")
    assert response.context["value"] == "0.052048"
    assert response.context["count"] == 1
    assert "520.48" in text(response)


def test_figure_lists_near_misses_with_the_reason(page, district):
    response = page("figure_records", 2014, district.code, "paid", as_of="2014-08-31", misses=1)
    assert response.context["count"] == 1
    assert "日期（2014-09-01）不在统计期 2014-01-01 至 2014-08-31 内" in text(response)


def rows_of(response) -> list[tuple]:
    return list(load_workbook(io.BytesIO(b"".join(response.streaming_content))).active.iter_rows(values_only=True))


def test_figure_is_exported_as_it_is_listed(page, district, clerk):
    listed = page("figure_records", 2014, district.code, "paid", as_of="2014-08-31", page="1")
    assert listed.context["export_url"].endswith("/paid/export/?as_of=2014-08-31")
    headings, row = rows_of(page("figure_records_export", 2014, district.code, "paid", as_of="2014-08-31"))
    assert list(headings) == [heading.label for heading in listed.context["table"].headings]
    assert 520.48 in row
    entry = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (entry.actor, entry.detail) == (clerk, {"figure": "发放助学款", "count": 1, "misses": False})


def test_near_misses_are_exported_with_the_reasons(page, district):
    headings, row = rows_of(page("figure_records_export", 2014, district.code, "paid", as_of="2014-08-31", misses=1))
    assert (headings[1], row[1]) == ("不计入的原因", "日期（2014-09-01）不在统计期 2014-01-01 至 2014-08-31 内")


def test_list_of_every_figure_opens_is_exported_and_holds_nothing_of_a_stranger(page, district, foreign_district):
    for figure, misses in product(FIGURES, ({}, {"misses": 1})):
        listed = page("figure_records", 2014, district.code, figure.slug, **misses)
        assert listed.status_code == 200, figure.slug
        assert strange(listed, foreign_district) == [], figure.slug
        answer = page("figure_records_export", 2014, district.code, figure.slug, **misses)
        if figure.fact:
            assert len(rows_of(answer)) - 1 == listed.context["count"], figure.slug
        else:
            assert (answer.status_code, "export_url" in listed.context) == (404, False), figure.slug


def test_export_of_a_stranger_is_not_found(page, foreign_district):
    assert page("figure_records_export", 2014, foreign_district.code, "paid").status_code == 404


def test_figure_row_opens_its_record(page, district):
    disbursement = make.payment(district)
    response = page("figure_records", 2014, district.code, "paid")
    assert reverse("disbursement_detail", args=[disbursement.pk]) in text(response)


@pytest.mark.parametrize(
    ("year", "code", "slug"),
    [(2014, "310002", "paid"), (2014, "nobody", "paid"), (1999, "310001", "paid"), (2014, "310001", "nonsense")],
)
def test_figure_of_a_stranger_or_of_nothing_is_not_found(page, year, code, slug):
    assert page("figure_records", year, code, slug).status_code == 404


def test_figure_with_a_bad_cut_off_is_a_bad_request(page, district):
    assert page("figure_records", 2014, district.code, "paid", as_of="soon").status_code == 400


def test_figure_pages_take_as_many_queries_for_three_rows_as_for_one(page, district):
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            page("figure_records", 2014, district.code, "paid")
        counts.append(len(queries))
        make.payment(district)
        make.payment(district)
    assert counts[0] == counts[1]


def test_download_is_the_form_and_leaves_an_audit_row(page, district, clerk):
    response = page("annex_download", 2014, district.code, 1, "xlsx", as_of="2014-08-31")
    book = load_workbook(io.BytesIO(response.content))
    ((title, cell),) = book.defined_names["paid"].destinations
    assert book[title][cell].value == 0.052048
    assert "attachment" in response["Content-Disposition"]
    entry = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (entry.actor, entry.union_path) == (clerk, district.path)


def test_download_of_both_forms_as_json(page, district):
    response = page("annex_download", 2014, district.code, 0, "json", as_of="2014-08-31")
    assert list(response.json()) == [figure.slug for figure in FIGURES]


def test_download_as_docx_is_the_form_of_the_own_union(page, district, foreign_district):
    response = page("annex_download", 2014, district.code, 1, "docx", as_of="2014-08-31")
    printed = "".join(paragraph.text for paragraph in Document(io.BytesIO(response.content)).paragraphs)
    assert "0.052048" in printed
    assert district.name in printed
    assert foreign_district.name not in printed
    assert response["Content-Disposition"].endswith(".docx")


@pytest.mark.pdf
def test_download_as_pdf(page, district):
    response = page("annex_download", 2014, district.code, 0, "pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


def test_annex_offers_every_format_and_the_city_to_those_who_may(client_of, clerk, reviewer, records):
    address = reverse("annex")
    body = text(client_of(clerk).get(address, {"campaign": 2014, "as_of": "2014-08-31"}))
    for kind in ("xlsx", "docx", "pdf", "json"):
        of_form = reverse("annex_download", args=[2014, clerk.union.code, 1, kind])
        assert f'href="{of_form}?as_of=2014-08-31"' in body
    assert "consolidation" not in body
    body = text(client_of(reviewer).get(address, {"campaign": 2014}))
    for kind in ("xlsx", "docx", "pdf"):
        assert reverse("consolidation_job", args=[2014, kind]) in body


@pytest.mark.parametrize(("number", "kind"), [(3, "xlsx"), (1, "exe")])
def test_download_of_what_is_none_is_not_found(page, district, number, kind):
    assert page("annex_download", 2014, district.code, number, kind).status_code == 404


def test_download_of_a_stranger_is_not_found(page, foreign_district):
    assert page("annex_download", 2014, foreign_district.code, 1, "xlsx").status_code == 404
    assert not AuditEntry.objects.filter(action=AuditAction.EXPORTED).exists()


@pytest.mark.parametrize("number", [1, 2])
def test_nothing_of_a_stranger_is_in_the_forms(page, foreign_district, number):
    answer = page("annex", campaign=2014, form=number)
    assert answer.status_code == 200
    assert strange(answer, foreign_district) == []


def test_pages_of_figures_are_not_for_the_administrator(client_of, admin, district, year_2014):
    client = client_of(admin)
    for name, args in (
        ("annex", []),
        ("figure_records", [2014, district.code, "paid"]),
        ("annex_download", [2014, district.code, 1, "xlsx"]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 403
