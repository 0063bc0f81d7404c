"""Figures of a campaign's own in the place of the notice's: checks, charts, other years go on with them, or say so."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from aid.enums import FundSource, Stage
from portal.audit import By
from portal.models import Campaign
from reports.annex.campaign_figures import declared_for, figures_of
from reports.annex.wording import WORDINGS
from reports.beside.years import years_until
from reports.campaign.form_editing import add_figure, figure_faults, save_wording
from reports.charts.charted import charts_of, drawn, unit_charts
from reports.checks import checks_for, lost_checks
from reports.checks.live import live_findings, live_values
from reports.enums import ReportState
from reports.figures import FIGURES
from reports.figures.choosing import Choice
from reports.figures.own import OwnFigure
from reports.models import Report
from reports.preparing.standing import standing
from tests.reports import builders as make
from tests.reports.submissions import report

OF_UNION = Choice("source", codes=("union",))
COLLEGE = Choice("counted_stage", codes=("college",))
PAID_NET = OwnFigure(
    "paid_net",
    "工会发放助学金",
    "wan_yuan",
    "composed",
    fact="disbursements",
    measure="sum",
    field="amount",
    choices=(OF_UNION,),
    stands_for="paid",
)
AIDED_NET = OwnFigure(
    "aided_net", "资助大专生", "persons", "composed", fact="cases", choices=(COLLEGE,), stands_for="aided"
)
RAISED_NET = OwnFigure(
    "raised_net",
    "筹款",
    "wan_yuan",
    "total",
    parts=("raised_social", "raised_union"),
    stands_for="raised",
)


def in_place(campaign: Campaign, reviewer, *figures: OwnFigure) -> Campaign:
    """Each of `figures` where the one stood that it stands for."""
    wording = WORDINGS[1]
    for own in figures:
        campaign = add_figure(campaign, own=own, by=By(reviewer))
        wording = wording.replace(f"{{{own.stands_for}}}", f"{{{own.slug}}}")
    return save_wording(campaign, number=1, wording=wording, version=campaign.version, by=By(reviewer))


def found(campaign, union) -> dict[str, str]:
    return {each.check.code: each.message for each in live_findings(campaign, union, make.AS_OF)}


def test_checks_of_the_notice_are_made_of_what_stands_in_its_place(campaign, reviewer, district):
    """By hand: 900 yuan of the union's and 500 of society's are paid, 200 of the union's and 800 were raised."""
    campaign = in_place(campaign, reviewer, PAID_NET, AIDED_NET, RAISED_NET)
    case = make.payment(district, stage=Stage.COLLEGE, amount=Decimal(900)).case
    make.payment(district, case=case, amount=Decimal(500), source=FundSource.SOCIAL)
    make.contribution(district, amount=Decimal(200))
    make.contribution(district, amount=Decimal(300), source=FundSource.SOCIAL)
    messages = found(campaign, district)
    assert messages["paid_covered"] == (
        "“工会发放助学金”0.09 万元，超过“筹款”0.05 万元与以前结余 0.00 万元之和 0.05 万元，多出 0.04 万元。"
    )
    assert messages["unvisited"] == ("“资助大专生”1 人中，有 1 人在 7 月、8 月没有走访记录（本人和家庭的职工都没有）。")
    checks = checks_for(figures_of(campaign))
    assert checks["paid_per_child"].figures == ("paid_net", "aided_net")
    assert checks["together_aided_net"].figures == ("aided_net", "paid_net")
    assert checks["within_migrant_paid"].figures == ("migrant_paid", "paid_net")
    assert checks["within_single_mother_aided"].figures == ("single_mother_aided", "aided_net")
    assert live_values(campaign, district, make.AS_OF)[1].per_child.mean == Fraction(900)
    assert lost_checks(figures_of(campaign)) == ()


def test_records_that_a_check_asks_for_are_those_of_the_figure_in_place(campaign, reviewer, district):
    campaign = in_place(campaign, reviewer, AIDED_NET)
    make.payment(district, stage=Stage.PRIMARY)
    assert "unvisited" not in found(campaign, district)
    make.payment(district, stage=Stage.COLLEGE)
    assert found(campaign, district)["unvisited"].startswith("“资助大专生”1 人中，有 1 人")


def test_balance_carried_over_is_of_the_money_that_is_asked(campaign, reviewer, district):
    campaign = in_place(campaign, reviewer, PAID_NET)
    before = {"paid_on": date(2013, 6, 1), "year": 2013}
    make.payment(district, amount=Decimal(100), **before)
    make.payment(district, amount=Decimal(30), source=FundSource.SOCIAL, **before)
    assert live_values(campaign, district, make.AS_OF)[1].balance == Decimal(-100)


def test_checks_that_the_form_leaves_nothing_for_are_told(campaign, reviewer, district, client_of, clerk):
    line = next(line for line in WORDINGS[1].splitlines(keepends=True) if line.startswith("7."))
    wording = WORDINGS[1].replace(line, "")
    campaign = save_wording(campaign, number=1, wording=wording, version=campaign.version, by=By(reviewer))
    told = [(each.check.code, each.why) for each in lost_checks(figures_of(campaign))]
    assert told == [
        ("together_practice_employers", "表中没有“联系社会实践单位”、“勤工俭学社会实践岗位”，也没有代替它的数字")
    ]
    page = client_of(clerk).get(reverse("annex_checks", args=[2014, district.code])).content.decode()
    assert "本年度的表式不能进行的核对（1 项）" in page
    assert "“联系社会实践单位”和“勤工俭学社会实践岗位”都为 0 或都大于 0" in page
    editor = client_of(reviewer).get(reverse("campaign_form", args=[2014, 1])).content.decode()
    assert "本年度的表式不能进行的核对（1 项）" in editor


