"""情况说明: what the draft says, that two editors lose nothing, and the file it becomes."""

import io
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from docx import Document
from docx.shared import Mm, Pt

from portal.audit import By
from portal.documents.file_kinds import DOCX, kind_of
from portal.enums import AuditAction
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.beside.movement import movement
from reports.enums import OVERTAKEN, ReportState
from reports.models import Narrative, Report, SummaryFile
from reports.preparing.explaining import explain_check
from reports.preparing.narrating import save_narrative
from reports.preparing.narrative import draft, gaps
from reports.preparing.preparation import adjust_figure
from reports.preparing.standing import standing
from reports.preparing.summary_file import SUMMARY_KINDS
from tests import builders
from tests.factories import UserFactory
from tests.reports import builders as make
from tests.reports.getting_ready import frozen
from tests.reports.submissions import report as report_in
from tests.reports.submissions import set_state


@pytest.fixture
def report(year_2014, district):
    return Report.objects.open(year_2014, district)


@pytest.fixture
def other_clerk(district):
    return UserFactory(name="孙经办", role="clerk", union=district)


@pytest.fixture
def browser(client_of, clerk):
    return client_of(clerk)


def drafted(report: Report) -> str:
    return draft(movement(report), standing(report))


def address(name: str, report: Report) -> str:
    return reverse(name, args=[report.pk])


def test_draft_has_the_figures_with_last_years_and_the_movement(report, district, clerk):
    last = Report.objects.open(make.campaign(2013), district)
    make.contribution(district, received_on=make.IN_WINDOW.replace(year=2013), amount=Decimal(30_000))
    last.submission = frozen(last)
    last.save()
    set_state(last, ReportState.ACCEPTED)
    make.contribution(district, amount=Decimal(20_000))
    make.payment(district)
    adjust_figure(report, slug="event_posts", difference=Decimal(12), reason="另有岗位\n见通知", by=By(clerk))
    lines = drafted(report).split("\n")
    assert [line for line in lines if "、" in line[:2]] == [
        "一、基本情况",
        "二、变动情况",
        "三、调整和说明",
        "四、存在问题和下一步打算",
    ]
    assert "筹集资金2.00万元，比上年（3.00）减少1.00万元" in lines[2]
    assert "资助子女1人，比上年（0）增加1人" in lines[2]
    assert "资助子女：高中" not in lines[2]  # a part of a figure is in the form, not in the text
    assert any(
        line == "受助子女上年 0 人，今年 1 人，其中新增 1 人（原在档家庭 1 人）；继续受助 0 人；不再受助 0 人。"
        for line in lines
    )
    assert any("按记录统计0，调整+12，报送12个。原因：另有岗位 见通知" in line for line in lines)


def test_draft_tells_new_children_from_continued_ones(report, district):
    assert "新纳入" not in drafted(report)
    child = builders.child(district)
    make.case(district, 2013, child=child)
    for of in (child, builders.child(district), builders.child(district)):
        make.payment(district, child=of)
    assert "今年资助的子女中，新纳入 2 人，继续帮扶 1 人（上一年度也受过资助）。" in drafted(report).split("\n")


def remarks(report: Report) -> list[str]:
    lines = drafted(report).split("\n")
    return lines[lines.index("三、调整和说明") + 1 : lines.index("四、存在问题和下一步打算")]


def test_draft_says_what_the_checks_found_and_what_the_unit_says_to_it(report, district, clerk):
    assert remarks(report) == ["没有调整的指标，核对没有需要说明的问题。"]
    for _turn in range(2):
        make.assistance(district, kind="certificate")
    found = "“获得职业资格证书”2人次，超过“就业技能培训”0人次，多出2人次。原因："
    assert remarks(report) == [f"{found}（请补充。）"]
    explain_check(report, code="within_certificates", text="去年培训，\n今年取证", by=By(clerk))
    assert remarks(report) == [f"{found}去年培训， 今年取证"]


def test_second_editor_is_told_what_the_first_changed_and_loses_nothing(report, browser, clerk, other_clerk):
    save_narrative(report, text="第一段\n第二段", version=0, by=By(clerk))
    save_narrative(report, text="第一段改\n第二段", version=1, by=By(other_clerk))
    mine = {"text": "第一段\n第二段，我补充的", "version": 1}
    response = browser.post(address("report_narrative", report), mine)
    body = response.content.decode()
    assert response.status_code == 200
    for words in ("孙经办 已修改并保存", "第一段改", "第二段，我补充的"):
        assert words in body
    assert response.context["changes"] == [
        ("theirs", "第一段改"),
        ("ours", "第一段"),
        ("theirs", "第二段"),
        ("ours", "第二段，我补充的"),
    ]
    assert Narrative.objects.get().text == "第一段改\n第二段"
    merged = {"text": "第一段改\n第二段，我补充的", "version": response.context["form"]["version"].value()}
    assert browser.post(address("report_narrative", report), merged).status_code == 302
    kept = Narrative.objects.get()
    assert (kept.text, kept.version, kept.made_by) == ("第一段改\n第二段，我补充的", 3, clerk)


def test_saved_twice_acts_once(report, clerk):
    save_narrative(report, text="一段", version=0, by=By(clerk))
    save_narrative(report, text="一段", version=0, by=By(clerk))
    assert (Narrative.objects.get().version, report.history.count()) == (1, 2)


