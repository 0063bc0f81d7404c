"""全市总结报告: units' texts side by side, who has not handed in, and the city's own from figures and paragraphs."""

import io
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from docx import Document

from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.city.summary import city_told, draft_city, pick_paragraphs, save_city_summary
from reports.enums import OVERTAKEN, ReportState
from reports.handed_in.submission import submit_report
from reports.models import CityNarrative
from reports.preparing.narrating import save_narrative, use_as_summary
from reports.summary.blanks import filled
from reports.summary.numbers import texts_of
from reports.views.city import summary as pages
from tests.factories import UserFactory
from tests.reports import builders as make
from tests.reports.getting_ready import ready
from tests.reports.submissions import report as report_in

PARTS = ("work", "data", "problems", "plans")


@pytest.fixture
def written(year_2014, district, clerk, lead):
    """A report handed in with a text written here."""
    report = ready(year_2014, district)
    make.contribution(district, source="union", amount=Decimal(20_000))
    parts = {"work": "逐户走访。\n共筹集{筹集资金}万元。", "plans": "继续。"}
    use_as_summary(save_narrative(report, parts=parts, version=0, by=By(clerk)), by=By(clerk))
    submit_report(report, by=By(lead))
    report.refresh_from_db()
    return report


def address(name: str, year: int = 2014, **query) -> str:
    return reverse(name, args=[year], query=query or None)


def posted(version: int = 0, **parts) -> dict:
    return dict.fromkeys(PARTS, "") | parts | {"version": version}


def test_texts_stand_side_by_side_and_who_has_not_handed_in_is_named(
    written, year_2014, foreign_district, bureau, client_of, reviewer
):
    report_in(year_2014, foreign_district, ReportState.SUBMITTED)
    shown = client_of(reviewer).get(address("consolidation_summaries")).context
    told = [(unit.report.union, lines) for unit, lines in shown["units"]]
    assert dict(told) == {written.union: ["逐户走访。", "共筹集2.00万元。"], foreign_district: []}
    assert shown["missing"] == [bureau]
    plans = client_of(reviewer).get(address("consolidation_summaries", part="plans")).context
    assert {unit.report.union: lines for unit, lines in plans["units"]}[written.union] == ["继续。"]
    assert client_of(reviewer).get(address("consolidation_summaries", part="none")).status_code == 404


def test_units_come_page_by_page(written, year_2014, foreign_district, client_of, reviewer, monkeypatch):
    report_in(year_2014, foreign_district, ReportState.SUBMITTED)
    monkeypatch.setattr(pages, "ON_A_PAGE", 1)
    first, second = (
        client_of(reviewer).get(address("consolidation_summaries", page=page)).context for page in ("1", "2")
    )
    assert [len(page["units"]) for page in (first, second)] == [1, 1]
    assert first["units"][0][0].report != second["units"][0][0].report
    assert (first["previous_url"], bool(first["next_url"])) == ("", True)


def test_paragraphs_are_picked_once_into_the_draft(written, year_2014, city, client_of, reviewer):
    page = address("consolidation_summaries")
    for _time in range(2):
        client_of(reviewer).post(page, {"paragraph": [f"{written.pk}-1", f"{written.pk}-0"]})
    kept = CityNarrative.objects.get()
    draft = draft_city(city_told(year_2014, city))
    picked = ["东湖区总工会：共筹集2.00万元。", "东湖区总工会：逐户走访。"]
    assert kept.work.split("\n") == [*draft["work"].split("\n"), *picked]
    assert (kept.data, kept.version) == (draft["data"], 1)


def test_paragraph_that_is_not_there_is_refused(written, year_2014, city, reviewer):
    with pytest.raises(ValidationError, match="重新打开这一页"):
        pick_paragraphs(year_2014, part="work", picked=[(written.pk, 7)], root=city, by=By(reviewer))
    assert not CityNarrative.objects.exists()


def test_draft_is_of_accepted_figures_with_last_years(year_2014, city, district, foreign_district):
    report_in(make.campaign(2013), district, ReportState.ACCEPTED, aided=5)
    report_in(year_2014, district, ReportState.ACCEPTED, aided=4)
    report_in(year_2014, foreign_district, ReportState.ACCEPTED, aided=3)
    told = city_told(year_2014, city)
    lines = filled(draft_city(told)["data"], texts_of(told.numbers)).split("\n")
    assert lines[0].startswith("已接收2个单位的报表，缺报")
    assert any("资助子女7人，比上年（5）增加2人" in line for line in lines)


def test_text_is_edited_and_exported_as_a_units_is(year_2014, city, district, client_of, reviewer):
    report_in(year_2014, district, ReportState.ACCEPTED, aided=4)
    browser = client_of(reviewer)
    page = address("consolidation_summary")
    assert browser.get(address("consolidation_summary_file")).status_code == 404
    refused = browser.post(page, posted(work="共{没有的数}人。"))
    assert "第 1 段 {没有的数}" in refused.context["form"].errors["work"][0]
    assert browser.post(page, posted(work="共资助{资助子女}人。", plans="照旧。")).status_code == 302
    assert CityNarrative.objects.get().work == "共资助{aided}人。"
    file = browser.get(address("consolidation_summary_file"), {"as": "docx"})
    texts = [paragraph.text for paragraph in Document(io.BytesIO(file.content)).paragraphs]
    assert texts[:5] == [
        "2014年金秋助学活动和阳光就业行动总结报告",
        "一、工作开展情况",
        "共资助4人。",
        "二、下一步打算",
        "照旧。",
    ]
    assert AuditEntry.objects.filter(action=AuditAction.EXPORTED, detail__file="2014年全市总结报告.docx").count() == 1


def test_drafting_again_replaces_the_ticked_part_alone(year_2014, city, client_of, reviewer):
    save_city_summary(year_2014, parts={"work": "手写", "plans": "打算"}, version=0, by=By(reviewer))
    page = address("consolidation_summary_draft")
    form = client_of(reviewer).get(page).context["form"]
    sent = {name: form[name].value() for name in (*PARTS, "version")} | {"replace_work": "on"}
    client_of(reviewer).post(page, sent)
    kept = CityNarrative.objects.get()
    assert (kept.work, kept.plans) == (draft_city(city_told(year_2014, city))["work"], "打算")


def test_of_two_editors_the_second_is_told(year_2014, reviewer, city):
    other = UserFactory(role="reviewer", union=city)
    save_city_summary(year_2014, parts={"work": "甲"}, version=0, by=By(other))
    with pytest.raises(ValidationError) as refused:
        save_city_summary(year_2014, parts={"work": "乙"}, version=0, by=By(reviewer))
    assert refused.value.code == OVERTAKEN


def test_only_who_reviews_writes_it(year_2014, clerk, auditor):
    for actor in (clerk, auditor):
        with pytest.raises(MoveRefused):
            save_city_summary(year_2014, parts={"work": "甲"}, version=0, by=By(actor))
