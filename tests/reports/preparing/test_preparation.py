"""Preparing a report: what each service writes, and everything it refuses."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from portal.audit import By
from portal.enums import AuditAction, Role
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.enums import ReportState
from reports.models import Adjustment, Explanation, Report, SummaryFile
from reports.preparing.explaining import explain_check
from reports.preparing.preparation import (
    adjust_figure,
    attach_summary,
    declare_nil,
    set_contact,
    withdraw_adjustment,
)
from reports.preparing.standing import standing
from reports.preparing.summary_file import SUMMARY_BYTES
from tests.factories import UserFactory
from tests.reports import builders as make
from tests.reports.getting_ready import PDF, WORD_TYPE, docx
from tests.reports.submissions import report as report_in

TOO_FINE, ZERO, BELOW = "精确到分", "不能是 0", "小于 0"


@pytest.fixture
def report(year_2014, district):
    return Report.objects.open(year_2014, district)


@pytest.fixture
def other_clerk(district):
    return UserFactory(name="孙经办", role=Role.CLERK, union=district)


def again(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


ACTS = {
    "contact": lambda of, by: set_contact(of, name="陈经办", telephone="63211939", version=of.version, by=By(by)),
    "adjust": lambda of, by: adjust_figure(of, slug="aided", difference=Decimal(3), reason="他处资助", by=By(by)),
    "withdraw": lambda of, by: withdraw_adjustment(of, slug="aided", by=By(by)),
    "explain": lambda of, by: explain_check(of, code="within_certificates", text="去年培训", by=By(by)),
    "summary": lambda of, by: attach_summary(of, name="总结.pdf", content=PDF, by=By(by)),
    "nil": lambda of, by: declare_nil(of, by=By(by)),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.UNDER_REVIEW, ReportState.ACCEPTED])
def test_what_was_handed_in_is_not_edited(year_2014, district, clerk, act, state):
    report = report_in(year_2014, district, state)
    versions = report.history.count()
    with pytest.raises(MoveRefused, match="不能修改"):
        act(report, clerk)
    assert report.history.count() == versions
    assert not Adjustment.objects.exists()
    assert not Explanation.objects.exists()
    assert not SummaryFile.objects.exists()


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
@pytest.mark.parametrize("who", ["foreign_clerk", "grassroots_clerk", "reviewer", "auditor", "admin"])
def test_only_the_units_own_people_edit(report, act, who, request):
    actor = request.getfixturevalue(who)
    with pytest.raises(MoveRefused, match=r"只能由填报单位|您的岗位不能"):
        act(report, actor)
    assert report.history.count() == 1


@pytest.mark.parametrize("act", ["contact", "adjust", "summary", "nil"])
def test_a_returned_report_is_edited_and_a_stale_copy_does_not_matter(year_2014, district, clerk, act):
    report = report_in(year_2014, district, ReportState.RETURNED)
    ACTS[act](report, clerk)
    assert again(report).history.first().history_user == clerk


@pytest.mark.parametrize("act", ["contact", "adjust", "summary", "nil"])
def test_pressed_twice_acts_once(report, clerk, act):
    for _turn in range(2):
        ACTS[act](report, clerk)
    assert report.history.count() == 2  # begun, and changed once
    assert AuditEntry.objects.filter(action=AuditAction.UPLOADED).count() == (act == "summary")


def test_contact_is_kept_with_who_wrote_it(report, clerk):
    set_contact(report, name="  陈经办 ", telephone="021－63211939", version=1, by=By(clerk))
    kept = again(report)
    assert (kept.contact_name, kept.contact_telephone, kept.version) == ("陈经办", "021-63211939", 2)
    version = kept.history.first()
    assert (version.history_user, version.history_change_reason) == (clerk, "填写填报人和联系电话")


@pytest.mark.parametrize(
    ("name", "telephone", "field"),
    [
        ("", "63211939", "name"),
        ("陈\u202e经办", "63211939", "name"),
        ("陈", "", "telephone"),
        ("陈", "12", "telephone"),
    ],
)
def test_contact_that_is_missing_or_wrong_is_refused(report, clerk, name, telephone, field):
    with pytest.raises(ValidationError) as refused:
        set_contact(report, name=name, telephone=telephone, version=1, by=By(clerk))
    assert list(refused.value.message_dict) == [field]


def test_contact_changed_by_somebody_meanwhile_is_told(report, clerk, other_clerk):
    set_contact(report, name="孙经办", telephone="63211939", version=1, by=By(other_clerk))
    with pytest.raises(ValidationError, match="孙经办 已改为：孙经办，63211939"):
        set_contact(report, name="陈经办", telephone="63211939", version=1, by=By(clerk))


def test_adjustment_is_kept_beside_the_derived_figure(report, district, clerk):
    make.payment(district, paid_on=make.AS_OF)
    adjust_figure(report, slug="paid", difference=Decimal("-20.48"), reason=" 误记 ", by=By(clerk))
    row = standing(report).rows["paid"]
    assert (row.derived, row.difference, row.reported, row.reason) == (
        Decimal("520.48"),
        Decimal("-20.48"),
        Decimal("500.00"),
        "误记",
    )
    assert report.history.first().history_change_reason == "调整“发放助学款”-0.002048"
    assert Adjustment.objects.get().made_by == clerk


def test_adjustment_replaces_the_earlier_one(report, clerk):
    adjust_figure(report, slug="aided", difference=Decimal(3), reason="他处资助", by=By(clerk), seen=None)
    adjust_figure(report, slug="aided", difference=Decimal(4), reason="再核对", by=By(clerk), seen=Decimal(3))
    assert list(Adjustment.objects.values_list("slug", "difference", "reason")) == [("aided", 4, "再核对")]


@pytest.mark.parametrize(
    ("slug", "difference", "reason", "words"),
    [
        ("nonsense", "1", "原因", "没有这个数字"),
        ("aided", "0", "原因", ZERO),
        ("aided", "0.5", "原因", "整数"),
        ("paid", "0.001", "原因", TOO_FINE),
        ("paid", "0.00", "原因", ZERO),
        ("aided", "-1", "原因", BELOW),
        ("paid", "-0.01", "原因", BELOW),
        ("aided", "NaN", "原因", "数字过大"),
        ("aided", "Infinity", "原因", "数字过大"),
        ("paid", "1E+30", "原因", "数字过大"),
        ("aided", "1", "  ", "reason"),
        ("aided", "1", "因" * 501, "reason"),
        ("aided", "1", "\u202e因", "控制字符"),
    ],
)
def test_adjustment_that_cannot_be_is_refused(report, clerk, slug, difference, reason, words):
    with pytest.raises(ValidationError, match=words):
        adjust_figure(report, slug=slug, difference=Decimal(difference), reason=reason, by=By(clerk))
    assert not Adjustment.objects.exists()


def test_adjustment_down_to_zero_is_made(report, district, clerk):
    make.case(district)
    make.payment(district)
    adjust_figure(report, slug="aided", difference=Decimal(-1), reason="重复", by=By(clerk))
    assert standing(report).rows["aided"].reported == 0


def test_adjustment_changed_by_somebody_meanwhile_is_told(report, clerk, other_clerk):
    adjust_figure(report, slug="aided", difference=Decimal(3), reason="他处资助", by=By(other_clerk))
    with pytest.raises(ValidationError, match=r"孙经办 已调整 \+3.*（他处资助）"):
        adjust_figure(report, slug="aided", difference=Decimal(5), reason="漏记", by=By(clerk), seen=None)
    withdraw_adjustment(report, slug="aided", by=By(other_clerk))
    with pytest.raises(ValidationError, match="已撤销"):
        adjust_figure(report, slug="aided", difference=Decimal(5), reason="漏记", by=By(clerk), seen=Decimal(3))


def test_adjustment_is_withdrawn(report, clerk):
    adjust_figure(report, slug="aided", difference=Decimal(3), reason="他处资助", by=By(clerk))
    for _turn in range(2):
        withdraw_adjustment(report, slug="aided", by=By(clerk))
    assert not Adjustment.objects.exists()
    assert [version.history_change_reason for version in report.history.all()[:2]] == [
        "撤销对“资助子女”的调整+3",
        "调整“资助子女”+3",
    ]
    with pytest.raises(ValidationError, match="没有这个数字"):
        withdraw_adjustment(report, slug="nonsense", by=By(clerk))


def test_explanation_of_a_soft_finding_is_kept(report, clerk):
    adjust_figure(report, slug="certificates", difference=Decimal(2), reason="补记", by=By(clerk))
    assert [found.check.code for found in standing(report).unexplained] == ["within_certificates"]
    explain_check(report, code="within_certificates", text="去年培训，今年取证", by=By(clerk), seen="")
    assert standing(report).unexplained == []
    given = Explanation.objects.get()
    assert (given.text, given.made_by) == ("去年培训，今年取证", clerk)
    assert report.history.first().history_change_reason.startswith("说明核对项：")
    with pytest.raises(ValidationError, match="有人已写了说明：去年培训"):
        explain_check(report, code="within_certificates", text="另一种说明", by=By(clerk), seen="")


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("nonsense", "说明", "没有这项核对"),
        ("contact", "说明", "必须更正"),
        ("where_job_events", "说明", "没有问题"),
        ("within_certificates", " ", "text"),
        ("within_certificates", "说" * 1001, "text"),
    ],
)
def test_explanation_that_explains_nothing_is_refused(report, clerk, code, text, words):
    adjust_figure(report, slug="certificates", difference=Decimal(2), reason="补记", by=By(clerk))
    with pytest.raises(ValidationError, match=words):
        explain_check(report, code=code, text=text, by=By(clerk))
    assert not Explanation.objects.exists()


@pytest.mark.parametrize(("name", "content"), [("总结.pdf", PDF), ("总结.DOCX", docx())])
def test_summary_is_kept_encrypted(report, clerk, name, content):
    attach_summary(report, name=name, content=content, by=By(clerk, "10.0.0.7"))
    kept = SummaryFile.objects.get(report=report)
    assert (kept.file_name, bytes(kept.content), kept.uploaded_by) == (name, content, clerk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM reports_summaryfile")
        assert content not in bytes(cursor.fetchone()[0])
    entry = AuditEntry.objects.get(action=AuditAction.UPLOADED)
    assert (entry.actor, entry.address, entry.union_path) == (clerk, "10.0.0.7", report.union.path)


def test_summary_replaces_the_last_one(report, clerk):
    attach_summary(report, name="总结.pdf", content=PDF, by=By(clerk))
    attach_summary(report, name="总结2.docx", content=docx(), by=By(clerk))
    assert SummaryFile.objects.get().file_name == "总结2.docx"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("总结.pdf", b"", "空的"),
        ("总结.pdf", PDF + b" " * SUMMARY_BYTES, "20 MB"),
        ("总结.docx", PDF, "后缀不符"),
        ("总结.pdf", docx(), "后缀不符"),
        ("总结.exe", PDF, "后缀不符"),
        ("总结.pdf", b"%PDF-1.4 cut short", "这不是"),
        ("总结.docx", b"PK\x03\x04 damaged", "这不是"),
        ("总结.docx", docx(WORD_TYPE.replace("document.main", "template.main")), "这不是"),
        ("总结.docx", docx(WORD_TYPE, "word/document.xml", "word/vbaProject.bin"), "这不是"),
        ("总结.docx", docx(WORD_TYPE, "xl/workbook.xml"), "这不是"),
        ("总结.docx", b"MZ\x90", "这不是"),
        ("总结.docx", b"\xd0\xcf\x11\xe0 old word", "这不是"),
    ],
)
def test_summary_of_another_kind_is_refused(report, clerk, name, content, words):
    with pytest.raises(ValidationError, match=words):
        attach_summary(report, name=name, content=content, by=By(clerk))
    assert not SummaryFile.objects.exists()


def test_nil_report_needs_no_summary(report, clerk):
    set_contact(report, name="陈经办", telephone="63211939", version=1, by=By(clerk))
    assert standing(again(report)).obstacles == ["没有上传总结报告。"]
    declare_nil(report, by=By(clerk))
    assert standing(again(report)).obstacles == []
    declare_nil(report, nil=False, by=By(clerk))
    assert [version.history_change_reason for version in report.history.all()[:2]] == ["撤销零报告", "声明零报告"]


def test_nil_report_of_a_unit_that_has_something_is_refused(report, district, clerk):
    make.event(district)
    with pytest.raises(ValidationError, match="有数字不是 0"):
        declare_nil(report, by=By(clerk))


def test_nil_report_and_adjustments_exclude_each_other(report, clerk):
    adjust_figure(report, slug="aided", difference=Decimal(3), reason="他处资助", by=By(clerk))
    with pytest.raises(ValidationError, match="请先撤销调整"):
        declare_nil(report, by=By(clerk))
    withdraw_adjustment(report, slug="aided", by=By(clerk))
    declare_nil(report, by=By(clerk))
    with pytest.raises(MoveRefused, match="请先撤销零报告"):
        adjust_figure(report, slug="aided", difference=Decimal(3), reason="他处资助", by=By(clerk))


def test_what_records_have_since_made_impossible_stands_in_the_way(report, district, clerk):
    declare_nil(report, by=By(clerk))
    payment = make.payment(district)
    assert any("已声明零报告" in words and "“发放助学款”" in words for words in standing(again(report)).obstacles)
    declare_nil(report, nil=False, by=By(clerk))
    adjust_figure(report, slug="paid", difference=Decimal(-500), reason="误记", by=By(clerk))
    payment.delete()
    assert any("小于 0：“发放助学款”" in words for words in standing(again(report)).obstacles)


def test_last_years_accepted_figures_stand_beside(report, district, clerk):
    before = make.campaign(2013)
    report_in(before, district, ReportState.ACCEPTED, aided=7)
    adjust_figure(report, slug="aided", difference=Decimal(3), reason="他处资助", by=By(clerk))
    row = standing(report).rows["aided"]
    assert (row.last, row.change, row.texts["change"]) == (7, -4, "-4")


def test_last_years_figures_that_were_not_accepted_do_not(report, district):
    report_in(make.campaign(2013), district, ReportState.SUBMITTED, aided=7)
    assert standing(report).rows["aided"].last is None