@pytest.mark.parametrize("text", ["", " \n ", "\u202e反", "长" * 20_001])
def test_text_that_is_missing_too_long_or_misleading_is_refused(report, clerk, text):
    with pytest.raises(ValidationError) as refused:
        save_narrative(report, text=text, version=0, by=By(clerk))
    assert "text" in refused.value.message_dict
    assert not Narrative.objects.exists()


def test_two_first_editors_do_not_overwrite_each_other(report, clerk, other_clerk):
    save_narrative(report, text="甲", version=0, by=By(other_clerk))
    with pytest.raises(ValidationError) as refused:
        save_narrative(report, text="乙", version=0, by=By(clerk))
    assert refused.value.code == OVERTAKEN


def test_what_was_handed_in_and_what_is_anothers_is_not_edited(year_2014, district, clerk, foreign_clerk, reviewer):
    report = report_in(year_2014, district, ReportState.SUBMITTED)
    for actor in (clerk, foreign_clerk, reviewer):
        with pytest.raises(MoveRefused):
            save_narrative(report, text="一段", version=0, by=By(actor))


def test_drafting_again_is_shown_first_and_takes_a_press(report, browser, clerk):
    save_narrative(report, text="手写的一段", version=0, by=By(clerk))
    response = browser.get(address("report_narrative_draft", report))
    body = response.content.decode()
    assert "手写的一段" in body
    assert "一、基本情况" in response.context["form"]["text"].value()
    assert Narrative.objects.get().text == "手写的一段"
    assert browser.get(address("report_narrative", report)).context["form"]["text"].value() == "手写的一段"
    form = response.context["form"]
    browser.post(
        address("report_narrative_draft", report), {"text": form["text"].value(), "version": form["version"].value()}
    )
    assert Narrative.objects.get().text == drafted(report)


def test_file_is_an_official_document_and_its_download_is_audited(report, browser, clerk):
    assert browser.get(address("report_narrative_download", report)).status_code == 404
    save_narrative(report, text="一、基本情况\n共资助 3 人。", version=0, by=By(clerk))
    assert "共资助 3 人。" in browser.get(address("report_narrative_download", report)).text
    response = browser.get(address("report_narrative_download", report), {"as": "docx"})
    book = Document(io.BytesIO(response.content))
    texts = [paragraph.text for paragraph in book.paragraphs]
    assert texts[:3] == ["2014年金秋助学和就业帮扶工作情况说明", "一、基本情况", "共资助 3 人。"]
    assert texts[3] == "东湖区总工会"
    section, body = book.sections[0], book.paragraphs[2]
    assert [round(size / Mm(1)) for size in (section.top_margin, section.left_margin)] == [37, 28]
    assert (body.runs[0].font.size, body.paragraph_format.first_line_indent) == (Pt(16), Pt(32))
    assert AuditEntry.objects.filter(action=AuditAction.EXPORTED, detail__file="2014年情况说明.docx").count() == 1


def test_saved_text_becomes_the_summary_report(report, browser, clerk):
    save_narrative(report, text="共资助 3 人。", version=0, by=By(clerk))
    assert browser.post(address("report_narrative_attach", report)).status_code == 302
    summary = SummaryFile.objects.get(report=report)
    assert summary.file_name == "2014年情况说明.docx"
    assert kind_of(bytes(summary.content), summary.file_name, SUMMARY_KINDS) is DOCX
    assert "没有上传总结报告。" not in standing(report).obstacles


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("四、打算\n（请补充。）", 1),
        ("原因：（请补充。）\n四、打算\n(请补充)，（ 请补充。）", 3),
        ("请补充材料的已补充（见附件）。", 0),
    ],
)
def test_places_left_open_are_counted(text, left):
    assert gaps(text) == left


def test_text_with_places_left_open_is_not_used_as_the_summary_report(report, browser, clerk):
    save_narrative(report, text="原因：（请补充。）\n四、打算\n（请补充。）", version=0, by=By(clerk))
    answer = browser.post(address("report_narrative_attach", report))
    words = "还有 2 处“（请补充。）”没有写，不能用作总结报告。请补充或删去后保存，再用作总结报告。"
    assert [str(message) for message in browser.get(answer.url).context["messages"]] == [words]
    assert (answer.url, SummaryFile.objects.count()) == (address("report_narrative", report), 0)
    save_narrative(report, text="原因：漏记\n四、打算\n无", version=1, by=By(clerk))
    browser.post(address("report_narrative_attach", report))
    assert SummaryFile.objects.count() == 1


def test_figures_that_changed_since_it_was_saved_are_told_until_it_is_saved_again(report, district, browser, clerk):
    page = address("report_narrative", report)
    make.contribution(district, source="union", amount=Decimal(20_000))
    save_narrative(report, text="共筹集 2 万元。", version=0, by=By(clerk))
    assert browser.get(page).context["outdated"] == []
    make.contribution(district, source="union", amount=Decimal(10_000))
    response = browser.get(page)
    told = [(each.figure.slug, each.then, each.now) for each in response.context["outdated"]]
    assert told == [("raised", "2.00", "3.00"), ("raised_union", "2.00", "3.00")]
    assert "保存之后数字已变，请核对正文" in response.text
    browser.post(page, {"text": "共筹集 2 万元。", "version": 1})
    assert browser.get(page).context["outdated"] == []
    assert Narrative.objects.get().version == 2


def test_text_from_before_figures_were_kept_tells_nothing(report, district, browser, clerk):
    save_narrative(report, text="一段", version=0, by=By(clerk))
    Narrative.objects.update(figures={})
    make.contribution(district)
    assert browser.get(address("report_narrative", report)).context["outdated"] == []
