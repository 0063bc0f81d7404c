"""Charts: geometry worked out by hand, the same numbers in the table beside them and in words."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from defusedxml.ElementTree import fromstring
from django.template.loader import render_to_string

from reports.beside.years import Year, Years
from reports.charts.charted import charts_of, unit_charts
from reports.charts.columns import line, stacked
from reports.charts.marks import Series
from reports.charts.ranked import ranked
from reports.charts.scale import printed, ticks
from reports.figures import FIGURES
from tests.reports import builders as make


def series(name, *values):
    numbers = [None if value is None else Decimal(value) for value in values]
    return Series(name, numbers, ["—" if value is None else str(value) for value in values])


@pytest.mark.parametrize(
    ("largest", "expected"),
    [
        ("0", ["0", "1"]),
        ("1", ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        ("37", ["0", "10", "20", "30", "40"]),
        ("50", ["0", "10", "20", "30", "40", "50"]),
        ("51", ["0", "20", "40", "60"]),
        ("0.013", ["0", "0.005", "0.01", "0.015"]),
        ("1234567", ["0", "500000", "1000000", "1500000"]),
    ],
)
def test_axis_goes_up_to_the_next_round_number(largest, expected):
    assert [printed(tick) for tick in ticks(Decimal(largest))] == expected


def test_columns_stack_from_the_ground_up_to_scale():
    """The plot is 224 high from y = 24 to 248 and 472 wide from x = 72; the axis goes to 50."""
    chart = stacked("资金", "年度", ["2013", "2014"], [series("政府", 10, 20), series("社会", 15, 30)])
    assert [(bar.x, bar.y, bar.width, bar.height, bar.series) for bar in chart.bars] == [
        (158.0, 203.2, 64.0, 44.8, 0),
        (158.0, 136.0, 64.0, 67.2, 1),
        (394.0, 158.4, 64.0, 89.6, 0),
        (394.0, 24.0, 64.0, 134.4, 1),
    ]
    assert chart.legend == ["政府", "社会"]
    assert chart.rows == [["2013", "10", "15"], ["2014", "20", "30"]]
    assert chart.description == "资金。2013：政府 10，社会 15；2014：政府 20，社会 30。"


def test_column_of_nothing_has_no_bar_but_a_row():
    chart = stacked("资金", "年度", ["2013", "2014"], [series("政府", None, 5)])
    assert [bar.says for bar in chart.bars] == ["2014 政府 5"]
    assert chart.rows[0] == ["2013", "—"]


def test_line_breaks_where_a_year_is_unknown():
    chart = line("人数", "年度", ["2011", "2012", "2013", "2014"], series("资助", 10, 20, None, 0))
    assert chart.path == "M131.0 136.0 L249.0 24.0 M485.0 248.0"
    assert [point.text for point in chart.points] == ["10", "20", "0"]


def test_lying_bars_are_to_scale_and_long_names_are_cut_in_the_drawing_alone():
    name = "示例市轻工业和手工业联合工会"
    chart = ranked("单位", "单位", [name, "邮政局"], series("资助", 40, 10))
    assert [(bar.y, bar.width) for bar in chart.bars] == [(13, 288.0), (39, 72.0)]
    assert chart.labels[0].text == "示例市轻工业和手工业…"
    assert chart.rows[0][0] == name


def test_bars_of_zeros_are_drawn():
    assert [bar.width for bar in ranked("单位", "单位", ["甲", "乙"], series("资助", 0, 0)).bars] == [0, 0]


def test_drawing_is_whole_svg_without_style_and_escapes_names():
    chart = ranked("单位 & <b>", "单位", ['<script>"甲"'], series("资助", 1))
    html = render_to_string("reports/charts/_chart.html", {"chart": chart})
    svg = fromstring(re.search(r"<svg.*</svg>", html, re.DOTALL)[0])
    assert [svg.find("title").text, svg.find("desc").text] == [chart.title, chart.description]
    assert "style=" not in html
    assert "<script" not in html
    assert '<td class="number">1</td>' in html


@pytest.fixture
def years(year_2014):
    earlier = make.campaign(2013)
    values = {figure.slug: 0 for figure in FIGURES} | {"aided": 30, "raised_social": Decimal(150_000)}
    return Years([Year(earlier, 2, values), Year(year_2014, 0, None)], FIGURES)


def test_one_year_is_a_number_and_no_drawing():
    alone = line("人数", "年度", ["2012", "2013", "2014"], series("资助", None, 20, None))
    assert alone.is_number
    page = render_to_string("reports/charts/_chart.html", {"chart": alone})
    assert '<p class="chart-number">20</p>' in page
    assert "<svg" not in page
    two = line("人数", "年度", ["2012", "2013"], series("资助", 10, 20))
    none = line("人数", "年度", ["2012", "2013"], series("资助", None, None))
    assert (two.is_number, none.is_number) == (False, False)
    assert "<svg" in render_to_string("reports/charts/_chart.html", {"chart": two})


def test_charts_of_the_city_draw_sources_stages_and_years(years):
    values = {figure.slug: 0 for figure in FIGURES} | {"aided_basic": 7, "aided_tertiary": 5}
    sources, stages, aided, paid = charts_of(values, FIGURES, years)
    assert sources.headings == ["年度", "各级党委政府资助", "社会捐助", "各级工会投入"]
    assert sources.rows == [["2013", "0.00", "15.00", "0.00"], ["2014", "—", "—", "—"]]
    assert [row[1] for row in stages.rows] == ["7", "0", "5"]
    assert aided.rows == [["2013", "30"], ["2014", "—"]]
    assert "万元" in paid.title


def test_units_are_ranked_and_those_left_out_are_counted(units):
    values = {figure.slug: 0 for figure in FIGURES}
    many = {unit: values | {"aided": number} for number, unit in enumerate(units)}
    _paid, aided = unit_charts(many, FIGURES)
    assert [row[1] for row in aided.rows] == ["1", "0"]
    assert aided.note == ""


def test_charts_of_the_city_say_how_many_units_each_year_contains(years):
    of_city = replace(years, of_city=True)
    sources, _stages, aided, _paid = charts_of({figure.slug: 0 for figure in FIGURES}, FIGURES, of_city)
    assert aided.headings == ["年度", "资助子女", "单位数"]
    assert aided.rows == [["2013", "30", "2"], ["2014", "—", "0"]]
    assert aided.note == sources.note == "包含的单位：2013 年 2 个，2014 年 0 个。"
    html = render_to_string("reports/charts/_chart.html", {"chart": sources})
    assert "包含的单位：2013 年 2 个，2014 年 0 个。" in html
    keys = re.findall(r'<svg class="chart-key".*?chart-pattern-(\d)', html, re.DOTALL)
    assert keys == ["0", "1", "2"]


def test_charts_of_one_unit_count_no_units(years):
    assert charts_of({}, FIGURES, years)[-1].note == ""


def test_years_of_unequal_units_are_said_not_to_compare(years):
    values = years.years[0].values
    both = Years([years.years[0], replace(years.years[1], units=1, values=values)], FIGURES, of_city=True)
    assert charts_of(values, FIGURES, both)[-1].note.endswith("2014 年 1 个。单位数不同的年度不能直接比较。")


def test_words_of_neighbouring_points_do_not_run_into_each_other():
    """Five years are 94.4 apart, twelve characters 96 broad: the latest keeps its number, the one before gives way."""
    names, number = [str(year) for year in range(2010, 2015)], "123456.78901"
    crowded = line("资金", "年度", names, series("筹集", *[number] * 5))
    assert [point.text for point in crowded.points] == [number, "", number, "", number]
    assert len(crowded.rows) == 5
    roomy = line("人数", "年度", names, series("资助", 1, 2, 3, 4, 5))
    assert [point.text for point in roomy.points] == ["1", "2", "3", "4", "5"]


def test_year_that_runs_stands_beside_those_that_were_accepted_and_says_so(years):
    live = years.or_live({figure.slug: 0 for figure in FIGURES} | {"aided": 7})
    aided = charts_of({}, FIGURES, live)[-2]
    assert aided.rows == [["2013", "30"], ["2014（当前）", "7"]]
    accepted = replace(live, years=[live.years[0], replace(live.years[1], is_live=False)])
    assert accepted.or_live({"aided": 9}) == accepted


def test_series_are_told_apart_by_pattern_too():
    chart = stacked("资金", "年度", ["2013"], [series("政府", 10), series("社会", 15)])
    html = render_to_string("reports/charts/_charts.html", {"charts": [chart]})
    drawn = re.findall(r'<rect class="chart-series-(\d)" fill="url\(#chart-pattern-(\d)\)" x', html)
    assert drawn == [("0", "0"), ("1", "1")]
    patterns = re.findall(r'<pattern id="chart-pattern-(\d)".*?</pattern>', html, re.DOTALL)
    assert patterns == ["0", "1", "2", "3", "4"]
