"""School to work brought in by workbook: each year's annexes show exactly what belongs to it, each figure opens it."""

import pytest

from employment.models import Assistance
from employment.workbook import CASE_WORKBOOK
from portal.models import Campaign
from portal.workbook.importing.service import import_workbook
from reports.counting.derive import derive
from reports.counting.lineage import lineage
from reports.figures import FIGURES
from reports.figures.funnel import FUNNEL
from tests.employment.builders import retention_check
from tests.reports.school_to_work import AIDED, END, EXPECTED, FUNNEL_2014
from tests.workbook.sheets import (
    CASE,
    CHILD,
    ENTRY,
    EVENT,
    FUNDS,
    GRADUATE,
    HEADINGS,
    HELP,
    HOUSEHOLD,
    PAYMENT,
    CaseBook,
    day,
    id_number,
    write,
)

pytestmark = pytest.mark.django_db

MOTHER, DAUGHTER = id_number(26, "19680505"), id_number(28, "19930505")


def rows(title, *lines):
    return [dict(zip(HEADINGS[title], line, strict=False)) for line in lines]


def book() -> CaseBook:
    college = ("大专", "政策助学")
    return CaseBook(
        {
            HOUSEHOLD: rows(
                HOUSEHOLD,
                (
                    "D001",
                    "310001",
                    "周淑芬",
                    MOTHER,
                    "困难职工",
                    "否",
                    "低保户",
                    "本人大病",
                    None,
                    None,
                    None,
                    3,
                    900,
                    None,
                    None,
                    day("2011-03-01"),
                ),
            ),
            CHILD: rows(CHILD, (DAUGHTER, "D001", "周小燕", "子女", "大专", "二年级", "东湖职业技术学院")),
            ENTRY: rows(ENTRY, ("S001", DAUGHTER, "大专", day("2012-09-01"), "东湖职业技术学院")),
            CASE: rows(
                CASE,
                *(
                    (
                        f"A{year}",
                        DAUGHTER,
                        year,
                        *college,
                        amount,
                        None,
                        None,
                        day(f"{year}-09-03"),
                        day(f"{year}-09-09"),
                        day(f"{year}-09-15"),
                        "社区",
                        day(f"{year}-09-16"),
                        "通过",
                    )
                    for year, amount in AIDED.items()
                ),
            ),
            FUNDS: rows(
                FUNDS,
                *((f"Z{year}", "310001", day(f"{year}-04-01"), "各级工会投入", sum_) for year, sum_ in AIDED.items()),
            ),
            PAYMENT: rows(
                PAYMENT,
                *(
                    (f"F{year}", f"A{year}", day(f"{year}-09-20"), amount, "各级工会投入", "转账", "已发放")
                    for year, amount in AIDED.items()
                ),
            ),
            GRADUATE: rows(
                GRADUATE,
                (
                    DAUGHTER,
                    "D001",
                    "周小燕",
                    "东湖职业技术学院",
                    "本市",
                    "本市",
                    "大专",
                    day("2014-07-01"),
                    "需要就业帮扶",
                    day("2014-08-20"),
                    day("2014-06-20"),
                ),
            ),
            HELP: rows(
                HELP,
                ("J001", DAUGHTER, day("2014-07-15"), "技能培训"),
                ("J002", DAUGHTER, day("2014-08-01"), "职业资格证书"),
                ("J003", DAUGHTER, day("2014-08-05"), "求职补贴", 300),
                ("J004", DAUGHTER, day("2014-08-20"), "实现就业"),
            ),
            EVENT: rows(EVENT, ("E001", "310001", day("2014-07-20"), "招聘会", "夏季招聘会", None, 30)),
        }
    )


@pytest.fixture
def brought(district, tmp_path):
    outcome = import_workbook(write(book(), tmp_path / "1.xlsx"), workbook=CASE_WORKBOOK, unit=district)
    assert [error.as_json() for error in outcome.errors] == []
    Campaign.objects.open(2015)
    return district


@pytest.mark.parametrize("year", EXPECTED)
def test_both_annexes_show_what_belongs_to_the_year(year, brought):
    campaign = Campaign.objects.get(year=year)
    values = derive(campaign, brought, END[year])
    assert {figure.slug: figure.unit.format(values[figure.slug]) for figure in FIGURES} == EXPECTED[year]


@pytest.mark.parametrize("year", EXPECTED)
def test_every_figure_that_is_not_nothing_opens_records_of_hers(year, brought):
    """All there is on file is hers, so a list of one record is it."""
    campaign = Campaign.objects.get(year=year)
    for figure in FIGURES:
        found = lineage(figure, campaign, brought, END[year]).count()
        assert found == (EXPECTED[year][figure.slug] != figure.unit.format(0)), figure.slug


def test_placement_kept_for_half_a_year_is_on_the_whole_way(brought):
    placement = Assistance.objects.get(number="J004")
    retention_check(brought, placement=placement, months=3, asked_on=day("2014-11-20"))
    retention_check(brought, placement=placement, months=6, asked_on=day("2015-02-20"))
    values = derive(Campaign.objects.get(year=2014), brought, END[2014], figures=FUNNEL)
    assert {slug: values[slug] for slug in FUNNEL_2014} == FUNNEL_2014
