"""The city's tables are the sum of the accepted reports as frozen, whatever happens to records and reports since."""

import io
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.audit import By
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.city.consolidation import accepted_city, consolidate, digest_of, live_city
from reports.enums import ReportState
from reports.figures import FIGURES
from reports.models import Consolidation, FrozenFigure, Report
from tests.reports import builders as make
from tests.reports.submissions import hand_in, report, set_state

MONEY = [figure.slug for figure in FIGURES if figure.unit.is_money]
COUNTS = [figure.slug for figure in FIGURES if not figure.unit.is_money]


@pytest.fixture
def cast(district, foreign_district, bureau):
    return [district, foreign_district, bureau]


@pytest.fixture
def accepted(year_2014, cast):
    """Two of three units accepted: 40 + 3 and 10 aided, 20 819.20 and 10 000.05 yuan paid."""
    return [
        report(
            year_2014,
            cast[0],
            ReportState.ACCEPTED,
            aided=40,
            paid=Decimal("20819.20"),
            adjusted={"aided": (3, "外区转入")},
        ),
        report(year_2014, cast[1], ReportState.ACCEPTED, aided=10, paid=Decimal("10000.05")),
    ]


def book_of(content):
    return load_workbook(io.BytesIO(content))


def get(client, **query):
    response = client.get(reverse("consolidation"), {"campaign": 2014} | query)
    assert response.status_code == 200
    return response


def test_city_is_the_sum_of_the_accepted_reports(year_2014, accepted, cast):
    report(year_2014, cast[2], ReportState.SUBMITTED, aided=1000)
    city = accepted_city(year_2014)
    assert list(city.figures.units) == cast[:2]
    assert (city.figures.total["aided"], city.figures.total["paid"]) == (53, Decimal("30819.25"))
    assert city.missing == cast[2:]


def test_city_does_not_follow_the_records(year_2014, accepted, cast):
    make.payment(cast[0], amount=Decimal(99))
    assert accepted_city(year_2014).figures.total["paid"] == Decimal("30819.25")
    live = live_city(year_2014)
    assert live.figures.total["paid"] == Decimal(99)
    assert list(live.figures.units) == cast
    assert live.missing == cast[2:]


def test_city_takes_the_submission_accepted_not_the_one_before(year_2014, accepted):
    hand_in(accepted[1], aided=11, paid=Decimal(5))
    total = accepted_city(year_2014).figures.total
    assert (total["aided"], total["paid"]) == (54, Decimal("20824.20"))


def test_city_takes_an_accepted_supplementary_report_for_the_one_before(year_2014, accepted, cast):
    extra = Report(campaign=year_2014, number=1)
    extra.place_in(cast[0])
    extra.save()
    assert accepted_city(year_2014).figures.total["aided"] == 53
    hand_in(extra, aided=50)
    set_state(extra, ReportState.ACCEPTED)
    assert accepted_city(year_2014).figures.total["aided"] == 60


def test_city_without_an_accepted_report_is_zero_and_misses_every_unit(year_2014, cast):
    city = accepted_city(year_2014)
    assert set(city.figures.total.values()) == {0}
    assert city.missing == cast


figures = st.fixed_dictionaries(
    {},
    optional={
        **{slug: st.integers(0, 10**6) for slug in COUNTS},
        **{slug: st.integers(0, 10**10).map(lambda fen: Decimal(fen).scaleb(-2)) for slug in MONEY},
    },
)
reports = st.tuples(st.sampled_from(ReportState.values[1:]), figures, st.integers(-(10**6), 10**6))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(reports, min_size=3, max_size=3))
def test_city_is_the_sum_of_frozen_figures_whatever_they_are(year_2014, cast, drawn):
    with transaction.atomic():
        for unit, (state, values, difference) in zip(cast, drawn, strict=True):
            report(year_2014, unit, state, adjusted={"aided": (difference, "调整")}, **values)
        total = accepted_city(year_2014).figures.total
        for figure in FIGURES:
            frozen = FrozenFigure.objects.filter(
                slug=figure.slug, submission__in=Report.objects.filter(state="accepted").values("submission")
            )
            assert total[figure.slug] == sum(kept.reported for kept in frozen), figure.slug
        transaction.set_rollback(True)


def test_consolidation_keeps_which_reports_who_and_what(year_2014, accepted, cast, reviewer):
    made = consolidate(year_2014, by=By(reviewer, "10.0.0.7"))
    assert [each["code"] for each in made.submissions] == [of.submission.code for of in accepted]
    assert [each["unit"] for each in made.missing] == [cast[2].code]
    assert (made.totals["aided"], made.totals["paid"], len(made.totals)) == ("53.00", "30819.25", 49)
    made.refresh_from_db()
    content = {"submissions": made.submissions, "missing": made.missing, "totals": made.totals, "counted_twice": 0}
    assert made.digest == digest_of(year_2014, content)
    entry = AuditEntry.objects.get(action="consolidated")
    assert (entry.actor, entry.detail["digest"], entry.address) == (reviewer, made.digest, "10.0.0.7")


def test_consolidation_pressed_twice_is_kept_once(year_2014, accepted, cast, reviewer):
    first = consolidate(year_2014, by=By(reviewer))
    assert consolidate(year_2014, by=By(reviewer)) == first
    report(year_2014, cast[2], ReportState.ACCEPTED, aided=1)
    assert consolidate(year_2014, by=By(reviewer)).totals["aided"] == "54.00"
    assert Consolidation.objects.count() == 2
    assert AuditEntry.objects.filter(action="consolidated").count() == 2


