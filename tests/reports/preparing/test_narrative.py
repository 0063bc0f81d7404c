"""总结报告正文: what the draft says, that its numbers live until they are frozen, that no word is lost."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from docx import Document
from docx.shared import Mm, Pt

from aid.models import Activity, Exemplar, Organisation, Pairing, Participation, Project, ProjectPayment, Sponsor
from portal.audit import By
from portal.documents.file_kinds import DOCX, kind_of
from portal.enums import AuditAction
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.enums import OVERTAKEN, ReportState
from reports.handed_in.submission import submit_report
from reports.handed_in.text import frozen_parts, frozen_text_of
from reports.models import Narrative, Report, SummaryFile
from reports.preparing.explaining import explain_check
from reports.preparing.narrating import save_narrative, use_as_summary
from reports.preparing.narrative import draft, told_of
from reports.preparing.preparation import adjust_figure
from reports.preparing.standing import standing
from reports.preparing.summary_file import SUMMARY_KINDS
from reports.preparing.written import gaps
from reports.summary.blanks import filled
from reports.summary.names import names_of
from reports.summary.numbers import texts_of
from tests import builders
from tests.factories import UserFactory
from tests.reports import builders as make
from tests.reports.getting_ready import frozen, ready
from tests.reports.submissions import report as report_in
from tests.reports.submissions import set_state

PARTS = ("work", "data", "problems", "plans")


@pytest.fixture
def report(year_2014, district):
    return Report.objects.open(year_2014, district)


@pytest.fixture
def other_clerk(district):
    return UserFactory(name="孙经办", role="clerk", union=district)


@pytest.fixture
def browser(client_of, clerk):
    return client_of(clerk)


def drafted(report: Report) -> dict[str, list[str]]:
    """The paragraphs of each part as they are read."""
    told = told_of(report)
    texts = texts_of(told.numbers)
    return {part: filled(text, texts).split("\n") for part, text in draft(told).items()}


def chapter(report: Report, heading: str) -> list[str]:
    lines = drafted(report)["work"]
    begins = next(place for place, line in enumerate(lines) if line.endswith(heading))
    ends = next((i for i, line in enumerate(lines) if i > begins and line.startswith("（") and "）" in line[:3]), None)
    return lines[begins + 1 : ends]


def address(name: str, report: Report) -> str:
    return reverse(name, args=[report.pk])


def posted(report: Report, version: int = 0, **parts) -> dict:
    return dict.fromkeys(PARTS, "") | parts | {"version": version}


def kept_in(union, model, **fields):
    made = model(number=make.number("T"), **fields)
    made.place_in(union)
    made.save()
    return made


def test_data_has_the_figures_with_last_years_and_who_came_and_went(report, district, clerk):
    last = Report.objects.open(make.campaign(2013), district)
    make.contribution(district, received_on=make.IN_WINDOW.replace(year=2013), amount=Decimal(30_000))
    last.submission = frozen(last)
    last.save()
    set_state(last, ReportState.ACCEPTED)
    make.contribution(district, amount=Decimal(20_000))
    make.payment(district)
    adjust_figure(report, slug="event_posts", difference=Decimal(12), reason="另有{岗位}\n见通知", by=By(clerk))
    lines = drafted(report)["data"]
    assert lines[0] == "东湖区总工会2014年度的统计自2014年1月1日起，截至2014年12月31日。"
    assert "筹集资金2.00万元，比上年（3.00）减少1.00万元" in lines[1]
    assert "资助子女1人，比上年（0）增加1人" in lines[1]
    assert "资助子女：高中" not in lines[1]  # a part of a figure is in the form, not in the text
    assert "受助子女：新增1人，继续受助0人，不再受助0人。" in lines
    assert "活动提供的就业岗位按记录统计0，调整+12，报送12个。原因：另有（岗位） 见通知" in lines


def test_data_tells_new_children_from_continued_ones(report, district):
    child = builders.child(district)
    make.case(district, 2013, child=child)
    for of in (child, builders.child(district), builders.child(district)):
        make.payment(district, child=of)
    assert "今年资助的子女中，新纳入2人，继续帮扶1人。" in drafted(report)["data"]


def test_work_is_told_by_the_modes_of_the_notice(report, district, foreign_district):
    for union in (district, foreign_district):
        sponsor = kept_in(union, Sponsor, kind="enterprise", name="东湖厂")
        kept_in(
            union,
            Pairing,
            sponsor=sponsor,
            child=builders.child(union),
            programme="enterprises",
            starts_on=date(2014, 3, 1),
        )
        run_by = kept_in(union, Organisation, kind="foundation", name="基金会", credit_code=make.number("91"))
        project = kept_in(
            union, Project, title="夏令营", way="purchased_service", organisation=run_by, state="project_running",
            starts_on=date(2014, 7, 1),
        )  # fmt: skip
        kept_in(union, ProjectPayment, project=project, paid_on=date(2014, 7, 2), amount=Decimal(5_000))
        activity = kept_in(union, Activity, kind="outing", title="参观", held_on=date(2014, 7, 3), place="馆")
        for _time in range(2):
            kept_in(union, Participation, activity=activity, child=builders.child(union))
        told = {"kind": "outstanding_student", "title": "好学", "name": "曾小丽", "story": "…", "consent_by": "曾"}
        days = {"consent_on": date(2014, 5, 1), "published_on": date(2014, 5, 2)}
        kept_in(union, Exemplar, **told, **days)
    kept_in(  # before the campaign
        district, Activity, kind="outing", title="参观", held_on=date(2013, 7, 3), place="馆"
    )
    assert chapter(report, "发展结对助学") == [
        "共有1个结对方参与，结对学生1人。",
        "“百名企业帮助百名学生”，结对方1个，结对学生1人。",
    ]
    assert chapter(report, "创新社会助学") == ["与1家社会组织合作，实施项目1个，其中购买服务1个，付款0.50万元。"]
    assert chapter(report, "物质帮扶与精神帮扶相结合") == ["开展助学活动1场，参观1场，参加的子女2人、2人次。"]
    assert chapter(report, "宣传和选树典型") == ["选树并公开典型1个，优秀学子1个。"]
    assert chapter(report, "落实政策助学") == ["（请补充。）"]


def test_problems_are_findings_with_the_units_word_and_what_is_late_or_unpaid(report, district, clerk):
    assert drafted(report)["problems"] == ["（请补充。）"]
    for _turn in range(2):
        make.assistance(district, kind="certificate")
    found = "“获得职业资格证书”2人次，超过“就业技能培训”0人次，多出2人次。原因："
    old = "档案方面，一年未核实2户，材料不全2户。"
    assert drafted(report)["problems"] == [f"{found}（请补充。）", old]
    explain_check(report, code="within_certificates", text="去年培训，\n今年取证", by=By(clerk))
    make.case(district)
    problems = drafted(report)["problems"]
    assert problems[0] == f"{found}去年培训， 今年取证"
    assert problems[1] == "发放方面：审批通过1份申请，尚未发放1份。"


def test_plans_are_what_is_under_way_and_graduates_not_in_work(report, district):
    make.case(district)
    make.graduate(district)
    plans = drafted(report)["plans"]
    assert plans[0] == "继续做好助学，尽快发放已审批的助学款1份。"
    assert "对需要帮扶、尚未就业的毕业生1人逐人落实岗位、培训或见习" in plans[1]


def test_numbers_ask_no_query_a_record(report, district, django_assert_max_num_queries):
    asked = []
    for records in (1, 3):
        for _more in range(records):
            make.payment(district)
            make.graduate(district)
        told_of(report)  # what is kept of other units' figures is counted and kept
        with django_assert_max_num_queries(100) as counted:
            told_of(report)
        asked.append(len(counted))
    assert asked[1] == asked[0]


def test_number_is_written_by_name_kept_by_slug_and_lives(report, district, browser, clerk):
    page = address("report_narrative", report)
    make.contribution(district, source="union", amount=Decimal(20_000))
    assert browser.post(page, posted(report, work="共筹集{筹集资金}万元。")).status_code == 302
    assert Narrative.objects.get().work == "共筹集{raised}万元。"
    make.contribution(district, source="union", amount=Decimal(10_000))
    response = browser.get(page)
    assert response.context["form"]["work"].value() == "共筹集{筹集资金}万元。"
    live = '<data class="report-live" value="3.00" title="筹集资金">3.00</data>'
    assert live in " ".join(response.text.split())
    told = [(each.figure.slug, each.then, each.now) for each in response.context["outdated"]]
    assert told == [("raised", "2.00", "3.00"), ("raised_union", "2.00", "3.00")]


def test_name_that_is_none_is_told_with_its_place_and_nothing_typed_is_lost(report, browser):
    response = browser.post(
        address("report_narrative", report), posted(report, work="一段。\n共{没有的数}人。", plans="照旧。")
    )
    form = response.context["form"]
    words = "第 2 段 {没有的数}：不是本年度的数字名称。请从下面的名称中选，或者去掉花括号直接写字。"
    assert form.errors["work"] == [words]
    assert (form["work"].value(), form["plans"].value()) == ("一段。\n共{没有的数}人。", "照旧。")
    assert "<mark" in response.text
    assert not Narrative.objects.exists()


def test_number_that_was_taken_out_is_told_with_its_place(report, browser, clerk):
    save_narrative(report, parts={"data": "一段。\n筹集{筹集资金}万元。"}, version=0, by=By(clerk))
    browser.post(address("report_narrative", report), posted(report, 1, data="一段。\n筹集2万元。"))
    response = browser.get(address("report_narrative", report))
    told = [str(message) for message in response.context["messages"]]
    assert "“主要数据”第 2 段 {筹集资金}" in told[0]
    assert Narrative.objects.get().data == "一段。\n筹集2万元。"


def test_name_whose_figure_is_gone_is_told_and_keeps_the_text_from_being_used(report, browser, clerk):
    narrative = save_narrative(report, parts={"work": "共{资助子女}人。"}, version=0, by=By(clerk))
    use_as_summary(narrative, by=By(clerk))
    Narrative.objects.update(work="共{own_gone}人。")
    assert browser.get(address("report_narrative", report)).context["strangers"] == ["“工作开展情况”第 1 段 {own_gone}"]
    words = "总结报告里有花括号不是本年度的数字名称：“工作开展情况”第 1 段 {own_gone}。请改正或删去后保存。"
    assert words in standing(report).obstacles


def test_second_editor_is_told_what_the_first_changed_and_loses_nothing(report, browser, clerk, other_clerk):
    save_narrative(report, parts={"work": "第一段\n第二段"}, version=0, by=By(clerk))
    save_narrative(report, parts={"work": "第一段改\n第二段"}, version=1, by=By(other_clerk))
    response = browser.post(address("report_narrative", report), posted(report, 1, work="第一段\n第二段，我补充的"))
    body = response.text
    assert response.status_code == 200
    for words in ("孙经办 已修改并保存", "第一段改", "第二段，我补充的"):
        assert words in body
    assert response.context["changes"] == [
        ("theirs", "第一段改"),
        ("ours", "第一段"),
        ("theirs", "第二段"),
        ("ours", "第二段，我补充的"),
    ]
    assert Narrative.objects.get().work == "第一段改\n第二段"
    version = response.context["form"]["version"].value()
    merged = posted(report, version, work="第一段改\n第二段，我补充的")
    assert browser.post(address("report_narrative", report), merged).status_code == 302
    kept = Narrative.objects.get()
    assert (kept.work, kept.version, kept.made_by) == ("第一段改\n第二段，我补充的", 3, clerk)


def test_saved_twice_acts_once(report, clerk):
    for _time in range(2):
        save_narrative(report, parts={"work": "一段"}, version=0, by=By(clerk))
    assert (Narrative.objects.get().version, report.history.count()) == (1, 2)


@pytest.mark.parametrize("text", ["", " \n ", "\u202e反", "长" * 20_001])
def test_text_that_is_missing_too_long_or_misleading_is_refused(report, clerk, text):
    with pytest.raises(ValidationError) as refused:
        save_narrative(report, parts={"work": text}, version=0, by=By(clerk))
    assert "work" in refused.value.message_dict
    assert not Narrative.objects.exists()


def test_two_first_editors_do_not_overwrite_each_other(report, clerk, other_clerk):
    save_narrative(report, parts={"work": "甲"}, version=0, by=By(other_clerk))
    with pytest.raises(ValidationError) as refused:
        save_narrative(report, parts={"work": "乙"}, version=0, by=By(clerk))
    assert refused.value.code == OVERTAKEN


def test_what_was_handed_in_and_what_is_anothers_is_not_edited(year_2014, district, clerk, foreign_clerk, reviewer):
    report = report_in(year_2014, district, ReportState.SUBMITTED)
    for actor in (clerk, foreign_clerk, reviewer):
        with pytest.raises(MoveRefused):
            save_narrative(report, parts={"work": "一段"}, version=0, by=By(actor))


def test_drafting_again_replaces_the_ticked_part_alone(report, browser, clerk):
    save_narrative(report, parts={"work": "手写的一段", "plans": "手写的打算"}, version=0, by=By(clerk))
    page = address("report_narrative_draft", report)
    response = browser.get(page)
    assert "手写的一段" in response.text
    form = response.context["form"]
    sent = {name: form[name].value() for name in (*PARTS, "version")}
    answer = browser.post(page, sent)
    assert answer.context["form"].non_field_errors() == ["请勾选要用新稿替换的部分。"]
    assert Narrative.objects.get().work == "手写的一段"
    browser.post(page, sent | {"replace_work": "on"})
    kept = Narrative.objects.get()
    assert (kept.work, kept.plans, kept.data) == (draft(told_of(report))["work"], "手写的打算", "")


def test_file_is_an_official_document_and_its_download_is_audited(report, browser, clerk):
    assert browser.get(address("report_narrative_download", report)).status_code == 404
    save_narrative(report, parts={"data": "共资助{资助子女}人。"}, version=0, by=By(clerk))
    assert "共资助0人。" in browser.get(address("report_narrative_download", report)).text
    response = browser.get(address("report_narrative_download", report), {"as": "docx"})
    book = Document(io.BytesIO(response.content))
    texts = [paragraph.text for paragraph in book.paragraphs]
    assert texts[:3] == ["2014年金秋助学活动和阳光就业行动总结报告", "一、主要数据", "共资助0人。"]
    assert texts[3] == "东湖区总工会"
    section, body = book.sections[0], book.paragraphs[2]
    assert [round(size / Mm(1)) for size in (section.top_margin, section.left_margin)] == [37, 28]
    assert (body.runs[0].font.size, body.paragraph_format.first_line_indent) == (Pt(16), Pt(32))
    assert AuditEntry.objects.filter(action=AuditAction.EXPORTED, detail__file="2014年总结报告.docx").count() == 1


def test_saved_text_becomes_the_summary_report(report, browser, clerk):
    save_narrative(report, parts={"work": "共资助 3 人。"}, version=0, by=By(clerk))
    assert browser.post(address("report_narrative_attach", report)).status_code == 302
    summary = SummaryFile.objects.get(report=report)
    assert (summary.file_name, summary.is_written_here) == ("2014年总结报告.docx", True)
    assert kind_of(bytes(summary.content), summary.file_name, SUMMARY_KINDS) is DOCX
    assert "没有上传总结报告。" not in standing(report).obstacles


def test_what_was_handed_in_keeps_text_and_numbers(year_2014, district, browser, clerk, lead):
    report = ready(year_2014, district)
    make.contribution(district, source="union", amount=Decimal(20_000))
    narrative = save_narrative(report, parts={"work": "共筹集{筹集资金}万元。"}, version=0, by=By(clerk))
    use_as_summary(narrative, by=By(clerk))
    make.contribution(district, source="union", amount=Decimal(10_000))
    submission = submit_report(report, by=By(lead))
    make.contribution(district, source="union", amount=Decimal(50_000))
    Narrative.objects.update(work="改过的")
    text = frozen_text_of(submission)
    assert text["numbers"] == {"raised": ["筹集资金", "3.00"]}
    assert frozen_parts(text)["work"] == "共筹集3.00万元。"
    file = submission.files.get(slug="")
    assert "共筹集3.00万元。" in [p.text for p in Document(io.BytesIO(bytes(file.content))).paragraphs]
    for page in (
        address("report_narrative_download", report),
        reverse("submission_show", args=[submission.pk]),
    ):
        assert "共筹集3.00万元。" in browser.get(page).text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("（请补充。）", 1),
        ("原因：（请补充。）\n四、打算\n(请补充)，（ 请补充。）", 3),
        ("请补充材料的已补充（见附件）。", 0),
    ],
)
def test_places_left_open_are_counted(text, left):
    assert gaps({"work": text, "data": ""}) == left


def test_text_with_places_left_open_is_not_used_as_the_summary_report(report, browser, clerk):
    save_narrative(report, parts={"work": "原因：（请补充。）", "plans": "（请补充。）"}, version=0, by=By(clerk))
    answer = browser.post(address("report_narrative_attach", report))
    words = "总结报告还有 2 处“（请补充。）”没有写，请补充或删去后保存。"
    assert [str(message) for message in browser.get(answer.url).context["messages"]] == [words]
    assert (answer.url, SummaryFile.objects.count()) == (address("report_narrative", report), 0)
    save_narrative(report, parts={"work": "原因：漏记", "plans": "无"}, version=1, by=By(clerk))
    browser.post(address("report_narrative_attach", report))
    assert SummaryFile.objects.count() == 1


def test_every_name_stands_for_one_number(report):
    names, numbers = names_of(report.campaign), told_of(report).numbers
    assert len({name.label for name in names.values()}) == len(names)
    assert names.keys() == numbers.keys() - {"year"}


def test_text_from_before_figures_were_kept_tells_nothing(report, district, browser, clerk):
    save_narrative(report, parts={"work": "一段"}, version=0, by=By(clerk))
    Narrative.objects.update(figures={})
    make.contribution(district)
    assert browser.get(address("report_narrative", report)).context["outdated"] == []