def test_check_of_records_is_told_where_units_type_the_figure_in(campaign, reviewer):
    typed = OwnFigure("aided_typed", "资助人数", "persons", "typed", stands_for="aided")
    campaign = in_place(campaign, reviewer, typed)
    assert [(each.check.code, each.why) for each in lost_checks(figures_of(campaign))] == [
        ("unvisited", "“资助人数”不从“助学申请”的记录统计")
    ]
    assert checks_for(figures_of(campaign))["together_aided_typed"].figures == ("aided_typed", "paid")


def test_notice_itself_loses_no_check():
    assert lost_checks(FIGURES) == ()


def test_last_years_number_is_that_of_the_figure_whose_place_is_taken(campaign, reviewer, district):
    last = make.campaign(2013)
    report(last, district, ReportState.ACCEPTED, paid=Decimal(12_000), aided=3)
    campaign = in_place(campaign, reviewer, PAID_NET)
    rows = standing(Report.objects.open(campaign, district)).rows
    assert (rows["paid_net"].texts["last"], rows["aided"].texts["last"]) == ("1.20", "3")
    years = years_until(campaign, district)
    assert [cell.text for cell in years.row(years.figures["paid_net"])] == ["1.20", "—"]


def test_charts_are_drawn_of_what_stands_in_place(campaign, reviewer, district):
    last = make.campaign(2013)
    report(last, district, ReportState.ACCEPTED, paid=Decimal(12_000), raised_union=Decimal(5_000))
    campaign = in_place(campaign, reviewer, PAID_NET, RAISED_NET)
    figures = figures_of(campaign)
    values = {figure.slug: 0 for figure in figures}
    years = years_until(campaign, district, drawn(figures))
    sources, _stages, _aided, paid = charts_of(values, figures, years)
    assert (sources.title, sources.headings) == ("筹款来源，按年度（万元）", ["年度", "社会捐助", "各级工会投入"])
    assert sources.rows[0] == ["2013", "0.00", "0.50"]
    assert (paid.title, paid.rows) == ("工会发放助学金，按年度（万元）", [["2013", "1.20"], ["2014", "—"]])
    assert [chart.title for chart in unit_charts({district: values}, figures)] == [
        "工会发放助学金，按单位（万元）",
        "资助子女，按单位（人）",
    ]


def test_totals_of_the_campaign_and_forms_without_the_notices_figures_are_drawn(campaign, reviewer, district):
    young = OwnFigure("young", "低学段", "persons", "total", parts=("aided_basic", "aided_secondary"))
    campaign = add_figure(campaign, own=young, by=By(reviewer))
    wording = WORDINGS[1] + "8. 低学段{young}（人）。\n"
    campaign = save_wording(campaign, number=1, wording=wording, version=campaign.version, by=By(reviewer))
    figures = figures_of(campaign)
    years = years_until(campaign, district, drawn(figures))
    titles = [chart.title for chart in charts_of({figure.slug: 0 for figure in figures}, figures, years)]
    assert titles == [
        "筹集资金来源，按年度（万元）",
        "资助子女，按学段（人）",
        "低学段，按分项（人）",
        "资助子女，按年度（人）",
        "低学段，按年度（人）",
        "发放助学款，按年度（万元）",
    ]
    alone = {"wordings": {"1": "表\n1. 升学{advanced_basic}（人）。\n", "2": "表\n1. 岗位{event_posts}（个）。\n"}}
    campaign.forms = alone
    figures = figures_of(campaign)
    titles = [chart.title for chart in charts_of({}, figures, years_until(campaign, district, drawn(figures)))]
    assert titles == ["在档家庭子女升学：小学和初中阶段，按年度（人）", "活动提供的就业岗位，按年度（个）"]


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (OwnFigure("more", "更多", "persons", "typed", stands_for="paid"), "不能代替它"),
        (OwnFigure("more", "更多", "persons", "typed", stands_for="aided_net"), "只能代替通知规定的数字"),
        (OwnFigure("more", "更多", "persons", "typed", stands_for="nothing"), "只能代替通知规定的数字"),
    ],
)
def test_only_a_figure_of_the_notice_and_of_its_kind_is_replaced(campaign, reviewer, own, words):
    campaign = add_figure(campaign, own=AIDED_NET, by=By(reviewer))
    assert words in "".join(figure_faults(declared_for(campaign), own)["stands_for"])


def test_one_place_is_taken_once(campaign, reviewer):
    campaign = add_figure(campaign, own=AIDED_NET, by=By(reviewer))
    wording = WORDINGS[1] + "8. 大专{aided_net}（人）。\n"
    with pytest.raises(ValidationError) as refused:
        save_wording(campaign, number=1, wording=wording, version=campaign.version, by=By(reviewer))
    assert "代替的是“资助子女”" in "".join(refused.value.messages)


def test_department_says_in_the_browser_what_a_figure_stands_for(campaign, reviewer, client_of):
    client, url = client_of(reviewer), reverse("campaign_figure_add", args=[2014, "typed"])
    assert "代替通知规定的数字" in client.get(url).content.decode()
    posted = {"label": "资助人数", "slug": "aided_typed", "unit": "persons", "stands_for": "aided", "is_hard": "1"}
    campaign.refresh_from_db()
    assert client.post(url, posted | {"version": campaign.version, "save": "1"}).status_code == 302
    (own,) = declared_for(Campaign.objects.get(year=2014)).own
    assert (own.slug, own.stands_for) == ("aided_typed", "aided")