def test_consolidation_of_nothing_or_by_somebody_else_is_refused(year_2014, cast, reviewer, auditor):
    with pytest.raises(MoveRefused, match="还没有已接收"):
        consolidate(year_2014, by=By(reviewer))
    report(year_2014, cast[0], ReportState.ACCEPTED)
    with pytest.raises(MoveRefused, match="岗位"):
        consolidate(year_2014, by=By(auditor))
    assert not Consolidation.objects.exists()


def test_consolidation_kept_is_not_changed_nor_deleted(year_2014, accepted, reviewer):
    consolidate(year_2014, by=By(reviewer))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Consolidation.objects.update(digest="0" * 64)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Consolidation.objects.all()._raw_delete("default")


def test_page_shows_the_form_the_missing_units_and_the_matrix(client_of, auditor, accepted, cast):
    text = get(client_of(auditor)).content.decode()
    assert "已接收 2 个单位，缺 1 个" in text
    assert f"{cast[2].code} {cast[2].name}" in text
    assert "3.081925" in text
    assert "保存汇总" not in text


@pytest.mark.parametrize(("sort", "order"), [("aided", [1, 0]), ("-aided", [0, 1]), ("", [0, 1]), ("nonsense", [0, 1])])
def test_matrix_is_sorted_by_a_figure(client_of, reviewer, accepted, cast, sort, order):
    response = client_of(reviewer).get(reverse("consolidation_matrix"), {"campaign": 2014, "sort": sort})
    assert [unit for unit, _url, _cells in response.context["matrix"]] == [cast[position] for position in order]
    assert ("aria-sort" in response.content.decode()) == (sort in {"aided", "-aided"})


def test_page_of_live_records_still_names_who_is_missing(client_of, reviewer, accepted, cast):
    make.payment(cast[2], amount=Decimal(12345))
    text = get(client_of(reviewer), live=1).content.decode()
    assert "1.2345" in text
    assert "已接收 2 个单位，缺 1 个" in text
    assert reverse("figure_records", args=[2014, "310000", "paid"]) in text


def test_charts_of_the_present_year_follow_what_is_shown(client_of, reviewer, accepted, cast):
    report(make.campaign(2013), cast[0], ReportState.ACCEPTED, paid=Decimal(10_000))
    make.payment(cast[2], amount=Decimal(12345))

    def paid(**asked):
        charts = get(client_of(reviewer), **asked).context["charts"]
        return next(chart for chart in charts if "发放" in chart.title and "按年度" in chart.title)

    assert paid().rows == [["2013", "1.00", "1"], ["2014", "3.081925", "2"]]
    assert paid(live=1).rows == [["2013", "1.00", "1"], ["2014（当前）", "1.2345", "3"]]
    assert "2014 年 3 个（当前记录）" in paid(live=1).note
    assert "当前记录" not in paid().note


@pytest.mark.parametrize("name", ["consolidation", "consolidation_matrix"])
def test_page_takes_as_many_queries_for_three_units_as_for_two(client_of, reviewer, year_2014, accepted, cast, name):
    client, counts = client_of(reviewer), []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name), {"campaign": 2014})
        counts.append(len(queries))
        report(year_2014, cast[2], ReportState.ACCEPTED)
    assert counts[0] == counts[1]


def test_button_keeps_a_consolidation_and_its_page_shows_it(client_of, reviewer, accepted):
    client = client_of(reviewer)
    response = client.post(reverse("consolidation_make", args=[2014]), follow=True)
    text = response.content.decode()
    assert accepted[0].submission.code in text
    assert '<span class="annex-blank">3.081925</span>' in text
    assert "2014 年上海工会阳光就业行动情况统计表" in text
    assert f"{reverse('verify')}?code={accepted[0].submission.code}" in text
    kept = reverse("consolidation_kept", args=[Consolidation.objects.get().pk])
    assert kept in get(client).content.decode()


def test_download_is_fed_with_frozen_values_and_adds_up_live(client_of, auditor, accepted, cast):
    make.payment(cast[0], amount=Decimal(99))
    content = client_of(auditor).get(reverse("consolidation_download", args=[2014, "xlsx"])).content
    book, shown = book_of(content), load_workbook(io.BytesIO(content), data_only=True)
    assert book.sheetnames == ["附件1", "附件2", "单位×指标", "缺报单位名单", "历年比较"]
    ((sheet, cell),) = book.defined_names["paid"].destinations
    assert shown[sheet][cell].value == pytest.approx(3.081925)
    matrix = book["单位×指标"]
    assert [row for row in range(1, 8) if matrix.row_dimensions[row].hidden] == [3]
    column = next(cell.column_letter for cell in matrix[3] if cell.value == "paid")
    assert [matrix[f"{column}{row}"].value for row in (4, 5)] == [pytest.approx(2.08192), pytest.approx(1.000005)]
    assert matrix[f"{column}6"].value == f"=SUM({column}4:{column}5)"
    assert shown["单位×指标"][f"{column}6"].value == pytest.approx(3.081925)
    entry = AuditEntry.objects.get(action="exported")
    assert entry.detail["missing"] == [cast[2].code]


def test_page_before_any_campaign_says_so(client_of, auditor):
    assert "尚未设立活动年度" in client_of(auditor).get(reverse("consolidation")).content.decode()


def test_consolidation_is_not_for_units(client_of, lead, accepted):
    assert client_of(lead).get(reverse("consolidation")).status_code == 403
