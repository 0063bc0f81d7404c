"""Another city's form, from setting it up in the browser to the workbook of the city, without touching code."""

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from portal.audit import By
from portal.models import Campaign
from reports.annex.campaign_figures import declared_for
from reports.campaign.named_blanks import by_name
from reports.campaign.palette import palette
from reports.enums import ReportState
from reports.handed_in.submission import accept_report, start_review, submit_report
from reports.models import Report, TypedFigure
from tests.browser import season
from tests.factories import UserFactory
from tests.reports import builders as make
from tests.reports.getting_ready import ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STAGES = {
    "primary": ("小学",),
    "junior": ("初中",),
    "senior": ("高中",),
    "vocational": ("中职",),
    "above": ("大专", "本科", "研究生"),
}
WORDING = """\
{year} 年海城市工会助学工作统计表
填报单位：____ 填报人：____ 联系电话：____
1、本年度资助学生{students}（人）；
   按学段分：小学{students_primary}（人），初中{students_junior}（人），高中{students_senior}（人），
   中职{students_vocational}（人），大专以上{students_above}（人）。
2、助学款来源合计{sources}（万元）；
   其中：企业捐助{raised_firms}（万元），社会捐助{raised_social}（万元），
   政府资助{raised_government}（万元），工会投入{raised_union}（万元）。
"""
SOURCES = ("raised_firms", "raised_social", "raised_government", "raised_union")
# Worked out by hand from `records`; money in 万元. Firms are typed in.
DISTRICT = {
    "students": 4,
    "students_primary": 1,
    "students_junior": 0,
    "students_senior": 0,
    "students_vocational": 2,
    "students_above": 1,
    "sources": Decimal("4.234567"),
    "raised_firms": Decimal(3),
    "raised_social": Decimal("1.234567"),
    "raised_government": Decimal(0),
    "raised_union": Decimal(0),
}
CITY = DISTRICT | {
    "students": 5,
    "students_junior": 1,
    "sources": Decimal("9.734567"),
    "raised_firms": Decimal(5),
    "raised_government": Decimal("3.5"),
}


@pytest.fixture
def records(district, foreign_district, campaign):
    make.contribution(district, source="social", amount=Decimal("12345.67"))
    for stage in ("primary", "vocational", "vocational", "bachelor"):
        make.payment(district, stage=stage)
    make.contribution(foreign_district, source="government", amount=Decimal(35000))
    make.contribution(foreign_district, source="government", amount=Decimal(1), received_on=date(2013, 12, 31))
    make.payment(foreign_district, stage="junior")
    make.payment(foreign_district, stage="junior", status="pending")


def add(page, name: str, label: str, slug: str) -> None:
    """The page of a new figure of ones own, opened and named."""
    page.goto("/campaigns/2014/figures/")
    season.go(page.get_by_role("link", name=name))
    if page.url.endswith("/compose/"):
        season.go(page.get_by_role("main").get_by_role("link", name="助学申请", exact=True))
    page.get_by_label("名称").fill(label)
    page.get_by_label("标识").fill(slug)


def save(page) -> None:
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已增加")).to_be_visible()


def compose(page) -> None:
    """Five stages and the students of them all, who must be their sum."""
    for slug, labels in STAGES.items():
        add(page, "从记录统计", f"资助学生：{labels[0]}", f"students_{slug}")
        page.get_by_text("统计学段", exact=True).first.click()
        for label in labels:
            page.get_by_label(label, exact=True).check()
        if slug == "vocational":
            page.get_by_role("button", name="试算").click()
            trial = page.get_by_role("status", name="试算结果")
            expect(trial).to_contain_text("全市现在是 2（人）")
            expect(trial.get_by_role("row")).to_have_count(3)  # headings and two cases
        save(page)
    add(page, "从记录统计", "资助学生", "students")
    page.get_by_text("应等于下列数字之和").first.click()
    for slug in STAGES:
        page.locator(f"input[name=parts][value=students_{slug}]").check()
    save(page)


def add_money(page) -> None:
    add(page, "由填报单位填写", "企业捐助", "raised_firms")
    page.locator("#id_unit").select_option("wan_yuan")
    save(page)
    add(page, "由其他数字相加", "助学款来源合计", "sources")
    page.locator("#id_unit").select_option("wan_yuan")
    for slug in SOURCES:
        page.locator(f"input[name=parts][value={slug}]").check()
    save(page)


