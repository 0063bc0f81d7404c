"""Figures that the unit types in, and totals that have them among their parts."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from portal.audit import By
from portal.workflow import MoveRefused
from reports.annex.campaign_figures import figures_of, figures_of_submission
from reports.city.consolidation import accepted_city, consolidate, kept_city
from reports.city.files import filled_of
from reports.counting.derive import derive, derive_units
from reports.counting.lineage import lineage
from reports.counting.near_misses import near_misses, reasons
from reports.enums import ReportState
from reports.figures.registry import Window
from reports.handed_in.submission import submit_report
from reports.models import Consolidation, Report
from reports.preparing.preparation import adjust_figure, declare_nil
from reports.preparing.standing import standing
from reports.preparing.typed import type_figure
from reports.render.frozen import FrozenForms
from reports.sealing.snapshot import kept
from tests.reports import builders as make
from tests.reports.getting_ready import frozen, ready
from tests.reports.own_forms import SLUGS, with_own_form
from tests.reports.submissions import report as report_in
from tests.reports.submissions import set_state

FOUNDATION = "raised_foundation"


@pytest.fixture
def campaign(year_2014):
    return with_own_form(year_2014)


@pytest.fixture
def report(campaign, district):
    return Report.objects.open(campaign, district)


def typed(report, value="50000", **fields):
    return type_figure(report, slug=FOUNDATION, value=Decimal(value), **fields)


def test_form_of_its_own_has_its_figures_in_their_order_and_lines(campaign):
    figures = figures_of(campaign)
    assert [figure.slug for figure in figures.of_form(1)] == SLUGS
    assert [figure.line for figure in figures.of_form(1)] == ["1", "1", "1", "2", "2"]
    assert len(figures.of_form(2)) == 21


def test_typed_figure_counts_in_its_total_and_in_the_city(report, district, foreign_district, clerk):
    make.contribution(district, source="social", amount=Decimal("1234.56"))
    make.contribution(foreign_district, source="social", amount=Decimal("0.44"))
    typed(report, by=By(clerk))
    values = derive(report.campaign, district, make.AS_OF)
    assert [values[slug] for slug in SLUGS[:3]] == [Decimal("51234.56"), Decimal("1234.56"), Decimal("50000.00")]
    city = derive_units(report.campaign, make.AS_OF)
    assert city.units[foreign_district]["raised_all"] == Decimal("0.44")
    assert city.total["raised_all"] == Decimal("51235.00")


def test_total_alone_is_added_up_from_parts_that_were_not_asked_for(report, clerk):
    typed(report, by=By(clerk))
    asked = (figures_of(report.campaign)["raised_all"],)
    assert derive(report.campaign, report.union, make.AS_OF, figures=asked) == {"raised_all": Decimal("50000.00")}


def test_composed_figures_count_records_and_persons(report, district):
    pupil = make.payment(district, stage="primary")
    make.payment(district, case=pupil.case)
    make.payment(district, stage="junior")
    make.case(district, stage="primary")  # approved, not paid
    values = derive(report.campaign, district, make.AS_OF)
    assert (values["aided_primary"], values["aided_people"]) == (1, 2)


def test_composed_figure_has_its_list_and_near_misses_with_reasons(report, district):
    counted, missed = make.payment(district, stage="primary").case, make.payment(district, stage="junior").case
    figure, campaign = figures_of(report.campaign)["aided_primary"], report.campaign
    assert list(lineage(figure, campaign, district, make.AS_OF)) == [counted]
    (near,) = near_misses(figure, campaign, district, make.AS_OF)
    assert near == missed
    assert reasons(near, figure, Window.of(campaign, make.AS_OF)) == ["不符合“统计学段为小学”"]


def test_adjusted_part_moves_the_total(report, district, clerk):
    make.contribution(district, source="social", amount=Decimal(1000))
    typed(report, by=By(clerk))
    adjust_figure(report, slug="raised_social", difference=Decimal(200), reason="另有捐赠", by=By(clerk))
    row = standing(report).rows["raised_all"]
    assert (row.derived, row.difference, row.reported) == (Decimal(51000), Decimal(200), Decimal(51200))


def test_bound_of_a_composed_figure_is_checked(report, district, clerk):
    make.payment(district, stage="primary")
    adjust_figure(report, slug="aided_people", difference=Decimal(-1), reason="重复", by=By(clerk))
    assert "within_aided_primary" in {found.check.code for found in standing(report).findings}


@pytest.mark.parametrize("slug", ["raised_all", FOUNDATION])
def test_what_no_record_gives_is_not_adjusted(report, clerk, slug):
    with pytest.raises(ValidationError, match=r"不需要调整|请调整它的分项"):
        adjust_figure(report, slug=slug, difference=Decimal(1), reason="试", by=By(clerk))


@pytest.mark.parametrize("slug", ["raised_all", "raised_social", "aided", "nonsense"])
def test_only_a_figure_to_be_typed_is_typed(report, clerk, slug):
    with pytest.raises(ValidationError, match="没有这个由单位填写的数字"):
        type_figure(report, slug=slug, value=Decimal(1), by=By(clerk))


@pytest.mark.parametrize(
    ("value", "said"), [("-1", "不能小于 0"), ("0.001", "到分"), ("1e13", "过大"), ("NaN", "过大")]
)
def test_bad_value_is_refused_with_the_reason(report, clerk, value, said):
    with pytest.raises(ValidationError, match=said):
        typed(report, value, by=By(clerk))
    assert not report.typed.exists()


def test_typed_twice_is_one_version(report, clerk):
    typed(report, by=By(clerk))
    versions = report.history.count()
    typed(report, by=By(clerk))
    assert report.history.count() == versions


def test_second_person_is_told_what_the_first_typed(report, clerk):
    typed(report, by=By(clerk))
    with pytest.raises(ValidationError, match=r"有人已填为 5\.00"):
        typed(report, "7", by=By(clerk), seen=None)
    assert report.typed.get().value == 50000


def test_nil_report_and_typed_figure_exclude_each_other(report, clerk):
    declare_nil(report, by=By(clerk))
    with pytest.raises(MoveRefused, match="零报告"):
        typed(report, by=By(clerk))
    declare_nil(report, by=By(clerk), nil=False)
    typed(report, by=By(clerk))
    with pytest.raises(ValidationError, match="不能声明零报告"):
        declare_nil(report, by=By(clerk))


def test_frozen_report_keeps_wording_and_figures_when_the_campaign_changes(report, district, clerk):
    make.contribution(district, source="social", amount=Decimal(1000))
    adjust_figure(report, slug="raised_social", difference=Decimal(200), reason="另有捐赠", by=By(clerk))
    typed(report, by=By(clerk))
    submission = frozen(report)
    report.campaign.forms = {}
    report.campaign.save()
    submission = type(submission).objects.select_related("report__campaign", "report__union").get(pk=submission.pk)
    forms = FrozenForms.of(submission)
    assert forms.form(1).title == "2014 年某市助学情况表"
    assert forms.text("raised_all") == "5.12"
    assert str(figures_of_submission(submission)[FOUNDATION]) == "慈善基金会"
    assert kept(submission).digest == submission.digest


def test_city_adds_up_what_was_frozen_under_another_wording(campaign, district, foreign_district):
    report_in(campaign, district, ReportState.ACCEPTED, raised_social=Decimal(5))
    old = report_in(campaign, foreign_district, ReportState.ACCEPTED, raised_social=Decimal(7)).submission
    assert old.figures.filter(slug="raised_all").count() == 0
    assert accepted_city(campaign).figures.total["raised_social"] == Decimal(12)


def test_kept_consolidation_prints_the_forms_of_then(report, district, clerk, reviewer):
    typed(report, by=By(clerk))
    submission = frozen(report)
    Report.objects.filter(pk=report.pk).update(submission=submission)
    set_state(report, ReportState.ACCEPTED)
    made = consolidate(report.campaign, by=By(reviewer))
    report.campaign.forms = {}
    report.campaign.save()
    city = kept_city(Consolidation.objects.select_related("campaign").get(pk=made.pk))
    assert city.figures.total["raised_all"] == Decimal(50000)
    assert filled_of(city, district).form(1).title == "2014 年某市助学情况表"


MISSING = "没有填写“慈善基金会”。"


@pytest.mark.parametrize("value", ["0", "50000"])
def test_figure_left_empty_keeps_the_report_from_being_handed_in_and_a_typed_zero_does_not(report, clerk, lead, value):
    report = ready(report.campaign, report.union)
    with pytest.raises(MoveRefused, match=MISSING):
        submit_report(report, by=By(lead))
    assert standing(report).obstacles == [MISSING]
    typed(report, value, by=By(clerk))
    assert standing(report).obstacles == []
    assert submit_report(report, by=By(lead)).figures.get(slug=FOUNDATION).derived == Decimal(value)


def test_each_figure_left_empty_is_named_with_the_page_where_it_is_typed(client_of, clerk, report):
    ready(report.campaign, report.union)
    page, address = client_of(clerk).get(reverse("report_show", args=[report.pk])), [report.pk, FOUNDATION]
    assert [(step.words, step.action, step.url) for step in page.context["steps"]] == [
        (MISSING, "去填写", reverse("report_typed", args=address))
    ]
    (row,) = page.context["findings"]
    assert (row.finding.message, row.finding.check.is_hard, row.links) == (MISSING, True, [])
    assert row.mend.url == reverse("report_typed", args=address)


def test_what_another_year_or_unit_typed_fills_nothing_in(report, foreign_district, clerk, foreign_clerk):
    typed(Report.objects.open(report.campaign, foreign_district), by=By(foreign_clerk))
    typed(Report.objects.open(with_own_form(make.campaign(2015)), report.union), by=By(clerk))
    assert MISSING in standing(report).obstacles


def test_nil_report_and_a_form_without_such_figures_ask_for_none(report, district, clerk):
    assert MISSING not in standing(declare_nil(report, by=By(clerk))).obstacles
    assert MISSING in standing(declare_nil(report, by=By(clerk), nil=False)).obstacles
    plain = Report.objects.open(make.campaign(2015), district)
    assert standing(plain).obstacles == ["没有填写填报人、联系电话。", "没有上传总结报告。"]


def test_page_takes_the_number_in_the_unit_of_the_form(client_of, clerk, report):
    client, page = client_of(clerk), reverse("report_typed", args=[report.pk, FOUNDATION])
    assert "填报数（万元）" in client.get(page).content.decode()
    answer = client.post(page, {"value": "1.2345678", "seen": ""})
    assert "1.2345678" in answer.content.decode()  # finer than a fen: refused, kept
    assert client.post(page, {"value": "5.000001", "seen": ""}).status_code == 302
    assert report.typed.get().value == Decimal("50000.01")
    assert client.post(page, {"value": "１２．５", "seen": "50000.01"}).status_code == 302
    assert report.typed.get().value == 125000


def test_list_of_a_typed_figure_says_where_it_comes_from(client_of, clerk, report, district):
    for slug, said in ((FOUNDATION, "由填报单位填写"), ("raised_all", "慈善基金会"), ("aided_primary", "计入的记录")):
        page = client_of(clerk).get(reverse("figure_records", args=[2014, district.code, slug]))
        assert said in page.content.decode()


def test_day_of_a_report_that_another_year_has_is_not_mixed_in(report, district, clerk):
    typed(report, by=By(clerk))
    other = with_own_form(make.campaign(2015))
    assert derive(other, district, date(2015, 8, 31))["raised_all"] == 0
