"""Near misses by their reasons, and what a distinct count counts by its things: page, filter, file, frozen."""

import io
import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from aid.enums import PaymentState, Stage
from employment.enums import AssistanceKind
from reports.counting.distinct import PERSON
from reports.counting.near_misses import reasons_of
from reports.figures import figure
from reports.models import FrozenRecords
from tests.reports import builders as make
from tests.reports.getting_ready import frozen, ready
from tests.reports.own_forms import with_own_form

AS_OF = {"as_of": "2014-08-31"}
BOUNCED, LATE = "差 1 项：发放失败", "差 1 项：日期不在统计期 2014-01-01 至 2014-08-31 内"


@pytest.fixture
def page(client_of, clerk, year_2014):
    """What the clerk of the district is answered."""
    client = client_of(clerk)
    return lambda name, *args, **query: client.get(reverse(name, args=args), query)


def text(response) -> str:
    return unescape(response.content.decode())


def sections(response) -> list[tuple[str, int]]:
    return [(section.heading, len(section.table.rows)) for section in response.context["sections"]]


def sheet_of(response):
    return load_workbook(io.BytesIO(b"".join(response.streaming_content))).active


@pytest.fixture
def payments(district):
    """Of paid_tertiary: 52 bounced, 1 late, 1 of another stage that bounced; 1 counts."""
    for _turn in range(52):
        make.payment(district, stage=Stage.COLLEGE, status=PaymentState.FAILED)
    make.payment(district, stage=Stage.COLLEGE, paid_on=date(2014, 9, 1))
    make.payment(district, stage=Stage.PRIMARY, status=PaymentState.FAILED)
    make.payment(district, stage=Stage.COLLEGE)


def test_near_misses_are_listed_by_reason_nearest_first(page, district, payments):
    asked = ("figure_records", 2014, district.code, "paid_tertiary")
    first, second = page(*asked, **AS_OF, misses=1), page(*asked, **AS_OF, misses=1, page=2)
    assert sections(first) == [(f"{BOUNCED}（52 条）", 50)]
    assert sections(second) == [
        (f"{BOUNCED}（52 条）", 2),
        (f"{LATE}（1 条）", 1),
        ("差 2 项：发放失败；学段不属于“大专以上”（1 条）", 1),
    ]
    assert "发放状态不是" not in text(first)
    assert [(str(each), each.count) for each, _url, _chosen in second.context["reasons"]] == [
        (BOUNCED, 52),
        (LATE, 1),
        ("差 2 项：发放失败；学段不属于“大专以上”", 1),
    ]


def test_reason_is_kept_over_the_pages_and_in_the_file(page, district, payments):
    asked = (2014, district.code, "paid_tertiary")
    listed = page("figure_records", *asked, **AS_OF, misses=1)
    (url,) = (url for each, url, _chosen in listed.context["reasons"] if str(each) == BOUNCED)
    key = re.search(r"reason=(\d+)", url)[1]
    first = page("figure_records", *asked, **AS_OF, misses=1, reason=key)
    assert (first.context["count"], sections(first)) == (52, [(f"{BOUNCED}（52 条）", 50)])
    assert f"reason={key}" in first.context["next_url"]
    second = page("figure_records", *asked, **AS_OF, misses=1, reason=key, page=2)
    assert sections(second) == [(f"{BOUNCED}（52 条）", 2)]
    assert f"reason={key}" in first.context["export_url"]
    rows = list(sheet_of(page("figure_records_export", *asked, **AS_OF, misses=1, reason=key)).values)[1:]
    assert [row[1] for row in rows] == ["发放失败"] * 52
    assert [("reason=" in url, is_open) for _label, url, is_open in first.context["tabs"]] == [
        (False, False),
        (False, True),
    ]


@pytest.mark.parametrize("name", ["figure_records", "figure_records_export"])
@pytest.mark.parametrize("reason", ["0000", "9000", "01", "x"])
def test_reason_that_there_is_not_is_not_found(name, reason, page, district, payments):
    assert page(name, 2014, district.code, "paid_tertiary", misses=1, reason=reason).status_code == 404


def test_help_of_another_kind_is_not_listed_and_the_page_says_so(page, district):
    make.assistance(district, kind=AssistanceKind.POLICY)
    late = make.assistance(district, kind=AssistanceKind.TRAINING, given_on=date(2014, 9, 1))
    response = page("figure_records", 2014, district.code, "trainings", **AS_OF, misses=1)
    assert sections(response) == [(f"{LATE}（1 条）", 1)]
    assert late.number in text(response)
    assert "类别为技能培训" in text(response)
    assert "其他类别的记录不在其中" in text(response)


def test_near_misses_take_as_many_queries_for_many_reasons_as_for_one(page, district):
    counts = []
    for more in ({}, {"paid_on": date(2014, 9, 1)}, {"stage": Stage.PRIMARY}):
        for status in (PaymentState.FAILED, PaymentState.PENDING):
            make.payment(district, **{"stage": Stage.COLLEGE, "status": status} | more)
        with CaptureQueriesContext(connection) as queries:
            page("figure_records", 2014, district.code, "paid_tertiary", **AS_OF, misses=1)
        counts.append(len(queries))
    assert counts[1] == counts[2]
    of = figure("paid_tertiary")
    campaign = make.campaign()
    with CaptureQueriesContext(connection) as queries:
        assert len(reasons_of(of, campaign, district, make.AS_OF)) == 6
    assert len(queries) == 1


@pytest.fixture
def posts(district, grassroots, foreign_district):
    """Line 7: three employers of five records of the district, one of them below it; one record that does not count."""
    for employer, times in (("甲厂", 2), ("乙厂", 1)):
        for _turn in range(times):
            make.practice_post(district, employer=employer)
    make.practice_post(grassroots, employer="甲厂")
    make.practice_post(district, employer="丙店")
    make.practice_post(district, employer="丁店", contacted_on=date(2014, 9, 1))
    make.practice_post(foreign_district, employer="甲厂")