def write(page) -> None:
    """The text: first with a slip, which the preview names while it is typed; a blank is put in with a press."""
    page.goto("/campaigns/2014/forms/1/")
    text, preview = page.get_by_label("文字", exact=True), page.locator("#preview")
    text.fill(WORDING.replace("{raised_firms}", ""))
    missing = "“助学款来源合计”的组成部分“企业捐助”不在表中。"
    expect(preview).to_contain_text(f"附件 1 第 6 行：{missing}")
    text.evaluate("box => { const at = box.value.indexOf('企业捐助') + 4; box.setSelectionRange(at, at); }")
    page.get_by_role("button", name="插入 企业捐助").click()
    expect(preview).to_contain_text("没有发现问题")
    expect(preview).to_contain_text("2014 年海城市工会助学工作统计表")
    season.go(page.get_by_role("button", name="保存"))
    expect(page.get_by_text("已保存附件 1 的表式。")).to_be_visible()
    known = palette(declared_for(Campaign.objects.get(year=2014)))
    assert text.input_value() == by_name(WORDING, known)


def hand_in(signed_in, clerk, lead, report: Report) -> None:
    """The clerk types in what no record gives; the lead hands the report in."""
    page = signed_in(clerk)
    page.goto(f"/reports/{report.pk}/")
    page.locator("a[href*='/typed/raised_firms/']").first.click()
    page.get_by_label("填报数（万元）").fill("3")
    page.get_by_role("button", name="保存").click()
    row = page.get_by_role("row").filter(has_text="助学款来源合计")
    expect(row).to_contain_text("4.234567")
    page = signed_in(lead)
    page.goto(f"/reports/{report.pk}/submit/")
    page.get_by_role("button", name="确认并报送").click()
    expect(page.get_by_text("报表已报送。")).to_be_visible()


def accept(page, report: Report) -> None:
    page.goto(f"/review/{report.pk}/")
    page.get_by_role("button", name="开始审核").click()
    page.get_by_role("button", name="接收", exact=True).click()
    expect(page.get_by_text("已接收").first).to_be_visible()


def consolidated(page):
    """The city's workbook, after the consolidation is kept."""
    page.goto("/consolidation/?campaign=2014")
    page.get_by_role("button", name="保存汇总").click()
    expect(page.get_by_text("已汇总 2 个单位的报表。")).to_be_visible()
    page.goto("/consolidation/?campaign=2014")
    with page.expect_download() as started:
        page.get_by_role("link", name="下载（Excel）").click()
    return load_workbook(io.BytesIO(started.value.path().read_bytes()), data_only=True)


def exact(value) -> Decimal:
    return round(Decimal(str(value)), 6)


def named_cells(book) -> dict[str, Decimal]:
    """The values of the cells that carry the slugs of the first form."""
    found = {}
    for slug in CITY:
        ((title, cell),) = book.defined_names[slug].destinations
        found[slug] = exact(book[title][cell].value)
    return found


def matrix_row(book, code: str) -> dict[str, Decimal]:
    """The figures of the first form in the row of one unit."""
    rows = list(book["单位×指标"].iter_rows(values_only=True))
    (row,) = [row for row in rows if row[0] == code]
    return {slug: exact(value) for slug, value in zip(rows[2], row, strict=True) if slug in CITY}


def accepted_by_orm(foreign_district, reviewer) -> None:
    """The other unit's way, on which nothing is new."""
    by = UserFactory(role="lead", union=foreign_district)
    report = ready(Campaign.objects.get(), foreign_district)
    TypedFigure.objects.create(report=report, slug="raised_firms", value=Decimal(20000), made_by=by)
    submit_report(report, by=By(by))
    report.refresh_from_db()
    start_review(report, by=By(reviewer))
    accept_report(report, by=By(reviewer))


def test_another_citys_form_is_set_up_filled_in_accepted_and_exported(
    signed_in, settings, records, city, district, foreign_district, clerk, lead, reviewer
):
    settings.SECOND_FACTOR_REQUIRED = False
    page = signed_in(reviewer)
    compose(page)
    add_money(page)
    write(page)

    report = ready(Campaign.objects.get(), district)
    hand_in(signed_in, clerk, lead, report)
    accept(page, report)
    assert Report.objects.get(pk=report.pk).state == ReportState.ACCEPTED
    accepted_by_orm(foreign_district, reviewer)

    book = consolidated(page)
    assert book["附件1"]["A2"].value == "2014 年海城市工会助学工作统计表"
    assert named_cells(book) == CITY
    assert matrix_row(book, district.code) == DISTRICT