SAID = "3 家，来自 5 条记录。同一填报单位内，“单位名称”相同的只计一次。"


def test_distinct_count_says_what_is_distinct_and_opens_its_groups(page, district, posts):
    response = page("figure_records", 2014, district.code, "practice_employers", **AS_OF)
    assert (response.context["value"], response.context["said"]) == ("3", SAID)
    groups = page("figure_records", 2014, district.code, "practice_employers", **AS_OF, things=1)
    assert SAID in text(groups)
    named = {heading.partition(" ")[2]: count for heading, count in sections(groups)}
    assert named == {"甲厂（3 条）": 3, "乙厂（1 条）": 1, "丙店（1 条）": 1}
    assert [heading.partition(".")[0] for heading, _count in sections(groups)] == ["1", "2", "3"]
    misses = page("figure_records", 2014, district.code, "practice_employers", **AS_OF, misses=1)
    assert misses.context["said"] == "共 1 条记录"


def test_city_counts_a_thing_in_each_unit(client_of, reviewer, posts, city, district, foreign_district):
    make.campaign()
    url = reverse("figure_records", args=[2014, city.code, "practice_employers"])
    response = client_of(reviewer).get(url, AS_OF | {"things": 1})
    assert response.context["said"].startswith("4 家，来自 6 条记录")
    named = {heading.partition(" ")[2] for heading, _count in sections(response)}
    assert named == {
        f"甲厂，{district.name}（3 条）",
        f"乙厂，{district.name}（1 条）",
        f"丙店，{district.name}（1 条）",
        f"甲厂，{foreign_district.name}（1 条）",
    }


def test_groups_go_on_over_the_pages(page, district):
    for _turn in range(51):
        make.practice_post(district, employer="甲厂")
    make.practice_post(district, employer="乙厂")
    asked = ("figure_records", 2014, district.code, "practice_employers")
    shown = sections(page(*asked, **AS_OF, things=1)) + sections(page(*asked, **AS_OF, things=1, page=2))
    assert sum(count for _heading, count in shown) == 52
    assert {heading.partition(" ")[2] for heading, _count in shown} == {"甲厂（51 条）", "乙厂（1 条）"}


def test_groups_take_as_many_queries_for_three_as_for_one(page, district):
    counts = []
    for employer in ("甲厂", "乙厂", "丙店"):
        make.practice_post(district, employer=employer)
        with CaptureQueriesContext(connection) as queries:
            page("figure_records", 2014, district.code, "practice_employers", **AS_OF, things=1)
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_file_of_a_distinct_count_tells_which_thing_each_record_names(page, district, posts):
    sheet = sheet_of(page("figure_records_export", 2014, district.code, "practice_employers", **AS_OF))
    assert sheet.title == "3 家，来自 5 条记录"
    head, *rows = sheet.values
    place, employer = head.index("第几家"), head.index("单位名称")
    assert place == 1
    assert sorted(row[employer] for row in rows) == ["丙店", "乙厂", "甲厂", "甲厂", "甲厂"]
    assert [row[place] for row in rows] == sorted(row[place] for row in rows)
    assert len({(row[place], row[employer]) for row in rows}) == 3


def test_frozen_distinct_count_says_the_same_and_opens_its_groups(client_of, clerk, district, year_2014, posts):
    submission = frozen(ready(year_2014, district))
    make.practice_post(district, employer="后来的厂")
    client, args = client_of(clerk), [submission.pk, "practice_employers"]
    shown = client.get(reverse("submission_records", args=args))
    assert "4 家，来自 6 条记录" in text(shown)  # up to today: the record of September counts
    groups = client.get(reverse("submission_records", args=args), {"things": 1})
    named = {heading.partition(" ")[2]: count for heading, count in sections(groups)}
    assert named == {"甲厂（3 条）": 3, "乙厂（1 条）": 1, "丙店（1 条）": 1, "丁店（1 条）": 1}
    sheet = sheet_of(client.get(reverse("submission_records_export", args=args)))
    assert sheet.title == "4 家，来自 6 条记录"
    head, *rows = sheet.values
    assert (head[1], sorted(row[1] for row in rows)) == ("第几家", [1, 2, 3, 4, 4, 4])


def test_persons_of_one_name_are_told_apart_in_what_was_handed_in(client_of, clerk, district, year_2014):
    """Two children called 王小明."""
    with_own_form(year_2014)
    for _turn in range(2):
        make.payment(district)
    submission = frozen(ready(make.campaign(), district))
    kept = FrozenRecords.objects.get(submission=submission, fact="cases").rows
    assert len({row[PERSON] for row in kept}) == 2
    args = [submission.pk, "aided_people"]
    response = client_of(clerk).get(reverse("submission_records", args=args), {"things": 1})
    assert "2 人，来自 2 条记录" in text(response)
    assert sections(response) == [("1. 王小明（1 条）", 1), ("2. 王小明（1 条）", 1)]


def test_persons_that_were_handed_in_without_their_keys_are_listed_alone(
    client_of, clerk, district, year_2014, monkeypatch
):
    """What was frozen before the rows told who is the same person."""
    with_own_form(year_2014)
    make.payment(district)
    monkeypatch.setattr("reports.handed_in.freezing.counts_persons", lambda _figures: False)
    submission = frozen(ready(make.campaign(), district))
    listed = client_of(clerk).get(reverse("submission_records", args=[submission.pk, "aided_people"]), {"things": 1})
    assert (listed.context["tabs"], sections(listed)) == ([], [("", 1)])
    assert "1 人，来自 1 条记录" in text(listed)
